// A limit that is excluded is outside, and so is a list element that no type holds.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 0.9, validate(range(min = 0, exclusive_max = 1)))]
    ratio: f64,
    #[config(default = "80, 7000")]
    ports: Vec<u16>,
    #[config(default = 340282366920938463463374607431768211455)]
    large: u128,
}

fn main() {}
