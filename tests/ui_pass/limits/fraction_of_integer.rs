// The limit of a whole number is one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(range(max = 1.5)))]
    ratio: f64,
}

fn main() {}
