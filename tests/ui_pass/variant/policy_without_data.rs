// An enum without data has no keys.
use confkit::Config;

#[derive(Config)]
#[config(unknown_keys = "warn")]
enum Mode {
    Dev { port: u16 },
    Production,
}

fn main() {}
