//! Generated pairs of schemas, held against what a judge of JSON Schema says of documents.

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use super::compared;

/// A schema of a few levels, of keywords that may or may not fit together.
fn schemas() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(true)),
        Just(json!(false)),
        types().prop_map(|types| json!({ "type": types })),
        (types(), bounds()).prop_map(|(types, bounds)| with(json!({ "type": types }), bounds)),
        bounds(),
        prop::collection::vec(values(), 1..4).prop_map(|values| json!({ "enum": values })),
        values().prop_map(|value| json!({ "const": value })),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            4 => tables(inner.clone()),
            1 => (inner.clone(), bounds()).prop_map(|(items, bounds)| with(json!({"type": "array", "items": items}), bounds)),
            1 => prop::collection::vec(inner.clone(), 1..3).prop_map(|first| json!({"prefixItems": first})),
            1 => (prop::collection::vec(inner.clone(), 1..4), any::<bool>()).prop_map(|(forms, one)| {
                if one { json!({ "oneOf": forms }) } else { json!({ "anyOf": forms }) }
            }),
            1 => prop::collection::vec(inner.clone(), 1..3).prop_map(|all| json!({ "allOf": all })),
            1 => inner.clone().prop_map(|not| json!({ "not": not })),
            1 => (inner.clone(), inner.clone()).prop_map(|(first, then)| json!({"if": first, "then": then})),
            1 => inner.clone().prop_map(|inner| json!({ "contains": inner })),
            1 => inner.prop_map(|names| json!({ "propertyNames": names })),
        ]
    })
}

fn with(schema: Value, more: Value) -> Value {
    let (Value::Object(mut all), Value::Object(more)) = (schema, more) else { return Value::Bool(true) };
    all.extend(more);
    all.into()
}

fn types() -> impl Strategy<Value = Value> {
    let one = prop::sample::select(vec!["null", "boolean", "integer", "number", "string", "array", "object"]);
    prop_oneof![
        one.clone().prop_map(Value::from),
        prop::collection::btree_set(one, 1..3).prop_map(|set| json!(set))
    ]
}

fn bounds() -> impl Strategy<Value = Value> {
    let numbers = prop::sample::select(vec![json!(0), json!(1), json!(1.0), json!(1.5), json!(2), json!(3)]);
    let counts = prop::sample::select(vec![json!(0), json!(1), json!(2)]);
    let keyword = prop_oneof![
        (prop::sample::select(vec!["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]), numbers),
        (
            prop::sample::select(vec![
                "minLength",
                "maxLength",
                "minItems",
                "maxItems",
                "minProperties",
                "maxProperties"
            ]),
            counts
        ),
        prop::sample::select(vec![
            ("pattern", json!("^a")),
            ("pattern", json!("b")),
            ("uniqueItems", json!(true)),
            ("multipleOf", json!(1)),
            ("multipleOf", json!(2)),
            ("required", json!(["a"])),
            ("required", json!(["b"])),
            ("dependentRequired", json!({"a": ["b"]})),
        ]),
    ];
    prop::collection::vec(keyword, 1..3).prop_map(|all| {
        all.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
    })
}

fn tables(inner: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let keys = prop::sample::select(vec!["a", "b", "c"]);
    let properties = prop::collection::btree_map(keys.clone(), inner.clone(), 0..3);
    let rest = prop_oneof![3 => Just(Some(json!(false))), 1 => Just(None), 1 => inner.clone().prop_map(Some)];
    let patterns = prop_oneof![5 => Just(None), 1 => inner.prop_map(Some)];
    let required = prop::collection::btree_set(keys, 0..2);
    (properties, rest, patterns, required).prop_map(|(properties, rest, patterns, required)| {
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        if let Some(rest) = rest {
            schema["additionalProperties"] = rest;
        }
        if let Some(patterns) = patterns {
            schema["patternProperties"] = json!({ "^[bc]": patterns });
        }
        schema
    })
}

fn values() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(1.0),
        json!(1.5),
        json!(3),
        json!(""),
        json!("a"),
        json!("ab"),
    ])
}

fn documents() -> impl Strategy<Value = Value> {
    values().prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            4 => prop::collection::btree_map(prop::sample::select(vec!["a", "b", "c", "d"]), inner, 0..4)
                .prop_map(|map| json!(map)),
        ]
    })
}

