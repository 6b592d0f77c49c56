//! From an argument's name to its setting.

use super::Names;
pub(super) use crate::declared::find::Found;
use crate::declared::{Content, Field, Kind, find};
use crate::path::Segment;

/// Whether a field's value is true or false.
pub(super) fn is_switch(field: &Field) -> bool {
    matches!(field.content(), Content::Value(kind) if kind().kind == Kind::Bool)
}

/// Follows a path from the root of the settings. It is secret if that leaves it without an argument.
pub(super) fn setting(names: &Names<'_>, path: &[Segment<'_>]) -> Option<Found> {
    let found = find::setting(names.metadata, names.section, path, |field| field.arg().is_skipped())?;
    Some(Found { is_secret: found.is_secret && !found.field.arg().takes_secret(), ..found })
}
