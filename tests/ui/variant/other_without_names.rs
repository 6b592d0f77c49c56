// Without a tag no name is read.
use confkit::Config;

#[derive(Config)]
#[serde(untagged)]
enum Store {
    Disk { path: String },
    #[serde(other)]
    Unknown,
}

fn main() {}
