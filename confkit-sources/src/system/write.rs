//! The one place that changes files.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{System, normalized};

/// So many names are tried for a temporary file.
const TRIES: u32 = 100;

impl System {
    /// Writes a file as a whole: whoever reads it sees the old content or the new one, never a part.
    ///
    /// The content goes to a temporary file beside it, which then takes its name; rights stay, and so
    /// does a link, whose target is written. Of a system in memory it is this value that has the file
    /// then; clones from before do not.
    ///
    /// # Errors
    ///
    /// What the operating system says; then the file is as it was.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let mut system = System::memory().file("app.toml", "port = 80");
    /// system.write("app.toml".as_ref(), b"port = 81")?;
    /// assert_eq!(system.read("app.toml".as_ref())?, b"port = 81");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write(&mut self, path: &Path, content: &[u8]) -> io::Result<()> {
        let Some(memory) = &self.0 else { return replace(path, content) };
        let path = normalized(&memory.root.join(path));
        if memory.files.keys().any(|file| *file != path && file.starts_with(&path)) {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let system = std::mem::take(self);
        *self = system.file(path, content);
        Ok(())
    }

    /// Copies a file with its rights, over what stands there.
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
    /// let mut system = System::memory().file("key", "hunter2").mode("key", 0o640);
    /// system.copy("key".as_ref(), "key.bak".as_ref())?;
    /// assert!(!system.status("key.bak".as_ref())?.is_readable_by_others());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn copy(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let Some(memory) = &self.0 else { return std::fs::copy(from, to).map(drop) };
        let content = memory.read(from)?.to_vec();
        let mode = memory.modes.get(&normalized(&memory.root.join(from))).copied();
        let copied = std::mem::take(self).file(to, content);
        *self = match mode {
            Some(mode) => copied.mode(to, mode),
            None => copied,
        };
        Ok(())
    }
}

fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let target = match std::fs::canonicalize(path) {
        Ok(target) => target,
        Err(error) if error.kind() == io::ErrorKind::NotFound => path.to_owned(),
        Err(error) => return Err(error),
    };
    let (temporary, mut file) = temporary(&target)?;
    let written = (|| {
        if let Ok(metadata) = std::fs::metadata(&target) {
            file.set_permissions(metadata.permissions())?;
        }
        file.write_all(content)?;
        file.sync_all()?;
        std::fs::rename(&temporary, &target)
    })();
    if written.is_err() {
        // What is left over would be read by those who read the whole directory.
        let _ = std::fs::remove_file(&temporary);
    }
    written
}

/// A new file beside another one, which nobody else may read before it has the other's rights.
fn temporary(target: &Path) -> io::Result<(PathBuf, std::fs::File)> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if target.exists() {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    for number in 0..TRIES {
        let mut name = OsString::from(".");
        name.push(target.file_name().ok_or(io::ErrorKind::InvalidInput)?);
        name.push(format!(".{}-{number}.tmp", std::process::id()));
        let temporary = target.with_file_name(name);
        match options.open(&temporary) {
            Ok(file) => return Ok((temporary, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}
