// An alias hides `Lenient` from the derive; a value cannot be set aside all the same.
use confkit::{Config, Lenient};

type Perhaps<T> = Lenient<T>;

#[derive(Config)]
struct Limits {
    limit: u16,
}

#[derive(Config)]
struct Settings {
    #[config(nested)]
    limits: Perhaps<Limits>,
}

fn main() {}
