// A key has to be one of those that a variant knows.
use confkit::Config;

#[derive(Config)]
enum Mode {
    Dev,
    #[config(rename = "prod")]
    Production,
}

fn main() {}
