// A setting that moved to another section is two fields for a while.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 8)]
    max_conn: u16,
    #[config(nested)]
    db: Database,
}

#[derive(Config)]
struct Database {
    #[config(deprecated = "use `max_conn`")]
    pool: Option<u16>,
}
