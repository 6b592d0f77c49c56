// Versions are counted from 1.
use confkit::Config;

#[derive(Config)]
#[config(version = 1)]
struct Settings {
    port: u16,
}

fn main() {}
