//! What a settings type declares, as plain data.
//!
//! `#[derive(Config)]` writes one [`Metadata`] constant for each type. Everything that has to know
//! names works from it: variables are bound by it, reports and reference pages are made from it.
//! Nothing here knows a Rust type; nested types are reached through function pointers, so that
//! recursive declarations are possible.

/// Describes one settings type: its name, documentation, fields and rules.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Field, Metadata};
///
/// static SETTINGS: Metadata = Metadata {
///     name: "Settings",
///     fields: &[Field { name: "port", key: "port", env_segment: "PORT", ..Field::EMPTY }],
///     ..Metadata::EMPTY
/// };
/// assert_eq!(SETTINGS.fields().iter().map(|field| field.key()).collect::<Vec<_>>(), ["port"]);
/// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Metadata;
    ///
    /// let it = Metadata { name: "Settings", ..Metadata::EMPTY };
    /// assert_eq!(it.name(), "Settings");
    /// ```
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the type's documentation comment, lines joined, without the leading blanks.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Metadata;
    ///
    /// let it = Metadata { docs: "Settings of the service.", ..Metadata::EMPTY };
    /// assert_eq!(it.docs(), "Settings of the service.");
    /// ```
    pub fn docs(&self) -> &'static str {
        self.docs
    }

    /// Returns the fields in the order of their declaration.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, Metadata};
    ///
    /// let it = Metadata { fields: &[Field { key: "port", ..Field::EMPTY }], ..Metadata::EMPTY };
    /// assert_eq!(it.fields()[0].key(), "port");
    /// ```
    pub fn fields(&self) -> &'static [Field] {
        self.fields
    }

    /// Returns the rules over several fields, in the order of their declaration.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Check, Metadata};
    ///
    /// const CHECK: Check = Check { source: "self.min <= self.max", message: "min is above max", fields: &[0, 1] };
    /// let it = Metadata { checks: &[CHECK], ..Metadata::EMPTY };
    /// assert_eq!(it.checks()[0].message(), "min is above max");
    /// ```
    pub fn checks(&self) -> &'static [Check] {
        self.checks
    }

    /// Returns what the type itself says about unknown keys, if it says anything.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Metadata, Unknown};
    ///
    /// let it = Metadata { unknown_keys: Some(Unknown::Warn), ..Metadata::EMPTY };
    /// assert_eq!(it.unknown_keys(), Some(Unknown::Warn));
    /// ```
    pub fn unknown_keys(&self) -> Option<Unknown> {
        self.unknown_keys
    }

    /// Returns where the type says its values come from.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Loading, Metadata};
    ///
    /// static LOADING: Loading = Loading { env_prefix: Some("APP"), ..Loading::NONE };
    /// let it = Metadata { loading: &LOADING, ..Metadata::EMPTY };
    /// assert_eq!(it.loading().env_prefix(), Some("APP"));
    /// ```
    pub fn loading(&self) -> &'static Loading {
        self.loading
    }
}

/// Where a settings type says its values come from.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{DeclaredFile, Loading};
///
/// let loading = Loading {
///     env_prefix: Some("APP"),
///     files: &[DeclaredFile { path: "app.toml", required: true }],
///     ..Loading::NONE
/// };
/// assert_eq!((loading.env_prefix(), loading.files().len()), (Some("APP"), 1));
/// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { env_prefix: Some("APP"), ..Loading::NONE };
    /// assert_eq!(it.env_prefix(), Some("APP"));
    /// ```
    pub fn env_prefix(&self) -> Option<&'static str> {
        self.env_prefix
    }

    /// Returns its files, lowest layer first.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{DeclaredFile, Loading};
    ///
    /// let it = Loading { files: &[DeclaredFile { path: "base.toml", required: true }], ..Loading::NONE };
    /// assert_eq!(it.files()[0].path(), "base.toml");
    /// ```
    pub fn files(&self) -> &'static [DeclaredFile] {
        self.files
    }

    /// Returns the variable that chooses the profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { profile_env: Some("APP_PROFILE"), ..Loading::NONE };
    /// assert_eq!(it.profile_env(), Some("APP_PROFILE"));
    /// ```
    pub fn profile_env(&self) -> Option<&'static str> {
        self.profile_env
    }

    /// Returns the profiles it names.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { profiles: &["dev", "live"], ..Loading::NONE };
    /// assert_eq!(it.profiles(), ["dev", "live"]);
    /// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::DeclaredFile;
    ///
    /// let file = DeclaredFile { path: "config/{profile}.toml", required: false };
    /// assert_eq!((file.path(), file.is_required()), ("config/{profile}.toml", false));
    /// ```
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Returns whether its absence is a problem.
    pub fn is_required(&self) -> bool {
        self.required
    }
}

