// An element of a literal list fits the element's type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = [80, 70000])]
    ports: Vec<u16>,
}

fn main() {}
