//! What a field holds: the kind of its value, or the shape of the sections in it.

use super::Metadata;

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

    /// Returns the settings type if nothing but an `Option` holds it. Only then its fields can stand beside those
    /// of another type; a flattened map has keys of its own.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Metadata, Shape};
    ///
    /// static SERVER: Metadata = Metadata { name: "Server", ..Metadata::EMPTY };
    /// assert_eq!(Shape::Section(&SERVER).alone().map(Metadata::name), Some("Server"));
    /// assert!(Shape::Map(|| Shape::Section(&SERVER)).alone().is_none());
    /// ```
    pub fn alone(self) -> Option<&'static Metadata> {
        match self {
            Self::Section(metadata) => Some(metadata),
            Self::Optional(inner) => inner().alone(),
            Self::List(_) | Self::Map(_) => None,
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
    #[doc(hidden)]
    pub docs_of_names: Vec<String>,
    #[doc(hidden)]
    pub other_names: Vec<String>,
    #[doc(hidden)]
    pub any_name: bool,
    #[doc(hidden)]
    pub path: bool,
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
        Self {
            kind,
            optional: false,
            secret: false,
            holds_secret: false,
            unsure: false,
            element: None,
            docs_of_names: Vec::new(),
            other_names: Vec::new(),
            any_name: false,
            path: false,
        }
    }

    /// Returns what the elements of a list, or the values of a map, are.
    pub fn element(&self) -> Option<&ValueKind> {
        self.element.as_deref()
    }

    /// Returns what the documentation comments of a [`Kind::Choice`] say of its names, in their order;
    /// nothing if there are none, or if the type is not derived by confkit.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind::new(Kind::Choice(&["dev", "live"]));
    /// assert!(it.docs_of_names().is_empty());
    /// ```
    pub fn docs_of_names(&self) -> &[String] {
        &self.docs_of_names
    }

    /// Returns the aliases of a [`Kind::Choice`]'s names; nothing if the type is not derived by confkit.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let names = Kind::Choice(&["dev", "live"]);
    /// let it = ValueKind { other_names: vec!["production".to_owned()], ..ValueKind::new(names) };
    /// assert_eq!(it.other_names(), ["production"]);
    /// ```
    pub fn other_names(&self) -> &[String] {
        &self.other_names
    }

    /// Returns whether a [`Kind::Choice`] takes every other name as well, as `#[serde(other)]` says.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind { any_name: true, ..ValueKind::new(Kind::Choice(&["dev", "live"])) };
    /// assert!(it.takes_any_name());
    /// ```
    pub fn takes_any_name(&self) -> bool {
        self.any_name
    }

    /// Returns whether the text is the path of a file or directory.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::declared::{Kind, ValueKind};
    ///
    /// let it = ValueKind { path: true, ..ValueKind::new(Kind::Text) };
    /// assert!(it.is_path() && !ValueKind::new(Kind::Text).is_path());
    /// ```
    pub fn is_path(&self) -> bool {
        self.path
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
