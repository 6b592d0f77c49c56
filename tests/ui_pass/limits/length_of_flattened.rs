// A flattened section has no length.
use std::collections::BTreeMap;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(flatten, validate(length(min = 1)))]
    labels: BTreeMap<String, String>,
}

fn main() {}
