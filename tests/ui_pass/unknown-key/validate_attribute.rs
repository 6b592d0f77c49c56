// A rule in validator's own attribute has to be one of those that there are.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[validate(length(min = 1))]
    name: String,
}

fn main() {}
