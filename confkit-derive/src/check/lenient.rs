//! Where `Lenient` may stand: around sections that have a key of their own.

use crate::diag::Diag;
use crate::model::{Content, Field, Section};
use crate::types;

const LEAF: &str = "only a section can be set aside; write `nested`, or drop `Lenient`";
const FLATTENED: &str =
    "a flattened section is a part of the one around it and cannot be set aside alone; write `nested`";
const REFINED: &str =
    "a section that may be set aside is judged by its own rules alone; put these on the fields of its type";

/// Refuses it elsewhere.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in section.fields.iter().filter(|field| types::has_lenient(&field.ty)) {
        match field.content {
            Content::Leaf(_) | Content::Rest { nested: false } => diag.over(&field.ty, LEAF),
            Content::Flattened => diag.over(&field.ty, FLATTENED),
            Content::Nested => refined(field, diag),
            Content::Rest { nested: true } | Content::Skipped => {}
        }
    }
}

/// Rules that the section around adds would be broken although nothing is there.
fn refined(field: &Field, diag: &Diag) {
    let is_one = types::lenient(types::exposed(&field.ty)).is_some();
    if let (Some(span), true) = (field.wrote("refine"), is_one) {
        diag.error(span, REFINED);
    }
}
