// A function of a trait is named through a plain one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = <u16 as std::str::FromStr>::from_str)]
    port: u16,
}

fn main() {}
