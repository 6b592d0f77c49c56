// A setting that moved to another section is two fields for a while.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(renamed_from = "db.pool")]
    max_conn: u16,
}

fn main() {}
