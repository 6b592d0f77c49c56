// An argument has to be one of those that the rule knows.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(minimum = 1)))]
    port: u16,
}

fn main() {}
