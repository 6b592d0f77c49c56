//! Declared defaults, as pages and samples show them.

use confkit_sources::declared::{Field, FieldDefault};

/// A default as it would be written in a variable; none of what may hold a secret.
pub(crate) fn text(field: &Field) -> Option<String> {
    if field.may_hold_secret() {
        return None;
    }
    match field.default() {
        FieldDefault::Text(text) => Some((*text).to_owned()),
        FieldDefault::List(texts) => Some(texts.join(&field.env_delimiter().to_string())),
        // What the derive writes for `default` alone tells a reader nothing.
        FieldDefault::Expression { source: "Default::default()", shown } => shown(),
        FieldDefault::Expression { source, shown } => shown().or_else(|| Some((*source).to_owned())),
        _ => None,
    }
}
