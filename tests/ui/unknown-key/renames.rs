// Keys that are nearly right are told.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(rename_from = "pool")]
    max_conn: u16,
    #[config(depreciated)]
    port: Option<u16>,
}

fn main() {}
