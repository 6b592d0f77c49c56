//! The rules of a field and the checks of a type.

/// A rule on one field.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Rule, RuleKind};
///
/// let rule = Rule { kind: RuleKind::Closure("|v| v % 2 == 0"), message: Some("must be even") };
/// assert_eq!((rule.kind().as_str(), rule.message()), ("closure", Some("must be even")));
/// ```
#[derive(Debug)]
pub struct Rule {
    #[doc(hidden)]
    pub kind: RuleKind,
    #[doc(hidden)]
    pub message: Option<&'static str>,
}

impl Rule {
    /// Returns what the rule asks for.
    pub fn kind(&self) -> &RuleKind {
        &self.kind
    }

    /// Returns the declared message.
    pub fn message(&self) -> Option<&'static str> {
        self.message
    }
}

/// What a rule asks for. Limits are given as written in the declaration.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::RuleKind;
///
/// let rule = RuleKind::Length { min: Some("1"), max: Some("64"), equal: None };
/// assert_eq!(rule.as_str(), "length");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum RuleKind {
    /// The value lies between two limits.
    Range {
        /// The lower limit.
        min: Option<&'static str>,
        /// The upper limit.
        max: Option<&'static str>,
        /// Whether the lower limit itself is refused.
        exclusive_min: bool,
        /// Whether the upper limit itself is refused.
        exclusive_max: bool,
    },
    /// The text or collection has so many characters or elements.
    Length {
        /// At least so many.
        min: Option<&'static str>,
        /// At most so many.
        max: Option<&'static str>,
        /// Exactly so many.
        equal: Option<&'static str>,
    },
    /// The text or collection is not empty.
    NonEmpty,
    /// An inline closure over the value, as written.
    Closure(&'static str),
    /// The value has to be given if another field has a certain value.
    RequiredIf {
        /// The name of the other Rust field.
        field: &'static str,
        /// Its value as written in the declaration.
        value: &'static str,
    },
}

impl RuleKind {
    /// Returns the rule's name as it is written in the attribute.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Range { .. } => "range",
            Self::Length { .. } => "length",
            Self::NonEmpty => "non_empty",
            Self::Closure(_) => "closure",
            Self::RequiredIf { .. } => "required_if",
        }
    }
}

/// A rule over several fields of one type.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Check;
///
/// let check = Check { source: "self.min <= self.max", message: "min is above max", fields: &[0, 1] };
/// assert_eq!(check.source(), "self.min <= self.max");
/// assert_eq!(check.fields(), [0, 1]);
/// ```
#[derive(Debug)]
pub struct Check {
    #[doc(hidden)]
    pub source: &'static str,
    #[doc(hidden)]
    pub message: &'static str,
    #[doc(hidden)]
    pub fields: &'static [usize],
}

impl Check {
    /// Returns the expression as written.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Returns the declared message.
    pub fn message(&self) -> &'static str {
        self.message
    }

    /// Returns the positions of the fields that the expression names; empty if it needs the whole value.
    pub fn fields(&self) -> &'static [usize] {
        self.fields
    }
}
