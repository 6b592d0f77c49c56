// A function over text gets the whole text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = parse, env_delimiter = ';')]
    port: u16,
}

fn main() {}
