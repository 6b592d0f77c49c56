// An empty key has no first letter.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[serde(rename = "")]
    #[config(arg(short))]
    port: u16,
}

fn main() {}
