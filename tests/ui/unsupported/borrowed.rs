// A setting owns its value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    name: &'static str,
}

fn main() {}
