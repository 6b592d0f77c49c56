// A field cannot have the key of the tag.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
enum Store {
    Disk { path: String },
}

fn main() {}
