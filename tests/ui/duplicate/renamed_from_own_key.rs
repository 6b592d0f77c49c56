// An old key is none that the field has now.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(renamed_from = "port")]
    port: u16,
    #[config(alias = "name", renamed_from = "name")]
    host: String,
}

fn main() {}
