//! TOML: the values of a table, then its tables under headers.

use std::borrow::Cow;

use toml_writer::{TomlKeyBuilder, TomlStringBuilder, WriteTomlKey as _, WriteTomlValue as _};

use super::scalar::{Float, NO_NULL, Scalar};
use super::{Page, Refusal};
use crate::document::{NodeKind, NodeRef};

const TOO_WIDE: Refusal =
    Refusal("integers have 64 bits", Some("write it as text, or choose another format"));

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    table(page, root, &mut String::new());
}

/// Writes what is inside a table whose header is there already.
fn table(page: &mut Page, node: NodeRef<'_>, path: &mut String) {
    for inner in node.items().filter(|inner| !has_header(*inner)) {
        page.text.push_str(&key(inner.key()));
        page.text.push_str(" = ");
        value(page, inner);
        page.text.push('\n');
    }
    let length = path.len();
    for inner in node.items().filter(|inner| has_header(*inner)) {
        path.push_str(if length == 0 { "" } else { "." });
        path.push_str(&key(inner.key()));
        if inner.kind() == NodeKind::Array {
            for element in inner.items() {
                header(page, "[[", path, "]]");
                table(page, element, path);
            }
        } else {
            // A longer header says as much.
            if inner.items().next().is_none() || inner.items().any(|inside| !has_header(inside)) {
                header(page, "[", path, "]");
            }
            table(page, inner, path);
        }
        path.truncate(length);
    }
}

fn has_header(node: NodeRef<'_>) -> bool {
    let are_tables = || node.items().all(|inner| inner.kind() == NodeKind::Table);
    match node.kind() {
        NodeKind::Table => true,
        NodeKind::Array => node.items().next().is_some() && are_tables(),
        _ => false,
    }
}

fn header(page: &mut Page, open: &str, path: &str, close: &str) {
    let blank = if page.text.is_empty() { "" } else { "\n" };
    page.text.extend([blank, open, path, close, "\n"]);
}

/// Writes a value behind its key.
fn value(page: &mut Page, node: NodeRef<'_>) {
    spelled(page, node, string);
}

/// Writes a value in the line of its key, texts of several lines with escapes.
pub(super) fn inline(page: &mut Page, node: NodeRef<'_>) {
    spelled(page, node, in_line);
}

/// Writes a value with its texts in the given quotation marks.
fn spelled(page: &mut Page, node: NodeRef<'_>, quoted: fn(&str) -> String) {
    match node.kind() {
        NodeKind::Array => {
            page.text.push('[');
            for (at, inner) in node.items().enumerate() {
                page.text.push_str(if at == 0 { "" } else { ", " });
                spelled(page, inner, quoted);
            }
            page.text.push(']');
        }
        NodeKind::Table => {
            page.text.push('{');
            for (at, inner) in node.items().enumerate() {
                page.text.push_str(if at == 0 { " " } else { ", " });
                page.text.push_str(&key(inner.key()));
                page.text.push_str(" = ");
                spelled(page, inner, quoted);
            }
            page.text.push_str(if node.items().next().is_some() { " }" } else { "}" });
        }
        _ => page.push(node, scalar(node, quoted)),
    }
}

/// A value that is no container.
fn scalar<'d>(node: NodeRef<'d>, quoted: fn(&str) -> String) -> Result<Cow<'d, str>, Refusal> {
    Ok(match Scalar::of(node)? {
        Scalar::Null => return Err(NO_NULL),
        Scalar::Bool(text) | Scalar::Date(text) => text.into(),
        Scalar::Integer(digits) => integer(node, digits)?,
        Scalar::Float(Float::Finite(digits)) => digits.into(),
        Scalar::Float(Float::Infinite) => "inf".into(),
        Scalar::Float(Float::NegativeInfinite) => "-inf".into(),
        Scalar::Float(Float::Nan) => "nan".into(),
        Scalar::String(text) => quoted(text).into(),
    })
}

/// An integer, in the radix it was written in.
fn integer<'d>(node: NodeRef<'d>, decimal: Cow<'d, str>) -> Result<Cow<'d, str>, Refusal> {
    let number: i64 = decimal.parse().map_err(|_| TOO_WIDE)?;
    Ok(match node.radix() {
        2 if number >= 0 => format!("0b{}", node.text()).into(),
        8 if number >= 0 => format!("0o{}", node.text()).into(),
        16 if number >= 0 => format!("0x{}", node.text()).into(),
        _ => decimal,
    })
}

/// A key, in quotation marks where it needs them.
pub(crate) fn key(key: &str) -> String {
    let mut written = String::new();
    // Writing to a String cannot fail.
    let _ = TomlKeyBuilder::new(key).as_default().write_toml_key(&mut written);
    written
}

/// A string, in the quotation marks that suit it.
pub(crate) fn string(text: &str) -> String {
    let mut written = String::new();
    let _ = TomlStringBuilder::new(text).as_default().write_toml_value(&mut written);
    written
}

/// A string in one line.
fn in_line(text: &str) -> String {
    if !text.contains('\n') {
        return string(text);
    }
    let mut written = String::new();
    let _ = TomlStringBuilder::new(text).as_basic().write_toml_value(&mut written);
    written
}
