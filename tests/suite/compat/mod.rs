//! Two versions of a JSON Schema: what is different, and what it breaks.

mod generated;
mod pages;
mod refused;
mod shapes;
mod table;

use confkit::compat::{self, Change, Changes};

fn compared(old: &str, new: &str) -> Changes {
    compat::compare(old, new).unwrap_or_else(|error| panic!("{error}:\n{old}\n{new}"))
}

/// The changes in short: `breaking limit a`.
fn told(old: &str, new: &str) -> Vec<String> {
    let short = |change: &Change| format!("{} {} {}", change.verdict(), change.kind(), change.path());
    compared(old, new).all().iter().map(short).map(|line| line.trim_end().to_owned()).collect()
}

/// Settings that refuse unknown keys.
fn closed(properties: &str) -> String {
    format!(r#"{{"type": "object", "additionalProperties": false, "properties": {{{properties}}}}}"#)
}
