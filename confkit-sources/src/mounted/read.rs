//! Reading a directory at one moment.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::{File, Mounted};
use crate::env::{FileFault, read_secret};
use crate::source::SourceError;
use crate::system::System;

/// A directory of values has not more files than this; another one was meant.
const MOST_FILES: usize = 1000;

/// Folders inside one another. A link may lead back to where it stands.
const DEEPEST: usize = 8;

/// How often a directory is read that changes meanwhile.
const ATTEMPTS: usize = 5;

impl Mounted {
    /// Reads a directory. Files whose names begin with a dot are passed over.
    ///
    /// Kubernetes changes all files at once, by turning the link `..data` to another folder. All
    /// files are read from the folder that it leads to, and once more if it was turned meanwhile.
    ///
    /// With `private`, files that users besides the owner and the group may read are refused.
    ///
    /// # Errors
    ///
    /// A directory that cannot be listed. What is wrong with a file is told where it is bound.
    pub fn read(system: &System, folder: &Path, name: &str, private: bool) -> Result<Self, SourceError> {
        let io_error = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => SourceError::NotFound { path: PathBuf::from(name) },
            _ => SourceError::Io { path: PathBuf::from(name), error },
        };
        let link = folder.join("..data");
        for _ in 0..ATTEMPTS {
            let data = system.resolved(&link).ok();
            let mut reader = Reader { system, private, files: Vec::new() };
            let read = reader.all(folder, data.as_deref());
            if data != system.resolved(&link).ok() {
                continue;
            }
            return match read.map_err(io_error)? {
                Some(()) => Ok(Self { name: name.to_owned(), files: reader.files }),
                None => Err(SourceError::new(format!("it has more than {MOST_FILES} files"))),
            };
        }
        Err(SourceError::new("it is changed again and again while it is read"))
    }
}

struct Reader<'s> {
    system: &'s System,
    private: bool,
    files: Vec<File>,
}

impl Reader<'_> {
    /// Reads what is in the folder, each file from where `..data` leads if it is there; `None` if
    /// that is too much.
    fn all(&mut self, folder: &Path, data: Option<&Path>) -> io::Result<Option<()>> {
        let of_data = data.map(|data| self.system.list(data)).transpose()?.unwrap_or_default();
        let of_data: BTreeSet<_> = of_data.into_iter().collect();
        let names: BTreeSet<_> = of_data.iter().cloned().chain(self.system.list(folder)?).collect();
        for name in names.iter().filter(|name| !is_hidden(name)) {
            let base = data.filter(|_| of_data.contains(name)).unwrap_or(folder);
            if self.entry(&base.join(name), name.to_string_lossy().into_owned(), 1).is_none() {
                return Ok(None);
            }
        }
        Ok(Some(()))
    }

    /// Reads a file, or what is in a folder.
    fn entry(&mut self, path: &Path, name: String, depth: usize) -> Option<()> {
        let status = match self.system.status(path) {
            Ok(status) => status,
            // A link that leads nowhere: what it led to was taken away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Some(()),
            Err(error) => return self.push(name, Err(error.kind().into())),
        };
        if status.is_directory() && depth < DEEPEST {
            let inside = match self.system.list(path) {
                Ok(inside) => inside,
                Err(error) => return self.push(name, Err(error.kind().into())),
            };
            return inside.iter().filter(|inside| !is_hidden(inside)).try_for_each(|inside| {
                self.entry(&path.join(inside), format!("{name}/{}", inside.to_string_lossy()), depth + 1)
            });
        }
        // A pipe would never end.
        if !status.is_file() {
            return Some(());
        }
        let content = read_secret(self.system, path, self.private);
        self.push(name, content)
    }

    fn push(&mut self, name: String, content: Result<String, FileFault>) -> Option<()> {
        self.files.push(File { name, content });
        (self.files.len() <= MOST_FILES).then_some(())
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}
