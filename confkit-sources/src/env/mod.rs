//! Variables bound by declared names.
//!
//! Names are never split on a guess: every variable under the prefix walks the declaration, a
//! field's name at a time, and binds where the walk ends. What binds nothing falls out.

mod bind;
mod links;
mod matches;
mod names;

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

pub use bind::bind;
pub(crate) use bind::{Lookup, read_secret};
pub(crate) use names::upper_snake;
pub use names::{Declared, clashes, declared_names, has_own_names, may_clash, policy_for, variable_for};

use crate::declared::Metadata;
use crate::document::{Document, MAX_DEPTH, NodeRef};
use crate::origin::{Origin, OriginKind};
use crate::path::Segment;
use crate::system::System;

/// What variables are bound to, and how they are named.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::{Names, declared_names};
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "port",
///         env_segment: "PORT",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS };
/// assert_eq!(declared_names(&names).len(), 1);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The prefix without a trailing underscore; without one only marked fields have variables.
    pub prefix: Option<&'a str>,
    /// Where the type stands below the root of the settings.
    pub section: &'a [Segment<'a>],
    /// The type.
    pub metadata: &'static Metadata,
}

/// Finds how other layers spell a map's key; nothing if none has it, several if they have several that
/// a variable cannot tell apart.
///
/// It is asked with the map's path and the key as the variable spells it.
pub type Spelling<'a> = &'a dyn Fn(&[Segment<'_>], &str) -> Vec<String>;

/// What became of a set of variables.
#[derive(Debug)]
pub struct Bound {
    /// The values, each with its variable as origin.
    pub document: Document,
    /// Single elements and entries of values that are also given as a whole; a layer above it.
    pub parts: Option<Document>,
    /// What has to be told about variables with declared names.
    pub findings: Vec<Finding>,
    /// The variables under the prefix that bind nothing and are no service links.
    pub unbound: Vec<String>,
}

/// Something to tell about a variable.
///
/// # Example
///
/// ```
/// use confkit_sources::System;
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::{Finding, Names, Variables, bind};
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "port",
///         env_segment: "PORT",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS };
/// let system = System::memory().var("app_port", "80");
/// let bound = bind(&Variables::of_system(&system, ""), &names, &|_, _| Vec::new());
/// let Finding::Case { right, .. } = &bound.findings[0] else { panic!() };
/// assert_eq!(right, "APP_PORT");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Two names for one setting, with different values.
    Conflict {
        /// The setting.
        path: String,
        /// The name that sorts first.
        first: String,
        /// The other name.
        second: String,
    },
    /// One name for two settings: the declaration has to change.
    Ambiguous {
        /// The name.
        name: String,
        /// The settings.
        paths: Vec<String>,
    },
    /// One name for several keys of a map, which other layers spell in their ways.
    Alike {
        /// The name.
        name: String,
        /// The settings.
        paths: Vec<String>,
    },
    /// A declared name in the wrong case.
    Case {
        /// The setting.
        path: String,
        /// The name as it is set.
        name: String,
        /// The name as it would be read.
        right: String,
    },
    /// A name that leads deeper than settings may be nested.
    Depth {
        /// The name.
        name: String,
    },
    /// A declared variable whose value is not UTF-8.
    Encoding {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
    /// A variable that names a file which cannot be read.
    File {
        /// The name.
        name: String,
        /// The setting.
        path: String,
        /// The file.
        file: PathBuf,
        /// Why not.
        fault: FileFault,
    },
    /// A declared name that a container platform set for a service of the same name.
    Link {
        /// The name.
        name: String,
        /// The setting.
        path: String,
    },
}

/// Why a file that a variable names gives no value; written as words that follow "the file".
///
/// # Example
///
/// ```
/// use std::io::ErrorKind;
///
/// use confkit_sources::env::FileFault;
///
/// let fault = FileFault::from(ErrorKind::PermissionDenied);
/// assert_eq!(fault, FileFault::Permission);
/// assert_eq!(fault.to_string(), "may not be read by this process");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FileFault {
    /// It does not exist.
    NotFound,
    /// This process has no right to read it.
    Permission,
    /// It is larger than a value may be: 1 MiB.
    TooLarge,
    /// It is a directory.
    Directory,
    /// Users besides the owner and the group may read or change it, and that is refused.
    Exposed,
    /// It is not UTF-8.
    Encoding,
    /// Reading failed in another way.
    Other(io::ErrorKind),
}

impl From<io::ErrorKind> for FileFault {
    fn from(kind: io::ErrorKind) -> Self {
        match kind {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::PermissionDenied => Self::Permission,
            io::ErrorKind::FileTooLarge => Self::TooLarge,
            io::ErrorKind::IsADirectory => Self::Directory,
            kind => Self::Other(kind),
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("does not exist"),
            Self::Permission => f.write_str("may not be read by this process"),
            Self::TooLarge => f.write_str("is larger than 1 MiB"),
            Self::Directory => f.write_str("is a directory"),
            Self::Exposed => f.write_str("can be read or changed by every user"),
            Self::Encoding => f.write_str("is not UTF-8"),
            Self::Other(io::ErrorKind::NotSeekable) => {
                f.write_str("is a named pipe, which cannot be read again and again")
            }
            Self::Other(kind) => write!(f, "cannot be read ({kind})"),
        }
    }
}

/// One sentence, without a full stop and without what to do.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { path, first, second } if first == second => {
                write!(f, "{path} is set twice by {first}, with different values")
            }
            Self::Conflict { path, first, second } => {
                write!(f, "{path} is set by {first} and by {second}, with different values")
            }
            Self::Ambiguous { name, paths } | Self::Alike { name, paths } => {
                let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                write!(f, "the environment variable {name} would set {}", paths.join(" and "))
            }
            Self::Case { name, .. } => {
                write!(f, "the environment variable {name} is not read because of its case")
            }
            Self::Depth { name } => {
                write!(f, "the environment variable {name} leads deeper than {MAX_DEPTH} levels")
            }
            Self::Encoding { name, .. } => write!(f, "the value of {name} is not UTF-8"),
            Self::File { name, file, fault, .. } => {
                write!(f, "the file {} that {name} names {fault}", file.display())
            }
            Self::Link { name, .. } => write!(
                f,
                "{name} is set, but for a service of that name by the container platform, and was ignored"
            ),
        }
    }
}

