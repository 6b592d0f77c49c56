// An enum that is read as another type declares nothing itself.
use confkit::Config;

#[derive(Config)]
#[serde(from = "String")]
enum Mode {
    Development,
    Production,
}

impl From<String> for Mode {
    fn from(text: String) -> Self {
        if text == "dev" { Self::Development } else { Self::Production }
    }
}

fn main() {}
