// A literal is not a rule.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate("positive"))]
    port: u16,
}

fn main() {}
