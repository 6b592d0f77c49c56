// The values of `one_of` are all texts, or none is.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(one_of("a", "1")))]
    level: String,
}

fn main() {}
