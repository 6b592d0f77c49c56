//! RON: tables as structs without a name, or as maps where a key is no identifier.

use std::borrow::Cow;

use super::scalar::{self, Float, NO_DATE, Scalar, bounded};
use super::{Page, Refusal};
use crate::document::{Builder, NodeKind, NodeRef};
use crate::format::ron::{MAX_BYTES, most_work};

const TOO_LONG: Refusal = Refusal("it is larger than 1 MiB, which is not read", None);
const TOO_MUCH: Refusal =
    Refusal("it holds more values, or values on more levels, than are read in one document", None);

/// Deeper than this lines are not broken: what is in front of a line is read once for each level.
const MOST_INDENTS: usize = 16;

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    let mut size = Size::default();
    value(page, root, 0, &mut size);
    page.text.push('\n');
    if page.text.len() > MAX_BYTES {
        page.exceed(root, TOO_LONG);
    } else if size.work >= most_work(&page.text) || size.values >= Builder::most_nodes(&page.text) {
        page.exceed(root, TOO_MUCH);
    }
}

/// What a reader has to do.
#[derive(Default)]
struct Size {
    values: usize,
    /// The bytes of all values, each with what is inside it.
    work: usize,
}

fn value(page: &mut Page, node: NodeRef<'_>, depth: usize, size: &mut Size) {
    let start = page.text.len();
    match node.kind() {
        NodeKind::Array => container(page, node, depth, ['[', ']'], size),
        NodeKind::Table if node.items().all(|inner| is_identifier(inner.key())) => {
            container(page, node, depth, ['(', ')'], size);
        }
        NodeKind::Table => container(page, node, depth, ['{', '}'], size),
        _ => page.push(node, scalar(node)),
    }
    size.values += 1;
    size.work += page.text.len() - start + 1;
}

fn container(page: &mut Page, node: NodeRef<'_>, depth: usize, [open, close]: [char; 2], size: &mut Size) {
    let is_flat = node.kind() == NodeKind::Array && !node.items().any(NodeRef::is_container);
    let is_one_line = is_flat || depth >= MOST_INDENTS;
    page.text.push(open);
    for (at, inner) in node.items().enumerate() {
        if !is_one_line {
            new_line(page, depth + 1);
        } else if at > 0 {
            page.text.push_str(", ");
        }
        if node.kind() == NodeKind::Table {
            let key = inner.key();
            page.text.push_str(&if open == '(' { key.into() } else { Cow::Owned(quoted(key)) });
            page.text.push_str(": ");
        }
        value(page, inner, depth + 1, size);
        page.text.push_str(if is_one_line { "" } else { "," });
    }
    if !is_one_line && node.items().next().is_some() {
        new_line(page, depth);
    }
    page.text.push(close);
}

fn new_line(page: &mut Page, depth: usize) {
    page.text.push('\n');
    page.text.extend(std::iter::repeat_n("    ", depth));
}

/// Names that every version reads as those of fields.
fn is_identifier(key: &str) -> bool {
    key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn scalar(node: NodeRef<'_>) -> Result<Cow<'_, str>, Refusal> {
    Ok(match Scalar::of(node)? {
        Scalar::Null => "None".into(),
        Scalar::Bool(text) => text.into(),
        Scalar::Integer(digits) => bounded(digits)?,
        Scalar::Float(Float::Finite(digits)) => digits.into(),
        Scalar::Float(Float::Infinite) => "inf".into(),
        Scalar::Float(Float::NegativeInfinite) => "-inf".into(),
        Scalar::Float(Float::Nan) => "NaN".into(),
        Scalar::String(text) => quoted(text).into(),
        Scalar::Date(_) => return Err(NO_DATE),
    })
}

/// A key or string.
fn quoted(text: &str) -> String {
    scalar::quoted(text, |c| c.is_control().then(|| format!("\\u{{{:x}}}", u32::from(c))))
}
