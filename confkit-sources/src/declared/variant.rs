//! Enums with data: how a document names the variant, and what each holds.

use super::Metadata;

/// The variants of an enum with data.
///
/// [`Metadata::fields`] of such an enum are those of all its variants together, with the tag before
/// them: what may stand in a document. Here is what belongs to which.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Metadata, Tagging, Variant, Variants};
///
/// static STORE: Variants = Variants {
///     tagging: Tagging::Internal { tag: "type" },
///     list: &[Variant { key: "file", metadata: &Metadata { name: "File", ..Metadata::EMPTY }, ..Variant::EMPTY }],
/// };
/// assert_eq!(STORE.tagging().as_str(), "internal");
/// assert_eq!(STORE.position("file"), Some(0));
/// assert_eq!(STORE.list()[0].metadata().name(), "File");
/// ```
#[derive(Debug)]
pub struct Variants {
    #[doc(hidden)]
    pub tagging: Tagging,
    #[doc(hidden)]
    pub list: &'static [Variant],
}

impl Variants {
    /// Returns how a document says which variant it is.
    pub fn tagging(&self) -> Tagging {
        self.tagging
    }

    /// Returns the variants in the order of their declaration.
    pub fn list(&self) -> &'static [Variant] {
        self.list
    }

    /// Returns which variant a name stands for.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.list.iter().position(|variant| variant.answers_to(name))
    }

    /// Returns which variant stands for every name that no other has.
    pub fn other(&self) -> Option<usize> {
        self.list.iter().position(|variant| variant.other)
    }

    /// Returns the names that choose a variant, without aliases.
    pub fn names(&self) -> Vec<&'static str> {
        self.list.iter().filter(|variant| !variant.other).map(|variant| variant.key).collect()
    }
}

/// One variant of an enum with data.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Variant;
///
/// let variant = Variant { key: "file", aliases: &["path"], ..Variant::EMPTY };
/// assert!(variant.answers_to("file") && variant.answers_to("path"));
/// ```
#[derive(Debug)]
pub struct Variant {
    #[doc(hidden)]
    pub key: &'static str,
    #[doc(hidden)]
    pub aliases: &'static [&'static str],
    #[doc(hidden)]
    pub other: bool,
    #[doc(hidden)]
    pub holds: Holds,
    #[doc(hidden)]
    pub metadata: &'static Metadata,
}

impl Variant {
    #[doc(hidden)]
    pub const EMPTY: Self =
        Self { key: "", aliases: &[], other: false, holds: Holds::Nothing, metadata: &Metadata::EMPTY };

    /// Returns the name that chooses it.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the other names that choose it.
    pub fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Returns whether a name chooses it.
    pub fn answers_to(&self, name: &str) -> bool {
        !self.other && (self.key == name || self.aliases.contains(&name))
    }

    /// Returns whether it stands for every name that no other variant has.
    pub fn is_other(&self) -> bool {
        self.other
    }

    /// Returns what it holds.
    pub fn holds(&self) -> Holds {
        self.holds
    }

    /// Returns its Rust name, its documentation and its fields. One value without a name of its own
    /// is a field with an empty key.
    pub fn metadata(&self) -> &'static Metadata {
        self.metadata
    }
}

/// What a variant holds.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Holds, Variant};
///
/// assert_eq!(Variant::EMPTY.holds(), Holds::Nothing);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Named fields.
    Fields,
    /// One value that serde reads.
    Value,
    /// One settings type.
    Section,
}

/// How a document says which variant it is, in serde's words.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Tagging;
///
/// let tagging = Tagging::Adjacent { tag: "type", content: "with" };
/// assert_eq!((tagging.as_str(), tagging.tag()), ("adjacent", Some("type")));
/// assert_eq!(Tagging::Untagged.tag(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Tagging {
    /// The variant's name is the key of what it holds.
    External,
    /// A key beside the variant's own holds its name.
    Internal {
        /// The key.
        tag: &'static str,
    },
    /// One key holds the name, another what the variant holds.
    Adjacent {
        /// The key of the name.
        tag: &'static str,
        /// The key of what the variant holds.
        content: &'static str,
    },
    /// It does not; the first variant that fits is taken.
    Untagged,
}

impl Tagging {
    /// Returns a stable name for the way.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::External => "external",
            Self::Internal { .. } => "internal",
            Self::Adjacent { .. } => "adjacent",
            Self::Untagged => "untagged",
        }
    }

    /// Returns the key that holds the variant's name.
    pub fn tag(self) -> Option<&'static str> {
        match self {
            Self::Internal { tag } | Self::Adjacent { tag, .. } => Some(tag),
            Self::External | Self::Untagged => None,
        }
    }
}
