// serde's keys for enums with data are not followed.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "kind")]
enum Mode {
    Dev,
    Production,
}

fn main() {}
