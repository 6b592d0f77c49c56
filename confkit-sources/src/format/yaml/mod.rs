//! YAML 1.2 from the events of a published parser, which is known to `events` alone.
//!
//! What the events leave to their user is here: what plain words mean (`scalar`), duplicate keys,
//! aliases under a budget, merge keys, tags, and that settings are one document with a table.

mod aliases;
mod events;
mod messages;
mod places;
mod reader;
mod recovery;
mod scalar;

use self::messages::{Fault, Mistake};
use self::reader::Reader;
use super::SyntaxError;
use crate::document::Parts;

/// Larger documents are refused: what takes a second to read is no file of settings.
const MAX_BYTES: usize = 4 << 20;

/// What is read out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rules {
    /// One document with a table; `<<` is no key.
    Settings,
    /// The same, where `<<` takes over what its tables have.
    Merging,
    /// Any number of documents with any content, each an element under the root.
    Stream,
}

/// Reads a document.
pub(super) fn read(rules: Rules, text: &str) -> Result<Parts, Vec<SyntaxError>> {
    if text.len() > MAX_BYTES {
        return Err(messages::translate(text, vec![Mistake::new(Fault::TooLong, 0..0)]));
    }
    let (parts, mistakes) = Reader::new(rules, text).read();
    if mistakes.is_empty() { Ok(parts) } else { Err(messages::translate(text, mistakes)) }
}
