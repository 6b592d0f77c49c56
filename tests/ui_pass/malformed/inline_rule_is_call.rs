// What is called with the value is a closure, or the name of a function.
use std::time::Duration;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(validate(is_short, "must be short"))]
    wait: Duration,
    #[config(validate(|size| *size > 1, "must be above 1"))]
    size: u16,
}

fn is_short(wait: &Duration) -> bool {
    wait.as_secs() < 60
}

fn main() {}
