//! YAML in block style, spelled so that versions 1.1 and 1.2 read the same.

use std::borrow::Cow;

use super::scalar::{self, Float, NO_DATE, Scalar};
use super::{Page, Refusal};
use crate::document::{NodeKind, NodeRef};

/// Longer keys need a mark in front.
const LONGEST_KEY: usize = 1000;
/// Longer documents are not read.
const MOST_BYTES: usize = 4 << 20;
const TOO_LONG: Refusal = Refusal("it is larger than 4 MiB, which nobody reads", None);

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    if root.items().next().is_none() {
        page.text.push_str("{}\n");
    }
    entries(page, root, 0, false);
    if page.text.len() > MOST_BYTES {
        page.exceed(root, TOO_LONG);
    }
}

/// Writes what is inside a table or list, each on lines of its own; the first one where the line
/// stands already, if there is one.
fn entries(page: &mut Page, node: NodeRef<'_>, depth: usize, mut goes_on: bool) {
    for inner in node.items() {
        if !std::mem::take(&mut goes_on) {
            indent(page, depth);
        }
        if node.kind() == NodeKind::Array {
            page.text.push('-');
        } else {
            let key = string(inner.key());
            if key.len() > LONGEST_KEY {
                page.text.push_str("? ");
                page.text.push_str(&key);
                page.text.push('\n');
                indent(page, depth);
            } else {
                page.text.push_str(&key);
            }
            page.text.push(':');
        }
        value(page, inner, depth, node.kind() == NodeKind::Array);
    }
}

/// Writes a value behind its key or dash.
fn value(page: &mut Page, node: NodeRef<'_>, depth: usize, in_list: bool) {
    let is_empty = node.items().next().is_none();
    match node.kind() {
        NodeKind::Array if is_empty => page.text.push_str(" []\n"),
        NodeKind::Table if is_empty => page.text.push_str(" {}\n"),
        NodeKind::Array | NodeKind::Table => {
            page.text.push(if in_list { ' ' } else { '\n' });
            entries(page, node, depth + 1, in_list);
        }
        NodeKind::String if node.as_written().is_none() && is_block(node.text()) => {
            block(page, node.text(), depth + 1);
        }
        _ => {
            page.text.push(' ');
            page.push(node, scalar(node));
            page.text.push('\n');
        }
    }
}

fn indent(page: &mut Page, depth: usize) {
    page.text.extend(std::iter::repeat_n("  ", depth));
}

/// A value that is no container, in one line.
pub(crate) fn scalar(node: NodeRef<'_>) -> Result<Cow<'_, str>, Refusal> {
    // What fields of several types read was written so in YAML.
    if let Some(written) = node.as_written() {
        return Ok(written.into());
    }
    Ok(match Scalar::of(node)? {
        Scalar::Null => "null".into(),
        Scalar::Bool(text) => text.into(),
        Scalar::Integer(digits) => digits,
        Scalar::Float(Float::Finite(digits)) => digits.into(),
        Scalar::Float(Float::Infinite) => ".inf".into(),
        Scalar::Float(Float::NegativeInfinite) => "-.inf".into(),
        Scalar::Float(Float::Nan) => ".nan".into(),
        Scalar::String(text) => string(text),
        Scalar::Date(_) => return Err(NO_DATE),
    })
}

/// A key or string in one line, in quotation marks unless every reader takes it as text without.
pub(crate) fn string(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return text.into();
    }
    let escape = |c: char| {
        let code = u32::from(c);
        let escaped = || if code <= 0xff { format!("\\x{code:02X}") } else { format!("\\u{code:04X}") };
        (!is_printable(c)).then(escaped)
    };
    scalar::quoted(text, escape).into()
}

/// Words of letters, digits and a few signs that mean nothing to any version.
fn is_plain(text: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ' ' | '@');
    let mut colons = text.split(':').skip(1);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && !text.ends_with(' ')
        && text.len() < 120
        && text.split(':').all(|part| part.chars().all(is_part))
        && colons.all(|behind| !behind.is_empty() && !behind.starts_with(' '))
        && !is_word(text)
}

/// What some version reads as a boolean or as nothing.
fn is_word(text: &str) -> bool {
    let words = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// What may stand in a text as it is, spaces of any kind and line ends aside.
fn is_printable(c: char) -> bool {
    let is_end = matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    !c.is_control() && !is_end && !matches!(c, '\u{a0}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a text of several lines can stand as it is, below its key.
fn is_block(text: &str) -> bool {
    let is_sound = |line: &str| {
        (line.is_empty() || !line.trim_matches(' ').is_empty())
            && !line.starts_with('\t')
            && line.chars().all(|c| is_printable(c) || c == '\t')
    };
    text.trim_end_matches('\n').contains('\n')
        && !text.starts_with([' ', '\n'])
        && !text.ends_with("\n\n")
        && text.split('\n').all(is_sound)
}

fn block(page: &mut Page, text: &str, depth: usize) {
    let (mark, text) = text.strip_suffix('\n').map_or((" |-\n", text), |text| (" |\n", text));
    page.text.push_str(mark);
    for line in text.split('\n') {
        if !line.is_empty() {
            indent(page, depth);
        }
        page.text.push_str(line);
        page.text.push('\n');
    }
}
