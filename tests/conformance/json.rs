//! JSONTestSuite, as the package of `trivet` has it.
//!
//! A document of settings has to be an object, so each text is read a second time inside of one: a
//! text that has to be read may fail alone only for not being an object, and one that has to be
//! refused is refused for a reason besides that.

use std::fs;

use confkit_sources::{Document, Format, OriginKind};
use serde_json::Value;

use crate::suites;

const NOT_A_TABLE: &str = "settings have to stand in `{…}`";

/// Duplicate keys are JSON to the suite; settings have one value for each.
const TWICE: [&str; 2] = ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"];

#[test]
fn json() {
    let folder = suites::package("trivet").join("test/json_test_cases");
    let (mut read, mut refused, mut twice, mut faults) = (0, 0, 0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let fault = match name.as_bytes() {
            _ if TWICE.contains(&name.as_str()) => {
                twice += 1;
                must_be_twice(&bytes)
            }
            [b'y', ..] => {
                read += 1;
                must_be_read(&bytes)
            }
            [b'n', ..] => {
                refused += 1;
                must_be_refused(&bytes)
            }
            _ => Ok(()),
        };
        if let Err(fault) = fault {
            faults.push(format!("{name}: {fault}"));
        }
    }
    // Two cases that the package leaves out for their size.
    for text in ["[".repeat(100_000), "[{\"\":".repeat(50_000)] {
        refused += 1;
        faults.extend(must_be_refused(text.as_bytes()).err());
    }
    println!(
        "JSON: {read} valid cases read, {twice} refused for a key that is there twice, {refused} invalid ones refused"
    );
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!((read, twice, refused), (93, 2, 188));
}

fn read(text: &str) -> Result<Document, Vec<String>> {
    let read = Format::Json.read(OriginKind::Text, "case", text.to_owned());
    read.map_err(|(_, errors)| errors.into_iter().map(|error| error.message).collect())
}

fn must_be_read(bytes: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let expected: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    match read(text) {
        Ok(document) => suites::same(document.root(), &expected)?,
        Err(messages) if messages == [NOT_A_TABLE] => {}
        Err(messages) => return Err(messages.join("; ")),
    }
    let document = read(&format!("{{\"inside\":{text}}}")).map_err(|messages| messages.join("; "))?;
    suites::same(document.root().get("inside").unwrap(), &expected)
}

fn must_be_refused(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok(()) };
    match (read(text), read(&format!("{{\"inside\":{text}}}"))) {
        (Err(messages), Err(_)) if messages != [NOT_A_TABLE] => Ok(()),
        // Braces around the text make another text: what was one too many is not any more.
        (Err(messages), Ok(_)) if messages != [NOT_A_TABLE] => Ok(()),
        _ => Err("was read".to_owned()),
    }
}

fn must_be_twice(bytes: &[u8]) -> Result<(), String> {
    let messages = read(std::str::from_utf8(bytes).unwrap()).err().unwrap_or_default();
    if messages == ["`a` is set twice"] { Ok(()) } else { Err(format!("{messages:?}")) }
}
