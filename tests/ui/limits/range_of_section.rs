// A range does not compare sections.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, validate(range(min = 1)))]
    database: Database,
}

fn main() {}
