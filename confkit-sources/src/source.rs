//! The contract that a source of settings fulfils.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::declared::Metadata;
use crate::document::Document;
use crate::format::{Format, SyntaxError};
use crate::system::System;
use crate::watch::{Watch, WatchContext};

/// A place that settings come from.
///
/// A source is read once for each load. It gives a [`Document`], says that there is nothing, or
/// tells what went wrong; it never decides what a missing or unknown setting means.
///
/// # Example
///
/// ```
/// use std::borrow::Cow;
/// use std::collections::BTreeMap;
///
/// use confkit_sources::{Document, OriginKind, Read, ReadContext, Source, SourceError};
///
/// struct Fixed;
///
/// impl Source for Fixed {
///     fn name(&self) -> Cow<'_, str> {
///         Cow::Borrowed("fixed values")
///     }
///
///     fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
///         let values = BTreeMap::from([("port", 1)]);
///         let document = Document::serialized(OriginKind::Source, "fixed values", &[], &values);
///         let document = document.map_err(|error| SourceError::new(error.to_string()))?;
///         Ok(document.map_or(Read::Absent, Read::from))
///     }
/// }
///
/// let read = Fixed.read(&ReadContext::new()).unwrap();
/// assert!(matches!(read, Read::Document(_, None)));
/// ```
pub trait Source: Send + Sync + 'static {
    /// Returns the name that reports show; the same for each read.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Source};
    ///
    /// assert_eq!(File::new("config/base.toml").name(), "config/base.toml");
    /// ```
    fn name(&self) -> Cow<'_, str>;

    /// Reads the source.
    ///
    /// # Errors
    ///
    /// Whatever prevents the source from telling its content; see [`SourceError`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().file("app.toml", "port = 80"));
    /// let Ok(Read::Document(document, None)) = File::new("app.toml").read(&cx) else { panic!() };
    /// assert_eq!(document.root().get("port").unwrap().text(), "80");
    /// ```
    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError>;

    /// Begins to tell when the source may have changed, for as long as the answer is held. By default
    /// there is no answer, and the source is read every so often instead. Files need no answer either: those
    /// that are read through [`ReadContext::system`] are watched.
    fn watch(&self, cx: &WatchContext<'_>) -> Option<Box<dyn Watch>> {
        let _ = cx;
        None
    }
}

/// What a source had to tell.
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, Read, Revision};
///
/// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
/// assert!(matches!(Read::from(document), Read::Document(_, None)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Read {
    /// Its content, with the mark of this state where the source has such marks.
    Document(Document, Option<Revision>),
    /// There is nothing, and that is no problem.
    Absent,
    /// The same as at the revision that [`ReadContext::previous`] names.
    Unchanged,
}

impl From<Document> for Read {
    fn from(document: Document) -> Self {
        Self::Document(document, None)
    }
}

/// A source's own mark of one state: a version number, an entity tag, a hash.
///
/// Marks that are [numbers](Self::numbered) have an order, and live settings use it: content of an older number
/// than the one that is held is not taken, since an answer that came late, or of a replica that is behind, must not
/// undo a newer one. All other marks are the same or different, and nothing else.
///
/// # Example
///
/// ```
/// use confkit_sources::Revision;
///
/// assert_eq!(Revision::new("v7").as_str(), "v7");
/// assert!(Revision::numbered(9).is_before(&Revision::numbered(10)));
/// assert!(!Revision::new("9").is_before(&Revision::new("10")));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Revision {
    mark: Box<str>,
    is_number: bool,
}

impl Revision {
    /// Takes the mark as the source writes it.
    pub fn new(mark: impl Into<String>) -> Self {
        Self { mark: mark.into().into(), is_number: false }
    }

    /// Takes a number that only grows as long as the source exists.
    ///
    /// A number that may start again, as Consul's index does after a restore, is a mark like any other: write it
    /// as text with [`Revision::new`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Revision;
    ///
    /// assert_eq!(Revision::numbered(7).as_str(), "7");
    /// ```
    pub fn numbered(number: u64) -> Self {
        Self { mark: number.to_string().into(), is_number: true }
    }