impl Finding {
    /// Returns the names of the variables it is about.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let (one, other) = match self {
            Self::Conflict { first, second, .. } => (first, Some(second)),
            Self::Ambiguous { name, .. }
            | Self::Alike { name, .. }
            | Self::Case { name, .. }
            | Self::Depth { name }
            | Self::Encoding { name, .. }
            | Self::File { name, .. }
            | Self::Link { name, .. } => (name, None),
        };
        std::iter::once(one).chain(other).map(String::as_str)
    }
}

/// The variables that a stack was given, those of its system, or those of a file.
pub struct Variables {
    list: Vec<(OsString, OsString)>,
    system: System,
    root: PathBuf,
    /// Whether files that everybody may read are refused.
    private: bool,
    /// Where they stand. Its nodes are they, in their order.
    file: Option<Box<Document>>,
}

/// Shows how many there are; names and values may be secret.
impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variables").field("count", &self.list.len()).finish_non_exhaustive()
    }
}

impl Variables {
    /// Takes the system's variables.
    pub fn of_system(system: &System, root: impl Into<PathBuf>) -> Self {
        Self::new(system.variables(), system, root)
    }

    /// Returns the names under a prefix, without those that container platforms set for services.
    pub fn under(&self, prefix: &str) -> Vec<String> {
        let start = format!("{}_", self.folded(prefix));
        let all: Vec<(&str, Option<&str>)> =
            self.list.iter().filter_map(|(name, value)| Some((name.to_str()?, value.to_str()))).collect();
        let links = links::Links::among(&all);
        let mut names: Vec<String> = all
            .iter()
            .filter(|(name, value)| name.starts_with(&start) && !links.contains(name, *value, false))
            .map(|(name, _)| (*name).to_owned())
            .collect();
        names.sort();
        names
    }

    /// Takes these variables. Files that they name are read from the system, relative to `root`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    /// use confkit_sources::declared::Metadata;
    /// use confkit_sources::env::{Names, Variables, bind};
    ///
    /// let names = Names { prefix: Some("APP"), section: &[], metadata: &Metadata::EMPTY };
    /// let list = vec![("APP_PORT".into(), "80".into())];
    /// let bound = bind(&Variables::new(list, &System::memory(), ""), &names, &|_, _| Vec::new());
    /// assert_eq!(bound.unbound, ["APP_PORT"]);
    /// ```
    pub fn new(list: Vec<(OsString, OsString)>, system: &System, root: impl Into<PathBuf>) -> Self {
        let mut variables =
            Self { list, system: system.clone(), root: root.into(), private: false, file: None };
        if system.ignores_variable_case() {
            for (name, _) in &mut variables.list {
                *name = name.to_str().map_or_else(|| name.clone(), |name| name.to_uppercase().into());
            }
        }
        variables
    }

