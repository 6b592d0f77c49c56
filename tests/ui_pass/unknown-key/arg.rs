// A word of `arg` that does not exist is told with the nearest one.
use confkit::{Config, Secret};

#[derive(Config)]
struct Settings {
    #[config(arg(short = 'p'))]
    port: u16,
    #[config(arg(secret_on_command_line))]
    key: Secret<String>,
}

fn main() {}
