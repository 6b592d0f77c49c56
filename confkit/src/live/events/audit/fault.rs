//! What is wrong with a log.

use std::fmt;
use std::io;
use std::path::Path;

use super::chain::Head;
use crate::report::clean;

/// The first thing that is wrong with a log: in which file and line, what it is, and what to do. Nothing of what
/// records say is in it.
///
/// # Example
///
/// ```
/// use confkit::live::audit::{FaultKind, Verifier};
///
/// let fault = Verifier::new().read("audit.jsonl", b"{}\n".as_slice()).unwrap_err();
/// assert!(matches!(fault.kind(), FaultKind::Malformed));
/// assert_eq!(fault.line(), Some(1));
/// assert!(fault.to_string().starts_with("audit.jsonl:1: this is no record of an audit log\n"));
/// ```
#[derive(Debug)]
pub struct Fault {
    file: String,
    line: Option<u64>,
    kind: Box<FaultKind>,
}

/// What is wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum FaultKind {
    /// A file cannot be read.
    Unreadable(io::Error),
    /// A line is no record.
    Malformed,
    /// The last line has no end.
    Torn,
    /// A record is not what was hashed.
    #[non_exhaustive]
    Changed {
        /// Its number, as it says.
        sequence: u64,
        /// Whether the chain has a key, which may be another one.
        is_keyed: bool,
    },
    /// A record has another number than comes next.
    #[non_exhaustive]
    Sequence {
        /// The number that comes next.
        expected: u64,
        /// The number that is there.
        found: u64,
    },
    /// A record does not name the hash of the record before it.
    #[non_exhaustive]
    Unlinked {
        /// Its number.
        sequence: u64,
    },
    /// The first record is not one that a log or file begins with.
    #[non_exhaustive]
    Beheaded {
        /// Its number.
        sequence: u64,
    },
    /// The log has a key, and none was given.
    KeyMissing,
    /// The log has no key, and one was given.
    KeyUnused,
    /// A head is known that the log does not reach.
    #[non_exhaustive]
    CutOff {
        /// The head that is known.
        known: Head,
        /// Where the log ends.
        end: Head,
    },
    /// A head is known, and the record of its number is another one.
    #[non_exhaustive]
    Rewritten {
        /// The head that is known.
        known: Head,
    },
    /// A head is known that is before the first record.
    #[non_exhaustive]
    BeginsLater {
        /// The head that is known.
        known: Head,
        /// The number of the first record.
        first: u64,
    },
}

impl Fault {
    pub(super) fn new(file: &str, line: Option<u64>, kind: FaultKind) -> Self {
        Self { file: file.to_owned(), line, kind: Box::new(kind) }
    }

    /// Returns the name of the file.
    pub fn file(&self) -> &Path {
        Path::new(&self.file)
    }

    /// Returns the number of the line, from 1; `None` if it is about the whole.
    pub fn line(&self) -> Option<u64> {
        self.line
    }

    /// Returns what is wrong.
    pub fn kind(&self) -> &FaultKind {
        &self.kind
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&clean(if self.file.is_empty() { "the audit log" } else { &self.file }))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}\n  = help: {}", self.kind, self.kind.help())
    }
}

impl std::error::Error for Fault {}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) => f.write_str(match error.kind() {
                io::ErrorKind::NotFound => "there is no such file",
                io::ErrorKind::PermissionDenied => "the file may not be read",
                io::ErrorKind::IsADirectory => "this is a directory",
                _ => "the file cannot be read",
            }),
            Self::Malformed => f.write_str("this is no record of an audit log"),
            Self::Torn => f.write_str("the last record is not whole"),
            Self::Changed { sequence, is_keyed: false } => {
                write!(f, "record {sequence} was changed: its hash is that of something else")
            }
            Self::Changed { sequence, is_keyed: true } => {
                write!(f, "record {sequence} was changed, or written with another key")
            }
            Self::Sequence { expected, found } if found > expected => match found - expected {
                1 => write!(f, "record {expected} is missing: this is record {found}"),
                _ => write!(f, "records {expected} to {} are missing: this is record {found}", found - 1),
            },
            Self::Sequence { expected, found } => {
                write!(
                    f,
                    "record {found} is here a second time, or out of order: record {expected} comes next"
                )
            }
            Self::Unlinked { sequence } => {
                write!(f, "record {sequence} follows another record than the one before it")
            }
            Self::Beheaded { sequence } => {
                write!(f, "the log begins in the middle, with record {sequence}")
            }
            Self::KeyMissing => f.write_str("the log has a key, and none was given"),
            Self::KeyUnused => f.write_str("the log has no key, and one was given"),
            Self::CutOff { known, end } => {
                write!(
                    f,
                    "the log ends with record {}, and had record {} already",
                    end.sequence, known.sequence
                )
            }
            Self::Rewritten { known } => {
                write!(f, "record {} is not the one that is known", known.sequence)
            }
            Self::BeginsLater { known, first } => {
                write!(f, "the log begins with record {first}, and record {} is known", known.sequence)
            }
        }
    }
}

impl FaultKind {
    /// What to do.
    fn help(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "give the path of a log, to somebody who may read it",
            Self::Malformed | Self::Changed { is_keyed: false, .. } => {
                "trust nothing from here on; compare with a copy that was taken earlier"
            }
            Self::Changed { .. } => "try the key that was in use then; else trust nothing from here on",
            Self::Torn => "a crash does this; opening the log for writing repairs it and says so",
            Self::Sequence { .. } => {
                "give all files of the log, the oldest first; else lines were removed, repeated or moved"
            }
            Self::Unlinked { .. } => "the record before it was written anew, or is that of another log",
            Self::Beheaded { .. } => "lines before it were removed; look for them in a copy",
            Self::KeyMissing => "give the key, with `Verifier::key`, or `Audit::keyed` to write",
            Self::KeyUnused => "a log with a key may have been replaced; else verify it without one",
            Self::CutOff { .. } => "records at the end were removed; look for them in a copy",
            Self::Rewritten { .. } => "the log was written anew, or the head is that of another one",
            Self::BeginsLater { .. } => "give the older files of the log too, the oldest first",
        }
    }
}
