// Only tables have a key to combine by.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge(key = "name"))]
    tags: Vec<String>,
}

fn main() {}
