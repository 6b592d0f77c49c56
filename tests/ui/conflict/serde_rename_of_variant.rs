// serde and confkit agree about the name of a variant.
use confkit::Config;

#[derive(Config)]
enum Mode {
    #[serde(rename = "dev")]
    #[config(rename = "development")]
    Development,
    Production,
}

fn main() {}
