//! Schemas in the shape that confkit writes: sections, enums with data, further keys, recursive types.

use super::{compared, told};

/// A pool under its first name, and under a new one with the old one still read.
const POOL: &str = r#"{"type": "object", "additionalProperties": false,
    "properties": {"db": {"type": "object", "additionalProperties": false,
        "properties": {"pool": {"type": "integer", "x-confkit": {"variable": "APP_DB_POOL", "argument": "--db-pool"}}},
        "required": ["pool"]}},
    "required": ["db"]}"#;

const RENAMED: &str = r#"{"type": "object", "additionalProperties": false,
    "properties": {"db": {"type": "object", "additionalProperties": false,
        "properties": {
            "max_connections": {"type": "integer", "x-confkit": {
                "variable": "APP_DB_MAX_CONNECTIONS", "argument": "--db-max-connections", "renamed_from": ["pool"]}},
            "pool": {"description": "The former name.", "type": "integer", "deprecated": true}},
        "anyOf": [{"required": ["max_connections"]}, {"required": ["pool"]}],
        "not": {"required": ["max_connections", "pool"]}}},
    "required": ["db"]}"#;

#[test]
fn a_key_that_is_renamed_with_its_old_one_kept_breaks_nothing() {
    assert_eq!(
        told(POOL, RENAMED),
        [
            "compatible renamed db.max_connections",
            "compatible variable db.max_connections",
            "compatible argument db.max_connections",
        ]
    );
    let back = told(RENAMED, POOL);
    assert!(back.contains(&"breaking removed db.max_connections".to_owned()), "{back:?}");
}

#[test]
fn a_section_that_is_renamed_keeps_the_variables_inside() {
    let section = |key: &str, variable: &str, facts: &str| {
        format!(
            r#"{{"additionalProperties": false, "properties": {{"{key}": {{"type": "object", {facts}
                "properties": {{"host": {{"x-confkit": {{"variable": "{variable}"}}}}}}}}}}}}"#
        )
    };
    let old = section("db", "APP_DB_HOST", "");
    let new = section("database", "APP_DATABASE_HOST", r#""x-confkit": {"renamed_from": ["db"]},"#);
    assert_eq!(told(&old, &new), ["compatible renamed database", "compatible variable database.host"]);
    let other = section("database", "DATABASE_HOST", r#""x-confkit": {"renamed_from": ["db"]},"#);
    assert!(told(&old, &other).contains(&"breaking variable database.host".to_owned()));
}

fn stores(forms: &str) -> String {
    format!(r#"{{"properties": {{"store": {{"oneOf": [{forms}]}}}}}}"#)
}

const MEMORY: &str = r#"{"type": "object", "additionalProperties": false, "required": ["kind"],
    "properties": {"kind": {"const": "memory"}, "size": {"type": "integer"}}}"#;
const REDIS: &str = r#"{"type": "object", "additionalProperties": false, "required": ["kind", "url"],
    "properties": {"kind": {"const": "redis"}, "url": {"type": "string"}}}"#;

#[test]
fn variants_are_known_by_their_tag() {
    let both = stores(&format!("{MEMORY}, {REDIS}"));
    let turned = stores(&format!("{REDIS}, {MEMORY}"));
    assert_eq!(told(&both, &turned), [""; 0]);
    assert_eq!(told(&stores(MEMORY), &both), ["compatible variant_added store"]);
    assert_eq!(told(&both, &stores(MEMORY)), ["breaking variant_removed store"]);

    let limited = MEMORY.replace(r#""integer""#, r#""integer", "minimum": 1"#);
    let changes = compared(&both, &stores(&format!("{limited}, {REDIS}")));
    let [change] = changes.all() else { panic!("{changes}") };
    assert_eq!((change.path(), change.variant()), ("store.size", Some("memory")));
}

#[test]
fn variants_are_known_by_their_key() {
    let form = |key: &str, schema: &str| {
        format!(
            r#"{{"type": "object", "properties": {{"{key}": {schema}}}, "required": ["{key}"],
                "additionalProperties": false}}"#
        )
    };
    let (card, cash) = (form("card", r#"{"type": "string"}"#), form("cash", "{}"));
    let old = stores(&card);
    assert_eq!(told(&old, &stores(&format!("{card}, {cash}"))), ["compatible variant_added store"]);
    let other = form("card", r#"{"type": "integer"}"#);
    assert_eq!(
        told(&old, &stores(&format!("{other}, {cash}"))),
        ["breaking type store.card", "compatible variant_added store"]
    );
}

#[test]
fn forms_that_a_value_may_have_at_once_are_told() {
    let open = |keys: &str| format!(r#"{{"type": "object", "required": [{keys}]}}"#);
    let (old, new) = (stores(&open(r#""a""#)), stores(&format!("{}, {}", open(r#""a""#), open(r#""b""#))));
    // `{a, b}` was accepted, and has two forms now.
    assert!(compared(&old, &new).is_breaking());
}

#[test]
fn a_group_grows_by_what_was_refused() {
    let one_of = |names: &[&str]| {
        let settings: Vec<String> = names.iter().map(|name| format!(r#""{name}": {{}}"#)).collect();
        let forms: Vec<String> = names.iter().map(|name| format!(r#"{{"required": ["{name}"]}}"#)).collect();
        format!(
            r#"{{"type": "object", "additionalProperties": false, "properties": {{{}}}, "oneOf": [{}]}}"#,
            settings.join(", "),
            forms.join(", "),
        )
    };
    assert!(!compared(&one_of(&["socket", "port"]), &one_of(&["socket", "port", "url"])).is_breaking());
    assert!(compared(&one_of(&["socket", "port", "url"]), &one_of(&["socket", "port"])).is_breaking());
}

#[test]
fn recursive_types_are_followed_once() {
    let menu = |kind: &str| {
        format!(
            r##"{{"properties": {{"menu": {{"$ref": "#/$defs/Entry"}}}}, "$defs": {{"Entry": {{"type": "object",
                "properties": {{"name": {{"type": "{kind}"}}, "inside": {{"type": "array", "items": {{"$ref": "#/$defs/Entry"}}}}}}}}}}}}"##
        )
    };
    assert_eq!(told(&menu("string"), &menu("integer")), ["breaking type menu.name"]);
    assert_eq!(told(&menu("string"), &menu("string")), [""; 0]);
}

#[test]
fn a_new_section_names_what_it_has() {
    let new = r#"{"additionalProperties": false, "properties": {"cache": {"type": "object", "properties": {
        "size": {"type": "integer", "default": 10}, "odd.key": {"type": "string"}}}}}"#;
    let changes = compared(r#"{"additionalProperties": false}"#, new);
    assert_eq!(changes.all()[0].message(), "is new, with `\"odd.key\"`, `size`");
    let gone = compared(new, r#"{"additionalProperties": false}"#);
    assert_eq!(gone.all()[0].message(), "is gone, with `\"odd.key\"`, `size`");
}
