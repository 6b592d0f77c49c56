//! What one problem says.

use std::fmt;

use confkit_sources::Origin;

use super::Snippet;

/// What kind of problem it is. The names are stable.
///
/// # Example
///
/// ```
/// use confkit::Code;
///
/// assert_eq!(Code::UnknownKey.as_str(), "unknown_key");
/// assert_eq!(Code::UnknownKey.to_string(), "unknown_key");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Code {
    /// A source breaks the rules of its format.
    Syntax,
    /// Text is not UTF-8.
    Encoding,
    /// A value has another type than its setting.
    Type,
    /// A required setting is not there.
    Missing,
    /// There is no such setting.
    UnknownKey,
    /// A value is none of the names that its setting takes.
    UnknownVariant,
    /// A value has the right type and breaks a rule.
    Invalid,
    /// Two places contradict each other.
    Conflict,
    /// A key stands twice in one source.
    Duplicate,
    /// There is no such profile.
    Profile,
    /// A required source is not there.
    NotFound,
    /// A source may not be read.
    Permission,
    /// A source cannot be read for another reason.
    Source,
    /// A source is larger or deeper than allowed.
    Limit,
    /// Values refer to each other in a circle.
    Cycle,
    /// A reference inside a value cannot be resolved.
    Interpolation,
    /// A source is of another version than the program.
    Version,
    /// A setting is to be given another way.
    Deprecated,
    /// The declaration itself is wrong.
    Declaration,
    /// A value cannot be held by the format that it is to be written in.
    Unwritable,
}

impl Code {
    /// Returns the stable name, as reports show it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Encoding => "encoding",
            Self::Type => "type",
            Self::Missing => "missing",
            Self::UnknownKey => "unknown_key",
            Self::UnknownVariant => "unknown_variant",
            Self::Invalid => "invalid",
            Self::Conflict => "conflict",
            Self::Duplicate => "duplicate",
            Self::Profile => "profile",
            Self::NotFound => "not_found",
            Self::Permission => "permission",
            Self::Source => "source",
            Self::Limit => "limit",
            Self::Cycle => "cycle",
            Self::Interpolation => "interpolation",
            Self::Version => "version",
            Self::Deprecated => "deprecated",
            Self::Declaration => "declaration",
            Self::Unwritable => "unwritable",
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whether a problem keeps the settings from being used.
///
/// # Example
///
/// ```
/// use confkit::{Config, Severity};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let report = Settings::loader().load().unwrap_err();
/// assert_eq!(report.problems()[0].severity(), Severity::Error);
/// assert_eq!(Severity::Error.as_str(), "error");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// The load fails.
    Error,
    /// The load goes on.
    Warning,
}

impl Severity {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem of a [`Report`](super::Report).
///
/// # Example
///
/// ```
/// use confkit::{Code, Config, Format};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let report = Settings::loader().text(Format::Toml, "app.toml", "port = 'x'").load().unwrap_err();
/// let problem = &report.problems()[0];
/// assert_eq!((problem.code(), problem.path()), (Code::Type, "port"));
/// assert_eq!(problem.message(), "port must be an integer from 0 to 65535, not the string \"x\"");
/// assert_eq!(problem.origin().unwrap().to_string(), "app.toml:1:8");
/// ```
#[derive(Debug, Clone)]
pub struct Problem(Box<Told>);

/// What a problem is made from; every text is clean and free of secrets.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) rule: Option<&'static str>,
    pub(crate) path: String,
    pub(crate) message: String,
    pub(crate) params: Vec<(&'static str, String)>,
    pub(crate) origin: Option<Origin>,
    pub(crate) snippet: Option<Snippet>,
    pub(crate) related: Vec<Related>,
    pub(crate) suggestion: Option<String>,
    pub(crate) help: Option<String>,
    /// The layer and the position there; what has no place comes last.
    pub(crate) order: (usize, usize),
}

impl Problem {
    pub(crate) fn new(told: Told) -> Self {
        Self(Box::new(told))
    }

    /// A problem of a value that is in no source.
    #[cfg(feature = "write")]
    pub(crate) fn unplaced(code: Code, path: &str, message: &str, help: Option<&str>) -> Self {
        let cleaned = |text: &str| super::clean(text).into_owned();
        Self::new(Told {
            code,
            severity: Severity::Error,
            rule: None,
            path: cleaned(path),
            message: cleaned(message),
            params: Vec::new(),
            origin: None,
            snippet: None,
            related: Vec::new(),
            suggestion: None,
            help: help.map(cleaned),
            order: (usize::MAX, 0),
        })
    }

