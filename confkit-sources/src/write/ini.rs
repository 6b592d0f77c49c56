//! INI: the values of a table, then its tables as sections.

use std::borrow::Cow;

use super::untyped::{self, CONTROL};
use super::{Page, Refusal, scalar};
use crate::document::{NodeKind, NodeRef};

const KEY: Refusal = Refusal(
    "a key has no `=`, `:` or line end in it, and does not begin or end with blanks, brackets, comment or quotation marks",
    Some("rename the key, or choose another format"),
);
const NO_NAME: Refusal = Refusal("a section has a name", Some("rename the key, or choose another format"));

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    table(page, root, &mut String::new());
}

fn table(page: &mut Page, node: NodeRef<'_>, path: &mut String) {
    for inner in node.items().filter(|inner| inner.kind() != NodeKind::Table) {
        page.push(inner, key(inner.key()));
        page.text.push_str(" = ");
        if let Some(text) = untyped::text(page, inner) {
            page.push(inner, value(&text));
        }
        page.text.push('\n');
    }
    let length = path.len();
    for inner in node.items().filter(|inner| inner.kind() == NodeKind::Table) {
        path.push_str(if length == 0 { "" } else { "." });
        match name(inner.key()) {
            Ok(name) => path.push_str(&name),
            Err(why) => page.refuse(inner, why),
        }
        // A longer header says as much.
        if inner.items().next().is_none() || inner.items().any(|inside| inside.kind() != NodeKind::Table) {
            let blank = if page.text.is_empty() { "" } else { "\n" };
            page.text.extend([blank, "[", path, "]\n"]);
        }
        table(page, inner, path);
        path.truncate(length);
    }
}

/// A key, which has no marks to hide anything behind.
pub(crate) fn key(key: &str) -> Result<&str, Refusal> {
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    let is_sound = !key.is_empty()
        && !key.starts_with(is_blank)
        && !key.ends_with(is_blank)
        && !key.starts_with(['[', ';', '#', '"', '\'', '\u{feff}'])
        && !key.ends_with("[]")
        && !key.contains(['=', ':'])
        && !key.contains(|c: char| c.is_ascii_control() && c != '\t');
    if is_sound { Ok(key) } else { Err(KEY) }
}

/// One name of a section's header, in quotation marks where it needs them.
pub(crate) fn name(name: &str) -> Result<Cow<'_, str>, Refusal> {
    if name.is_empty() {
        return Err(NO_NAME);
    }
    let is_bare = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if is_bare { Ok(name.into()) } else { quoted(name).map(Cow::Owned) }
}

/// A value, in quotation marks where a reader could take a part of it for something else.
pub(crate) fn value(text: &str) -> Result<Cow<'_, str>, Refusal> {
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    let backslashes = text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    let is_plain = !text.is_empty()
        && !text.starts_with(is_blank)
        && !text.ends_with(is_blank)
        && !text.starts_with(['"', '\''])
        && !text.contains([';', '#'])
        && !text.contains(|c: char| c.is_ascii_control() && c != '\t')
        && backslashes == 0;
    if is_plain { Ok(text.into()) } else { quoted(text).map(Cow::Owned) }
}

fn quoted(text: &str) -> Result<String, Refusal> {
    let is_control = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(is_control) { Err(CONTROL) } else { Ok(scalar::quoted(text, |_| None)) }
}
