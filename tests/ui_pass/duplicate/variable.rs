// Two fields cannot be set by one variable.
use confkit::Config;

#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(env = "APP_LISTEN")]
    listen: u16,
    port: u16,
}

fn main() {}
