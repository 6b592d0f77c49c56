// An enum has no sources of its own.
use confkit::Config;

#[derive(Config)]
#[config(rename_all = "lowercase")]
enum Mode {
    Dev,
}

fn main() {}
