// A flattened section has no length.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten, validate(length(min = 1)))]
    database: Database,
}

fn main() {}
