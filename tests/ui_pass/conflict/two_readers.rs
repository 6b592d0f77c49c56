// A field is read in one way.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = parse)]
    port: u16,
}

fn parse(text: &str) -> Result<u16, std::num::ParseIntError> {
    text.trim().parse()
}

fn main() {}
