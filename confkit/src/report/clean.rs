//! Text from input, made safe to show.

use std::borrow::Cow;
use std::fmt::Write as _;

use confkit_sources::{Origin, Position};

/// Whether a character could move the cursor or turn the direction of text around.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Writes control and bidirectional characters as escapes.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut cleaned = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => cleaned.push_str("\\n"),
            '\t' => cleaned.push_str("\\t"),
            '\r' => cleaned.push_str("\\r"),
            c if is_unsafe(c) => {
                // Writing to a String cannot fail.
                let _ = write!(cleaned, "\\u{{{:x}}}", u32::from(c));
            }
            c => cleaned.push(c),
        }
    }
    Cow::Owned(cleaned)
}

/// Names of sources and variables come from outside as values do.
pub(crate) fn clean_origin(origin: Origin) -> Origin {
    let dirty = |text: &str| matches!(clean(text), Cow::Owned(_));
    if !dirty(origin.source()) && !origin.key().is_some_and(dirty) {
        return origin;
    }
    let mut cleaned = Origin::new(origin.kind(), clean(origin.source()).into_owned());
    if let Some(key) = origin.key() {
        cleaned = cleaned.with_key(clean(key).into_owned());
    }
    match (origin.line(), origin.column(), origin.end()) {
        (Some(line), Some(column), Some(end)) => cleaned.with_positions(Position { line, column }, end),
        _ => cleaned,
    }
}
