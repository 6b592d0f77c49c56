// A length holds for some value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(min = 1, max = 5)))]
    name: String,
}

fn main() {}
