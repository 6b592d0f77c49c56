// A flattened type reads itself.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten, with = read)]
    one: Database,
    #[config(flatten, parse = parse)]
    other: Database,
}

fn main() {}
