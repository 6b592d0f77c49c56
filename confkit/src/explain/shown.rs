//! Values as their sources write them.

use confkit_sources::declared::{Content, Metadata, Tagging};
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef};

use crate::report::clean;
use crate::resolve::field_for;
use crate::secret::MASK;

/// A section, or what stands in its place, as its source writes it, its secrets and unknown keys hidden.
pub(super) fn shown_section(node: NodeRef<'_>, metadata: Option<&'static Metadata>) -> String {
    if node.kind() == NodeKind::Array {
        let items: Vec<String> = node.items().map(|item| shown_section(item, metadata)).collect();
        return format!("[{}]", items.join(", "));
    }
    if !node.is_container() {
        return in_place_of(node, metadata);
    }
    let entry = |(key, inside): (&str, NodeRef<'_>)| {
        let field = metadata.and_then(|metadata| field_for(metadata, key));
        let value = match field.map(|field| (field, field.content())) {
            None if inside.is_container() && node.kind() == NodeKind::Table => {
                shown_section(inside, metadata)
            }
            None => "…".to_owned(),
            Some((field, _)) if field.holds_secret() => MASK.to_owned(),
            Some((_, Content::Nested(shape))) => shown_section(inside, Some(shape().section())),
            Some(_) => shown(inside, false),
        };
        format!("{} = {value}", shown_key(key))
    };
    format!("{{ {} }}", node.entries().map(entry).collect::<Vec<_>>().join(", "))
}

/// What stands in place of a section: the name of a variant, or a value that may be one of its
/// secrets.
fn in_place_of(node: NodeRef<'_>, metadata: Option<&'static Metadata>) -> String {
    let Some(metadata) = metadata else { return "…".to_owned() };
    let is_name = metadata.variants().is_some_and(|variants| {
        variants.tagging() != Tagging::Untagged && variants.position(node.text()).is_some()
    });
    let is_open = is_name || node.kind() == NodeKind::Null || !metadata.may_hold_secret();
    if is_open { shown(node, false) } else { MASK.to_owned() }
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
        NodeKind::Array => {
            let items: Vec<String> = node.items().map(|item| shown(item, false)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Table => {
            let entries =
                node.entries().map(|(key, value)| format!("{} = {}", shown_key(key), shown(value, false)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
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
