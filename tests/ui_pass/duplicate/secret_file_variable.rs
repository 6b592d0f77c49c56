// A secret is also set by the file that its variable with `_FILE` names.
use confkit::{Config, Secret};

#[derive(Config)]
#[config(env_prefix = "APP")]
struct Settings {
    token: Option<Secret<String>>,
    tokens_path: String,
}

fn main() {}
