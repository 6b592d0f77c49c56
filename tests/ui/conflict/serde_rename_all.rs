// serde and confkit agree about a spelling.
use confkit::Config;

#[derive(Config)]
#[serde(rename_all = "camelCase")]
#[config(rename_all = "kebab-case")]
struct Settings {
    port: u16,
}

fn main() {}
