// A literal default is one that a file could hold.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = true)]
    verbose: bool,
    #[config(default = 0.5)]
    ratio: f64,
    #[config(default = '|')]
    separator: char,
}

fn main() {}