/// A change of a schema: where, what, and with what.
type Step = (usize, usize, Value);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec((any::<usize>(), any::<usize>(), schemas()), 1..4)
}

fn mutated(mut schema: Value, steps: &[Step]) -> Value {
    for (place, kind, other) in steps {
        let mut places = Vec::new();
        pointers(&schema, String::new(), &mut places);
        if let Some(at) = schema.pointer_mut(&places[place % places.len()]) {
            mutate(at, *kind, other);
        }
    }
    schema
}

/// Where there are schemas in a schema.
fn pointers(schema: &Value, at: String, all: &mut Vec<String>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        let at = format!("{at}/{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties", Value::Object(named)) => {
                named.iter().for_each(|(name, schema)| pointers(schema, format!("{at}/{name}"), all));
            }
            ("allOf" | "anyOf" | "oneOf" | "prefixItems", Value::Array(listed)) => {
                listed
                    .iter()
                    .enumerate()
                    .for_each(|(index, schema)| pointers(schema, format!("{at}/{index}"), all));
            }
            (
                "additionalProperties" | "contains" | "if" | "items" | "not" | "propertyNames" | "then",
                schema,
            ) => {
                pointers(schema, at, all);
            }
            _ => {}
        }
    }
    all.push(at);
}

fn mutate(schema: &mut Value, kind: usize, other: &Value) {
    let Value::Object(map) = schema else {
        *schema = other.clone();
        return;
    };
    match (kind % 5, other) {
        // Something less is asked.
        (0 | 1, _) if !map.is_empty() => {
            let keyword = map.keys().nth(kind % map.len()).cloned().unwrap_or_default();
            map.remove(&keyword);
        }
        // Something more, or something else.
        (2, Value::Object(more)) => map.extend(more.clone()),
        (3, Value::Object(_)) => {
            map.insert("allOf".to_owned(), json!([other]));
        }
        // Another limit.
        (4, _) if map.values().any(Value::is_u64) => {
            let limit = map.values_mut().find(|value| value.is_u64());
            limit.into_iter().for_each(|limit| *limit = json!(limit.as_u64().unwrap_or_default() + 1));
        }
        _ => *schema = other.clone(),
    }
}

/// The judge; none for texts that it refuses, as a root that is true.
fn judge(schema: &Value) -> Option<Validator> {
    schema
        .is_object()
        .then(|| jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}: {schema}")))
}

#[test]
fn what_was_accepted_and_is_refused_is_breaking() {
    let mut runner = TestRunner::new(Config { cases: 2500, failure_persistence: None, ..Config::default() });
    let pairs = (schemas(), steps(), prop::collection::vec(documents(), 40));
    let (mut judged, mut narrowed, mut mild) = (0_usize, 0_usize, 0_usize);
    let counts = std::cell::RefCell::new((&mut judged, &mut narrowed, &mut mild));
    runner
        .run(&pairs, |(old, steps, documents)| {
            let new = mutated(old.clone(), &steps);
            let (Some(before), Some(after)) = (judge(&old), judge(&new)) else { return Ok(()) };
            let changes = compared(&old.to_string(), &new.to_string());
            let mut counts = counts.borrow_mut();
            let lost =
                documents.iter().find(|document| before.is_valid(document) && !after.is_valid(document));
            *counts.0 += 1;
            *counts.1 += usize::from(lost.is_some());
            *counts.2 += usize::from(!changes.is_breaking());
            if let Some(document) = lost {
                prop_assert!(changes.is_breaking(), "{document} is lost\n{old}\n{new}\n{changes}");
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // Neither is said always.
    assert!(judged > 1500 && narrowed > 200 && mild > 200, "{judged} {narrowed} {mild}");
}

#[test]
fn nothing_changes_against_itself() {
    let mut runner = TestRunner::new(Config { cases: 1000, failure_persistence: None, ..Config::default() });
    runner
        .run(&schemas(), |schema| {
            if schema.is_object() {
                let changes = compared(&schema.to_string(), &schema.to_string());
                prop_assert!(changes.is_empty(), "{schema}\n{changes}");
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}
