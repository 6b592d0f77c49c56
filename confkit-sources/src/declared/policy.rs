//! What sections say about unknown names.

use super::{Content, Field, Metadata, Shape, Unknown};

/// What the innermost section into which a name leads says about unknown keys.
///
/// `step` gives what follows a section's part of the name, and `end` is where the position of a list
/// or the key of a map ends.
pub(crate) fn nearest_policy<'n>(
    metadata: &'static Metadata,
    rest: &'n str,
    around: Option<Unknown>,
    step: &dyn Fn(&Field, &'n str) -> Option<&'n str>,
    end: &str,
) -> Option<Unknown> {
    let own = metadata.unknown_keys().or(around);
    let inner = metadata.fields().iter().find_map(|field| {
        let Content::Nested(shape) = field.content() else { return None };
        let mut after = step(field, rest)?;
        let mut shape = shape();
        loop {
            shape = match shape {
                Shape::Section(section) => return Some((section, after)),
                Shape::Optional(inner) => inner(),
                Shape::List(inner) | Shape::Map(inner) => {
                    after = after.split_once(end).map_or("", |(_, after)| after);
                    inner()
                }
            };
        }
    });
    inner.map_or(own, |(section, after)| nearest_policy(section, after, own, step, end))
}
