// What may be set aside is judged by its own rules.
use confkit::{Config, Lenient};

#[derive(Config)]
struct Flag {
    percent: u8,
}

#[derive(Config)]
struct Settings {
    #[config(nested, refine(percent, validate(range(max = 100))))]
    flag: Lenient<Flag>,
}

fn main() {}
