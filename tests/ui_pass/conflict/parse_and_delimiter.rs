// A function over text gets the whole text.
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
