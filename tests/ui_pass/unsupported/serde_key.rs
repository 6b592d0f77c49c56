// A serde key that is not followed is refused.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[serde(alias = "title")]
    name: String,
}

fn main() {}
