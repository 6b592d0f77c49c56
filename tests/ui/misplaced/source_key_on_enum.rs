// An enum has no sources of its own.
use confkit::Config;

#[derive(Config)]
#[config(env_prefix = "APP")]
enum Mode {
    Dev,
}

fn main() {}
