// The key of a version is no setting.
use confkit::Config;

#[derive(Config)]
#[config(version = 2, version_key = "format")]
struct Settings {
    version: String,
}

fn main() {}
