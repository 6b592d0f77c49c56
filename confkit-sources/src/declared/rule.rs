//! The rules of a field and the checks of a type.

/// A rule on one field.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Rule, RuleKind};
///
/// let rule = Rule {
///     kind: RuleKind::Closure("|v| v % 2 == 0"),
///     message: Some("must be even"),
///     profiles: &["production"],
///     ..Rule::EMPTY
/// };
/// assert_eq!((rule.name(), rule.message()), ("closure", Some("must be even")));
/// assert_eq!(rule.profiles(), ["production"]);
/// assert!(!rule.warns());
/// ```
#[derive(Debug)]
pub struct Rule {
    #[doc(hidden)]
    pub kind: RuleKind,
    #[doc(hidden)]
    pub message: Option<&'static str>,
    #[doc(hidden)]
    pub code: Option<&'static str>,
    #[doc(hidden)]
    pub when: Option<&'static Condition>,
    #[doc(hidden)]
    pub profiles: &'static [&'static str],
    #[doc(hidden)]
    pub warns: bool,
}

impl Rule {
    /// The values of a rule about which nothing is written; the derive fills in the rest.
    #[doc(hidden)]
    pub const EMPTY: Self =
        Self { kind: RuleKind::NonEmpty, message: None, code: None, when: None, profiles: &[], warns: false };

    /// Returns what the rule asks for.
    pub fn kind(&self) -> &RuleKind {
        &self.kind
    }

    /// Returns the name under which it is told: the declared `code`, else that of its kind.
    pub fn name(&self) -> &'static str {
        self.code.unwrap_or_else(|| self.kind.as_str())
    }

    /// Returns the declared message.
    pub fn message(&self) -> Option<&'static str> {
        self.message
    }

    /// Returns the condition under which it holds; without one it always does.
    pub fn when(&self) -> Option<&'static Condition> {
        self.when
    }

    /// Returns the profiles in which it holds; without any that is every one.
    pub fn profiles(&self) -> &'static [&'static str] {
        self.profiles
    }

    /// Returns whether breaking it is a warning.
    pub fn warns(&self) -> bool {
        self.warns
    }

    /// Returns the rules on elements, keys or entries inside this one.
    pub fn inner(&self) -> &'static [Rule] {
        match self.kind {
            RuleKind::Each(rules) | RuleKind::Keys(rules) => rules,
            _ => &[],
        }
    }
}

/// The condition under which a rule holds.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Condition;
///
/// let when = Condition { source: "self.tls.enabled", fields: &["tls.enabled"] };
/// assert_eq!((when.source(), when.fields()), ("self.tls.enabled", &["tls.enabled"][..]));
/// ```
#[derive(Debug)]
pub struct Condition {
    #[doc(hidden)]
    pub source: &'static str,
    #[doc(hidden)]
    pub fields: &'static [&'static str],
}

impl Condition {
    /// Returns the expression as written.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// Returns the Rust fields that it names, inner ones behind a dot.
    pub fn fields(&self) -> &'static [&'static str] {
        self.fields
    }
}

