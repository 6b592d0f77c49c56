//! The report for machines: exactly the keys of the contract.

use std::collections::BTreeSet;

use confkit::{Config, Format, Report, System, Unknown};
use serde_json::{Value, json};

#[derive(Debug, Config)]
#[config(env_prefix = "A", profiles("dev"))]
struct Settings {
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,
    host: String,
    #[config(default = 1)]
    a: u8,
    #[config(default = 1)]
    b: u8,
}

fn report() -> Report {
    Settings::loader()
        .profile("dev")
        .text(Format::Toml, "base.toml", "workers = 65\nwokers = 1\nb = 2\nb = 3\n".replace("b = 3\n", ""))
        .env_vars([("A_A", "many"), ("A_WRONG", "x"), ("A_B", "1"), ("A__B", "2")])
        .load()
        .unwrap_err()
}

fn json(report: &Report) -> Value {
    serde_json::from_str(&report.to_json()).unwrap()
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

const PROBLEM: [&str; 18] = [
    "code",
    "rule",
    "severity",
    "path",
    "message",
    "params",
    "source",
    "line",
    "column",
    "end_line",
    "end_column",
    "variable",
    "argument",
    "related",
    "suggestion",
    "help",
    "",
    "",
];

#[test]
fn the_keys_are_those_of_the_contract() {
    let json = json(&report());
    assert_eq!(keys(&json), BTreeSet::from(["version", "type", "profile", "problems", "warnings", "notes"]));
    let expected: BTreeSet<&str> = PROBLEM.into_iter().filter(|key| !key.is_empty()).collect();
    let all = json["problems"].as_array().unwrap().iter().chain(json["warnings"].as_array().unwrap());
    let mut count = 0;
    for problem in all {
        assert_eq!(keys(problem), expected, "absent facts are null, not absent: {problem}");
        count += 1;
    }
    assert!(count >= 4);
    assert_eq!(
        (&json["version"], &json["type"], &json["profile"]),
        (&json!(1), &json!("Settings"), &json!("dev"))
    );
}

#[test]
fn facts_have_their_types() {
    let json = json(&report());
    let range = &json["problems"][0];
    assert_eq!(
        *range,
        json!({
            "code": "invalid", "rule": "range", "severity": "error", "path": "workers",
            "message": "workers must be from 1 to 64, not 65", "params": { "min": "1", "max": "64" },
            "source": "base.toml", "line": 1, "column": 11, "end_line": 1, "end_column": 13,
            "variable": null, "argument": null, "related": [], "suggestion": null, "help": null,
        })
    );
    let unknown = &json["problems"][1];
    assert_eq!((&unknown["code"], &unknown["suggestion"]), (&json!("unknown_key"), &json!("workers")));
    assert!(json["notes"].is_array());
}

#[test]
fn a_variable_is_named() {
    let json = json(&report());
    let problem = json["problems"].as_array().unwrap().iter().find(|problem| problem["path"] == "a").unwrap();
    assert_eq!(
        (&problem["variable"], &problem["line"], &problem["source"]),
        (&json!("A_A"), &Value::Null, &json!("environment"))
    );
    let warning =
        json["warnings"].as_array().unwrap().iter().find(|warning| warning["variable"] == "A_WRONG").unwrap();
    assert_eq!(warning["severity"], "warning");
}

#[test]
fn a_missing_setting_has_no_place() {
    let json = json(&report());
    let missing =
        json["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "missing").unwrap();
    for key in
        ["source", "line", "column", "end_line", "end_column", "variable", "argument", "rule", "suggestion"]
    {
        assert_eq!(missing[key], Value::Null, "{key}");
    }
    assert!(missing["help"].is_string());
}

#[test]
fn related_places_have_keys_too() {
    let report = Settings::loader().text(Format::Toml, "a.toml", "a = 1\na = 2\n").load().unwrap_err();
    let json = json(&report);
    let related = &json["problems"][0]["related"][0];
    let expected = ["message", "source", "line", "column", "end_line", "end_column", "variable", "argument"];
    assert_eq!(keys(related), BTreeSet::from(expected));
    assert_eq!((&related["line"], &related["column"]), (&json!(1), &json!(1)));
}

#[test]
fn without_a_profile_it_is_null() {
    let report = Settings::loader().load().unwrap_err();
    // The default profile was not chosen by anyone.
    assert!(matches!(json(&report)["profile"].as_str(), None | Some("default")));
}

#[test]
fn serialize_and_to_json_are_the_same_and_one_line() {
    let report = report();
    assert_eq!(serde_json::to_value(&report).unwrap(), json(&report));
    assert!(!report.to_json().contains('\n'));
}

#[test]
fn codes_in_json_are_those_of_problems() {
    let system = System::memory().file("a.toml", "x = \n");
    let report = Settings::loader()
        .system(system)
        .file("a.toml")
        .file("b.toml")
        .unknown_keys(Unknown::Allow)
        .load()
        .unwrap_err();
    let json = json(&report);
    for (problem, json) in report.problems().iter().zip(json["problems"].as_array().unwrap()) {
        assert_eq!(json["code"], problem.code().as_str());
        assert_eq!(json["message"], problem.message());
        assert_eq!(json["severity"], problem.severity().as_str());
    }
    assert_eq!(json["notes"].as_array().unwrap().len(), report.notes().len());
}
