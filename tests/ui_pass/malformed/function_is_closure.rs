// A function is named by its path.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(parse = str::parse)]
    port: u16,
}

fn main() {}
