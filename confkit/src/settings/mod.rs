//! The settings of a declaration, as samples, pages and commands list them.
//!
//! `Section::of` follows a declaration once: flattened types are dissolved, variants of enums stand
//! beside each other, and every setting knows its variables and its argument. Paths have `[]` for the
//! elements of a list and `<key>` for the keys of a map.

mod names;
#[cfg(feature = "generate")]
mod section;
#[cfg(feature = "generate")]
mod walk;
#[cfg(feature = "generate")]
mod words;

#[cfg(feature = "schema")]
pub(crate) use self::names::Names;
#[cfg(feature = "generate")]
pub(crate) use self::section::{Entry, Form, Section, Setting};
#[cfg(feature = "generate")]
pub(crate) use self::words::{code, kind as kind_words, sentence};

/// What a section stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    Optional,
    List,
    Map,
}
