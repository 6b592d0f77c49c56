//! Why two schemas cannot be compared.

use std::fmt;

use crate::report::clean;

/// Which of the two schemas is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Old,
    New,
}

/// A text that cannot be compared as a JSON Schema.
///
/// # Example
///
/// ```
/// use confkit::compat;
///
/// let error = compat::compare("{", "{}").unwrap_err();
/// assert_eq!(error.to_string(), "the old schema is not JSON (line 1, column 1); \
///     write it with `Schema::to_json`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSchema {
    which: Which,
    fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    NotJson {
        line: usize,
        column: usize,
    },
    /// Something else stands where a schema belongs.
    NotSchema {
        at: String,
    },
    OtherDraft {
        name: String,
    },
    /// A reference that leads nowhere in the text.
    Reference {
        to: String,
    },
    /// A keyword that changes where references lead.
    NotFollowed {
        keyword: &'static str,
    },
}

impl InvalidSchema {
    pub(super) fn new(which: Which, fault: Fault) -> Self {
        Self { which, fault }
    }
}

impl fmt::Display for InvalidSchema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = match self.which {
            Which::Old => "old",
            Which::New => "new",
        };
        write!(f, "the {which} schema ")?;
        match &self.fault {
            Fault::NotJson { line, column } => {
                write!(f, "is not JSON (line {line}, column {column}); write it with `Schema::to_json`")
            }
            Fault::NotSchema { at } if at.is_empty() => f.write_str("is no JSON Schema: it is no object"),
            Fault::NotSchema { at } => {
                write!(f, "is no JSON Schema: an object, true or false belongs at `{}`", clean(at))
            }
            Fault::OtherDraft { name } => {
                write!(f, "is of another version, `{}`; only JSON Schema 2020-12 is compared", clean(name))
            }
            Fault::Reference { to } => {
                write!(f, "refers to `{}`, which it does not have; put it under `$defs`", clean(to))
            }
            Fault::NotFollowed { keyword } => {
                write!(f, "uses `{keyword}`, which is not followed; refer with `$ref` to `#/$defs/…`")
            }
        }
    }
}

impl std::error::Error for InvalidSchema {}
