// Keys that are nearly right are told.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(renamed_from = "pool")]
    max_conn: u16,
    #[config(deprecated)]
    port: Option<u16>,
}
