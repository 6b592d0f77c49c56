// An alias hides `Lenient` from the derive; a value cannot be set aside all the same.
use confkit::{Config, Lenient};

type Perhaps<T> = Lenient<T>;

#[derive(Config)]
struct Settings {
    limit: Perhaps<u16>,
}

fn main() {}
