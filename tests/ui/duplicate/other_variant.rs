// Only one variant takes all other names.
use confkit::Config;

#[derive(Config)]
enum Mode {
    Dev,
    #[serde(other)]
    Unknown,
    #[serde(other)]
    Another,
}

fn main() {}
