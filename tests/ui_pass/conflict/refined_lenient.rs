// What may be set aside is judged by its own rules.
use confkit::{Config, Lenient};

#[derive(Config)]
struct Flag {
    #[config(validate(range(max = 100)))]
    percent: u8,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    flag: Lenient<Flag>,
}

fn main() {}
