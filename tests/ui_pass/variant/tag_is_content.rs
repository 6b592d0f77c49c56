// The tag and the content are two keys.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type", content = "disk")]
enum Store {
    Disk { path: String },
}

fn main() {}
