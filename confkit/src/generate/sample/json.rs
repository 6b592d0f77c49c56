//! JSON5 and JSON with comments.

use super::outline::{Body, Item, State};
use super::page::Page;
use crate::report::Problem;

pub(super) fn write(page: &mut Page, items: &[Item]) -> Vec<Problem> {
    page.line("{".to_owned());
    if let Some(schema) = page.schema() {
        page.line(schema);
        page.blank();
    }
    page.entries(items, 1, entry);
    page.line("}".to_owned());
    Vec::new()
}

fn entry(page: &mut Page, item: &Item, depth: usize) {
    let indent = &"  ".repeat(depth);
    // Every key can be written in this format.
    let key = page.format.write_key(&item.key).unwrap_or_default();
    match &item.body {
        Body::Value(value) => {
            let line = format!("{key}: {value},");
            match item.state {
                State::Default => page.default(indent, &line),
                _ => page.line(format!("{indent}{line}")),
            }
        }
        Body::Table(items) if items.is_empty() => page.line(format!("{indent}{key}: {{}},")),
        Body::Table(items) => {
            page.line(format!("{indent}{key}: {{"));
            page.entries(items, depth + 1, entry);
            page.line(format!("{indent}}},"));
        }
        Body::Elements(elements) => {
            page.line(format!("{indent}{key}: ["));
            for (notes, items) in elements {
                page.notes(&format!("{indent}  "), notes);
                page.line(format!("{indent}  {{"));
                page.entries(items, depth + 2, entry);
                page.line(format!("{indent}  }},"));
            }
            page.line(format!("{indent}],"));
        }
        Body::Nothing => {}
    }
}
