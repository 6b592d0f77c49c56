// A check names fields that exist.
use confkit::Config;

#[derive(Config)]
#[config(check(self.min <= self.maxx, "min must not be above max"))]
struct Settings {
    min: u16,
    max: u16,
}

fn main() {}
