// What serde names in a string is a path or a type.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[serde(default = "the default port")]
    port: u16,
}

fn main() {}
