// A list has no keys that could be flattened.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    databases: Vec<Database>,
}

fn main() {}
