// The key of a version is no setting.
use confkit::Config;

#[derive(Config)]
#[config(version = 2)]
struct Settings {
    version: String,
}

fn main() {}
