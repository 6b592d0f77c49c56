// A rule says itself what is wrong.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1), "must be positive"))]
    port: u16,
}

fn main() {}
