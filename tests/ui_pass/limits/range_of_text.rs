// A range compares numbers.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 1)))]
    name: String,
}

fn main() {}
