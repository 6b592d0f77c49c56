// What stands beside the tag has keys.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
enum Store {
    Disk(#[config(nested)] Disk),
}

#[derive(Config)]
struct Disk {
    path: String,
}

fn main() {}
