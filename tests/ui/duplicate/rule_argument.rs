// An argument of a rule is written once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1, min = 2)))]
    port: u16,
}

fn main() {}
