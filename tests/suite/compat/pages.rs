//! What is written of changes: the page, JSON, the part of a changelog.

use confkit::compat::{Changes, Verdict};
use confkit::testing;

use super::compared;

/// Stands in every place of a secret where a schema may have a value.
const MARKER: &str = "marker-7f3a";

const OLD: &str = r#"{
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Orders", "type": "object",
    "additionalProperties": false, "required": ["workers"],
    "x-confkit": {"version": 1, "env_prefix": "ORDERS"},
    "properties": {
        "workers": {"type": "integer", "minimum": 1, "maximum": 64, "x-confkit": {"variable": "ORDERS_WORKERS"}},
        "level": {"type": "string", "enum": ["debug", "info"], "default": "info"},
        "pause": {"type": "integer", "default": 250, "x-confkit": {"unit": "ms"}},
        "pool": {"type": "integer", "x-confkit": {"variable": "ORDERS_POOL"}},
        "verbose": {"type": "boolean"},
        "token": {"type": "string", "enum": ["marker-7f3a-1"], "default": "marker-7f3a-2", "writeOnly": true}
    }}"#;

const NEW: &str = r#"{
    "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Orders", "type": "object",
    "additionalProperties": false, "required": ["workers"],
    "x-confkit": {"version": 2, "env_prefix": "ORDERS"},
    "properties": {
        "workers": {"type": "integer", "minimum": 1, "maximum": 32, "x-confkit": {"variable": "ORDERS_WORKERS"}},
        "level": {"type": "string", "enum": ["info", "trace"], "default": "info"},
        "pause": {"type": "integer", "default": 1, "x-confkit": {"unit": "s"}},
        "max_connections": {"type": "integer", "x-confkit": {
            "variable": "ORDERS_MAX_CONNECTIONS", "renamed_from": ["pool"]}},
        "cache": {"type": "integer", "default": 10, "x-confkit": {"variable": "ORDERS_CACHE"},
            "description": "How much is kept\nin memory.\n\nMore is not said."},
        "verbose": {"type": "boolean", "deprecated": true, "x-confkit": {"deprecated": "use `level`"}},
        "token": {"type": "string", "const": "marker-7f3a-3", "default": "marker-7f3a-4", "x-confkit": {"secret": true}}
    }}"#;

fn changes() -> Changes {
    compared(OLD, NEW)
}

#[test]
fn the_page_says_what_breaks_first_and_what_to_do() {
    let page = changes().to_string();
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    insta::assert_snapshot!(page);
}

#[test]
fn the_changelog_is_for_users() {
    insta::assert_snapshot!(changes().changelog());
}

#[test]
fn json_has_every_part() {
    let json: serde_json::Value = serde_json::from_str(&changes().to_json()).unwrap();
    assert_eq!(json["type"], "Orders");
    let all = json["changes"].as_array().unwrap();
    assert_eq!(all.len(), changes().all().len());
    let limit = all.iter().find(|change| change["path"] == "workers").unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(limit).unwrap());
}

#[test]
fn no_value_of_a_secret_is_shown() {
    let changes = changes();
    assert!(changes.with(Verdict::Breaking).any(|change| change.path() == "token"));
    for shown in [changes.to_string(), changes.changelog(), changes.to_json(), format!("{changes:?}")] {
        assert!(!shown.contains(MARKER), "{shown}");
    }
    let secret = r#"{"properties": {"token": {"writeOnly": true, "default": "marker-7f3a",
        "type": "object", "properties": {"inner": {"const": "marker-7f3a", "default": "marker-7f3a"}}}}}"#;
    for (old, new) in [("{}", secret), (secret, "{}")] {
        assert!(!format!("{:?}", compared(old, new)).contains(MARKER));
    }
}

#[test]
fn nothing_moves_the_cursor() {
    let old = "{\"title\": \"a\\u001b[1m\", \"properties\": {\"\\u001bkey\": {\"const\": \"\\u001b[2J\"}}}";
    let new = "{\"title\": \"a\\u001b[1m\", \"properties\": {\"\\u001bkey\": {\"const\": \"\\u202e\",
        \"deprecated\": true, \"x-confkit\": {\"deprecated\": \"\\u001b[2J\", \"variable\": \"\\u001b\"}}}}";
    let changes = compared(old, new);
    for shown in [changes.to_string(), changes.changelog()] {
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    }
}

#[test]
fn nothing_that_has_changed_is_said_in_one_line() {
    let same = compared(OLD, OLD);
    assert_eq!(same.to_string(), "settings `Orders`: nothing has changed");
    assert_eq!(same.changelog(), "");
    assert!(!same.is_breaking() && same.is_empty());
    assert_eq!(same.exit_code(), std::process::ExitCode::SUCCESS);
    assert_eq!(changes().exit_code(), std::process::ExitCode::FAILURE);
}

#[test]
fn a_kept_schema_is_compared_in_a_test() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("v1.json");
    std::fs::write(&kept, OLD).unwrap();
    testing::assert_compatible(&kept, OLD);

    let message = |present: &'static str, path: std::path::PathBuf| {
        let panic = std::panic::catch_unwind(|| testing::assert_compatible(path, present)).unwrap_err();
        panic.downcast_ref::<String>().unwrap().clone()
    };
    let told = message(NEW, kept);
    assert!(
        told.contains("no longer loads as before") && told.contains("breaking[limit]: workers"),
        "{told}"
    );
    let absent = message(NEW, folder.path().join("v0.json"));
    assert!(
        absent.contains("cannot be read") && absent.contains("keep the schema of a release there"),
        "{absent}"
    );
}
