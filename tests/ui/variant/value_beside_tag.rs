// What stands beside the tag has keys.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
enum Store {
    Disk(String),
}

fn main() {}
