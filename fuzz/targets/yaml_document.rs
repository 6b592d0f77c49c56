//! What YAML says can be said in JSON, which is YAML too: a document written as JSON is read to the
//! same values by both readers. And no report steers a terminal.

#![no_main]

use std::fmt::Write as _;

use confkit_fuzz::{load, sound};
use confkit_sources::{Document, Format, NodeKind, NodeRef, OriginKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for format in [Format::Yaml, Format::YamlMerge] {
        let document = match format.read(OriginKind::Text, "input", text.to_owned()) {
            Ok(document) => document,
            Err((_, errors)) => {
                assert!(!errors.is_empty(), "refused without a reason: {text:?}");
                assert!(errors.iter().all(|error| error.span.start <= text.len()));
                continue;
            }
        };
        sound(&document);
        // Longer than any list or table of a seed.
        #[cfg(planted_bug)]
        assert!(document.nodes().all(|node| node.items().count() < 6), "the planted bug");
        again(&document);
    }
    load(Format::Yaml, text);
});

/// Reads a document written as JSON. Keys longer than a line of YAML may have are left out.
fn again(document: &Document) {
    if document.nodes().any(|node| node.key().len() > 200) {
        return;
    }
    let mut json = String::new();
    write(document.root(), &mut json);
    for format in [Format::Json, Format::Yaml] {
        match format.read(OriginKind::Text, "again", json.clone()) {
            Ok(again) => alike(document.root(), again.root()),
            Err((_, errors)) => panic!("{}: {errors:?}: {json:?}", format.as_str()),
        }
    }
}

fn write(node: NodeRef<'_>, json: &mut String) {
    match node.kind() {
        NodeKind::Null => json.push_str("null"),
        NodeKind::Bool => json.push_str(node.text()),
        NodeKind::Array => {
            json.push('[');
            for (index, inside) in node.items().enumerate() {
                json.push_str(if index > 0 { ", " } else { "" });
                write(inside, json);
            }
            json.push(']');
        }
        NodeKind::Table => {
            json.push('{');
            for (index, (key, inside)) in node.entries().enumerate() {
                json.push_str(if index > 0 { ", " } else { "" });
                quote(key, json);
                json.push_str(": ");
                write(inside, json);
            }
            json.push('}');
        }
        // Numbers are written in ways that JSON does not have; their text is compared.
        _ => quote(node.text(), json),
    }
}

fn quote(text: &str, json: &mut String) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            ' '..='~' => json.push(c),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(json, "\\u{unit:04x}");
            }),
        }
    }
    json.push('"');
}

fn alike(node: NodeRef<'_>, again: NodeRef<'_>) {
    assert_eq!(node.key(), again.key());
    // Nothing has several spellings.
    let is_nothing = node.kind() == NodeKind::Null && again.kind() == NodeKind::Null;
    assert!(is_nothing || node.text() == again.text());
    assert_eq!(node.is_container(), again.is_container());
    assert_eq!(node.items().count(), again.items().count());
    node.items().zip(again.items()).for_each(|(node, again)| alike(node, again));
}
