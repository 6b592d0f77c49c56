// A field cannot have the key of the tag.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "path")]
enum Store {
    Disk { path: String },
}

fn main() {}
