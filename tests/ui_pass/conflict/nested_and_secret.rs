// A section is made secret by its type.
use confkit::{Config, Secret};

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Secret<Database>,
}

fn main() {}
