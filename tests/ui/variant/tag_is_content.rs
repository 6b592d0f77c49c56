// The tag and the content are two keys.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "disk", content = "disk")]
enum Store {
    Disk { path: String },
}

fn main() {}
