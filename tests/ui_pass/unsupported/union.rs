// A union cannot be read.
use confkit::Config;

#[derive(Config)]
struct Number {
    whole: u32,
    fraction: f32,
}

fn main() {}
