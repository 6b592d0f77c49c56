//! What a settings type declares, as plain data.
//!
//! `#[derive(Config)]` writes one [`Metadata`] constant for each type. Everything that has to know
//! names works from it: variables are bound by it, reports and reference pages are made from it.
//! Nothing here knows a Rust type; nested types are reached through function pointers, so that
//! recursive declarations are possible.

/// Describes one settings type: its name, documentation, fields and rules.
#[derive(Debug)]
pub struct Metadata {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub docs: &'static str,
    #[doc(hidden)]
    pub fields: &'static [Field],
    #[doc(hidden)]
    pub checks: &'static [Check],
    #[doc(hidden)]
    pub unknown_keys: Option<Unknown>,
    #[doc(hidden)]
    pub loading: &'static Loading,
}

impl Metadata {
    /// The values of a type that declares nothing; the derive fills in the rest.
    #[doc(hidden)]
    pub const EMPTY: Self =
        Self { name: "", docs: "", fields: &[], checks: &[], unknown_keys: None, loading: &Loading::NONE };

    /// Returns the name of the Rust type, without path or parameters.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the type's documentation comment, lines joined, without the leading blanks.
    pub fn docs(&self) -> &'static str {
        self.docs
    }

    /// Returns the fields in the order of their declaration.
    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Returns the rules over several fields, in the order of their declaration.
    pub fn checks(&self) -> &'static [Check] {
        self.checks
    }

    /// Returns what the type itself says about unknown keys, if it says anything.
    pub fn unknown_keys(&self) -> Option<Unknown> {
        self.unknown_keys
    }

    /// Returns where the type says its values come from.
    pub fn loading(&self) -> &'static Loading {
        self.loading
    }
}

/// Where a settings type says its values come from.
#[derive(Debug)]
pub struct Loading {
    #[doc(hidden)]
    pub env_prefix: Option<&'static str>,
    #[doc(hidden)]
    pub files: &'static [DeclaredFile],
    #[doc(hidden)]
    pub profile_env: Option<&'static str>,
    #[doc(hidden)]
    pub profiles: &'static [&'static str],
}

impl Loading {
    #[doc(hidden)]
    pub const NONE: Self = Self { env_prefix: None, files: &[], profile_env: None, profiles: &[] };

    /// Returns the prefix of its variables, without a trailing underscore.
    pub fn env_prefix(&self) -> Option<&'static str> {
        self.env_prefix
    }

    /// Returns its files, lowest layer first.
    pub fn files(&self) -> &'static [DeclaredFile] {
        self.files
    }

    /// Returns the variable that chooses the profile.
    pub fn profile_env(&self) -> Option<&'static str> {
        self.profile_env
    }

    /// Returns the profiles it names.
    pub fn profiles(&self) -> &'static [&'static str] {
        self.profiles
    }
}

/// A file that a settings type reads.
#[derive(Debug)]
pub struct DeclaredFile {
    #[doc(hidden)]
    pub path: &'static str,
    #[doc(hidden)]
    pub required: bool,
}

impl DeclaredFile {
    /// Returns the path as written, `{profile}` included.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Returns whether its absence is a problem.
    pub fn is_required(&self) -> bool {
        self.required
    }
}

/// Describes one field of a settings type.
#[derive(Debug)]
pub struct Field {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub key: &'static str,
    #[doc(hidden)]
    pub aliases: &'static [&'static str],
    #[doc(hidden)]
    pub docs: &'static str,
    #[doc(hidden)]
    pub content: Content,
    #[doc(hidden)]
    pub optional: bool,
    #[doc(hidden)]
    pub default: FieldDefault,
    #[doc(hidden)]
    pub env: EnvName,
    #[doc(hidden)]
    pub env_segment: &'static str,
    #[doc(hidden)]
    pub env_aliases: &'static [&'static str],
    #[doc(hidden)]
    pub env_delimiter: char,
    #[doc(hidden)]
    pub secret: bool,
    #[doc(hidden)]
    pub required_profiles: &'static [&'static str],
    #[doc(hidden)]
    pub rules: &'static [Rule],
    #[doc(hidden)]
    pub example: Option<&'static str>,
    #[doc(hidden)]
    pub hidden: bool,
}

impl Field {
    /// The values of a field that declares nothing; the derive fills in the rest.
    #[doc(hidden)]
    pub const EMPTY: Self = Self {
        name: "",
        key: "",
        aliases: &[],
        docs: "",
        content: Content::Skipped,
        optional: false,
        default: FieldDefault::None,
        env: EnvName::Derived,
        env_segment: "",
        env_aliases: &[],
        env_delimiter: ',',
        secret: false,
        required_profiles: &[],
        rules: &[],
        example: None,
        hidden: false,
    };

