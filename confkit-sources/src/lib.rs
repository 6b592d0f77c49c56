//! Where settings come from: documents with positions, formats, variables, arguments and other sources.
//!
//! Programs use `confkit`, which re-exports what they need. This crate is for those who write a
//! source of their own. It knows no macros and no declared types: what a source may have to know of
//! a declaration comes to it as plain data.
//!
//! | to | see |
//! |---|---|
//! | write a source | [`Source`], [`Read`], [`SourceError`] |
//! | make a document from values | [`Document::serialized`] |
//! | make a document from text in a format | [`Format`], [`read_text`] |
//! | make text from a document | `Format::write`, with the feature `write` |
//! | read a format of your own | [`CustomFormat`], [`Document::located`] |
//! | look into a document | [`NodeRef`], [`NodeKind`] |
//! | say where a value stands | [`Origin`], [`Position`] |
//! | read files, variables and arguments so that tests can replace them | [`System`] |
//! | write and read key paths | [`path`] |
//! | change a text and keep its comments and layout | `Editor`, with the feature `edit` |
//! | know what a type declares | [`declared`] |
//! | bind variables to declared names | `env`, with the feature `env` |
//! | bind arguments to declared names | `args`, with the feature `args` |
//! | read directories whose files are one value each | `mounted`, with the feature `env` |
//! | tell that a source has changed | [`Watch`], [`Signal`] |
//! | know which files settings come from, and watch them | [`System::noting`]; `Watching`, with the feature `watch` |
//! | go to figment and back | [`mod@figment`], [`File`] |
//!
//! # Example: a source in front of a key-value store
//!
//! ```
//! use std::borrow::Cow;
//! use std::collections::BTreeMap;
//!
//! use confkit_sources::{Document, OriginKind, Read, ReadContext, Source, SourceError};
//!
//! struct Store {
//!     values: BTreeMap<String, u16>,
//! }
//!
//! impl Source for Store {
//!     fn name(&self) -> Cow<'_, str> {
//!         Cow::Borrowed("store")
//!     }
//!
//!     fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
//!         let document = Document::serialized(OriginKind::Source, "store", &[], &self.values)
//!             .map_err(|error| SourceError::new(error.to_string()))?;
//!         Ok(document.map_or(Read::Absent, Read::from))
//!     }
//! }
//!
//! let store = Store { values: BTreeMap::from([("port".to_owned(), 8080)]) };
//! let Ok(Read::Document(document, None)) = store.read(&ReadContext::new()) else { panic!() };
//! let port = document.root().get("port").unwrap();
//! assert_eq!((port.text(), port.origin().to_string().as_str()), ("8080", "store"));
//! ```
//!
//! # What a source may rely on, and what it owes
//!
//! - It is read once for each load, never before `load` is called.
//! - It goes through [`ReadContext::system`] for files and variables, so that it runs in memory.
//! - Its errors carry no values: they may be secret, and the source cannot know.
//! - It does not judge: whether a key is known, missing or of the right type is the reader's business.
//! - Document and text are limited to one gibibyte (YAML and HCL to four mebibytes, RON to one) and 128 levels.
//!
//! # Features
//!
//! `env` and `toml`, both on by default, `json`, `yaml`, `ini`, `dotenv`, `properties`, `ron`, `hcl`,
//! `search`, `watch` and `args`. `toml` adds `toml_parser`, `winnow` and `toml_datetime`, `yaml` adds
//! `granit-parser`, `arraydeque` and `smallvec`, `ron` adds `ron`, `hcl` adds `hcl-edit`, both with what they
//! need, `search` adds `etcetera`, `watch` adds `notify` with what it needs, `args` adds `lexopt`; the others add no crate. Without a format documents
//! are made from values alone.
//!
//! `write` makes texts of documents and adds `toml_writer`.
//! `edit` changes texts in INI, dotenv and properties and adds `strsim`; `toml-edit` adds `toml_edit`,
//! `json-edit` adds `jsonc-parser`, `yaml-edit` adds `yaml-edit`, with what they need.
#![warn(missing_docs)]
#[cfg(feature = "args")]
pub mod args;
pub mod declared;
mod document;
#[cfg(feature = "edit")]
#[cfg_attr(
    not(all(
        feature = "dotenv",
        feature = "ini",
        feature = "json-edit",
        feature = "properties",
        feature = "toml-edit",
        feature = "yaml-edit"
    )),
    allow(
        dead_code,
        unreachable_patterns,
        unused_imports,
        clippy::unnecessary_wraps,
        reason = "which parts are used depends on the formats"
    )
)]
mod edit;
#[cfg(feature = "env")]
pub mod env;
#[doc(hidden)]
pub mod exposure;
pub mod figment;
mod file;
mod format;
mod json_text;
#[cfg(feature = "env")]
pub mod mounted;
mod origin;
pub mod path;
mod source;
mod system;
#[cfg(any(feature = "args", feature = "env"))]
mod tree;
mod watch;
#[cfg(feature = "write")]
mod write;

#[doc(hidden)]
#[cfg(feature = "write")]
pub use document::{Composer, Fate};
pub use document::{Document, Items, NodeKind, NodeRef, SerializeError, position_in};
#[cfg(feature = "edit")]
pub use edit::{EditError, EditErrorKind, Editor};
#[doc(hidden)]
#[cfg(feature = "migrate")]
pub use edit::{Value, comments_in, same};
pub use file::{File, read_text};
pub use format::{CustomFormat, Format, FormatText, Nesting, SyntaxError};
#[doc(hidden)]
pub use json_text::{JsonText, settle_entries};
pub use origin::{Origin, OriginKind, Position};
pub use source::{Read, ReadContext, Revision, Source, SourceError};
pub use system::{Looked, Stamps, Status, System};
#[cfg(feature = "watch")]
pub use system::{Unwatched, Watching};
pub use watch::{Signal, Watch, WatchContext};
#[cfg(feature = "write")]
pub use write::WriteError;
