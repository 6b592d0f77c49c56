// A setting is required without saying so.
use confkit::Config;

#[derive(Config)]
struct Settings {
    port: u16,
}

fn main() {}
