// A unit is a text that says something, on a value.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(unit = "")]
    timeout: u32,
    #[config(unit = 5)]
    pause: u32,
    #[config(nested, unit = "ms")]
    database: Database,
}

fn main() {}
