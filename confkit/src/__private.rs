//! Everything that generated code may name. Nothing here carries a promise.

use serde::Serialize;

pub use confkit_sources::declared::{
    Check, Content, DeclaredFile, EnvName, Field, FieldDefault, Kind, Loading, Metadata, Rule, RuleKind,
    Shape, Unknown, ValueKind,
};
pub use serde;
pub use serde::de::DeserializeOwned;

pub use crate::config::Config;
pub use crate::resolve::{At, Cx, De, Error, Resolve, Scope, kind_of, unit_enum};
pub use crate::rules::{Length, Newtype, Ranged};
pub use crate::secret::{Redacted, assert_redacted};

/// The kind of a field with `parse`: text, whatever its type.
pub fn kind_of_parsed() -> ValueKind {
    ValueKind::new(Kind::Text)
}

/// The kind of a field with `with`: only its function knows.
pub fn kind_of_read() -> ValueKind {
    ValueKind::new(Kind::Other)
}

/// Shows a default: as it is serialised if it can be, else not at all.
#[derive(Debug)]
pub struct Shown<'v, T>(pub &'v T);

/// Chosen for types that serialise.
pub trait ShownBySerialize {
    /// Writes the value.
    fn shown(&self) -> Option<String>;
}

/// Chosen for all others.
pub trait ShownByNothing {
    /// Writes nothing.
    fn shown(&self) -> Option<String>;
}

impl<T: Serialize> ShownBySerialize for Shown<'_, T> {
    fn shown(&self) -> Option<String> {
        match serde_json::to_value(self.0).ok()? {
            serde_json::Value::String(text) => Some(text),
            value => Some(value.to_string()),
        }
    }
}

impl<T> ShownByNothing for &Shown<'_, T> {
    fn shown(&self) -> Option<String> {
        None
    }
}
