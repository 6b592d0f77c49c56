//! What a settings type declares, as plain data.
//!
//! `#[derive(Config)]` writes one [`Metadata`] constant for each type. Everything that has to know
//! names works from it: variables are bound by it, reports and reference pages are made from it.
//! Nothing here knows a Rust type; nested types are reached through function pointers, so that
//! recursive declarations are possible.

mod field;
#[cfg(any(feature = "args", feature = "env"))]
#[cfg_attr(not(feature = "args"), allow(dead_code, reason = "files need less of what is found"))]
pub(crate) mod find;
mod kind;
mod merge;
#[cfg(any(feature = "args", feature = "env"))]
mod policy;
mod relaxed;
mod rule;
mod variant;
mod versioned;

pub use self::field::{ArgName, Content, EnvName, Field, FieldDefault};
pub use self::kind::{Kind, Shape, ValueKind};
pub use self::merge::Merge;
#[cfg(any(feature = "args", feature = "env"))]
pub(crate) use self::policy::nearest_policy;
pub use self::rule::{Check, Condition, Refinement, Rule, RuleKind};
pub use self::variant::{Holds, Tagging, Variant, Variants};
pub use self::versioned::Versioned;

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
    pub relaxed_keys: bool,
    #[doc(hidden)]
    pub outdated: bool,
    #[doc(hidden)]
    pub loading: &'static Loading,
    #[doc(hidden)]
    pub variants: Option<&'static Variants>,
    #[doc(hidden)]
    pub whole: Option<&'static Field>,
}

impl Metadata {
    /// The values of a type that declares nothing; the derive fills in the rest.
    #[doc(hidden)]
    pub const EMPTY: Self = Self {
        name: "",
        docs: "",
        fields: &[],
        checks: &[],
        unknown_keys: None,
        relaxed_keys: false,
        outdated: false,
        loading: &Loading::NONE,
        variants: None,
        whole: None,
    };

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
    /// use confkit_sources::declared::{Check, Metadata, Rule};
    ///
    /// const CHECK: Check = Check { rule: Rule::EMPTY, fields: &["min", "max"] };
    /// let it = Metadata { checks: &[CHECK], ..Metadata::EMPTY };
    /// assert_eq!(it.checks()[0].fields(), ["min", "max"]);
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

    /// Returns whether the type accepts other spellings of its own keys.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Metadata;
    ///
    /// let it = Metadata { relaxed_keys: true, ..Metadata::EMPTY };
    /// assert!(it.relaxed_keys());
    /// ```
    pub fn relaxed_keys(&self) -> bool {
        self.relaxed_keys
    }

    /// Whether a field has old keys or is deprecated, so that what is given has to be looked at.
    #[doc(hidden)]
    pub fn is_outdated(&self) -> bool {
        self.outdated
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

    /// Returns the variants of an enum with data.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Metadata, Tagging, Variants};
    ///
    /// static VARIANTS: Variants = Variants { tagging: Tagging::External, list: &[] };
    /// let it = Metadata { variants: Some(&VARIANTS), ..Metadata::EMPTY };
    /// assert_eq!(it.variants().unwrap().tagging(), Tagging::External);
    /// ```
    pub fn variants(&self) -> Option<&'static Variants> {
        self.variants
    }

