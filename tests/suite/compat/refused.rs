//! Texts that cannot be compared.

use confkit::compat;

fn refusal(schema: &str) -> String {
    compat::compare("{}", schema).unwrap_err().to_string()
}

#[test]
fn what_is_no_schema_is_told_without_its_text() {
    assert_eq!(
        refusal("{\"marker\": tru}"),
        "the new schema is not JSON (line 1, column 15); write it with `Schema::to_json`",
    );
    assert_eq!(refusal("[]"), "the new schema is no JSON Schema: it is no object");
    assert_eq!(
        refusal(r#"{"properties": {"a": 1}}"#),
        "the new schema is no JSON Schema: an object, true or false belongs at `/properties/a`",
    );
    assert_eq!(
        compat::compare(r#"{"$schema": "http://json-schema.org/draft-07/schema#"}"#, "{}")
            .unwrap_err()
            .to_string(),
        "the old schema is of another version, `http://json-schema.org/draft-07/schema#`; \
         only JSON Schema 2020-12 is compared",
    );
}

#[test]
fn references_that_lead_nowhere_are_told() {
    let expected = "the new schema refers to `#/$defs/B`, which it does not have; put it under `$defs`";
    assert_eq!(refusal(r##"{"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"}}}"##), expected);
    assert!(refusal(r#"{"$ref": "https://example.com/schema.json"}"#).contains("which it does not have"));
    assert!(refusal(r##"{"$dynamicRef": "#a"}"##).contains("`$dynamicRef`, which is not followed"));
    assert!(refusal(r#"{"properties": {"a": {"$id": "b"}}}"#).contains("`$id`, which is not followed"));
}

#[test]
fn references_may_go_in_circles_and_be_escaped() {
    let circle =
        r##"{"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/B"}, "B": {"$ref": "#/$defs/A"}}}"##;
    assert!(compat::compare(circle, circle).unwrap().is_empty());
    let escaped = r##"{"$ref": "#/$defs/Vec%3Cu8%3E", "$defs": {"Vec<u8>": {"type": "array"}}}"##;
    assert!(compat::compare(escaped, r#"{"type": "array"}"#).unwrap().is_empty());
}
