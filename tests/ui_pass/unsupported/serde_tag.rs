// serde's keys for enums with data are not followed.
use confkit::Config;

#[derive(Config)]
enum Mode {
    Dev,
    Production,
}

fn main() {}