    /// Returns the name of the Rust field.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the key in files; empty for a flattened field.
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the other keys that are accepted.
    pub fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Returns the field's documentation comment, lines joined, without the leading blanks.
    pub fn docs(&self) -> &'static str {
        self.docs
    }

    /// Returns what the field holds.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Returns whether the field is written as `Option<…>`.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Returns the declared default.
    pub fn default(&self) -> &FieldDefault {
        &self.default
    }

    /// Returns how the field's variable is named.
    pub fn env(&self) -> &EnvName {
        &self.env
    }

    /// Returns the field's part of variable names, in upper snake case.
    pub fn env_segment(&self) -> &'static str {
        self.env_segment
    }

    /// Returns the other variables that are accepted, as whole names.
    pub fn env_aliases(&self) -> &'static [&'static str] {
        self.env_aliases
    }

    /// Returns what separates list elements in text.
    pub fn env_delimiter(&self) -> char {
        self.env_delimiter
    }

    /// Returns whether the declaration or the type says that the value is secret.
    pub fn is_secret(&self) -> bool {
        self.secret || matches!(&self.content, Content::Value(kind) if kind().secret)
    }

    /// Returns whether the value holds something secret besides what may be shown.
    pub fn holds_secret(&self) -> bool {
        self.secret || matches!(&self.content, Content::Value(kind) if kind().holds_secret())
    }

    /// Returns the profiles in which the value has to be given.
    pub fn required_profiles(&self) -> &'static [&'static str] {
        self.required_profiles
    }

    /// Returns the rules on the value.
    pub fn rules(&self) -> &'static [Rule] {
        self.rules
    }

    /// Returns an example of a value, for samples and reference pages.
    pub fn example(&self) -> Option<&'static str> {
        self.example
    }

    /// Returns whether the field is left out of samples and reference pages.
    pub fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Returns whether `key` names this field.
    pub fn answers_to(&self, key: &str) -> bool {
        self.key == key || self.aliases.contains(&key)
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Content {
    /// A value read by serde. The function tells what the type accepts.
    Value(fn() -> ValueKind),
    /// A nested settings type, perhaps inside containers.
    Nested(fn() -> Shape),
    /// A settings type whose fields stand beside this one's.
    Flattened(fn() -> Shape),
    /// A map that takes every key no other field takes.
    Rest(fn() -> ValueKind),
    /// Nothing: the field is never read.
    Skipped,
}

/// How a nested settings type is contained.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// The section itself.
    Section(&'static Metadata),
    /// Present or absent.
    Optional(fn() -> Shape),
    /// A list of it.
    List(fn() -> Shape),
    /// A map of it, by keys of text.
    Map(fn() -> Shape),
}

impl Shape {
    /// Returns the settings type inside all containers.
    pub fn section(self) -> &'static Metadata {
        match self {
            Self::Section(metadata) => metadata,
            Self::Optional(inner) | Self::List(inner) | Self::Map(inner) => inner().section(),
        }
    }
}

/// What a value's type accepts, as far as the type tells serde.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueKind {
    #[doc(hidden)]
    pub kind: Kind,
    #[doc(hidden)]
    pub optional: bool,
    #[doc(hidden)]
    pub secret: bool,
    #[doc(hidden)]
    pub holds_secret: bool,
    #[doc(hidden)]
    pub element: Option<Box<ValueKind>>,
}

impl ValueKind {
    /// A value of a kind, required and not secret.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, optional: false, secret: false, holds_secret: false, element: None }
    }

    /// Returns what the elements of a list, or the values of a map, are.
    pub fn element(&self) -> Option<&ValueKind> {
        self.element.as_deref()
    }

    /// Returns the kind of value.
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Returns whether the type accepts that there is no value.
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Returns whether the type hides something inside its value.
    pub fn holds_secret(&self) -> bool {
        self.secret || self.holds_secret
    }

    /// Returns whether the type hides its value.
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number between two limits, both included.
    Integer {
        /// The least value of the type.
        min: i128,
        /// The greatest value of the type.
        max: u128,
    },
    /// A number with a fraction.
    Float,
    /// Text that is kept as it is.
    Text,
    /// Text that is parsed by its type; the words say what the type expects.
    Parsed(String),
    /// A span of time, such as `30s`.
    Duration,
    /// A number of bytes, such as `10MiB`.
    Bytes,
    /// A list.
    List,
    /// A map by keys.
    Map,
    /// A structure with these keys, read by serde.
    Structure(&'static [&'static str]),
    /// One of several names.
    Choice(&'static [&'static str]),
    /// Anything at all.
    Any,
    /// Something that the type does not tell.
    Other,
}

impl Kind {
    /// Returns a stable name for the kind.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Integer { .. } => "integer",
            Self::Float => "float",
            Self::Text => "text",
            Self::Parsed(_) => "parsed",
            Self::Duration => "duration",
            Self::Bytes => "bytes",
            Self::List => "list",
            Self::Map => "map",
            Self::Structure(_) => "structure",
            Self::Choice(_) => "choice",
            Self::Any => "any",
            Self::Other => "other",
        }
    }
}

/// The default of a field.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FieldDefault {
    /// None: the value has to be given.
    None,
    /// A literal, read as text into the field's type.
    Text(&'static str),
    /// A list of literals, each read as text into the element's type.
    List(&'static [&'static str]),
    /// An expression.
    Expression {
        /// The expression as written.
        source: &'static str,
        /// The value as its type serialises it, where it can be.
        shown: fn() -> Option<String>,
    },
}

/// How a field's variable is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvName {
    /// From the prefix and the path; no variable without a prefix.
    Derived,
    /// From the path, also where there is no prefix.
    Marked,
    /// This name, whatever the prefix.
    Named(&'static str),
    /// No variable.
    Skipped,
}

/// A rule on one field.
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

/// What happens to a key that no field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unknown {
    /// It is a problem, and the load fails.
    Deny,
    /// It is a warning.
    Warn,
    /// Nothing is said.
    Allow,
}

impl Unknown {
    /// Returns the policy as it is written in the attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deny => "deny",
            Self::Warn => "warn",
            Self::Allow => "allow",
        }
    }
}