    /// Takes the variables that a flat document holds, as a `.env` file is one. They have their places
    /// in it.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "dotenv")] {
    /// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
    /// use confkit_sources::env::{Names, Variables, bind};
    /// use confkit_sources::{Format, OriginKind, System};
    ///
    /// static SETTINGS: Metadata = Metadata {
    ///     fields: &[Field {
    ///         key: "port",
    ///         env_segment: "PORT",
    ///         content: Content::Value(|| ValueKind::new(Kind::Text)),
    ///         ..Field::EMPTY
    ///     }],
    ///     ..Metadata::EMPTY
    /// };
    /// let text = "# where to listen\nAPP_PORT=80\n".to_owned();
    /// let file = Format::Dotenv.read(OriginKind::File, ".env", text).unwrap();
    /// let variables = Variables::of_document(file, &System::memory(), "");
    /// let names = Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS };
    /// let bound = bind(&variables, &names, &|_, _| Vec::new());
    /// let port = bound.document.root().get("port").unwrap();
    /// assert_eq!((port.text(), port.origin().to_string().as_str()), ("80", ".env:2:10"));
    /// assert_eq!(port.origin().key(), Some("APP_PORT"));
    /// # }
    /// ```
    pub fn of_document(file: Document, system: &System, root: impl Into<PathBuf>) -> Self {
        let entries = file.root().entries();
        let list = entries.map(|(name, value)| (name.into(), value.text().into())).collect();
        Self { file: Some(Box::new(file)), ..Self::new(list, system, root) }
    }

    /// The same, which refuse files of values that users besides the owner and the group may read.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    /// use confkit_sources::env::Variables;
    ///
    /// let system = System::memory().var("APP_KEY_FILE", "key").file("key", "k").mode("key", 0o644);
    /// let variables = Variables::of_system(&system, "").private(true);
    /// assert_eq!(variables.get("APP_KEY_FILE").unwrap(), "key"); // it is refused where it is read
    /// ```
    pub fn private(self, private: bool) -> Self {
        Self { private, ..self }
    }

    /// Returns the file that the variables stand in, if they stand in one.
    pub fn file(&self) -> Option<&Document> {
        self.file.as_deref()
    }

    /// Returns a variable's node in the file that the variables stand in.
    pub fn node(&self, name: &str) -> Option<NodeRef<'_>> {
        let number = self.list.iter().position(|(own, _)| own == name)?;
        // The root is the first node of a flat document.
        Some(self.file.as_ref()?.node(u32::try_from(number).ok()? + 1))
    }

    /// Returns the value of a variable.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    /// use confkit_sources::env::Variables;
    ///
    /// let variables = Variables::of_system(&System::memory().var("APP_PORT", "80"), "");
    /// assert_eq!(variables.get("APP_PORT").unwrap(), "80");
    /// ```
    pub fn get(&self, name: &str) -> Option<&OsStr> {
        let name = self.folded(name);
        self.list.iter().find(|(own, _)| *own == *name).map(|(_, value)| value.as_os_str())
    }

    /// Returns the place of a variable: its name in the file, if the variables stand in one.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    /// use confkit_sources::env::Variables;
    ///
    /// let variables = Variables::of_system(&System::memory().var("APP_PORT", "80"), "");
    /// assert_eq!(variables.origin("APP_PORT").to_string(), "environment variable APP_PORT");
    /// ```
    pub fn origin(&self, name: &str) -> Origin {
        let span = self.node(name).and_then(NodeRef::key_span);
        match (&self.file, span) {
            (Some(file), Some(span)) => Origin::new(OriginKind::Variable, file.name().to_owned())
                .with_key(name.to_owned())
                .with_positions(file.position(span.start), file.position(span.end)),
            _ => Origin::variable(name.to_owned()),
        }
    }

    /// Where the name of one begins and where its value is, by its number in the list.
    fn spans(&self, number: u32) -> Option<(usize, Range<usize>)> {
        // The root is the first node of a flat document.
        let node = self.file.as_ref()?.node(number + 1);
        Some((node.key_span()?.start, node.span()?))
    }

    /// Returns a name as it stands in the list: in upper case where names are not told apart by case.
    pub fn folded<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.system.ignores_variable_case() { name.to_uppercase().into() } else { name.into() }
    }
}
