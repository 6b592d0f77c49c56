//! dotenv: a line for each name.

use std::borrow::Cow;

use super::untyped::{self, CONTROL};
use super::{Page, Refusal, scalar};
use crate::document::{NodeKind, NodeRef};

const NAME: Refusal = Refusal(
    "names have letters of ASCII, digits, `_`, `-` and `.`, and begin with a letter or `_`",
    Some("rename the key, or choose another format"),
);
const NO_TABLES: Refusal = Refusal("there are no tables", Some("choose another format"));

pub(super) fn write(page: &mut Page, root: NodeRef<'_>) {
    for inner in root.items() {
        if inner.kind() == NodeKind::Table {
            page.refuse(inner, NO_TABLES);
            continue;
        }
        page.push(inner, name(inner.key()));
        page.text.push('=');
        if let Some(text) = untyped::text(page, inner) {
            page.push(inner, value(&text));
        }
        page.text.push('\n');
    }
}

/// The name of a variable.
pub(crate) fn name(name: &str) -> Result<&str, Refusal> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_sound =
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_part);
    if is_sound { Ok(name) } else { Err(NAME) }
}

/// A value: single quotation marks are read alike by all, double ones are for what those cannot hold.
pub(crate) fn value(text: &str) -> Result<Cow<'_, str>, Refusal> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "_-./:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(is_part) {
        return Ok(text.into());
    }
    if text.contains(|c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(CONTROL);
    }
    if !text.contains(['\'', '\r']) {
        return Ok(format!("'{text}'").into());
    }
    Ok(escaped(text).into())
}

/// A value in the line of its name.
pub(super) fn in_line(text: &str) -> Result<Cow<'_, str>, Refusal> {
    match value(text)? {
        written if written.contains('\n') => Ok(escaped(text).into()),
        written => Ok(written),
    }
}

fn escaped(text: &str) -> String {
    scalar::quoted(text, |c| matches!(c, '$' | '`').then(|| format!("\\{c}")))
}
