// An old key belongs to one field alone.
use confkit::Config;

#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(renamed_from = "pool")]
    max_conn: u16,
    #[config(alias = "pool")]
    limit: u16,
    #[config(renamed_from = "timeOut")]
    patience: u16,
    #[config(rename = "time-out")]
    waiting: u16,
}

fn main() {}
