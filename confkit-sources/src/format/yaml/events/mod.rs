//! The parser behind one face: its events, places in bytes, and its errors told by kind.
//!
//! The parser is young, so another one is kept ready: with `--cfg confkit_spare` the same face is
//! made from it, and `cargo xtask conformance` runs all cases through both.

#[cfg(not(confkit_spare))]
mod granit;
#[cfg(confkit_spare)]
mod saphyr;

use std::borrow::Cow;
use std::ops::Range;

#[cfg(not(confkit_spare))]
pub(super) use granit::Events;
#[cfg(confkit_spare)]
pub(super) use saphyr::Events;

/// What the parser met.
#[derive(Debug)]
pub(super) enum Event<'t> {
    /// A document begins, with or without `---`.
    Document,
    /// The node of an anchor once more.
    Alias(usize),
    Scalar {
        value: Cow<'t, str>,
        style: Style,
        anchor: usize,
        tag: Option<Tag>,
    },
    List(Collection),
    Table(Collection),
    /// The innermost collection ends.
    End,
}

/// What stands before a collection.
#[derive(Debug)]
pub(super) struct Collection {
    /// Whether it is in brackets or braces.
    pub(super) is_flow: bool,
    /// The number of its anchor, or zero.
    pub(super) anchor: usize,
    pub(super) tag: Option<Tag>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Quoted,
    /// Behind `|` or `>`.
    Block,
}

/// A tag, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `!`: not what it looks like, but text, a list or a table.
    Text,
    Str,
    Int,
    Float,
    Bool,
    Null,
    Map,
    Seq,
    /// Outside YAML's core schema.
    Other,
}

impl Tag {
    /// The tag of a resolved handle and suffix.
    fn new(handle: &str, suffix: &str) -> Self {
        const CORE: &str = "tag:yaml.org,2002:";
        let whole = format!("{handle}{suffix}");
        match whole.strip_prefix(CORE) {
            Some("str") => Self::Str,
            Some("int") => Self::Int,
            Some("float") => Self::Float,
            Some("bool") => Self::Bool,
            Some("null") => Self::Null,
            Some("map") => Self::Map,
            Some("seq") => Self::Seq,
            None if whole == "!" => Self::Text,
            _ => Self::Other,
        }
    }
}

/// An event with its place, or what is wrong and where.
pub(super) type Step<'t> = Result<(Event<'t>, Range<usize>), super::messages::Mistake>;
