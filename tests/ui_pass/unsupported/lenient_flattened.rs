// What is flattened has no key of its own and cannot be set aside alone.
use confkit::{Config, Lenient};

#[derive(Config)]
struct Flag {
    percent: u8,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    flag: Lenient<Flag>,
}

fn main() {}
