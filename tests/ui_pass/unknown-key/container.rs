// A key has to be one of those that a type knows.
use confkit::Config;

#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    port: u16,
}

fn main() {}
