//! Directories in which each file is one value, as container platforms mount secrets and settings.
//!
//! A file's name is looked up from the declared names and never split on a guess: as a key path,
//! or as a variable is called, in any case and with or without the prefix.

mod bind;
mod name;
mod read;

use std::fmt;
use std::path::PathBuf;

use crate::document::Document;
use crate::env::FileFault;

/// A directory that was read, each file with its content.
///
/// # Example
///
/// ```
/// use confkit_sources::System;
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::Names;
/// use confkit_sources::mounted::Mounted;
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "session_key",
///         env_segment: "SESSION_KEY",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let system = System::memory().file("/run/secrets/session-key", "hunter2\n");
/// let mounted = Mounted::read(&system, "/run/secrets".as_ref(), "/run/secrets", false).unwrap();
/// let names = Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS };
/// let bound = mounted.bind(&names, &|_, _| Vec::new());
/// let key = bound.document.root().get("session_key").unwrap();
/// assert_eq!((key.text(), key.origin().source()), ("hunter2", "/run/secrets/session-key"));
/// ```
pub struct Mounted {
    /// The directory, as reports show it.
    name: String,
    files: Vec<File>,
}

/// One file.
struct File {
    /// Its path inside the directory, with `/` between the names.
    name: String,
    /// Its text, or why there is none.
    content: Result<String, FileFault>,
}

/// Shows how many files there are; names and content may be secret.
impl fmt::Debug for Mounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mounted").field("count", &self.files.len()).finish_non_exhaustive()
    }
}

impl Mounted {
    /// Returns the directory, as reports show it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the names of all files, those in folders with `/` between the names.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|file| file.name.as_str())
    }

    /// Returns the path of a file, as reports show it.
    pub fn path(&self, file: &str) -> String {
        format!("{}/{file}", self.name.strip_suffix('/').unwrap_or(&self.name))
    }
}

/// What became of the files of a directory.
#[derive(Debug)]
pub struct Bound {
    /// The values, each with its file as origin.
    pub document: Document,
    /// Single elements and entries of values that are also given as a whole; a layer above it.
    pub parts: Option<Document>,
    /// What has to be told about files that are called as settings.
    pub findings: Vec<Finding>,
    /// The files that are called as no setting.
    pub unbound: Vec<String>,
    /// The files that are called as settings.
    pub taken: Vec<String>,
}

/// Something to tell about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Finding {
    /// Two files for one setting.
    Conflict {
        /// The setting.
        path: String,
        /// The file whose name sorts first.
        first: String,
        /// The other file.
        second: String,
    },
    /// One file for several settings.
    Ambiguous {
        /// The file.
        file: String,
        /// The settings.
        paths: Vec<String>,
    },
    /// A file that gives no value.
    File {
        /// The file.
        file: String,
        /// The setting.
        path: String,
        /// Why not.
        fault: FileFault,
    },
}

/// One sentence, without a full stop and without what to do.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict { path, first, second } => {
                write!(f, "{path} is given by the file {first} and by the file {second}")
            }
            Self::Ambiguous { file, paths } => {
                let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
                write!(f, "the file {file} would set {}", paths.join(" and "))
            }
            Self::File { file, fault, .. } => {
                write!(f, "the file {} {fault}", PathBuf::from(file).display())
            }
        }
    }
}
