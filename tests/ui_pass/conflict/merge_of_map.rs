// Maps combine, or the topmost layer replaces them.
use confkit::Config;

use std::collections::BTreeMap;

#[derive(Config)]
struct Settings {
    #[config(merge = "replace")]
    labels: BTreeMap<String, String>,
}

fn main() {}
