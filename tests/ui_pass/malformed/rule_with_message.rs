// A rule says itself what is wrong.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(|port| *port > 0, "must be positive"))]
    port: u16,
}

fn main() {}
