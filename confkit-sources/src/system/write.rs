//! Files that are written: whole, or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{System, normalized};

/// Tries for a name that nobody has.
const TRIES: u32 = 100;

impl System {
    /// Writes a file in one step: who reads it meanwhile sees the old content or the new one, and after
    /// a failure the old one is there. A file that is there keeps its rights, and its owner where that
    /// is allowed; a link to it stays a link. A new one is its owner's alone if it `is_private`.
    ///
    /// # Errors
    ///
    /// What the operating system says: the directory has to be there, and new files allowed in it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("app.toml", "port = 80\n");
    /// system.write("app.toml".as_ref(), b"port = 8080\n", false)?;
    /// assert_eq!(system.read("app.toml".as_ref())?, b"port = 8080\n");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write(&self, path: &Path, content: &[u8], is_private: bool) -> io::Result<()> {
        let Some(memory) = &self.0 else { return replace(path, content, is_private) };
        let path = normalized(&memory.root.join(path));
        if memory.files.has_below(&path) && memory.files.get(&path).is_none() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        memory.files.put(path, content);
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
    /// let system = System::memory().file("key", "hunter2").mode("key", 0o640);
    /// system.copy("key".as_ref(), "key.bak".as_ref())?;
    /// assert!(!system.status("key.bak".as_ref())?.is_readable_by_others());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        let Some(memory) = &self.0 else { return fs::copy(from, to).map(drop) };
        let content = memory.read(from)?;
        let [from, to] = [from, to].map(|path| normalized(&memory.root.join(path)));
        if let Some(mode) = memory.files.mode(&from) {
            memory.files.set_mode(to.clone(), mode);
        }
        memory.files.put(to, &content);
        Ok(())
    }
}

/// Writes beside a file and puts the result in its place.
fn replace(path: &Path, content: &[u8], is_private: bool) -> io::Result<()> {
    let (path, known) = match fs::canonicalize(path) {
        Ok(path) => {
            // Whether this user may change it: putting another file in its place asks the directory alone.
            let known = OpenOptions::new().append(true).open(&path)?.metadata()?;
            (path, Some(known))
        }
        // A link that leads nowhere is not there either, and is not a name to be taken.
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            (path.to_owned(), None)
        }
        Err(error) => return Err(error),
    };
    let (beside, file) = create_beside(&path, is_private || known.is_some())?;
    let written = fill(file, content, known.as_ref()).and_then(|()| fs::rename(&beside, &path));
    if written.is_err() {
        // What is wrong is told; a file that is left over is not worth a second error.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// Creates a file with a name that nobody has, in the same directory: a rename is one step only there.
fn create_beside(path: &Path, is_private: bool) -> io::Result<(PathBuf, File)> {
    let name = path.file_name().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 0..TRIES {
        let mut own = std::ffi::OsString::from(".");
        own.push(name);
        own.push(format!(".{}-{number}.tmp", std::process::id()));
        let beside = path.with_file_name(own);
        match options(is_private).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn options(is_private: bool) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if is_private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = is_private;
    options
}

fn fill(mut file: File, content: &[u8], known: Option<&fs::Metadata>) -> io::Result<()> {
    if let Some(known) = known {
        keep_owner(&file, known);
        file.set_permissions(known.permissions())?;
    }
    file.write_all(content)?;
    file.sync_all()
}

/// Only root may give files away; for others the file becomes theirs.
#[cfg(unix)]
fn keep_owner(file: &File, known: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let _ = fchown(file, Some(known.uid()), Some(known.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}
