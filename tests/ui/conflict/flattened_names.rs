// A flattened field has neither key nor variable.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(flatten, alias = "db", env = "DB")]
    one: Database,
    #[config(flatten, env_alias = "DB", env_delimiter = ';')]
    other: Database,
}

fn main() {}
