// A range does not compare sections.
use confkit::Config;

#[derive(Config)]
struct Database {
    #[config(validate(range(min = 1)))]
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Database,
}

fn main() {}
