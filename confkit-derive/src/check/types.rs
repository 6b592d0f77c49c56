//! Types that cannot be loaded.

use crate::diag::Diag;
use crate::model::{Content, Newtype, Reader, Section};
use crate::types;

const BORROWED: &str = "a setting cannot borrow its value; use `String` or `Cow<'static, str>`";

/// Refuses references: nothing lives as long as they would have to.
pub(super) fn borrowed(section: &Section, diag: &Diag) {
    for field in &section.fields {
        if matches!(field.content, Content::Skipped | Content::Leaf(Reader::With(_) | Reader::Parse(_))) {
            continue;
        }
        if let Some(borrowed) = types::reference(&field.ty) {
            diag.over(borrowed, BORROWED);
        }
    }
}

/// The same for the one value of a newtype.
pub(super) fn newtype(newtype: &Newtype, diag: &Diag) {
    if newtype.conversion.is_none()
        && let Some(borrowed) = types::reference(&newtype.ty)
    {
        diag.over(borrowed, BORROWED);
    }
}
