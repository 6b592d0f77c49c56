// A list has no keys that could be flattened.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    databases: Vec<Database>,
}

fn main() {}
