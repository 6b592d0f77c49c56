// A flattened type reads itself.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    database: Database,
}

fn main() {}