    /// Returns what may stand in place of the table: the name of a variant, or the one value of an
    /// untagged one. It has no key.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
    ///
    /// static NAME: Field = Field { content: Content::Value(|| ValueKind::new(Kind::Text)), ..Field::EMPTY };
    /// let it = Metadata { whole: Some(&NAME), ..Metadata::EMPTY };
    /// assert_eq!(*it.whole().unwrap().kind().unwrap().kind(), Kind::Text);
    /// ```
    pub fn whole(&self) -> Option<&'static Field> {
        self.whole
    }

    /// Returns whether a value anywhere inside may be secret.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Content, Field, Metadata, Shape};
    ///
    /// static INNER: Metadata =
    ///     Metadata { fields: &[Field { key: "token", secret: true, ..Field::EMPTY }], ..Metadata::EMPTY };
    /// let fields = &[Field { content: Content::Nested(|| Shape::Section(&INNER)), ..Field::EMPTY }];
    /// assert!(Metadata { fields, ..Metadata::EMPTY }.may_hold_secret());
    /// assert!(!Metadata::EMPTY.may_hold_secret());
    /// ```
    pub fn may_hold_secret(&self) -> bool {
        fn any(metadata: &Metadata, seen: &mut Vec<*const Metadata>) -> bool {
            if seen.contains(&std::ptr::from_ref(metadata)) {
                return false;
            }
            seen.push(metadata);
            metadata.fields().iter().any(|field| {
                field.may_hold_secret()
                    || match field.content() {
                        Content::Nested(shape) | Content::Flattened(shape) => any(shape().section(), seen),
                        _ => false,
                    }
            })
        }
        any(self, &mut Vec::new())
    }

    /// The metadata of one variant, by its position; for the derive.
    #[doc(hidden)]
    pub fn variant(&self, index: usize) -> &'static Metadata {
        self.variants.and_then(|variants| variants.list.get(index)).map_or(&Self::EMPTY, |one| one.metadata)
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
///     files: &[DeclaredFile { path: "app.toml", required: true, directory: false }],
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
    pub secrets_dirs: &'static [&'static str],
    #[doc(hidden)]
    pub dotenv: &'static [&'static str],
    #[doc(hidden)]
    pub profile_env: Option<&'static str>,
    #[doc(hidden)]
    pub profiles: &'static [&'static str],
    #[doc(hidden)]
    pub args: bool,
    #[doc(hidden)]
    pub versioned: Option<Versioned>,
}

impl Loading {
    #[doc(hidden)]
    pub const NONE: Self = Self {
        env_prefix: None,
        files: &[],
        secrets_dirs: &[],
        dotenv: &[],
        profile_env: None,
        profiles: &[],
        args: false,
        versioned: None,
    };

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
    /// const BASE: DeclaredFile = DeclaredFile { path: "base.toml", required: true, directory: false };
    /// let it = Loading { files: &[BASE], ..Loading::NONE };
    /// assert_eq!(it.files()[0].path(), "base.toml");
    /// ```
    pub fn files(&self) -> &'static [DeclaredFile] {
        self.files
    }

    /// Returns its directories in which each file is one value, lowest layer first. They may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { secrets_dirs: &["/run/secrets"], ..Loading::NONE };
    /// assert_eq!(it.secrets_dirs(), ["/run/secrets"]);
    /// ```
    pub fn secrets_dirs(&self) -> &'static [&'static str] {
        self.secrets_dirs
    }

    /// Returns its files of variables, lowest layer first. They may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { dotenv: &[".env"], ..Loading::NONE };
    /// assert_eq!(it.dotenv(), [".env"]);
    /// ```
    pub fn dotenv(&self) -> &'static [&'static str] {
        self.dotenv
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

    /// Returns whether it reads the program's arguments.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::Loading;
    ///
    /// let it = Loading { args: true, ..Loading::NONE };
    /// assert!(it.reads_args() && !Loading::NONE.reads_args());
    /// ```
    pub fn reads_args(&self) -> bool {
        self.args
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

/// A file that a settings type reads, or a directory of such files.
#[derive(Debug)]
pub struct DeclaredFile {
    #[doc(hidden)]
    pub path: &'static str,
    #[doc(hidden)]
    pub required: bool,
    #[doc(hidden)]
    pub directory: bool,
}

impl DeclaredFile {
    /// Returns the path as written, `{profile}` included.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::DeclaredFile;
    ///
    /// let file = DeclaredFile { path: "config/{profile}.toml", required: false, directory: false };
    /// assert_eq!((file.path(), file.is_required()), ("config/{profile}.toml", false));
    /// ```
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// Returns whether its absence is a problem.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Returns whether it is a directory, all files of which are read.
    pub fn is_directory(&self) -> bool {
        self.directory
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
