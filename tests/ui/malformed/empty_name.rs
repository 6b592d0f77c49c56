// A name cannot be empty.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env = "")]
    port: u16,
}

fn main() {}
