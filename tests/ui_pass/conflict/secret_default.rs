// A secret has no literal default.
use confkit::{Config, Secret};

#[derive(Config)]
struct Settings {
    password: Secret<String>,
}

fn main() {}