    /// Returns the mark.
    pub fn as_str(&self) -> &str {
        &self.mark
    }

    /// Whether it is the older one of two numbers; `false` where one of the two is no number.
    pub fn is_before(&self, other: &Self) -> bool {
        self.number().zip(other.number()).is_some_and(|(one, other)| one < other)
    }

    fn number(&self) -> Option<u64> {
        self.mark.parse().ok().filter(|_| self.is_number)
    }
}

/// What a source may want to know when it is read.
///
/// # Example
///
/// ```
/// use confkit_sources::{ReadContext, System};
///
/// let cx = ReadContext::new().with_system(System::memory()).with_profile("live");
/// assert_eq!(cx.profile(), "live");
/// assert!(!cx.system().is_real() && cx.declared().is_none() && cx.previous().is_none());
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ReadContext<'a> {
    system: System,
    root: PathBuf,
    profile: &'a str,
    declared: Option<&'static Metadata>,
    previous: Option<&'a Revision>,
    formats: &'a [Format],
}

impl<'a> ReadContext<'a> {
    /// The context of a read by hand: real system, working directory, profile `default`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::ReadContext;
    ///
    /// let cx = ReadContext::new();
    /// assert!(cx.system().is_real());
    /// assert_eq!(cx.profile(), "default");
    /// ```
    pub fn new() -> Self {
        Self {
            system: System::real(),
            root: PathBuf::new(),
            profile: "default",
            declared: None,
            previous: None,
            formats: &[],
        }
    }

    /// The same with another system.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{ReadContext, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().var("REGION", "eu"));
    /// assert_eq!(cx.system().variable("REGION").unwrap(), "eu");
    /// ```
    pub fn with_system(self, system: System) -> Self {
        Self { system, ..self }
    }

    /// The same with another directory for relative paths.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().file("/etc/app.toml", "")).with_root("/etc");
    /// assert_eq!(cx.root(), Path::new("/etc"));
    /// assert!(matches!(File::new("app.toml").read(&cx), Ok(Read::Document(..))));
    /// ```
    pub fn with_root(self, root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), ..self }
    }

    /// The same with another profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().file("live.toml", "")).with_profile("live");
    /// assert!(matches!(File::new("{profile}.toml").read(&cx), Ok(Read::Document(..))));
    /// ```
    pub fn with_profile(self, profile: &'a str) -> Self {
        Self { profile, ..self }
    }

    /// The same with a declaration, for sources that look names up.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::ReadContext;
    /// use confkit_sources::declared::Metadata;
    ///
    /// static SETTINGS: Metadata = Metadata { name: "Settings", ..Metadata::EMPTY };
    /// let cx = ReadContext::new().with_declared(&SETTINGS);
    /// assert_eq!(cx.declared().unwrap().name(), "Settings");
    /// ```
    pub fn with_declared(self, declared: &'static Metadata) -> Self {
        Self { declared: Some(declared), ..self }
    }

    /// The same with the revision that the reader holds.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{ReadContext, Revision};
    ///
    /// let revision = Revision::new("v7");
    /// let cx = ReadContext::new().with_previous(&revision);
    /// assert_eq!(cx.previous(), Some(&revision));
    /// ```
    pub fn with_previous(self, previous: &'a Revision) -> Self {
        Self { previous: Some(previous), ..self }
    }

    /// The same with formats that are known besides the built-in ones, and before them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{CustomFormat, Document, Format, ReadContext};
    ///
    /// static EMPTY: CustomFormat = CustomFormat::new("empty", &["void"], |text| {
    ///     Ok(Document::located(text, &std::collections::BTreeMap::<String, u8>::new())?)
    /// });
    /// let formats = [Format::Custom(&EMPTY)];
    /// let cx = ReadContext::new().with_formats(&formats);
    /// assert_eq!(cx.format_of("app.void".as_ref()), Some(Format::Custom(&EMPTY)));
    /// ```
    pub fn with_formats(self, formats: &'a [Format]) -> Self {
        Self { formats, ..self }
    }

    /// Returns the format that a path's extension tells: one given by
    /// [`with_formats`](Self::with_formats), the last first, or a built-in one.
    pub fn format_of(&self, path: &Path) -> Option<Format> {
        Format::among(self.formats, path)
    }

    /// Returns where files and variables are looked up.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// Returns where relative paths start; empty for the working directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the chosen profile.
    pub fn profile(&self) -> &str {
        self.profile
    }

    /// Returns what the type being loaded declares; `None` if sections are claimed later.
    pub fn declared(&self) -> Option<&'static Metadata> {
        self.declared
    }

    /// Returns the revision that the reader holds already: in live settings, that of the content in force.
    /// A source that still has it may answer [`Read::Unchanged`].
    pub fn previous(&self) -> Option<&Revision> {
        self.previous
    }
}

