// A length holds for some value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 5, max = 1)))]
    name: String,
}

fn main() {}
