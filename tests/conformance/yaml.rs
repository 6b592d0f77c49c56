//! yaml-test-suite, as the package of `yaml-edit` has it.
//!
//! A text there may hold any number of documents with any content, so each is read as a stream: a
//! list of documents, by the reader that reads settings, without the rules that settings add. What
//! keys YAML allows and settings do not (lists and tables as keys, the same key twice) is refused
//! by our own rule, told apart by its words, and counted.

use std::fs;
use std::path::{Path, PathBuf};

use confkit_sources::{Document, SyntaxError};
use serde_json::Value;

use crate::suites;

/// Valid YAML that settings do not know.
const OURS: [&str; 1] = ["a key has to be a single value"];

#[derive(Default)]
struct Counts {
    valid: usize,
    /// Of the valid ones, those with keys that settings do not have.
    ours: usize,
    equal: usize,
    invalid: usize,
}

#[test]
fn yaml() {
    let mut cases = Vec::new();
    collect(&suites::package("yaml-edit").join("test-data"), &mut cases);
    cases.sort();
    let (mut counts, mut faults) = (Counts::default(), Vec::new());
    for case in &cases {
        if let Err(fault) = judge(case, &mut counts) {
            faults.push(format!("{}: {fault}", case.display()));
        }
    }
    let Counts { valid, ours, equal, invalid } = counts;
    println!(
        "YAML 1.2: {valid} valid cases read ({ours} of them up to keys that settings do not have), \
         {equal} equal to their JSON, {invalid} invalid ones refused"
    );
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!((valid, ours, equal, invalid), (308, 16, 279, 94));
}

/// Cases lie in folders by their number; `name` and `tags` have the same ones in other orders.
fn collect(folder: &Path, cases: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.join("in.yaml").exists() {
            cases.push(path);
        } else if path.is_dir() && !path.ends_with("name") && !path.ends_with("tags") {
            collect(&path, cases);
        }
    }
}

fn judge(case: &Path, counts: &mut Counts) -> Result<(), String> {
    let text = fs::read_to_string(case.join("in.yaml")).map_err(|error| error.to_string())?;
    let read = Document::yaml_stream(text);
    if case.join("error").exists() {
        counts.invalid += 1;
        return match read {
            Err(errors) if !errors.iter().all(is_ours) => Ok(()),
            _ => Err("was read, although it is invalid".to_owned()),
        };
    }
    counts.valid += 1;
    let document = match read {
        Ok(document) => document,
        Err(errors) if errors.iter().all(is_ours) => {
            counts.ours += 1;
            return if case.join("in.json").exists() { Err(format!("{errors:?}")) } else { Ok(()) };
        }
        Err(errors) => return Err(format!("{errors:?}")),
    };
    let Ok(json) = fs::read_to_string(case.join("in.json")) else { return Ok(()) };
    let expected: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&json).into_iter().collect();
    suites::same(document.root(), &Value::Array(expected.map_err(|error| error.to_string())?))?;
    counts.equal += 1;
    Ok(())
}

fn is_ours(error: &SyntaxError) -> bool {
    error.is_duplicate || OURS.contains(&error.message.as_str())
}
