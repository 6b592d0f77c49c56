// Layers come together in one of a few ways.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(merge = "apend")]
    tags: Vec<String>,
}

fn main() {}
