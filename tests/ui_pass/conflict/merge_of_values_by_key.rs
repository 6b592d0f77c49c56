// Only tables have a key to combine by.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge = "unique")]
    tags: Vec<String>,
}

fn main() {}
