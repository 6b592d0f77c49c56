// A type that is read as another one declares nothing itself.
use confkit::Config;

#[derive(Config)]
struct Raw {
    #[config(default = 80)]
    port: u16,
}

#[derive(Config)]
#[serde(from = "Raw")]
struct Settings {
    port: u16,
}

impl From<Raw> for Settings {
    fn from(raw: Raw) -> Self {
        Self { port: raw.port }
    }
}

fn main() {}
