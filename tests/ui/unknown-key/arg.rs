// A word of `arg` that does not exist is told with the nearest one.
use confkit::{Config, Secret};

#[derive(Config)]
struct Settings {
    #[config(arg(shrot = 'p'))]
    port: u16,
    #[config(arg(secret))]
    key: Secret<String>,
}

fn main() {}