    pub(crate) fn order(&self) -> (usize, usize) {
        self.0.order
    }

    pub(crate) fn snippet(&self) -> Option<&Snippet> {
        self.0.snippet.as_ref()
    }

    /// Hides secrets that became known after the problem was told.
    pub(crate) fn masked(mut self, secrets: &super::KnownSecrets) -> Self {
        self.0.message = secrets.mask(&self.0.message).into_owned();
        self.0.help = self.0.help.map(|help| secrets.mask(&help).into_owned());
        self
    }

    /// The same, told of some profiles.
    #[cfg(feature = "testing")]
    pub(crate) fn of_profiles(mut self, words: &str) -> Self {
        self.0.message = format!("{words}: {}", self.0.message);
        self
    }

    pub(crate) fn denied(mut self) -> Self {
        self.0.severity = Severity::Error;
        self
    }

    /// Returns what kind of problem it is.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Returns the name of the rule that is broken, where it is one: `range`, `check`, …
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(validate(non_empty))]
    ///     host: String,
    /// }
    ///
    /// let report = Settings::loader().set("host", "").load().unwrap_err();
    /// assert_eq!(report.problems()[0].rule(), Some("non_empty"));
    /// ```
    pub fn rule(&self) -> Option<&str> {
        self.0.rule
    }

    /// Returns the path of the setting; empty where none is meant.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the sentence that tells it.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns where it is.
    pub fn origin(&self) -> Option<&Origin> {
        self.0.origin.as_ref()
    }

    /// Returns the other places that have to do with it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let text = "port = 1\nport = 2";
    /// let report = Settings::loader().text(Format::Toml, "app.toml", text).load().unwrap_err();
    /// let problem = &report.problems()[0];
    /// assert_eq!(problem.origin().unwrap().line(), Some(2));
    /// assert_eq!(problem.related()[0].origin().line(), Some(1));
    /// ```
    pub fn related(&self) -> &[Related] {
        &self.0.related
    }

    /// Returns what to do.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().text(Format::Toml, "app.toml", "").load().unwrap_err();
    /// assert_eq!(report.problems()[0].help(), Some("set `port` in app.toml"));
    /// ```
    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Returns the name that was probably meant.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader();
    /// let report = loader.clone().text(Format::Toml, "app.toml", "prot = 1").load().unwrap_err();
    /// assert_eq!(report.problems()[0].suggestion(), Some("port"));
    /// let report = loader.text(Format::Toml, "app.toml", "colour = 1").load().unwrap_err();
    /// assert_eq!(report.problems()[0].suggestion(), None);
    /// ```
    pub fn suggestion(&self) -> Option<&str> {
        self.0.suggestion.as_deref()
    }

    /// Returns whether it keeps the settings from being used.
    pub fn severity(&self) -> Severity {
        self.0.severity
    }

    /// Returns the facts of a rule, such as `min` and `max`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(validate(range(min = 1, max = 64)))]
    ///     workers: u16,
    /// }
    ///
    /// let report = Settings::loader().set("workers", 65).load().unwrap_err();
    /// assert_eq!(report.problems()[0].params(), [("min", "1".to_owned()), ("max", "64".to_owned())]);
    /// ```
    pub fn params(&self) -> &[(&'static str, String)] {
        &self.0.params
    }
}

/// The message alone; a report shows the place as well.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// Another place that has to do with a problem.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Debug, Config)]
/// #[config(check(self.min <= self.max, "min must not be above max"))]
/// struct Pool {
///     min: u16,
///     max: u16,
/// }
///
/// let report = Pool::loader().text(Format::Toml, "pool.toml", "min = 2\nmax = 1").load().unwrap_err();
/// let related = &report.problems()[0].related()[0];
/// assert_eq!((related.message(), related.origin().line()), ("max is 1", Some(2)));
/// ```
#[derive(Debug, Clone)]
pub struct Related {
    pub(crate) origin: Origin,
    pub(crate) message: String,
    pub(crate) snippet: Option<Snippet>,
}

impl Related {
    /// Returns the place.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns what is there.
    pub fn message(&self) -> &str {
        &self.message
    }
}
