// A flattened section has no key that could be old.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    db: Database,
    #[config(skip)]
    count: u16,
}

#[derive(Config)]
struct Database {
    #[config(renamed_from = "server", deprecated)]
    host: String,
}
