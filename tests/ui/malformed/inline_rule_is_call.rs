// What is called with the value is a closure, or the name of a function.
use std::time::Duration;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(is_short(wait), "must be short"))]
    wait: Duration,
    #[config(validate(size > 1))]
    size: u16,
}

fn main() {}
