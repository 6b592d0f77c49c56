//! Values that cannot be set.

use confkit_sources::{SerializeError, path};

/// Why a value cannot be set.
#[derive(Debug, Clone)]
pub(crate) struct Unfit {
    what: String,
    /// What the value's own type says, which may tell a secret in it.
    words: Option<String>,
}

impl Unfit {
    pub(super) fn path(path: &str, error: &path::PathError) -> Self {
        Self { what: format!("`{path}` is not a path: {error}"), words: None }
    }

    pub(super) fn value(path: &str, error: &SerializeError) -> Self {
        Self { what: format!("the value for `{path}` cannot be used"), words: Some(error.to_string()) }
    }

    /// Tells it, without words that may hold a secret.
    pub(crate) fn told(&self, may_hold_secret: bool) -> String {
        match &self.words {
            None => self.what.clone(),
            Some(_) if may_hold_secret => format!("{}: its type refuses to write it", self.what),
            Some(words) => format!("{}: {words}", self.what),
        }
    }
}
