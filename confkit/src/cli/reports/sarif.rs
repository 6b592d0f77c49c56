//! SARIF 2.1.0, which code scanning reads.

use std::collections::BTreeMap;

use confkit_sources::Origin;
use serde_json::{Value, json};

use super::github::{is_file, message};
use crate::report::{Code, Problem, Related, Report, Severity};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The report as a log of one run.
pub(super) fn log(report: &Report) -> String {
    let problems: Vec<&Problem> = report.problems().iter().chain(report.warnings()).collect();
    let rules = rules(&problems);
    let ids: Vec<&String> = rules.keys().collect();
    let results: Vec<Value> = problems.iter().map(|problem| result(problem, &ids)).collect();
    let notes: Vec<Value> =
        report.notes().iter().map(|note| json!({ "level": "note", "message": { "text": note } })).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "confkit",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_values().collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notes }],
            "results": results,
        }],
    });
    log.to_string()
}

/// A rule for each kind of problem, in the order of their names.
fn rules(problems: &[&Problem]) -> BTreeMap<String, Value> {
    let rule = |problem: &&Problem| {
        let (id, code) = (id(problem), problem.code());
        let text = match problem.rule() {
            Some(rule) => format!("a value breaks the rule `{rule}`"),
            None => meaning(code).to_owned(),
        };
        let name = code.as_str();
        (id.clone(), json!({ "id": id, "name": name, "shortDescription": { "text": text } }))
    };
    problems.iter().map(rule).collect()
}

/// What is wrong with settings that have a problem of a kind.
fn meaning(code: Code) -> &'static str {
    match code {
        Code::Syntax => "a source breaks the rules of its format",
        Code::Encoding => "a text is not UTF-8",
        Code::Type => "a value has another type than its setting",
        Code::Missing => "a required setting is not there",
        Code::UnknownKey => "there is no such setting",
        Code::UnknownVariant => "a value is none of the names that its setting takes",
        Code::Invalid => "a value breaks a rule",
        Code::Conflict => "two places contradict each other",
        Code::Duplicate => "a key stands twice in one source",
        Code::Profile => "there is no such profile",
        Code::NotFound => "a required source is not there",
        Code::Permission => "a source may not be read",
        Code::Source => "a source cannot be read",
        Code::Limit => "a source is larger or deeper than allowed",
        Code::Cycle => "values refer to each other in a circle",
        Code::Interpolation => "a reference inside a value cannot be resolved",
        Code::Version => "a source is of another version than the program",
        Code::Deprecated => "a setting is to be given another way",
        Code::Declaration => "the declaration of the settings is wrong",
        Code::Unwritable => "a value cannot be held by the format that it is to be written in",
    }
}

/// The code, and the rule below it.
fn id(problem: &Problem) -> String {
    match problem.rule() {
        Some(rule) => format!("{}/{rule}", problem.code()),
        None => problem.code().to_string(),
    }
}

fn result(problem: &Problem, rules: &[&String]) -> Value {
    let id = id(problem);
    let mut result = json!({
        "ruleId": id,
        "level": match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message(problem) },
        "locations": location(problem).into_iter().collect::<Vec<_>>(),
    });
    if let Some(index) = rules.iter().position(|rule| **rule == id) {
        result["ruleIndex"] = json!(index);
    }
    let related: Vec<Value> = problem.related().iter().map(related).collect();
    if !related.is_empty() {
        result["relatedLocations"] = Value::from(related);
    }
    result
}

/// The place, and the setting; nothing if neither is known.
fn location(problem: &Problem) -> Option<Value> {
    let mut location = json!({});
    if let Some(place) = problem.origin().and_then(physical) {
        location["physicalLocation"] = place;
    }
    if !problem.path().is_empty() {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": problem.path(), "kind": "member" }]);
    }
    location.as_object().is_some_and(|parts| !parts.is_empty()).then_some(location)
}

fn related(related: &Related) -> Value {
    let mut location = json!({ "message": { "text": related.message() } });
    if let Some(place) = physical(related.origin()) {
        location["physicalLocation"] = place;
    }
    location
}

/// A place in a file.
fn physical(origin: &Origin) -> Option<Value> {
    if !is_file(origin) {
        return None;
    }
    let mut place = json!({ "artifactLocation": { "uri": uri(origin.source()) } });
    if let (Some(line), Some(column)) = (origin.line(), origin.column()) {
        let mut region = json!({ "startLine": line, "startColumn": column });
        if let Some(end) = origin.end() {
            region["endLine"] = json!(end.line);
            region["endColumn"] = json!(end.column);
        }
        place["region"] = region;
    }
    Some(place)
}

/// A path as a URI: relative as it is, absolute with its scheme.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let is_absolute = std::path::Path::new(&path).is_absolute();
    let mut uri = String::from(if is_absolute { "file://" } else { "" });
    if is_absolute && !path.starts_with('/') {
        uri.push('/');
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
