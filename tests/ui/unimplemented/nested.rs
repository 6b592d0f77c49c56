// A nested section derives `Config`.
use confkit::Config;

struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    database: Database,
}

fn main() {}
