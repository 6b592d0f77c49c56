// A key is written once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80)]
    port: u16,
}

fn main() {}
