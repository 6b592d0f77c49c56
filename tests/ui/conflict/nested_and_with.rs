// A section is not read by a function.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, with = read)]
    database: Database,
}

fn main() {}
