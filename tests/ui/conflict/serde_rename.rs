// serde and confkit agree about a name.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[serde(rename = "a")]
    #[config(rename = "b")]
    port: u16,
}

fn main() {}
