//! What keeps a log from being opened or written.

use std::borrow::Cow;
use std::fmt;
use std::io::{Error, ErrorKind};
use std::path::Path;

use super::fault::Fault;
use crate::report::clean;

/// What is wrong with a file of a log, as an [`Error`] holds it.
#[derive(Debug)]
struct Trouble {
    file: String,
    what: Cow<'static, str>,
    help: &'static str,
    /// Whether what to do is said too.
    helps: bool,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", clean(&self.file), self.what)?;
        if self.helps { write!(f, "\n  = help: {}", self.help) } else { Ok(()) }
    }
}

impl std::error::Error for Trouble {}

/// An error that names the file, in our words.
pub(super) fn told(
    kind: ErrorKind,
    path: &Path,
    what: impl Into<Cow<'static, str>>,
    help: &'static str,
) -> Error {
    Error::new(kind, Trouble { file: path.display().to_string(), what: what.into(), help, helps: false })
}

/// The same for what the system says of the file, unless a file is named already.
pub(super) fn at(path: &Path) -> impl FnOnce(Error) -> Error {
    move |error| {
        if error.get_ref().is_some_and(|inner| inner.is::<Trouble>() || inner.is::<Fault>()) {
            return error;
        }
        let (what, help) = words(error.kind());
        told(error.kind(), path, what, help)
    }
}

/// An error that says what to do as well: for who has called, and not only for a line somewhere.
pub(super) fn with_help(mut error: Error) -> Error {
    if let Some(trouble) = error.get_mut().and_then(|inner| inner.downcast_mut::<Trouble>()) {
        trouble.helps = true;
    }
    error
}

fn words(kind: ErrorKind) -> (Cow<'static, str>, &'static str) {
    let (what, help) = match kind {
        ErrorKind::NotFound => ("there is no such folder", "make the folder first; the log is made in it"),
        ErrorKind::AlreadyExists => {
            ("there is a file of this name already", "move it away, or choose another name")
        }
        ErrorKind::PermissionDenied => (
            "the file may not be written",
            "let the user of the program write to it and to its folder, where other files of the log are",
        ),
        ErrorKind::ReadOnlyFilesystem => ("the file system is read-only", "put the log on another one"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            ("there is no room left", "make room; what cannot be kept meanwhile is told and counted")
        }
        ErrorKind::ResourceBusy => (
            "another writer has the audit log open",
            "a log has one writer: give each instance of a program a log of its own",
        ),
        other => {
            let what = format!("the file cannot be written: {other}");
            return (what.into(), "look at the file, its folder and its disk");
        }
    };
    (what.into(), help)
}
