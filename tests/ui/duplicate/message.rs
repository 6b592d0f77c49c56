// A rule has one message.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(|v| v % 2 == 0, "must be even", message = "is odd"))]
    port: u16,
}

fn main() {}
