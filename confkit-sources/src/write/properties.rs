//! Java's properties: a line for each value, under its whole path.

use std::fmt::Write as _;

use super::{Page, Refusal, untyped};
use crate::document::{NodeKind, NodeRef};

const NO_NAME: Refusal = Refusal("a name is not empty", Some("rename the key, or choose another format"));
const EMPTY_TABLE: Refusal =
    Refusal("a table without values has no line of its own", Some("leave the key out"));

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    table(page, root, &mut String::new());
}

fn table(page: &mut Page, node: NodeRef<'_>, path: &mut String) {
    let length = path.len();
    for inner in node.items() {
        path.push_str(if length == 0 { "" } else { "." });
        match name(inner.key()) {
            Ok(name) => path.push_str(&name),
            Err(why) => page.refuse(inner, why),
        }
        if inner.kind() != NodeKind::Table {
            page.text.extend([path.as_str(), " = "]);
            let text = untyped::text(page, inner).unwrap_or_default();
            page.text.extend([&value(&text), "\n"]);
        } else if inner.items().next().is_some() {
            table(page, inner, path);
        } else {
            page.refuse(inner, EMPTY_TABLE);
        }
        path.truncate(length);
    }
}

/// One name of a key.
pub(crate) fn name(name: &str) -> Result<String, Refusal> {
    if name.is_empty() {
        return Err(NO_NAME);
    }
    let mut written = String::with_capacity(name.len());
    for c in name.chars() {
        if matches!(c, '=' | ':' | '.' | '#' | '!' | ' ' | '"' | '\'') {
            written.push('\\');
        }
        push(&mut written, c);
    }
    Ok(written)
}

/// A value, with its blanks in front kept by a backslash.
pub(crate) fn value(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    if text.starts_with(' ') {
        written.push('\\');
    }
    for c in text.chars() {
        push(&mut written, c);
    }
    written
}

/// Beyond ASCII every character is an escape: Java's own reader takes bytes for ISO-8859-1.
fn push(written: &mut String, c: char) {
    match c {
        '\\' => written.push_str("\\\\"),
        '\n' => written.push_str("\\n"),
        '\r' => written.push_str("\\r"),
        '\t' => written.push_str("\\t"),
        '\u{c}' => written.push_str("\\f"),
        ' '..='~' => written.push(c),
        _ => {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(written, "\\u{unit:04X}");
            }
        }
    }
}
