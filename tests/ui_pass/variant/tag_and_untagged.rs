// A document names the variant in one way.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type")]
enum Store {
    Disk { path: String },
}

fn main() {}
