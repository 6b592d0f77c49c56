// A prefix is more than its `_`.
use confkit::Config;

#[derive(Config)]
struct Database {
    port: u16,
}

#[derive(Config)]
#[config(env_prefix = "_")]
struct Settings {
    #[config(nested(env_prefix = "_"))]
    database: Database,
}

fn main() {}
