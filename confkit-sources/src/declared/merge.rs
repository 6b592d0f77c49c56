//! How the layers of a field come together.

/// What a field says about what several layers give it; one that says nothing combines tables and
/// replaces anything else.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Field, Merge};
///
/// let tags = Field { merge: Some(Merge::Append), ..Field::EMPTY };
/// assert_eq!(tags.merge().unwrap().as_str(), "append");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Merge {
    /// The topmost layer alone.
    Replace,
    /// The elements of lower layers, then those of higher ones.
    Append,
    /// The elements of higher layers, then those of lower ones.
    Prepend,
    /// As appended, but no element equal to an earlier one.
    Unique,
    /// Tables combine key by key, lists position by position.
    Deep,
    /// Tables in a list that have the same value under this key combine.
    Key(&'static str),
    /// A function of the program's makes one value of two.
    Function,
}

impl Merge {
    /// Returns the name that the derive knows it by.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Merge;
    ///
    /// assert_eq!(Merge::Key("name").as_str(), "key");
    /// ```
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::Append => "append",
            Self::Prepend => "prepend",
            Self::Unique => "unique",
            Self::Deep => "deep",
            Self::Key(_) => "key",
            Self::Function => "with",
        }
    }
}
