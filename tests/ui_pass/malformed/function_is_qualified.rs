// A function of a trait is named through a plain one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = port)]
    port: u16,
}

fn port(text: &str) -> Result<u16, std::num::ParseIntError> {
    <u16 as std::str::FromStr>::from_str(text)
}

fn main() {}
