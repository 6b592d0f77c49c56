// A key is written once.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 80, default = 81)]
    port: u16,
}

fn main() {}
