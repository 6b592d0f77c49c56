// `content` needs `tag` beside it.
use confkit::Config;

#[derive(Config)]
#[serde(tag = "type", content = "with")]
enum Store {
    Disk { path: String },
}

fn main() {}
