// A type may contain itself, inside a container that can be empty.
use std::collections::BTreeMap;

use confkit::Config;

#[derive(Config)]
struct Menu {
    title: String,
    #[config(nested, default)]
    entries: Vec<Menu>,
    #[config(nested)]
    parent: Option<Box<Menu>>,
    #[config(nested, default)]
    named: BTreeMap<String, Menu>,
}

fn main() {}
