// Only one map can take the keys that no field takes.
use std::collections::BTreeMap;

use confkit::Config;

#[derive(Config)]
struct Settings {
    #[config(flatten)]
    labels: BTreeMap<String, String>,
    #[config(flatten)]
    others: BTreeMap<String, String>,
}

fn main() {}
