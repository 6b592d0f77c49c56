//! Where a value stands.

use std::borrow::Cow;
use std::fmt;

/// The place of a value: a position in a file, a variable, an argument, a default or a line of code.
///
/// Its `Display` is what reports show: `config/base.toml:5:8`, `environment variable ORDERS_PORT`,
/// `--port`, `default`.
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, Origin, OriginKind};
///
/// let document = Document::toml("base.toml", "port = 8080\n".to_owned()).unwrap();
/// let port = document.root().get("port").unwrap();
/// assert_eq!(port.origin().to_string(), "base.toml:1:8");
/// assert_eq!(port.origin().kind(), OriginKind::File);
/// assert_eq!(Origin::variable("PORT").to_string(), "environment variable PORT");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    kind: OriginKind,
    source: Cow<'static, str>,
    key: Option<Cow<'static, str>>,
    start: Option<Position>,
    end: Option<Position>,
}

/// The source of variables that hold their value themselves.
pub(crate) const ENVIRONMENT: &str = "environment";

/// The source of arguments.
pub(crate) const ARGUMENTS: &str = "arguments";

/// A line and column, both from one. Columns count characters.
///
/// # Example
///
/// ```
/// use confkit_sources::Position;
///
/// assert!(Position { line: 1, column: 9 } < Position { line: 2, column: 1 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// The kinds of place.
///
/// # Example
///
/// ```
/// use confkit_sources::OriginKind;
///
/// assert_eq!([OriginKind::File, OriginKind::Variable].map(OriginKind::as_str), ["file", "variable"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OriginKind {
    /// The declaration's own default.
    Default,
    /// A file.
    File,
    /// A document given as text.
    Text,
    /// An environment variable.
    Variable,
    /// A command-line argument.
    Argument,
    /// A value set by the program.
    Code,
    /// A provider of another crate.
    Provider,
    /// A source of another kind.
    Source,
}

impl OriginKind {
    /// Returns a stable name for the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::File => "file",
            Self::Text => "text",
            Self::Variable => "variable",
            Self::Argument => "argument",
            Self::Code => "code",
            Self::Provider => "provider",
            Self::Source => "source",
        }
    }
}

impl Origin {
    /// A place known by the name of its source alone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Origin, OriginKind};
    ///
    /// let origin = Origin::new(OriginKind::Source, "vault");
    /// assert_eq!(origin.to_string(), "vault");
    /// ```
    pub fn new(kind: OriginKind, source: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, source: source.into(), key: None, start: None, end: None }
    }

    /// The declaration's own default.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Origin, OriginKind};
    ///
    /// let origin = Origin::default_value();
    /// assert_eq!((origin.kind(), origin.to_string().as_str()), (OriginKind::Default, "default"));
    /// ```
    pub fn default_value() -> Self {
        Self::new(OriginKind::Default, "default")
    }

    /// An environment variable.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Origin};
    ///
    /// let origin = Origin::variable("APP_PORT");
    /// assert_eq!((origin.source(), origin.key()), ("environment", Some("APP_PORT")));
    /// ```
    pub fn variable(name: impl Into<Cow<'static, str>>) -> Self {
        Self { key: Some(name.into()), ..Self::new(OriginKind::Variable, ENVIRONMENT) }
    }

    /// A command-line argument, by its name with the dashes.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Origin;
    ///
    /// let origin = Origin::argument("--port");
    /// assert_eq!((origin.source(), origin.key()), ("arguments", Some("--port")));
    /// assert_eq!(origin.to_string(), "--port");
    /// ```
    pub fn argument(name: impl Into<Cow<'static, str>>) -> Self {
        Self { key: Some(name.into()), ..Self::new(OriginKind::Argument, ARGUMENTS) }
    }

    /// The same place with the key under which the source knows the value.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Origin, OriginKind};
    ///
    /// let origin = Origin::new(OriginKind::Source, "vault").with_key("orders/port");
    /// assert_eq!(origin.to_string(), "vault (orders/port)");
    /// ```
    pub fn with_key(self, key: impl Into<Cow<'static, str>>) -> Self {
        Self { key: Some(key.into()), ..self }
    }

    /// The same place with its first and last position.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Origin, OriginKind, Position};
    ///
    /// let (start, end) = (Position { line: 5, column: 8 }, Position { line: 5, column: 10 });
    /// let origin = Origin::new(OriginKind::File, "app.toml").with_positions(start, end);
    /// assert_eq!((origin.to_string().as_str(), origin.end()), ("app.toml:5:8", Some(end)));
    /// ```
    pub fn with_positions(self, start: Position, end: Position) -> Self {
        Self { start: Some(start), end: Some(end), ..self }
    }

    /// Returns the kind of place.
    pub fn kind(&self) -> OriginKind {
        self.kind
    }

    /// Returns the name of the source: a path, `environment`, `arguments`, a provider's name.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns the line, counted from one.
    pub fn line(&self) -> Option<usize> {
        self.start.map(|position| position.line)
    }

    /// Returns the column in characters, counted from one.
    pub fn column(&self) -> Option<usize> {
        self.start.map(|position| position.column)
    }

    /// Returns the position just behind the value.
    pub fn end(&self) -> Option<Position> {
        self.end
    }

    /// Returns the key in the source's own terms: a variable's or an argument's name, a provider's key.
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns a stable name for the kind of place.
    pub fn as_str(&self) -> &'static str {
        self.kind.as_str()
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, &self.key, self.start) {
            (_, _, Some(Position { line, column })) => write!(f, "{}:{line}:{column}", self.source),
            (OriginKind::Variable, Some(name), _) if self.source != ENVIRONMENT => {
                write!(f, "environment variable {name} ({})", self.source)
            }
            (OriginKind::Variable, Some(name), _) => write!(f, "environment variable {name}"),
            (OriginKind::Argument, Some(name), _) => f.write_str(name),
            (_, Some(key), None) => write!(f, "{} ({key})", self.source),
            (_, None, None) => f.write_str(&self.source),
        }
    }
}
