//! One field: its names, its content and its default.

use super::relaxed::alike;
use super::{Merge, Refinement, Rule, Shape, ValueKind};

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
    pub renamed_from: &'static [&'static str],
    #[doc(hidden)]
    pub deprecated: Option<&'static str>,
    #[doc(hidden)]
    pub relaxed: bool,
    #[doc(hidden)]
    pub docs: &'static str,
    #[doc(hidden)]
    pub content: Content,
    #[doc(hidden)]
    pub schema: Option<fn() -> Option<String>>,
    #[doc(hidden)]
    pub length: Option<usize>,
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
    /// What the old keys are in variables, in their order; empty where the name did not change.
    #[doc(hidden)]
    pub env_formers: &'static [&'static str],
    #[doc(hidden)]
    pub env_delimiter: char,
    #[doc(hidden)]
    pub arg: ArgName,
    #[doc(hidden)]
    pub secret: bool,
    #[doc(hidden)]
    pub required_profiles: &'static [&'static str],
    #[doc(hidden)]
    pub merge: Option<Merge>,
    #[doc(hidden)]
    pub rules: &'static [Rule],
    #[doc(hidden)]
    pub refinements: &'static [Refinement],
    #[doc(hidden)]
    pub example: Option<&'static str>,
    #[doc(hidden)]
    pub unit: Option<&'static str>,
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
        renamed_from: &[],
        deprecated: None,
        relaxed: false,
        docs: "",
        content: Content::Skipped,
        schema: None,
        length: None,
        optional: false,
        default: FieldDefault::None,
        env: EnvName::Derived,
        env_segment: "",
        env_aliases: &[],
        env_formers: &[],
        env_delimiter: ',',
        arg: ArgName::DERIVED,
        secret: false,
        required_profiles: &[],
        merge: None,
        rules: &[],
        refinements: &[],
        example: None,
        unit: None,
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

    /// Returns the keys that the field had before: they are read, with a warning.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max_conn", renamed_from: &["pool"], ..Field::EMPTY };
    /// assert_eq!(it.renamed_from(), ["pool"]);
    /// ```
    pub fn renamed_from(&self) -> &'static [&'static str] {
        self.renamed_from
    }

    /// Returns what is said to whoever sets the field, if it is deprecated; the text may be empty.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { deprecated: Some("use `pool.size`"), ..Field::EMPTY };
    /// assert_eq!(it.deprecated(), Some("use `pool.size`"));
    /// assert_eq!(Field::EMPTY.deprecated(), None);
    /// ```
    pub fn deprecated(&self) -> Option<&'static str> {
        self.deprecated
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

    /// Returns the JSON Schema that the value's type gives of itself, as JSON text; none for types that
    /// give none, and where nothing asks for it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { schema: Some(|| Some(r#"{"type":"string"}"#.to_owned())), ..Field::EMPTY };
    /// assert_eq!(it.own_schema().as_deref(), Some(r#"{"type":"string"}"#));
    /// assert_eq!(Field::EMPTY.own_schema(), None);
    /// ```
    pub fn own_schema(&self) -> Option<String> {
        self.schema.and_then(|schema| schema())
    }

    /// Returns how many sections there are in a field that is written as an array of them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// // `servers: [Server; 2]`
    /// let it = Field { length: Some(2), ..Field::EMPTY };
    /// assert_eq!((it.length(), Field::EMPTY.length()), (Some(2), None));
    /// ```
    pub fn length(&self) -> Option<usize> {
        self.length
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

    /// Returns how the field's argument is named.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{ArgName, Field};
    ///
    /// let it = Field { arg: ArgName { short: Some('p'), ..ArgName::DERIVED }, ..Field::EMPTY };
    /// assert_eq!(it.arg().short(), Some('p'));
    /// ```
    pub fn arg(&self) -> &ArgName {
        &self.arg
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

    /// Returns what the field says about what several layers give it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, Merge};
    ///
    /// let it = Field { merge: Some(Merge::Unique), ..Field::EMPTY };
    /// assert_eq!(it.merge(), Some(Merge::Unique));
    /// assert_eq!(Field::EMPTY.merge(), None);
    /// ```
    #[inline]
    pub fn merge(&self) -> Option<Merge> {
        self.merge
    }

    /// Returns the rules on the value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, Rule, RuleKind};
    ///
    /// let it = Field { rules: &[Rule { kind: RuleKind::NonEmpty, ..Rule::EMPTY }], ..Field::EMPTY };
    /// assert_eq!(it.rules()[0].kind().as_str(), "non_empty");
    /// ```
    pub fn rules(&self) -> &'static [Rule] {
        self.rules
    }

    /// Returns the rules that this type adds to fields of the type inside.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Field, Refinement, Rule};
    ///
    /// let it = Field { refinements: &[Refinement { field: "port", rules: &[Rule::EMPTY] }], ..Field::EMPTY };
    /// assert_eq!(it.refinements()[0].field(), "port");
    /// ```
    pub fn refinements(&self) -> &'static [Refinement] {
        self.refinements
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

    /// Returns what a number counts, for samples and reference pages.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { unit: Some("ms"), ..Field::EMPTY };
    /// assert_eq!(it.unit(), Some("ms"));
    /// ```
    pub fn unit(&self) -> Option<&'static str> {
        self.unit
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

    /// Returns what its value is; nothing for a section.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Content, Field, Kind, ValueKind};
    ///
    /// let it = Field { content: Content::Value(|| ValueKind::new(Kind::Bool)), ..Field::EMPTY };
    /// assert_eq!(*it.kind().unwrap().kind(), Kind::Bool);
    /// assert_eq!(Field::EMPTY.kind(), None);
    /// ```
    pub fn kind(&self) -> Option<ValueKind> {
        match &self.content {
            Content::Value(kind) | Content::Rest(kind) => Some(kind()),
            _ => None,
        }
    }

    /// Returns whether other spellings of the keys are accepted: any case, and `-`, `_` and capitals
    /// between words alike.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { relaxed: true, ..Field::EMPTY };
    /// assert!(it.is_relaxed());
    /// ```
    pub fn is_relaxed(&self) -> bool {
        self.relaxed
    }

    /// Returns whether `key` is the field's key, one of its aliases or an old key, letter by letter.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max-conn", aliases: &["limit"], relaxed: true, ..Field::EMPTY };
    /// assert!(it.is_named("max-conn") && it.is_named("limit"));
    /// assert!(!it.is_named("maxConn"));
    /// ```
    pub fn is_named(&self, key: &str) -> bool {
        self.key == key || self.aliases.contains(&key) || self.renamed_from.contains(&key)
    }

    /// Returns whether `key` names this field, in another spelling too where those are accepted.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max-conn", aliases: &["limit"], ..Field::EMPTY };
    /// assert!(it.answers_to("max-conn") && it.answers_to("limit"));
    /// assert!(!it.answers_to("maxConn"));
    ///
    /// let it = Field { relaxed: true, ..it };
    /// assert!(it.answers_to("maxConn") && it.answers_to("MAX_CONN") && it.answers_to("Limit"));
    /// ```
    pub fn answers_to(&self, key: &str) -> bool {
        self.is_named(key) || (self.relaxed && self.is_like(key))
    }

    #[cold]
    fn is_like(&self, key: &str) -> bool {
        self.is_like_present(key) || self.renamed_from.iter().any(|old| alike(old, key))
    }

    fn is_like_present(&self, key: &str) -> bool {
        std::iter::once(&self.key).chain(self.aliases).any(|own| alike(own, key))
    }

    /// Returns the old key that `key` is, if it is none of those that the field has now.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Field;
    ///
    /// let it = Field { key: "max_conn", renamed_from: &["pool"], ..Field::EMPTY };
    /// assert_eq!((it.former("pool"), it.former("max_conn")), (Some("pool"), None));
    /// ```
    pub fn former(&self, key: &str) -> Option<&'static str> {
        if self.renamed_from.is_empty() || self.key == key || self.aliases.contains(&key) {
            return None;
        }
        let exact = self.renamed_from.iter().find(|old| **old == key);
        let like = || {
            let is_former = self.relaxed && !self.is_like_present(key);
            self.renamed_from.iter().find(|old| is_former && alike(old, key))
        };
        exact.or_else(like).copied()
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

/// How a field's argument is named.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::ArgName;
///
/// let it = ArgName { long: Some("listen"), ..ArgName::DERIVED };
/// assert_eq!((it.long(), it.short()), (Some("listen"), None));
/// assert!(!it.is_skipped() && !it.takes_secret());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArgName {
    #[doc(hidden)]
    pub long: Option<&'static str>,
    #[doc(hidden)]
    pub short: Option<char>,
    #[doc(hidden)]
    pub skipped: bool,
    #[doc(hidden)]
    pub secret: bool,
}

impl ArgName {
    #[doc(hidden)]
    pub const DERIVED: Self = Self { long: None, short: None, skipped: false, secret: false };

    /// Returns the whole name without dashes; without one it follows from the path.
    pub fn long(&self) -> Option<&'static str> {
        self.long
    }

    /// Returns the letter that stands for the name.
    pub fn short(&self) -> Option<char> {
        self.short
    }

    /// Returns whether there is no argument.
    pub fn is_skipped(&self) -> bool {
        self.skipped
    }

    /// Returns whether there is an argument although the value is secret.
    pub fn takes_secret(&self) -> bool {
        self.secret
    }
}