/// Describes one field of a settings type.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Field, FieldDefault};
///
/// let port = Field { key: "port", default: FieldDefault::Text("8080"), ..Field::EMPTY };
/// assert!(port.answers_to("port") && !port.is_optional() && !port.is_secret());
/// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { name: "max_conn", ..Field::EMPTY };
    /// assert_eq!(it.name(), "max_conn");
    /// ```
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the key in files; empty for a flattened field.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max-conn", ..Field::EMPTY };
    /// assert_eq!(it.key(), "max-conn");
    /// ```
    pub fn key(&self) -> &'static str {
        self.key
    }

    /// Returns the other keys that are accepted.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { aliases: &["limit"], ..Field::EMPTY };
    /// assert_eq!(it.aliases(), ["limit"]);
    /// ```
    pub fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Returns the field's documentation comment, lines joined, without the leading blanks.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { docs: "Connections at most.", ..Field::EMPTY };
    /// assert_eq!(it.docs(), "Connections at most.");
    /// ```
    pub fn docs(&self) -> &'static str {
        self.docs
    }

    /// Returns what the field holds.
    pub fn content(&self) -> &Content {
        &self.content
    }

    /// Returns whether the field is written as `Option<…>`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { optional: true, ..Field::EMPTY };
    /// assert!(it.is_optional());
    /// ```
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Returns the declared default.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, FieldDefault};
    ///
    /// let it = Field { default: FieldDefault::Text("8080"), ..Field::EMPTY };
    /// assert!(matches!(it.default(), FieldDefault::Text("8080")));
    /// ```
    pub fn default(&self) -> &FieldDefault {
        &self.default
    }

    /// Returns how the field's variable is named.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{EnvName, Field};
    ///
    /// let it = Field { env: EnvName::Named("PORT"), ..Field::EMPTY };
    /// assert_eq!(*it.env(), EnvName::Named("PORT"));
    /// ```
    pub fn env(&self) -> &EnvName {
        &self.env
    }

    /// Returns the field's part of variable names, in upper snake case.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { env_segment: "MAX_CONN", ..Field::EMPTY };
    /// assert_eq!(it.env_segment(), "MAX_CONN");
    /// ```
    pub fn env_segment(&self) -> &'static str {
        self.env_segment
    }

    /// Returns the other variables that are accepted, as whole names.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { env_aliases: &["PORT"], ..Field::EMPTY };
    /// assert_eq!(it.env_aliases(), ["PORT"]);
    /// ```
    pub fn env_aliases(&self) -> &'static [&'static str] {
        self.env_aliases
    }

    /// Returns what separates list elements in text.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { env_delimiter: ';', ..Field::EMPTY };
    /// assert_eq!(it.env_delimiter(), ';');
    /// assert_eq!(Field::EMPTY.env_delimiter(), ',');
    /// ```
    pub fn env_delimiter(&self) -> char {
        self.env_delimiter
    }

    /// Returns whether the declaration or the type says that the value is secret.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { secret: true, ..Field::EMPTY };
    /// assert!(it.is_secret());
    /// ```
    pub fn is_secret(&self) -> bool {
        self.secret || matches!(&self.content, Content::Value(kind) if kind().secret)
    }

    /// Returns whether the value holds something secret besides what may be shown.
    pub fn holds_secret(&self) -> bool {
        self.secret
            || matches!(&self.content, Content::Value(kind) | Content::Rest(kind) if kind().holds_secret())
    }

    /// Returns whether the value may hold something secret: it does, or its type does not tell what
    /// is inside, as enums with content and types that serde buffers do not.
    pub fn may_hold_secret(&self) -> bool {
        self.secret
            || matches!(&self.content, Content::Value(kind) | Content::Rest(kind) if { let kind = kind(); kind.holds_secret() || kind.unsure })
    }

    /// Returns the profiles in which the value has to be given.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { required_profiles: &["live"], ..Field::EMPTY };
    /// assert_eq!(it.required_profiles(), ["live"]);
    /// ```
    pub fn required_profiles(&self) -> &'static [&'static str] {
        self.required_profiles
    }

    /// Returns the rules on the value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, Rule, RuleKind};
    ///
    /// let it = Field { rules: &[Rule { kind: RuleKind::NonEmpty, message: None }], ..Field::EMPTY };
    /// assert_eq!(it.rules()[0].kind().as_str(), "non_empty");
    /// ```
    pub fn rules(&self) -> &'static [Rule] {
        self.rules
    }

    /// Returns an example of a value, for samples and reference pages.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { example: Some("db.internal"), ..Field::EMPTY };
    /// assert_eq!(it.example(), Some("db.internal"));
    /// ```
    pub fn example(&self) -> Option<&'static str> {
        self.example
    }

    /// Returns whether the field is left out of samples and reference pages.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { hidden: true, ..Field::EMPTY };
    /// assert!(it.is_hidden());
    /// ```
    pub fn is_hidden(&self) -> bool {
        self.hidden
    }

    /// Returns whether `key` names this field.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max-conn", aliases: &["limit"], ..Field::EMPTY };
    /// assert!(it.answers_to("max-conn") && it.answers_to("limit"));
    /// assert!(!it.answers_to("max_conn"));
    /// ```
    pub fn answers_to(&self, key: &str) -> bool {
        self.key == key || self.aliases.contains(&key)
    }
}

