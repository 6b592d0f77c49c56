#[config(
    env_prefix = "ORDERS_",
    file = "config/base.toml",
    optional_file = "config/{profile}.toml",
    optional_dir = "conf.d",
    secrets_dir = "/run/secrets",
    dotenv = ".env",
    profile_env = "ORDERS_PROFILE",
    profiles("dev", "production"),
    unknown_keys = "warn"
)]
struct Settings {
    #[config(env = "PORT", env_alias = "HTTP_PORT")]
    port: u16,
    #[config(env_delimiter = ';')]
    hosts: Vec<String>,
    #[config(secret)]
    token: Option<Secret<String>>,
}
