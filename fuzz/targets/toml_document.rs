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
    let theirs = DeTable::parse(text).ok().filter(|table| sound_table(table.get_ref()));
    match (ours, theirs) {
        (Ok(document), Some(table)) => same_table(document.root(), table.get_ref()),
        (Err(errors), None) => assert!(!errors.is_empty(), "refused without a reason: {text:?}"),
        (Ok(_), None) => panic!("read, but refused by toml: {text:?}"),
        (Err(errors), Some(_)) => panic!("refused, but read by toml: {errors:?}: {text:?}"),
    }
});

/// What `toml` leaves to whoever takes a number out of its tree: that it is one.
fn sound_table(table: &DeTable<'_>) -> bool {
    table.iter().all(|(_, value)| sound(value.get_ref()))
}

fn sound(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Integer(number) => {
            let digits = number.as_str().trim_start_matches(['+', '-']);
            !digits.is_empty() && digits.chars().all(|c| c.is_digit(number.radix()))
        }
        DeValue::Float(number) => number.as_str().parse::<f64>().is_ok(),
        DeValue::Array(array) => array.iter().all(|value| sound(value.get_ref())),
        DeValue::Table(table) => sound_table(table),
        _ => true,
    }
}

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
