// What a section is read from is said on its own fields.
use confkit::Config;

#[derive(Config)]
struct Database {
    #[config(example = 80)]
    port: u16,
    #[config(env_delimiter = ';')]
    hosts: Vec<String>,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Database,
}

fn main() {}
