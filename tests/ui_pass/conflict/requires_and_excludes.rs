// A field is not both required and excluded.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(requires(key))]
    certificate: Option<String>,
    key: Option<String>,
}

fn main() {}
