// Zero is no default where zero is not allowed.
use std::num::NonZeroU16;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(default = 0)]
    workers: NonZeroU16,
}

fn main() {}
