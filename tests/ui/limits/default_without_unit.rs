// A span of time has a unit.
use std::time::Duration;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 30)]
    timeout: Duration,
}

fn main() {}
