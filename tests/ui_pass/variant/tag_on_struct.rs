// Only an enum has a tag.
use confkit::Config;

#[derive(Config)]
struct Store {
    path: String,
}

fn main() {}
