//! JSON, which JSON with comments and JSON5 read as well.

use std::borrow::Cow;

use super::scalar::{Float, NO_DATE, NO_INFINITY, Scalar};
use super::{Page, Refusal};
use crate::document::{NodeKind, NodeRef};

/// Writes a document; JSON5 has words for numbers that are not finite.
pub(super) fn write(page: &mut Page, root: NodeRef<'_>, is_json5: bool) {
    value(page, root, 0, is_json5);
    page.text.push('\n');
}

fn value(page: &mut Page, node: NodeRef<'_>, depth: usize, is_json5: bool) {
    let (open, close) = match node.kind() {
        NodeKind::Table => ('{', '}'),
        NodeKind::Array => ('[', ']'),
        _ => return page.push(node, scalar(node, is_json5)),
    };
    let is_one_line = node.kind() == NodeKind::Array && !node.items().any(NodeRef::is_container);
    page.text.push(open);
    for (at, inner) in node.items().enumerate() {
        page.text.push_str(if at == 0 { "" } else { "," });
        if !is_one_line {
            new_line(page, depth + 1);
        } else if at > 0 {
            page.text.push(' ');
        }
        if node.kind() == NodeKind::Table {
            page.text.push_str(&quoted(inner.key()));
            page.text.push_str(": ");
        }
        value(page, inner, depth + 1, is_json5);
    }
    if !is_one_line && node.items().next().is_some() {
        new_line(page, depth);
    }
    page.text.push(close);
}

fn new_line(page: &mut Page, depth: usize) {
    page.text.push('\n');
    page.text.extend(std::iter::repeat_n("  ", depth));
}

/// A value that is no container.
pub(crate) fn scalar(node: NodeRef<'_>, is_json5: bool) -> Result<Cow<'_, str>, Refusal> {
    Ok(match Scalar::of(node)? {
        Scalar::Null => "null".into(),
        Scalar::Bool(text) => text.into(),
        Scalar::Integer(digits) => digits,
        Scalar::Float(Float::Finite(digits)) => digits.into(),
        Scalar::Float(Float::Infinite) if is_json5 => "Infinity".into(),
        Scalar::Float(Float::NegativeInfinite) if is_json5 => "-Infinity".into(),
        Scalar::Float(Float::Nan) if is_json5 => "NaN".into(),
        Scalar::Float(_) => return Err(NO_INFINITY),
        Scalar::String(text) => quoted(text).into(),
        Scalar::Date(_) => return Err(NO_DATE),
    })
}

/// A key or string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
