// A flattened section has no key that could be old.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(flatten, renamed_from = "database", deprecated)]
    db: Database,
    #[config(skip, renamed_from = "hits", deprecated)]
    count: u16,
}

#[derive(Config)]
struct Database {
    host: String,
}

fn main() {}
