//! Steps to begin with.

use confkit::migrate::scaffold;

const OLD: &str = r#"{
  "properties": {
    "listen": {"type": "string"},
    "timeout": {"type": "integer", "minimum": 0},
    "legacy": {"type": ["boolean", "null"]},
    "db": {"type": "object", "properties": {
      "host": {"type": "string"},
      "pool": {"type": "object", "properties": {"size": {"type": "integer"}, "idle": {"type": "integer"}}}
    }},
    "nodes": {"type": "array", "items": {"type": "object", "properties": {"adr": {"type": "string"}}}},
    "tags": {"type": "object", "additionalProperties": {"type": "string"}}
  },
  "x-confkit": {"version": 4}
}"#;

const NEW: &str = r#"{
  "properties": {
    "host": {"type": "string"},
    "address": {"type": "string"},
    "timeout": {"type": "string"},
    "workers": {"type": "integer"},
    "threads": {"type": "integer", "default": 4},
    "pool": {"type": "object", "properties": {"size": {"type": "integer"}, "idle": {"type": "integer"}}},
    "nodes": {"type": "array", "items": {"type": "object", "properties": {"address": {"type": "string"}}}},
    "my labels": {"type": "object", "additionalProperties": {"type": "string"}}
  },
  "required": ["workers", "threads"]
}"#;

#[test]
fn what_is_likely_is_guessed() {
    insta::assert_snapshot!(scaffold(OLD, NEW).unwrap());
}

#[test]
fn nothing_to_do_is_an_empty_step() {
    assert_eq!(
        scaffold(OLD, OLD).unwrap(),
        "/// To version 4: `Migrations::new().step(4, to_version_4)`.\n\
         fn to_version_4(step: Step) -> Step {\n    step\n}\n",
    );
    assert_eq!(scaffold(OLD, "[").unwrap_err().to_string(), "the new schema is not JSON");
}
