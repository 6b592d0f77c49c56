// A check uses `self`.
use confkit::Config;

#[derive(Config)]
#[config(check(min <= max, "min must not be above max"))]
struct Settings {
    min: u16,
    max: u16,
}

fn main() {}