impl Default for ReadContext<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a source could not be read.
///
/// # Example
///
/// ```
/// use confkit_sources::{File, ReadContext, Source, SourceError, System};
///
/// let cx = ReadContext::new().with_system(System::memory());
/// let error = File::new("app.toml").read(&cx).unwrap_err();
/// assert!(matches!(error, SourceError::NotFound { .. }));
/// assert_eq!(error.to_string(), "app.toml does not exist");
/// ```
#[non_exhaustive]
pub enum SourceError {
    /// A file that has to be there is not.
    NotFound {
        /// The path that was tried.
        path: PathBuf,
    },
    /// A file is there and cannot be read.
    Io {
        /// The path that was tried.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
    /// The text is not UTF-8.
    Encoding {
        /// The text, as far as it can be shown, with the bytes before the first bad one intact.
        valid_up_to: usize,
        /// The name of the source.
        name: String,
        /// The line of the first bad byte.
        line: usize,
        /// The character in that line.
        column: usize,
    },
    /// The text breaks the rules of its format.
    Syntax {
        /// The name of the source.
        name: String,
        /// The format it was read as.
        format: Format,
        /// The text, for the places of the errors.
        text: String,
        /// What is wrong.
        errors: Vec<SyntaxError>,
    },
    /// The format is not known, from the extension or not in this build.
    Format {
        /// The path whose extension tells nothing.
        path: PathBuf,
    },
    /// Anything else, in the source's own words. They must not contain values.
    Other {
        /// What went wrong.
        message: String,
        /// What to do.
        help: Option<String>,
    },
}

impl SourceError {
    /// An error in the source's own words, which must not contain values.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::SourceError;
    ///
    /// assert_eq!(SourceError::new("the store is sealed").to_string(), "the store is sealed");
    /// ```
    pub fn new(message: impl Into<String>) -> Self {
        Self::Other { message: message.into(), help: None }
    }
}

/// Without the text, which may hold secrets: errors that nobody handles are shown in this form.
impl fmt::Debug for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { path } => f.debug_struct("NotFound").field("path", path).finish(),
            Self::Io { path, error } => {
                f.debug_struct("Io").field("path", path).field("error", error).finish()
            }
            Self::Encoding { valid_up_to, name, line, column } => f
                .debug_struct("Encoding")
                .field("valid_up_to", valid_up_to)
                .field("name", name)
                .field("line", line)
                .field("column", column)
                .finish(),
            Self::Syntax { name, format, errors, text: _ } => f
                .debug_struct("Syntax")
                .field("name", name)
                .field("format", format)
                .field("errors", errors)
                .finish_non_exhaustive(),
            Self::Format { path } => f.debug_struct("Format").field("path", path).finish(),
            Self::Other { message, help } => {
                f.debug_struct("Other").field("message", message).field("help", help).finish()
            }
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { path } => write!(f, "{} does not exist", path.display()),
            Self::Io { path, error } => write!(f, "{} cannot be read: {}", path.display(), error.kind()),
            Self::Encoding { name, line, column, .. } => write!(f, "{name}:{line}:{column} is not UTF-8"),
            Self::Syntax { name, errors, .. } => match errors.first() {
                Some(first) => write!(f, "{name}: {}", first.message),
                None => write!(f, "{name} cannot be parsed"),
            },
            Self::Format { path } => write!(f, "the format of {} is not known", path.display()),
            Self::Other { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for SourceError {}
