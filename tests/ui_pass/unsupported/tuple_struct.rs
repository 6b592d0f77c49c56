// A struct of several fields names them.
use confkit::Config;

#[derive(Config)]
struct Range {
    min: u16,
    max: u16,
}

fn main() {}
