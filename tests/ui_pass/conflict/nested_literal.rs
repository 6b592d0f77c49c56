// A section cannot be read from a literal.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Option<Database>,
}

fn main() {}
