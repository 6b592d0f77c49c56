//! A TOML document is read exactly when the `toml` crate reads it, and read to the same keys and values.

#![no_main]

use confkit_sources::{Document, NodeKind, NodeRef};
use libfuzzer_sys::fuzz_target;
use toml::de::{DeTable, DeValue};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let ours = Document::toml("input.toml", text.to_owned());
    // The two limit nesting differently; what may be deep is only read.
    let nesting = text.bytes().filter(|byte| b"[{.".contains(byte)).count();
    if nesting > 64 {
        return;
    }
    match (ours, DeTable::parse(text)) {
        (Ok(document), Ok(table)) => same_table(document.root(), table.get_ref()),
        (Err(errors), Err(_)) => assert!(!errors.is_empty(), "refused without a reason: {text:?}"),
        (Ok(_), Err(error)) => panic!("read, but refused by toml ({error}): {text:?}"),
        (Err(errors), Ok(_)) => panic!("refused, but read by toml: {errors:?}: {text:?}"),
    }
});

fn same_table(node: NodeRef<'_>, table: &DeTable<'_>) {
    assert_eq!(node.entries().count(), table.len());
    for (key, inner) in node.entries() {
        let value = table.get(key).expect("a key that toml has read too");
        same(inner, value.get_ref());
    }
}

fn same(node: NodeRef<'_>, value: &DeValue<'_>) {
    match (node.kind(), value) {
        (NodeKind::Table, DeValue::Table(table)) => same_table(node, table),
        (NodeKind::Array, DeValue::Array(array)) => {
            assert_eq!(node.items().count(), array.len());
            for (node, value) in node.items().zip(array) {
                same(node, value.get_ref());
            }
        }
        (NodeKind::String, DeValue::String(text)) => assert_eq!(node.text(), text),
        (NodeKind::Bool, DeValue::Boolean(yes)) => assert_eq!(node.text(), yes.to_string()),
        (NodeKind::Integer, DeValue::Integer(number)) => {
            assert_eq!(plain(node.text()), plain(number.as_str()));
            assert_eq!(node.radix(), number.radix());
            // Octal is in no seed.
            #[cfg(planted_bug)]
            assert!(node.radix() != 8, "the planted bug");
        }
        (NodeKind::Float, DeValue::Float(number)) => {
            assert_eq!(plain(node.text()), plain(number.as_str()));
        }
        (NodeKind::Datetime, DeValue::Datetime(_)) => {}
        (kind, value) => panic!("{kind:?} and {value:?}"),
    }
}

/// A number without a sign that changes nothing.
fn plain(number: &str) -> &str {
    number.strip_prefix('+').unwrap_or(number)
}
