// The default of what is read from text is text.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = parse, default = [1, 2])]
    ports: Vec<u16>,
}

fn main() {}
