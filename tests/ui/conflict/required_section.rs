// A section is required in one profile only if it is an `Option`.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, required(profile = "production"))]
    database: Database,
}

fn main() {}
