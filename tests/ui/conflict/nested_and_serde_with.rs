// A section is read by its own type, not by serde.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[serde(with = "database")]
    #[config(nested)]
    database: Database,
}

fn main() {}
