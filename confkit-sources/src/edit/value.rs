//! Values as a format has them.

use super::error::EditError;
use super::tree::Tree;
#[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
use super::untyped;
#[cfg(feature = "migrate")]
use super::{Editor, parsed, plan};
use crate::document::NodeRef;
use crate::format::Format;
use crate::path::{self, Segment};

/// A value for a place, as a format has it. Where the format has nothing but text, it is text.
pub(super) fn tree(
    format: Format,
    path: &[Segment<'_>],
    value: Option<NodeRef<'_>>,
) -> Result<Tree, EditError> {
    #[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
    if !format.has_types() {
        let null = || {
            let help = "remove the key, or leave the value out";
            Err(EditError::unfit(format, path, "null", help))
        };
        return value.map_or_else(null, |node| untyped::tree(node, &path::to_string(path)));
    }
    let _ = (format, path);
    Ok(value.map_or_else(Tree::null, Tree::of))
}

/// A value that goes into a text and into the document that was read from it.
#[cfg(feature = "migrate")]
#[doc(hidden)]
#[derive(Clone)]
pub struct Value(pub(crate) Tree);

#[cfg(feature = "migrate")]
impl Value {
    /// A value of a document, as a format has it.
    ///
    /// # Errors
    ///
    /// A value that the format cannot hold.
    pub fn of(format: Option<Format>, path: &[Segment<'_>], value: NodeRef<'_>) -> Result<Self, EditError> {
        format.map_or_else(|| Ok(Tree::of(value)), |format| tree(format, path, Some(value))).map(Self)
    }
}

#[cfg(feature = "migrate")]
impl Editor {
    /// Makes a path hold a value, secrets included.
    ///
    /// # Errors
    ///
    /// Those of [`set`](Self::set).
    #[doc(hidden)]
    pub fn put(&mut self, path: &str, value: &Value) -> Result<(), EditError> {
        let path = parsed(path)?;
        for _ in 0..2 {
            self.make(&plan::set(&self.tree(), &path, value.0.clone())?)?;
        }
        Ok(())
    }
}

/// Says nothing of the value, which may be secret.
#[cfg(feature = "migrate")]
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Value").finish_non_exhaustive()
    }
}
