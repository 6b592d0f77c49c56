// A literal default is one that a file could hold.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "maybe")]
    verbose: bool,
    #[config(default = "half")]
    ratio: f64,
    #[config(default = "||")]
    separator: char,
}

fn main() {}
