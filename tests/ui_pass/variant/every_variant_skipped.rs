// An enum has a variant that can be read, and not only skipped ones.
use confkit::Config;

#[derive(Config)]
enum Mode {
    #[serde(skip)]
    Dev,
    Production,
}

fn main() {}
