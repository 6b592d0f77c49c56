// A policy for unknown keys has to be one of the three.
use confkit::Config;

#[derive(Config)]
#[config(unknown_keys = "deny")]
struct Settings {
    port: u16,
}

fn main() {}
