// A version is a number.
use confkit::Config;

#[derive(Config)]
#[config(version = "2.1")]
struct Settings {
    port: u16,
}

fn main() {}
