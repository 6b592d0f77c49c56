// Every mistake of a build is reported in one go.
use confkit::{Config, Secret};

#[derive(Config)]
#[config(env_prefix = "APP", unknown_keys = "deny")]
struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(validate(range(min = 1)))]
    workers: u16,
    listen: u16,
    password: Secret<String>,
    #[config(required_if(port = 80))]
    key: Option<String>,
    name: String,
}

#[derive(Config)]
enum Mode {
    #[config(rename = "dev")]
    Dev,
    Production,
}

fn main() {}
