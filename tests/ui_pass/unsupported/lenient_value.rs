// Only nested settings can be set aside.
use std::collections::BTreeMap;

use confkit::{Config, Lenient};

#[derive(Config)]
struct Flag {
    percent: u8,
}

#[derive(Config)]
struct Settings {
    #[config(nested, default)]
    flags: BTreeMap<String, Lenient<Flag>>,
    limit: Option<u16>,
}

fn main() {}