/// What a field holds.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, Metadata, Shape};
///
/// static SERVER: Metadata = Metadata { name: "Server", ..Metadata::EMPTY };
/// let content = Content::Nested(|| Shape::Section(&SERVER));
/// let Content::Nested(shape) = content else { panic!() };
/// assert_eq!(shape().section().name(), "Server");
/// ```
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
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Metadata, Shape};
///
/// static SERVER: Metadata = Metadata { name: "Server", ..Metadata::EMPTY };
///
/// // `Option<Vec<Server>>`
/// let shape = Shape::Optional(|| Shape::List(|| Shape::Section(&SERVER)));
/// let Shape::Optional(inner) = shape else { panic!() };
/// assert!(matches!(inner(), Shape::List(_)));
/// ```
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
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Metadata, Shape};
    ///
    /// static SERVER: Metadata = Metadata { name: "Server", ..Metadata::EMPTY };
    /// let servers = Shape::List(|| Shape::Section(&SERVER));
    /// assert_eq!(servers.section().name(), "Server");
    /// ```
    pub fn section(self) -> &'static Metadata {
        match self {
            Self::Section(metadata) => metadata,
            Self::Optional(inner) | Self::List(inner) | Self::Map(inner) => inner().section(),
        }
    }
}

/// What a value's type accepts, as far as the type tells serde.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Kind, ValueKind};
///
/// let it = ValueKind { optional: true, ..ValueKind::new(Kind::Duration) };
/// assert_eq!((it.kind().as_str(), it.is_optional(), it.is_secret()), ("duration", true, false));
/// ```
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
    pub unsure: bool,
    #[doc(hidden)]
    pub element: Option<Box<ValueKind>>,
}

impl ValueKind {
    /// A value of a kind, required and not secret.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind::new(Kind::Bool);
    /// assert!(!it.is_optional() && !it.is_secret());
    /// ```
    pub const fn new(kind: Kind) -> Self {
        Self { kind, optional: false, secret: false, holds_secret: false, unsure: false, element: None }
    }

    /// Returns what the elements of a list, or the values of a map, are.
    pub fn element(&self) -> Option<&ValueKind> {
        self.element.as_deref()
    }

    /// Returns the kind of value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind { optional: true, secret: true, ..ValueKind::new(Kind::Text) };
    /// assert_eq!(*it.kind(), Kind::Text);
    /// ```
    pub fn kind(&self) -> &Kind {
        &self.kind
    }

    /// Returns whether the type accepts that there is no value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind { optional: true, secret: true, ..ValueKind::new(Kind::Text) };
    /// assert!(it.is_optional());
    /// ```
    pub fn is_optional(&self) -> bool {
        self.optional
    }

    /// Returns whether the type hides something inside its value.
    pub fn holds_secret(&self) -> bool {
        self.secret || self.holds_secret
    }

    /// Returns whether the type hides its value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind { optional: true, secret: true, ..ValueKind::new(Kind::Text) };
    /// assert!(it.is_secret() && it.holds_secret());
    /// ```
    pub fn is_secret(&self) -> bool {
        self.secret
    }
}

/// The kinds of value.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Kind;
///
/// let port = Kind::Integer { min: 0, max: u128::from(u16::MAX) };
/// assert_eq!((port.as_str(), Kind::Duration.as_str()), ("integer", "duration"));
/// ```
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
///
/// # Example
///
/// ```
/// use confkit_sources::declared::FieldDefault;
///
/// let default = FieldDefault::Expression { source: "workers()", shown: || Some("4".to_owned()) };
/// let FieldDefault::Expression { shown, .. } = default else { panic!() };
/// assert_eq!(shown().as_deref(), Some("4"));
/// ```
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
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{EnvName, Field};
///
/// assert_eq!(*Field::EMPTY.env(), EnvName::Derived);
/// let url = Field { key: "url", env: EnvName::Named("DATABASE_URL"), ..Field::EMPTY };
/// assert_eq!(*url.env(), EnvName::Named("DATABASE_URL"));
/// ```
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

/// What happens to a key that no field takes.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::Unknown;
///
/// let words = [Unknown::Deny, Unknown::Warn, Unknown::Allow].map(Unknown::as_str);
/// assert_eq!(words, ["deny", "warn", "allow"]);
/// ```
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
