// A setting is required without saying so.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(required)]
    port: u16,
}

fn main() {}
