//! JSON is read exactly when `serde_json` reads it, and to the same values; what a dialect reads,
//! the wider ones read the same; and no report steers a terminal.

#![no_main]

use confkit_fuzz::{load, sound};
use confkit_sources::{Document, Format, NodeKind, NodeRef, OriginKind};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let [json, jsonc, json5] = [Format::Json, Format::Jsonc, Format::Json5].map(|format| read(format, text));
    // The two limit nesting alike; a mark in front is no JSON to serde_json.
    let theirs: Option<Value> = serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok();
    match (&json, &theirs) {
        (Some(document), Some(value)) => same(document.root(), value),
        (Some(_), None) => assert!(too_large(text), "read, but refused by serde_json: {text:?}"),
        (None, Some(Value::Object(_))) => {
            assert!(is_ours(text), "refused, but read by serde_json: {text:?}");
        }
        (None, _) => {}
    }
    for (narrow, wide) in [(&json, &jsonc), (&jsonc, &json5)] {
        if let Some(narrow) = narrow {
            alike(narrow.root(), wide.as_ref().expect("the wider dialect reads it too").root());
        }
    }
    for document in [&json, &jsonc, &json5].into_iter().flatten() {
        sound(document);
    }
    // Hexadecimal numbers are in no seed.
    #[cfg(planted_bug)]
    if let Some(document) = &json5 {
        assert!(document.nodes().all(|node| node.radix() != 16), "the planted bug");
    }
    load(Format::Json5, text);
    load(Format::Json, text);
});

fn read(format: Format, text: &str) -> Option<Document> {
    match format.read(OriginKind::Text, "input", text.to_owned()) {
        Ok(document) => Some(document),
        Err((_, errors)) => {
            assert!(!errors.is_empty(), "refused without a reason: {text:?}");
            assert!(errors.iter().all(|error| error.span.start <= text.len()));
            None
        }
    }
}

/// What serde_json refuses for its size alone: numbers beyond a float.
fn too_large(text: &str) -> bool {
    text.contains(['e', 'E']) || text.len() > 300
}

/// What settings refuse and JSON allows: a key twice, and deep nesting.
fn is_ours(text: &str) -> bool {
    let errors = Format::Json.read(OriginKind::Text, "input", text.to_owned()).err();
    let errors = errors.map(|(_, errors)| errors).unwrap_or_default();
    errors.iter().all(|error| error.is_duplicate || error.is_limit)
}

fn same(node: NodeRef<'_>, value: &Value) {
    match (node.kind(), value) {
        (NodeKind::Table, Value::Object(members)) => {
            assert_eq!(node.items().count(), members.len());
            node.entries().for_each(|(key, node)| same(node, &members[key]));
        }
        (NodeKind::Array, Value::Array(elements)) => {
            assert_eq!(node.items().count(), elements.len());
            node.items().zip(elements).for_each(|(node, element)| same(node, element));
        }
        (NodeKind::String, Value::String(text)) => assert_eq!(node.text(), text),
        (NodeKind::Bool, Value::Bool(yes)) => assert_eq!(node.text(), yes.to_string()),
        (NodeKind::Null, Value::Null) => {}
        (NodeKind::Integer | NodeKind::Float, Value::Number(number)) => {
            assert_eq!(node.text().parse::<f64>().ok(), number.as_f64());
        }
        (kind, value) => panic!("{kind:?} and {value:?}"),
    }
}

fn alike(narrow: NodeRef<'_>, wide: NodeRef<'_>) {
    assert_eq!((narrow.kind(), narrow.key(), narrow.text()), (wide.kind(), wide.key(), wide.text()));
    assert_eq!(narrow.items().count(), wide.items().count());
    narrow.items().zip(wide.items()).for_each(|(narrow, wide)| alike(narrow, wide));
}
