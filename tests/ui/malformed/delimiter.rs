// A delimiter is one character.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(env_delimiter = "; ")]
    hosts: Vec<String>,
}

fn main() {}
