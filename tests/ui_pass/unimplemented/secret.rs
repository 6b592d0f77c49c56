// The type of a secret hides its value.
use confkit::{Config, Secret};

#[derive(Config)]
struct Settings {
    #[config(secret)]
    password: Secret<String>,
}

fn main() {}
