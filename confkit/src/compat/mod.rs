#![doc = include_str!("../../docs/compat.md")]

#[cfg(feature = "testing")]
mod assertion;
mod change;
mod changelog;
mod facts;
mod forms;
mod invalid;
mod limits;
mod lists;
mod objects;
mod render;
mod same;
mod schema;
mod settings;
mod types;
mod values;
mod vocabulary;
mod walk;
mod within;

#[cfg(feature = "testing")]
pub use assertion::assert_compatible;
pub use change::{Change, ChangeKind, Changes, Verdict};
pub use invalid::InvalidSchema;

use invalid::Which;
use schema::Root;
use walk::Walk;

/// Lists what is different between two versions of the JSON Schema of a program's settings, and judges
/// each difference from the side of those who have files: whatever loaded before has to load now, and
/// mean the same.
///
/// Both are texts of JSON Schema 2020-12, in the shape that confkit writes; other schemas are compared
/// too, without what only confkit says. What cannot be decided, such as whether one regular expression
/// matches all that another did, is judged to be breaking.
///
/// # Errors
///
/// If one of the texts is no JSON Schema of this version, or refers to something outside itself.
///
/// # Example
///
/// ```
/// use confkit::compat::{self, ChangeKind, Verdict};
///
/// let old = r#"{"title": "Settings", "type": "object",
///               "properties": {"workers": {"type": "integer", "maximum": 64}}}"#;
/// let new = r#"{"title": "Settings", "type": "object",
///               "properties": {"workers": {"type": "integer", "maximum": 32}}}"#;
///
/// let changes = compat::compare(old, new)?;
/// assert!(changes.is_breaking());
/// let change = &changes.all()[0];
/// assert_eq!((change.path(), change.kind(), change.verdict()), ("workers", ChangeKind::Limit, Verdict::Breaking));
/// assert_eq!(change.message(), "must be at most 32, before at most 64");
///
/// assert!(!compat::compare(new, old)?.is_breaking());
/// assert!(compat::compare(new, new)?.is_empty());
/// # Ok::<(), compat::InvalidSchema>(())
/// ```
pub fn compare(old: &str, new: &str) -> Result<Changes, InvalidSchema> {
    let (old, new) = (Root::read(old, Which::Old)?, Root::read(new, Which::New)?);
    let mut walk = Walk::default();
    walk.whole(old.node(), new.node());
    Ok(Changes::new(&old, &new, walk.finish()))
}
