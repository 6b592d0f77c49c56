// The key of a version is for files that have one.
use confkit::Config;

#[derive(Config)]
#[config(version_key = "format")]
struct Settings {
    port: u16,
}

fn main() {}
