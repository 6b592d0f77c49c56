// A field has one default.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default)]
    port: u16,
}

fn main() {}
