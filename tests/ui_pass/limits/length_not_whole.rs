// A length is a whole number.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 2)))]
    name: String,
}

fn main() {}
