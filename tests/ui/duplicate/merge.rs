// A field is merged in one way.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge = "append", merge = "unique")]
    tags: Vec<String>,
}

fn main() {}
