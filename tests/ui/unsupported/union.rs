// A union cannot be read.
use confkit::Config;

#[derive(Config)]
union Number {
    whole: u32,
    fraction: f32,
}

fn main() {}
