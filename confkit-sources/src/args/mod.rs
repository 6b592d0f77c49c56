//! Arguments bound by declared names.
//!
//! Every setting has an argument: its path in lower case, words and steps joined by `-`
//! (`--database-max-conn`), or the path as it is (`--database.max_conn`). Names are looked up in
//! the declaration and never split on a guess; lexopt splits the words.

mod bind;
mod find;
mod names;

use std::fmt;

pub use bind::bind;
pub use names::{Clash, Declared, argument_for, clashes, declared_arguments, policy_for};

use crate::declared::Metadata;
use crate::document::Document;
use crate::path::Segment;

/// What arguments are bound to.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Names, declared_arguments};
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "max_conn",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { section: &[], metadata: &SETTINGS };
/// assert_eq!(declared_arguments(&names)[0].long, "max-conn");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Where the type stands below the root of the settings.
    pub section: &'a [Segment<'a>],
    /// The type.
    pub metadata: &'static Metadata,
}

/// What became of a list of arguments.
pub struct Bound {
    /// The values, each with its argument as origin.
    pub document: Document,
    /// Single elements and entries of values that are also given as a whole; a layer above it.
    pub parts: Option<Document>,
    /// What has to be told.
    pub findings: Vec<Finding>,
    /// What was given to secrets that have no argument. It is masked wherever else it would be shown.
    pub withheld: Vec<String>,
    /// Whether `--help` or `-h` is among them.
    pub help: bool,
}

/// Shows everything but what is secret.
impl fmt::Debug for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bound")
            .field("document", &self.document)
            .field("parts", &self.parts)
            .field("findings", &self.findings)
            .field("withheld", &self.withheld.len())
            .field("help", &self.help)
            .finish()
    }
}

/// Something to tell about an argument. Names have their dashes; values are not in it, since that
/// of an argument that does not exist may be a secret.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Finding, Names, bind};
/// use confkit_sources::declared::Metadata;
///
/// let names = Names { section: &[], metadata: &Metadata::EMPTY };
/// let bound = bind(&["--port=80".into()], &[names]);
/// assert_eq!(bound.findings, [Finding::Unknown { name: "--port".to_owned() }]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// No setting has the argument.
    Unknown {
        /// The name.
        name: String,
    },
    /// A word that belongs to no argument.
    Stray {
        /// Which word it is, from one.
        position: usize,
        /// The argument in front of it, if that takes its value behind `=` alone.
        switch: Option<String>,
    },
    /// An argument without the value that it needs.
    NoValue {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
    /// A value behind `--no-…`, which takes none.
    NeedlessValue {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
    /// A value that is not UTF-8.
    Encoding {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
    /// Two arguments for one setting, with different values.
    Conflict {
        /// The setting.
        path: String,
        /// The name that comes first.
        first: String,
        /// The other name.
        second: String,
    },
    /// An argument for a secret, which has none.
    Secret {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
}
