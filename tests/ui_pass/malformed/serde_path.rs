// What serde names in a string is a path or a type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[serde(default = "default_port")]
    port: u16,
}

fn default_port() -> u16 {
    80
}

fn main() {}
