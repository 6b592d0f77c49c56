// A profile's name is made of letters, digits, `_` and `-`.
use confkit::Config;

#[derive(Config)]
#[config(profiles("pre production"))]
struct Settings {
    port: u16,
}

fn main() {}