/// What a rule asks for. Limits and values are given as written in the declaration, other fields by
/// their Rust names.
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
    /// The value is one of these.
    OneOf(&'static [&'static str]),
    /// The text is an e-mail address.
    Email,
    /// The text is a URL.
    Url,
    /// The text is an IP address.
    Ip,
    /// The text is an IPv4 address.
    Ipv4,
    /// The text is an IPv6 address.
    Ipv6,
    /// The text is the number of a credit card.
    CreditCard,
    /// The text has no control characters.
    NonControlCharacter,
    /// The text matches a regular expression.
    Regex(&'static str),
    /// The text matches a regular expression that the program compiled: the Rust expression for it.
    RegexAt(&'static str),
    /// The text contains a part, the list an element, or the map a key.
    Contains(&'static str),
    /// It does not.
    DoesNotContain(&'static str),
    /// The value equals that of another field.
    MustMatch(&'static str),
    /// Rules on every element of a list or set, or on every value of a map.
    Each(&'static [Rule]),
    /// Rules on every key of a map.
    Keys(&'static [Rule]),
    /// An inline closure over the value, as written.
    Closure(&'static str),
    /// A function over the value, by its path.
    Custom(&'static str),
    /// A function over the value that has to be waited for, by its path.
    CustomAsync(&'static str),
    /// A JSON Schema: the path of its file, or its text.
    JsonSchema(&'static str),
    /// What the type's own `validator::Validate` asks for.
    Validator,
    /// The value has to be given.
    Required,
    /// The value has to be given if another field has a certain value.
    RequiredIf {
        /// The other field.
        field: &'static str,
        /// Its value as written in the declaration.
        value: &'static str,
    },
    /// The value has to be given unless another field has a certain value.
    RequiredUnless {
        /// The other field.
        field: &'static str,
        /// Its value as written in the declaration.
        value: &'static str,
    },
    /// The value has to be given if one of these fields is.
    RequiredWith(&'static [&'static str]),
    /// If the value is given, these fields have to be.
    Requires(&'static [&'static str]),
    /// If the value is given, none of these fields may be.
    ConflictsWith(&'static [&'static str]),
    /// An expression over several fields, as written.
    Check(&'static str),
    /// A function over the whole value, by its path.
    CheckWith(&'static str),
    /// Exactly one of the fields is given.
    ExactlyOneOf,
    /// At least one of the fields is given.
    AtLeastOneOf,
    /// At most one of the fields is given.
    AtMostOneOf,
}

impl RuleKind {
    /// Returns the rule's name as it is written in the attribute.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Range { .. } => "range",
            Self::Length { .. } => "length",
            Self::NonEmpty => "non_empty",
            Self::OneOf(_) => "one_of",
            Self::Email => "email",
            Self::Url => "url",
            Self::Ip => "ip",
            Self::Ipv4 => "ipv4",
            Self::Ipv6 => "ipv6",
            Self::CreditCard => "credit_card",
            Self::NonControlCharacter => "non_control_character",
            Self::Regex(_) | Self::RegexAt(_) => "regex",
            Self::Contains(_) => "contains",
            Self::DoesNotContain(_) => "does_not_contain",
            Self::MustMatch(_) => "must_match",
            Self::Each(_) => "each",
            Self::Keys(_) => "keys",
            Self::Closure(_) => "closure",
            Self::Custom(_) => "custom",
            Self::CustomAsync(_) => "custom_async",
            Self::JsonSchema(_) => "json_schema",
            Self::Validator => "validator",
            Self::Required => "required",
            Self::RequiredIf { .. } => "required_if",
            Self::RequiredUnless { .. } => "required_unless",
            Self::RequiredWith(_) => "required_with",
            Self::Requires(_) => "requires",
            Self::ConflictsWith(_) => "conflicts_with",
            Self::Check(_) => "check",
            Self::CheckWith(_) => "check_with",
            Self::ExactlyOneOf => "exactly_one_of",
            Self::AtLeastOneOf => "at_least_one_of",
            Self::AtMostOneOf => "at_most_one_of",
        }
    }
}

/// A rule over several fields of one type.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Check, Rule, RuleKind};
///
/// let kind = RuleKind::Check("self.pool.min <= self.max");
/// let rule = Rule { kind, message: Some("min is above max"), ..Rule::EMPTY };
/// let check = Check { rule, fields: &["pool.min", "max"] };
/// assert_eq!(check.rule().message(), Some("min is above max"));
/// assert_eq!(check.fields(), ["pool.min", "max"]);
/// ```
#[derive(Debug)]
pub struct Check {
    #[doc(hidden)]
    pub rule: Rule,
    #[doc(hidden)]
    pub fields: &'static [&'static str],
}

impl Check {
    /// Returns the rule.
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Returns the Rust fields that it is about, inner ones behind a dot; empty if it needs the whole
    /// value.
    pub fn fields(&self) -> &'static [&'static str] {
        self.fields
    }
}

/// Rules that a type adds to a field of a type inside it.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Refinement, Rule};
///
/// let it = Refinement { field: "port", rules: &[Rule::EMPTY] };
/// assert_eq!((it.field(), it.rules()[0].name()), ("port", "non_empty"));
/// ```
#[derive(Debug)]
pub struct Refinement {
    #[doc(hidden)]
    pub field: &'static str,
    #[doc(hidden)]
    pub rules: &'static [Rule],
}

impl Refinement {
    /// Returns the Rust field inside, further ones behind a dot.
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// Returns the rules it adds.
    pub fn rules(&self) -> &'static [Rule] {
        self.rules
    }
}
