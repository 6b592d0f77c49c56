//! Where settings come from.
#![warn(missing_docs)]
pub mod declared;
mod document;
#[cfg(feature = "env")]
pub mod env;
pub mod figment;
mod file;
mod format;
mod origin;
pub mod path;
mod source;
mod system;

pub use document::{Document, Items, NodeKind, NodeRef, SerializeError, position_in};
pub use file::{File, read_text};
pub use format::{Format, SyntaxError};
pub use origin::{Origin, OriginKind, Position};
pub use source::{Read, ReadContext, Revision, Source, SourceError};
pub use system::System;
