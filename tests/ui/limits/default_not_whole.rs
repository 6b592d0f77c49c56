// The default of a whole number is one.
use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = "many")]
    workers: u16,
    #[config(default = 1.5)]
    retries: u8,
}

fn main() {}
