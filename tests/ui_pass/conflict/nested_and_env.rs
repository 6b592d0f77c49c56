// A section has no variable of its own.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested(env_prefix = "DB"))]
    database: Database,
}

fn main() {}
