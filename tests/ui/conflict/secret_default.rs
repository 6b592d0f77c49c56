// A secret has no literal default.
use confkit::{Config, Secret};

#[derive(Config)]
struct Settings {
    #[config(default = "hunter2")]
    password: Secret<String>,
}

fn main() {}
