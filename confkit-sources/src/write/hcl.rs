//! HCL: values as attributes, tables as blocks, lists of tables as blocks of one name.
//!
//! A block cannot have every key, and a single one is a table: objects hold the rest.

use std::borrow::Cow;

use hcl_edit::Ident;

use super::scalar::{self, Float, NO_DATE, NO_INFINITY, Scalar, bounded};
use super::{Page, Refusal};
use crate::document::{NodeKind, NodeRef};
use crate::format::hcl::{MAX_NESTING, is_within_limits};

const NAME: Refusal = Refusal(
    "keys outside of objects have letters, digits, `_` and `-`, and begin with a letter or `_`",
    Some("rename the key, or choose another format"),
);
const TOO_DEEP: Refusal = Refusal("it is nested deeper than 64 levels", None);
const TOO_MUCH: Refusal =
    Refusal("it is larger than 4 MiB, or holds more values than are read in one document", None);

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    for inner in root.items().filter(|inner| !is_identifier(inner.key())) {
        page.refuse(inner, NAME);
    }
    body(page, root, 0);
    if !is_within_limits(&page.text) {
        page.exceed(root, TOO_MUCH);
    }
}

/// Writes what is inside a block. `depth` is how many the parser has open.
fn body(page: &mut Page, node: NodeRef<'_>, depth: usize) {
    let mut is_behind_block = false;
    for (at, inner) in node.items().enumerate() {
        let blocks: Vec<NodeRef<'_>> = blocks(inner, depth);
        if at > 0 && (is_behind_block || !blocks.is_empty()) {
            page.text.push('\n');
        }
        is_behind_block = !blocks.is_empty();
        for (at, table) in blocks.iter().enumerate() {
            page.text.push_str(if at > 0 { "\n" } else { "" });
            indent(page, depth);
            page.text.extend([inner.key(), " {"]);
            if table.items().next().is_some() {
                page.text.push('\n');
                body(page, *table, depth + 1);
                indent(page, depth);
            }
            page.text.push_str("}\n");
        }
        if blocks.is_empty() {
            indent(page, depth);
            page.text.extend([inner.key(), " = "]);
            value(page, inner, depth, depth);
            page.text.push('\n');
        }
    }
}

/// The tables that are written as blocks of one name; none if it is a value.
fn blocks(node: NodeRef<'_>, depth: usize) -> Vec<NodeRef<'_>> {
    let is_block = |table: NodeRef<'_>| {
        table.kind() == NodeKind::Table && table.items().all(|inner| is_identifier(inner.key()))
    };
    match node.kind() {
        NodeKind::Table if depth < MAX_NESTING && is_block(node) => vec![node],
        NodeKind::Array
            if depth < MAX_NESTING && node.items().nth(1).is_some() && node.items().all(is_block) =>
        {
            node.items().collect()
        }
        _ => Vec::new(),
    }
}

/// Writes a value behind its key.
fn value(page: &mut Page, node: NodeRef<'_>, depth: usize, indented: usize) {
    let (open, close) = match node.kind() {
        NodeKind::Table => ('{', '}'),
        NodeKind::Array => ('[', ']'),
        _ => return page.push(node, scalar(node)),
    };
    if depth >= MAX_NESTING && node.items().next().is_some() {
        return page.exceed(node, TOO_DEEP);
    }
    let is_one_line = node.kind() == NodeKind::Array && !node.items().any(NodeRef::is_container);
    page.text.push(open);
    for (at, inner) in node.items().enumerate() {
        if !is_one_line {
            page.text.push('\n');
            indent(page, indented + 1);
        } else if at > 0 {
            page.text.push_str(", ");
        }
        if node.kind() == NodeKind::Table {
            page.text.push_str(&key(inner.key()));
            page.text.push_str(" = ");
        }
        value(page, inner, depth + 1, indented + 1);
        page.text.push_str(if is_one_line || node.kind() == NodeKind::Table { "" } else { "," });
    }
    if !is_one_line && node.items().next().is_some() {
        page.text.push('\n');
        indent(page, indented);
    }
    page.text.push(close);
}

fn indent(page: &mut Page, depth: usize) {
    page.text.extend(std::iter::repeat_n("  ", depth));
}

fn is_identifier(key: &str) -> bool {
    Ident::try_new(key).is_ok()
}

/// A key of an object, where some names are words of the language.
fn key(key: &str) -> Cow<'_, str> {
    let is_word = ["for", "null", "true", "false"].contains(&key);
    if is_word || !is_identifier(key) { quoted(key).into() } else { key.into() }
}

fn scalar(node: NodeRef<'_>) -> Result<Cow<'_, str>, Refusal> {
    Ok(match Scalar::of(node)? {
        Scalar::Null => "null".into(),
        Scalar::Bool(text) => text.into(),
        Scalar::Integer(digits) => bounded(digits)?,
        Scalar::Float(Float::Finite(digits)) if digits.parse().is_ok_and(f64::is_finite) => digits.into(),
        Scalar::Float(_) => return Err(NO_INFINITY),
        Scalar::String(text) => quoted(text).into(),
        Scalar::Date(_) => return Err(NO_DATE),
    })
}

/// A key or string in which nothing is computed.
fn quoted(text: &str) -> String {
    let text = text.replace("${", "$${").replace("%{", "%%{");
    scalar::quoted(&text, |c| c.is_control().then(|| format!("\\u{:04x}", u32::from(c))))
}
