// A section is made secret by its type.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested, secret)]
    database: Database,
}

fn main() {}
