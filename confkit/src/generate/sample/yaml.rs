//! YAML in block style.

use super::outline::{Body, Item, State};
use super::page::Page;
use crate::report::Problem;

pub(super) fn write(page: &mut Page, items: &[Item]) -> Vec<Problem> {
    page.entries(items, 0, entry);
    Vec::new()
}

/// Writes a key and what it holds; that of an example is always there.
fn entry(page: &mut Page, item: &Item, depth: usize) {
    let indent = "  ".repeat(depth);
    // Every key can be written in this format.
    let key = page.format.write_key(&item.key).unwrap_or_default();
    match &item.body {
        Body::Value(value) => {
            let line = format!("{key}: {value}").trim_end().to_owned();
            match item.state {
                State::Default => page.default(&indent, &line),
                _ => page.line(format!("{indent}{line}")),
            }
        }
        Body::Table(items) if items.is_empty() => page.line(format!("{indent}{key}: {{}}")),
        Body::Table(items) => {
            if item.state == State::Example || items.iter().any(is_there) {
                page.line(format!("{indent}{key}:"));
            } else {
                // A key without anything below it would hold nothing.
                page.default(&indent, &format!("{key}:"));
            }
            page.entries(items, depth + 1, entry);
        }
        Body::Elements(elements) => {
            page.line(format!("{indent}{key}:"));
            for (notes, items) in elements {
                page.notes(&format!("{indent}  "), notes);
                element(page, items, depth + 1);
            }
        }
        Body::Nothing => {}
    }
}

fn element(page: &mut Page, items: &[Item], depth: usize) {
    let indent = "  ".repeat(depth);
    if items.is_empty() {
        return page.line(format!("{indent}- {{}}"));
    }
    page.line(format!("{indent}-"));
    page.entries(items, depth + 1, entry);
}

/// Whether something stands in the document, or has to.
fn is_there(item: &Item) -> bool {
    match &item.body {
        Body::Value(_) => item.state == State::Given || item.is_required,
        Body::Table(items) => item.state == State::Given && (items.is_empty() || items.iter().any(is_there)),
        Body::Elements(_) => item.state == State::Given,
        Body::Nothing => false,
    }
}
