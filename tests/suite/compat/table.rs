//! Pairs of schemas of one setting `a`, and what is said of the step from the first to the second.

use super::{closed, told};

/// The setting before, the setting after, and what is told, separated by `;`.
const SETTINGS: &[(&str, &str, &str)] = &[
    // Types.
    (r#"{"type":"integer"}"#, r#"{"type":"number"}"#, "compatible type a"),
    (r#"{"type":"number"}"#, r#"{"type":"integer"}"#, "breaking type a"),
    (r#"{"type":"integer"}"#, r#"{"type":"string"}"#, "breaking type a"),
    (r#"{"type":"integer"}"#, r#"{"type":["integer","null"]}"#, "compatible type a"),
    (r#"{"type":["integer","null"]}"#, r#"{"type":"integer"}"#, "breaking type a"),
    (r#"{"type":"integer"}"#, r"{}", "compatible type a"),
    (r"{}", r#"{"type":"integer"}"#, "breaking type a"),
    (r"true", r"{}", ""),
    (r#"{"type":"integer"}"#, r"false", "breaking type a"),
    (r"false", r#"{"type":"integer"}"#, ""),
    (r#"{"type":"integer"}"#, r#"{"type":["integer"]}"#, ""),
    // Limits of numbers.
    (r#"{"type":"integer","maximum":64}"#, r#"{"type":"integer","maximum":32}"#, "breaking limit a"),
    (r#"{"type":"integer","maximum":32}"#, r#"{"type":"integer","maximum":64}"#, "compatible limit a"),
    (r#"{"type":"integer"}"#, r#"{"type":"integer","minimum":0}"#, "breaking limit a"),
    (r#"{"type":"integer","minimum":0}"#, r#"{"type":"integer"}"#, "compatible limit a"),
    (r#"{"type":"number","minimum":0}"#, r#"{"type":"number","exclusiveMinimum":0}"#, "breaking limit a"),
    (r#"{"type":"number","exclusiveMinimum":0}"#, r#"{"type":"number","minimum":0}"#, "compatible limit a"),
    (r#"{"type":"integer","exclusiveMinimum":0}"#, r#"{"type":"integer","minimum":1}"#, ""),
    (r#"{"type":"number","exclusiveMinimum":0}"#, r#"{"type":"number","minimum":1}"#, "breaking limit a"),
    (r#"{"type":"integer","maximum":9.5}"#, r#"{"type":"integer","exclusiveMaximum":10}"#, ""),
    (r#"{"type":"number","maximum":1}"#, r#"{"type":"number","maximum":1.0}"#, ""),
    (
        r#"{"type":"integer","maximum":18446744073709551615}"#,
        r#"{"type":"integer","maximum":18446744073709551614}"#,
        "breaking limit a",
    ),
    (r#"{"type":"integer","minimum":1,"exclusiveMinimum":5}"#, r#"{"type":"integer","minimum":6}"#, ""),
    (r#"{"type":"string"}"#, r#"{"type":"string","minimum":5}"#, ""),
    (r#"{"type":"integer","format":"uint16"}"#, r#"{"type":"integer","format":"uint8"}"#, "breaking limit a"),
    (
        r#"{"type":"integer","format":"int32"}"#,
        r#"{"type":"integer","format":"int64"}"#,
        "compatible limit a; compatible limit a",
    ),
    (r#"{"type":"integer","multipleOf":4}"#, r#"{"type":"integer","multipleOf":2}"#, ""),
    (r#"{"type":"integer","multipleOf":2}"#, r#"{"type":"integer","multipleOf":4}"#, "breaking limit a"),
    // Lengths and text.
    (r#"{"type":"string"}"#, r#"{"type":"string","minLength":0}"#, ""),
    (r#"{"type":"string"}"#, r#"{"type":"string","minLength":1}"#, "breaking limit a"),
    (r#"{"type":"string","maxLength":8}"#, r#"{"type":"string","maxLength":9}"#, "compatible limit a"),
    (r#"{"type":"string"}"#, r#"{"type":"string","pattern":"^a"}"#, "breaking text a"),
    (r#"{"type":"string","pattern":"^a"}"#, r#"{"type":"string"}"#, "compatible text a"),
    (
        r#"{"type":"string","pattern":"^a"}"#,
        r#"{"type":"string","pattern":"^[ab]"}"#,
        "breaking text a; compatible text a",
    ),
    (r#"{"type":"string"}"#, r#"{"type":"string","format":"ipv4"}"#, "breaking text a"),
    (
        r#"{"type":"string","pattern":"^a"}"#,
        r#"{"type":"string","allOf":[{"pattern":"^a"},{"pattern":"z$"}]}"#,
        "breaking text a",
    ),
    // Lists.
    (
        r#"{"type":"array","items":{"type":"integer"}}"#,
        r#"{"type":"array","items":{"type":"string"}}"#,
        "breaking type a[]",
    ),
    (r#"{"type":"array","maxItems":3}"#, r#"{"type":"array","maxItems":2}"#, "breaking limit a"),
    (r#"{"type":"array"}"#, r#"{"type":"array","uniqueItems":true}"#, "breaking limit a"),
    (r#"{"type":"array"}"#, r#"{"type":"array","contains":{"const":1}}"#, "breaking rule a"),
    (
        r#"{"type":"array","prefixItems":[{"type":"integer"}],"items":false}"#,
        r#"{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}"#,
        "",
    ),
    (
        r#"{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":false}"#,
        r#"{"type":"array","prefixItems":[{"type":"integer"}],"items":false}"#,
        "breaking type a[1]",
    ),
    // Maps.
    (
        r#"{"type":"object","additionalProperties":{"type":"number"}}"#,
        r#"{"type":"object","additionalProperties":{"type":"integer"}}"#,
        "breaking type a.<key>",
    ),
    (
        r#"{"type":"object"}"#,
        r#"{"type":"object","propertyNames":{"pattern":"^[a-z]+$"}}"#,
        "breaking text a (keys)",
    ),
    (r#"{"type":"object"}"#, r#"{"type":"object","propertyNames":{"type":"string"}}"#, ""),
    (r#"{"type":"object"}"#, r#"{"type":"object","minProperties":1}"#, "breaking limit a"),
    (r#"{"type":"object"}"#, r#"{"type":"object","dependentRequired":{"x":["y"]}}"#, "breaking rule a"),
    // Listed values.
    (r#"{"enum":["x","y"]}"#, r#"{"enum":["x"]}"#, "breaking value_removed a"),
    (r#"{"enum":["x"]}"#, r#"{"enum":["x","y"]}"#, "compatible value_added a"),
    (r#"{"type":"string"}"#, r#"{"type":"string","enum":["x"]}"#, "breaking value_removed a"),
    (r#"{"type":"string","enum":["x"]}"#, r#"{"type":"string"}"#, "compatible value_added a"),
    (r#"{"const":1}"#, r#"{"const":1.0}"#, ""),
    (r#"{"const":1}"#, r#"{"const":2}"#, "breaking value_removed a; compatible value_added a"),
    (
        r#"{"oneOf":[{"const":"x","description":"X."},{"const":"y"}]}"#,
        r#"{"oneOf":[{"const":"y"},{"const":"z"}]}"#,
        "breaking value_removed a; compatible value_added a",
    ),
    (r#"{"enum":["x","y"]}"#, r#"{"oneOf":[{"const":"x"},{"const":"y"}]}"#, ""),
    (r#"{"enum":[1,2,3]}"#, r#"{"type":"integer","maximum":3}"#, "compatible value_added a"),
    (
        r#"{"enum":[1,2,3]}"#,
        r#"{"type":"integer","maximum":2}"#,
        "breaking limit a; compatible value_added a",
    ),
    // What else is asked.
    (r#"{"type":"integer"}"#, r#"{"type":"integer","not":{"const":3}}"#, "breaking rule a"),
    (r#"{"type":"integer","not":{"const":3}}"#, r#"{"type":"integer"}"#, "compatible rule a"),
    (
        r#"{"type":"integer","not":{"const":3}}"#,
        r#"{"type":"integer","not":{"const":3,"description":"Three."}}"#,
        "",
    ),
    (
        r#"{"anyOf":[{"type":"integer"},{"type":"string"}]}"#,
        r#"{"anyOf":[{"type":"string"}]}"#,
        "breaking variant_removed a",
    ),
    (r#"{"type":"string"}"#, r#"{"oneOf":[{"type":"string"},{"type":"integer"}]}"#, "compatible type a"),
    // What confkit says.
    (r#"{"type":"integer","default":4}"#, r#"{"type":"integer","default":8}"#, "breaking default a"),
    (r#"{"type":"integer","default":4}"#, r#"{"type":"integer","default":4.0}"#, ""),
    (r#"{"type":"integer","default":4}"#, r#"{"type":"integer"}"#, "breaking default a"),
    (r#"{"type":"integer"}"#, r#"{"type":"integer","default":4}"#, "breaking default a"),
    (
        r#"{"x-confkit":{"variable":"APP_A"}}"#,
        r#"{"x-confkit":{"variable":"A"}}"#,
        "breaking variable a; compatible variable a",
    ),
    (
        r#"{"x-confkit":{"variable":"APP_A"}}"#,
        r#"{"x-confkit":{"variable":"A","variables":["APP_A"]}}"#,
        "compatible variable a",
    ),
    (r#"{"x-confkit":{"argument":"--a"}}"#, r"{}", "breaking argument a"),
    (r"{}", r#"{"x-confkit":{"argument":"--a"}}"#, "compatible argument a"),
    (r"{}", r#"{"writeOnly":true,"x-confkit":{"secret":true}}"#, "info secrecy a"),
    (r#"{"x-confkit":{"secret":true}}"#, r"{}", "info secrecy a"),
    (r"{}", r#"{"deprecated":true}"#, "info deprecated a"),
    (r#"{"deprecated":true}"#, r"{}", "info deprecated a"),
    (r"{}", r#"{"x-confkit":{"merge":"append"}}"#, "breaking merge a"),
    (r"{}", r#"{"x-confkit":{"merge":"replace"}}"#, ""),
    (r#"{"x-confkit":{"unit":"ms"}}"#, r#"{"x-confkit":{"unit":"s"}}"#, "breaking unit a"),
    (r"{}", r#"{"x-confkit":{"unit":"s"}}"#, "info unit a"),
    (r"{}", r#"{"x-confkit":{"aliases":["b"]}}"#, "compatible name a"),
    (r#"{"x-confkit":{"renamed_from":["b"]}}"#, r"{}", "breaking name a"),
    (r"{}", r#"{"x-confkit":{"required_profiles":["prod"]}}"#, "breaking required a"),
    (r#"{"x-confkit":{"required_profiles":["prod"]}}"#, r"{}", "compatible required a"),
    (r"{}", r#"{"x-confkit":{"rules":[{"rule":"custom","message":"must be even"}]}}"#, "breaking rule a"),
    (r"{}", r#"{"x-confkit":{"rules":[{"rule":"custom","message":"even","warns":true}]}}"#, "info rule a"),
    (
        r#"{"x-confkit":{"rules":[{"rule":"custom","message":"even","warns":true}]}}"#,
        r#"{"x-confkit":{"rules":[{"rule":"custom","message":"even"}]}}"#,
        "breaking rule a",
    ),
    (r#"{"x-confkit":{"rules":[{"rule":"email"}]}}"#, r"{}", "compatible rule a"),
    (
        r#"{"x-confkit":{"rules":[{"rule":"email","message":"no"}]}}"#,
        r#"{"x-confkit":{"rules":[{"rule":"email","message":"not an address"}]}}"#,
        "",
    ),
    (r#"{"description":"Old."}"#, r#"{"description":"New.","examples":[1]}"#, ""),
];

#[test]
fn each_step_of_a_setting_has_its_verdict() {
    for (old, new, expected) in SETTINGS {
        let (before, after) = (closed(&format!(r#""a":{old}"#)), closed(&format!(r#""a":{new}"#)));
        assert_eq!(told(&before, &after).join("; "), *expected, "{old} -> {new}");
        assert_eq!(told(&before, &before).join("; "), "", "{old}");
    }
}

/// The same for whole declarations.
const WHOLE: &[(&str, &str, &str)] = &[
    (
        r#"{"properties":{},"additionalProperties":false}"#,
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        "compatible added a",
    ),
    (
        r#"{"properties":{},"additionalProperties":false}"#,
        r#"{"properties":{"a":{}},"required":["a"],"additionalProperties":false}"#,
        "breaking added a",
    ),
    (
        r#"{"additionalProperties":false}"#,
        r#"{"properties":{"a":{"x-confkit":{"required_profiles":["p"]}}},"additionalProperties":false}"#,
        "breaking added a",
    ),
    (r#"{"properties":{}}"#, r#"{"properties":{"a":{"type":"integer"}}}"#, "breaking added a"),
    (
        r#"{"additionalProperties":false}"#,
        r#"{"properties":{"$schema":{}},"additionalProperties":false}"#,
        "",
    ),
    (
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"{"additionalProperties":false}"#,
        "breaking removed a",
    ),
    (r#"{"properties":{"a":{}}}"#, r#"{"properties":{"b":{}}}"#, "breaking removed a; breaking added b"),
    (r#"{"properties":{"a":{}}}"#, r#"{"properties":{"a":{}},"required":["a"]}"#, "breaking required a"),
    (r#"{"properties":{"a":{}},"required":["a"]}"#, r#"{"properties":{"a":{}}}"#, "compatible required a"),
    (
        r#"{"properties":{"a":{}},"required":["a"]}"#,
        r#"{"properties":{"a":{"default":1}}}"#,
        "compatible required a",
    ),
    (
        r#"{"properties":{"a":{}}}"#,
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        "breaking unknown_keys",
    ),
    (
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"{"properties":{"a":{}}}"#,
        "compatible unknown_keys",
    ),
    (
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"{"properties":{"b":{"x-confkit":{"renamed_from":["a"]}}},"additionalProperties":false}"#,
        "compatible renamed b",
    ),
    (
        r#"{"properties":{"a":{"type":"integer"}},"additionalProperties":false}"#,
        r#"{"properties":{"b":{"type":"string","x-confkit":{"renamed_from":["a"]}}},"additionalProperties":false}"#,
        "breaking type b; compatible renamed b",
    ),
    (
        r#"{"properties":{"a":{}},"additionalProperties":false}"#,
        r#"{"properties":{"b":{"x-confkit":{"renamed_from":["a"]}}},"required":["b"],"additionalProperties":false}"#,
        "breaking required b; compatible renamed b",
    ),
    (
        r#"{"properties":{"a":{},"b":{}},"additionalProperties":false}"#,
        r#"{"properties":{"b":{"x-confkit":{"renamed_from":["a"]}}},"additionalProperties":false}"#,
        "breaking removed a; compatible name b",
    ),
    (
        r#"{"x-confkit":{"env_prefix":"OLD"},"properties":{"a":{"x-confkit":{"variable":"OLD_A"}}}}"#,
        r#"{"x-confkit":{"env_prefix":"NEW"},"properties":{"a":{"x-confkit":{"variable":"NEW_A"}}}}"#,
        "breaking variable",
    ),
    (r#"{"x-confkit":{"profiles":["a","b"]}}"#, r#"{"x-confkit":{"profiles":["a"]}}"#, "breaking profile"),
    (r#"{"x-confkit":{"profiles":["a"]}}"#, r#"{"x-confkit":{"profiles":["a","b"]}}"#, "compatible profile"),
    (r#"{"x-confkit":{"version":3}}"#, r#"{"x-confkit":{"version":4}}"#, "info version"),
    (r#"{"x-confkit":{"version":4}}"#, r#"{"x-confkit":{"version":3}}"#, "breaking version"),
    (r"{}", r#"{"x-confkit":{"rules":[{"rule":"check","message":"a < b"}]}}"#, "breaking rule"),
    (r"{}", r#"{"x-confkit":{"rules":[{"rule":"relaxed_keys"}]}}"#, ""),
    (r"{}", r#"{"if":{"required":["a"]},"then":{"required":["b"]}}"#, "breaking rule"),
    (
        r#"{"patternProperties":{"^x":{"type":"integer"}}}"#,
        r#"{"patternProperties":{"^x":{"type":"string"}}}"#,
        "breaking type <^x>",
    ),
    (r"{}", r#"{"patternProperties":{"^x":{"type":"string"}}}"#, "breaking rule <^x>"),
    (
        r##"{"$defs":{"N":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/N"}}}"##,
        r##"{"$defs":{"N":{"type":"string"}},"properties":{"a":{"$ref":"#/$defs/N"}}}"##,
        "breaking type a",
    ),
    (
        r##"{"$defs":{"N":{"type":"integer"}},"properties":{"a":{"$ref":"#/$defs/N"}}}"##,
        r#"{"properties":{"a":{"type":"integer"}}}"#,
        "",
    ),
    (
        r##"{"$defs":{"N":{"type":"integer"}},"not":{"required":["a"],"properties":{"a":{"$ref":"#/$defs/N"}}}}"##,
        r##"{"$defs":{"N":{"type":"number"}},"not":{"required":["a"],"properties":{"a":{"$ref":"#/$defs/N"}}}}"##,
        "breaking rule",
    ),
];

#[test]
fn each_step_of_a_declaration_has_its_verdict() {
    for (old, new, expected) in WHOLE {
        assert_eq!(told(old, new).join("; "), *expected, "{old} -> {new}");
        assert_eq!(told(old, old).join("; "), "", "{old}");
    }
}
