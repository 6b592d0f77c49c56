//! Values as their sources write them.

use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef};

use crate::report::clean;

/// Elements as a list is written.
pub(super) fn list(elements: impl Iterator<Item = String>) -> String {
    format!("[{}]", elements.collect::<Vec<_>>().join(", "))
}

/// Entries as a table is written.
pub(super) fn table<'k>(entries: impl Iterator<Item = (&'k str, String)>) -> String {
    let entries = entries.map(|(key, value)| format!("{} = {value}", shown_key(key)));
    format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
}

/// A key as paths write it.
pub(crate) fn shown_key(key: &str) -> String {
    clean(&path::to_string(&[Segment::key(key)])).into_owned()
}

/// A value as its source writes it.
pub(crate) fn shown(node: NodeRef<'_>, outer: bool) -> String {
    let text = clean(node.text());
    match node.kind() {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Array => list(node.items().map(|item| shown(item, false))),
        NodeKind::Table => table(node.entries().map(|(key, value)| (key, shown(value, false)))),
        NodeKind::String if !outer => format!("\"{text}\""),
        NodeKind::Integer if node.radix() != 10 => {
            let prefix = match node.radix() {
                2 => "0b",
                8 => "0o",
                _ => "0x",
            };
            format!("{prefix}{text}")
        }
        _ => text.into_owned(),
    }
}
