// What a type inside needs, the type around it has.
use confkit::Config;

struct Limits {
    connections: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Database,
}

#[derive(Config)]
#[config(context = Limits)]
struct Database {
    port: u16,
}

fn main() {}
