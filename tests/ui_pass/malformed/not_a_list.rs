// Keys go in parentheses.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default)]
    port: u16,
}

fn main() {}
