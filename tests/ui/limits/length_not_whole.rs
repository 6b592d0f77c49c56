// A length is a whole number.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 1.5)))]
    name: String,
}

fn main() {}
