//! What stands in a directory.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use super::{System, Use, normalized};

/// What stands at a path, links followed.
///
/// # Example
///
/// ```
/// use confkit_sources::System;
///
/// let system = System::memory().file("keys/a", "hunter2").mode("keys/a", 0o640);
/// let file = system.status("keys/a".as_ref()).unwrap();
/// assert!(file.is_file() && !file.is_readable_by_others());
/// assert!(system.status("keys".as_ref()).unwrap().is_directory());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    is_file: bool,
    is_directory: bool,
    mode: Option<u32>,
}

impl Status {
    /// Returns whether it is a file that ends: no pipe, no device.
    pub fn is_file(self) -> bool {
        self.is_file
    }

    /// Returns whether it is a directory.
    pub fn is_directory(self) -> bool {
        self.is_directory
    }

    /// Returns whether users other than the owner and the group may read or change it. Where there
    /// are no such rights, on Windows, the answer is no.
    pub fn is_readable_by_others(self) -> bool {
        self.mode.is_some_and(|mode| mode & 0o006 != 0)
    }
}

impl System {
    /// Gives a file of a system in memory its rights, as `chmod` does; without, it is its owner's
    /// alone. On the real system nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("key", "hunter2").mode("key", 0o644);
    /// assert!(system.status("key".as_ref()).unwrap().is_readable_by_others());
    /// ```
    pub fn mode(self, path: impl AsRef<Path>, mode: u32) -> Self {
        self.change(|memory| {
            let path = normalized(&memory.root.join(path));
            memory.files.set_mode(path, mode);
        })
    }

    /// Returns what stands at a path, links followed.
    ///
    /// # Errors
    ///
    /// What the operating system says, also of a link that leads nowhere.
    pub fn status(&self, path: &Path) -> io::Result<Status> {
        self.note(path, Use::Entry);
        let Some(memory) = &self.0 else {
            let metadata = std::fs::metadata(path)?;
            let (is_file, is_directory) = (metadata.is_file(), metadata.is_dir());
            return Ok(Status { is_file, is_directory, mode: mode_of(&metadata) });
        };
        match memory.read(path) {
            Ok(_) => {
                let mode = memory.files.mode(&normalized(&memory.root.join(path)));
                Ok(Status { is_file: true, is_directory: false, mode: Some(mode.unwrap_or(0o600)) })
            }
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                Ok(Status { is_file: false, is_directory: true, mode: Some(0o700) })
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the names of what is in a directory, in the order of their bytes.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("conf.d/b.toml", "").file("conf.d/a.toml", "");
    /// assert_eq!(system.list("conf.d".as_ref()).unwrap(), ["a.toml", "b.toml"]);
    /// assert!(system.list("other".as_ref()).is_err());
    /// ```
    pub fn list(&self, directory: &Path) -> io::Result<Vec<OsString>> {
        self.note(directory, Use::Listing);
        let Some(memory) = &self.0 else {
            let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
            let entries = std::fs::read_dir(directory)?.map(|entry| Ok(entry?.file_name()));
            let mut names = entries.collect::<io::Result<Vec<OsString>>>()?;
            names.sort();
            return Ok(names);
        };
        if self.status(directory)?.is_file {
            return Err(io::Error::from(io::ErrorKind::NotADirectory));
        }
        Ok(memory.files.inside(&normalized(&memory.root.join(directory))))
    }

    /// Returns a path from the root of the file system, without `.` and `..`; links are not followed.
    ///
    /// # Errors
    ///
    /// What the operating system says, where the working directory was removed.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().root("/srv/app");
    /// assert_eq!(system.absolute("../other".as_ref()).unwrap(), Path::new("/srv/other"));
    /// ```
    pub fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(normalized(&self.working_directory()?.join(path)))
    }

    /// Returns where a path leads when all links in it are followed.
    ///
    /// # Errors
    ///
    /// What the operating system says, also where nothing is there.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().root("/srv").file("a/b", "");
    /// assert_eq!(system.resolved("./a".as_ref()).unwrap(), Path::new("/srv/a"));
    /// assert!(system.resolved("c".as_ref()).is_err());
    /// ```
    pub fn resolved(&self, path: &Path) -> io::Result<PathBuf> {
        self.note(path, Use::Entry);
        match &self.0 {
            None => std::fs::canonicalize(path),
            Some(memory) => self.status(path).map(|_| normalized(&memory.root.join(path))),
        }
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such rights")]
fn mode_of(metadata: &std::fs::Metadata) -> Option<u32> {
    Some(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()))
}

#[cfg(not(unix))]
fn mode_of(_: &std::fs::Metadata) -> Option<u32> {
    None
}
