// A literal default fits its type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 7000)]
    port: u16,
}

fn main() {}
