// A range does not compare truth.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(min = 1)))]
    verbosity: u8,
}

fn main() {}
