// A length range includes its end.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(length(1..=64)))]
    name: String,
}

fn main() {}
