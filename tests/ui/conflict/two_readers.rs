// A field is read in one way.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(with = read, parse = parse)]
    port: u16,
}

fn main() {}
