// Only an enum has a tag.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
struct Store {
    path: String,
}

fn main() {}
