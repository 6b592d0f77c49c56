//! Whether a log is where it was written, and as it was.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// What is at the path of a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The file that is written, with what was written.
    Own,
    /// The file was removed or renamed.
    Nothing,
    /// It was emptied, or made anew.
    Empty,
    /// It was replaced, or somebody has written into it.
    Other,
}

impl Place {
    /// Looks for a file of this length.
    pub(super) fn of(file: &File, length: u64, path: &Path) -> io::Result<Self> {
        let found = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            found => found?,
        };
        Ok(match found.len() {
            same if same == length && is_same(&found, &file.metadata()?) => Self::Own,
            0 if found.is_file() => Self::Empty,
            _ => Self::Other,
        })
    }
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Elsewhere the length has to do, of the path and of the file that is open.
#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.len() == other.len()
}
