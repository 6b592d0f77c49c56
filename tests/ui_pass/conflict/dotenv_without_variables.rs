// A file of variables is for settings that have some.
use confkit::Config;

#[derive(Config)]
#[config(env_prefix = "APP", dotenv = ".env")]
struct Settings {
    port: u16,
}

fn main() {}
