//! Ways of merging that fit no value of a type.

use proc_macro2::Span;

use super::limits::is_plain;
use crate::diag::Diag;
use crate::model::{Content, Field, Merge, Reader, Section};
use crate::types;

/// Checks how the layers of each field come together.
pub(super) fn run(section: &Section, diag: &Diag) {
    for field in &section.fields {
        if let Some(merge) = &field.merge {
            match &field.content {
                Content::Leaf(reader) => value(field, reader, &merge.value, merge.span, diag),
                Content::Nested => nested(field, &merge.value, merge.span, diag),
                // Told as a key that does nothing there.
                Content::Flattened | Content::Rest { .. } | Content::Skipped => {}
            }
        }
    }
}

fn value(field: &Field, reader: &Reader, merge: &Merge, span: Span, diag: &Diag) {
    if matches!(merge, Merge::Function(_)) {
        return;
    }
    let written = merge.written();
    if let Reader::Parse(_) = reader {
        let message =
            format!("`{written}` needs lists or tables, and `parse` reads text; write `merge(with = path)`");
        return diag.error(span, message);
    }
    let ty = types::exposed(&field.ty);
    if is_plain(ty) {
        let name = types::name(ty).unwrap_or_default();
        let message = match merge {
            Merge::Replace => format!("a `{name}` is replaced anyway; drop `merge`"),
            Merge::Deep => format!("`{written}` is for lists and tables; a `{name}` is neither"),
            _ => format!("`{written}` is for lists; a `{name}` is none"),
        };
        return diag.error(span, message);
    }
    if types::is_map(ty) && !matches!(merge, Merge::Replace | Merge::Deep) {
        return map(&written, span, diag);
    }
    if let (Merge::Key(_), Some(element)) = (merge, types::element(ty))
        && is_plain(types::exposed(element))
    {
        let name = types::name(types::exposed(element)).unwrap_or_default();
        diag.error(span, format!("`{written}` is for lists of tables; a `{name}` has no keys"));
    }
}

fn nested(field: &Field, merge: &Merge, span: Span, diag: &Diag) {
    let written = merge.written();
    match merge {
        Merge::Function(_) => {
            diag.error(span, format!("`{written}` is for values; a section is put together field by field"));
        }
        Merge::Replace | Merge::Deep => {}
        _ if types::is_map(types::exposed(&field.ty)) => map(&written, span, diag),
        _ => {}
    }
}

fn map(written: &str, span: Span, diag: &Diag) {
    diag.error(span, format!("`{written}` is for lists; a map has `merge = \"replace\"` or `\"deep\"`"));
}
