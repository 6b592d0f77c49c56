// A context holds the contexts of the types inside, by `AsRef`.
use confkit::Config;

struct App {
    limits: Limits,
}

struct Limits {
    connections: u16,
}

#[derive(Config)]
#[config(context = App)]
struct Settings {
    #[config(nested)]
    database: Vec<Database>,
    #[config(flatten)]
    pool: Database,
}

#[derive(Config)]
#[config(context = Limits)]
struct Database {
    port: u16,
}

fn main() {}
