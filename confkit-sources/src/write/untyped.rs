//! What INI, dotenv and properties share: a value is text that the field's type reads.

use std::borrow::Cow;

use super::scalar::{Float, NO_NULL, decimal};
use super::{Page, Refusal, json};
use crate::document::{NodeKind, NodeRef};

pub(super) const CONTROL: Refusal =
    Refusal("there is no way to write a control character", Some("remove it"));
const NO_TABLES: Refusal = Refusal("there are no tables in lists", Some("choose another format"));
const INEXACT: Refusal =
    Refusal("numbers in such a list would be rounded", Some("write them as text, or choose another format"));

/// The text of a value: a list is one value too, as JSON, or between commas where its numbers are
/// more than JSON is read with.
pub(crate) fn text(page: &mut Page, node: NodeRef<'_>) -> Option<String> {
    if node.kind() != NodeKind::Array {
        return match scalar(node) {
            Ok(text) => Some(text.into_owned()),
            Err(why) => {
                page.refuse(node, why);
                None
            }
        };
    }
    let are_numbers = node.items().all(|item| matches!(item.kind(), NodeKind::Integer | NodeKind::Float));
    if are_numbers
        && !node.items().all(|number| json::scalar(number, false).is_ok_and(|text| is_exact(&text)))
    {
        let numbers: Result<Vec<Cow<'_, str>>, Refusal> = node.items().map(scalar).collect();
        return numbers.ok().map(|numbers| numbers.join(", "));
    }
    let mut written = String::new();
    list(page, node, &mut written);
    Some(written)
}

/// As [`text`], of a value that is no part of a page.
#[cfg(feature = "edit")]
pub(crate) fn alone(node: NodeRef<'_>) -> Result<String, Refusal> {
    let mut page = Page::default();
    let text = text(&mut page, node);
    match page.refused.first() {
        Some(refused) => Err(refused.why),
        None => text.ok_or(INEXACT),
    }
}

fn scalar(node: NodeRef<'_>) -> Result<Cow<'_, str>, Refusal> {
    if let Some(written) = node.as_written() {
        return Ok(written.into());
    }
    Ok(match node.kind() {
        NodeKind::Null => return Err(NO_NULL),
        NodeKind::Integer => decimal(node)?,
        NodeKind::Float => Float::of(node.text()).into_text().into(),
        _ => node.text().into(),
    })
}

/// JSON in one line.
fn list(page: &mut Page, node: NodeRef<'_>, written: &mut String) {
    match node.kind() {
        NodeKind::Array => {
            written.push('[');
            for (at, inner) in node.items().enumerate() {
                written.push_str(if at == 0 { "" } else { ", " });
                list(page, inner, written);
            }
            written.push(']');
        }
        NodeKind::Table => page.refuse(node, NO_TABLES),
        kind => match json::scalar(node, false) {
            Ok(text) if matches!(kind, NodeKind::Integer | NodeKind::Float) && !is_exact(&text) => {
                page.refuse(node, INEXACT);
            }
            Ok(text) => written.push_str(&text),
            Err(why) => page.refuse(node, why),
        },
    }
}

/// Whether JSON in text is read with all digits of a number: integers of 64 bits, and most floats.
fn is_exact(number: &str) -> bool {
    match serde_json::from_str::<serde_json::Number>(number) {
        Ok(read) if number.contains('.') => {
            read.as_f64().map(f64::to_bits) == number.parse().ok().map(f64::to_bits)
        }
        Ok(read) => !read.is_f64() && number != "-0",
        Err(_) => false,
    }
}
