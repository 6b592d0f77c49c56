// A unit is a text that says something, on a value.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(unit = "ms")]
    timeout: u32,
    #[config(unit = "seconds")]
    pause: u32,
    #[config(nested)]
    database: Database,
}

fn main() {}
