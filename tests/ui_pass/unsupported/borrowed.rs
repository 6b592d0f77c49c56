// A setting owns its value.
use confkit::Config;

#[derive(Config)]
struct Settings {
    name: String,
}

fn main() {}
