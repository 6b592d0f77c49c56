// What a section is read from is said on its own fields.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, env_alias = "DB", env_delimiter = ';', example = 80)]
    database: Database,
}

fn main() {}
