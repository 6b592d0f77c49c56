// What is flattened reads itself, as serde sees it too.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
struct Settings {
    #[serde(flatten)]
    database: Database,
}

fn main() {}
