// A range has at least one limit.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(1..)))]
    port: u16,
}

fn main() {}
