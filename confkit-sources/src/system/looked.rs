//! What a system was asked for: the files that settings come from, wherever they are named.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use super::System;

/// The paths that a [noting](System::noting) system was asked for, absolute.
///
/// # Example
///
/// ```
/// use std::path::Path;
///
/// use confkit_sources::System;
///
/// let (system, looked) = System::memory().root("/srv").file("app.toml", "").noting();
/// system.read("app.toml".as_ref()).unwrap();
/// assert!(!system.exists("other.toml".as_ref()));
/// assert_eq!(looked.paths(), [Path::new("/srv/app.toml"), Path::new("/srv/other.toml")]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Looked(Arc<Mutex<BTreeMap<PathBuf, Use>>>);

/// What a path was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Use {
    /// Itself.
    Entry,
    /// What is in it, too.
    Listing,
}

impl Looked {
    /// Returns the paths, in the order of their names.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.entries().into_iter().map(|(path, _)| path).collect()
    }

    pub(super) fn entries(&self) -> Vec<(PathBuf, Use)> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().map(|(path, used)| (path.clone(), *used)).collect()
    }

    /// Returns how each path is now.
    pub fn stamps(&self) -> Stamps {
        let stamped = |path: PathBuf| {
            let stamp = Stamp::of(&path);
            (path, stamp)
        };
        Stamps(self.paths().into_iter().map(stamped).collect())
    }
}

/// How files are at one moment: size, time of change and identity of each. Two of them that are equal
/// enclose a time in which nobody has written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps(BTreeMap<PathBuf, Option<Stamp>>);

/// How one file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
    identity: Identity,
    /// Numbers of files that are gone are given to new ones.
    created: Option<SystemTime>,
    is_file: bool,
}

/// Tells a file from another one of the same name, where the system has numbers for that.
pub(super) type Identity = Option<(u64, u64)>;

impl Stamp {
    fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        // The size of a directory says nothing.
        let size = if metadata.is_dir() { 0 } else { metadata.len() };
        Some(Self {
            size,
            changed: metadata.modified().ok(),
            identity: identity(&metadata),
            created: metadata.created().ok(),
            is_file: metadata.is_file(),
        })
    }

    /// Whether somebody wrote into the very file, rather than put another one in its place.
    fn was_written_since(&self, before: &Self) -> bool {
        let same =
            self.identity.is_some() && (self.identity, self.created) == (before.identity, before.created);
        self.is_file && same && self != before
    }
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have no such numbers")]
pub(super) fn identity(metadata: &std::fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
pub(super) fn identity(_: &std::fs::Metadata) -> Identity {
    None
}

impl Stamps {
    /// Whether every path that both have is the same in both.
    pub fn agree_with(&self, other: &Self) -> bool {
        self.0.iter().all(|(path, stamp)| other.0.get(path).is_none_or(|other| other == stamp))
    }

    /// Adds the paths that it does not have yet, as they are now.
    pub fn fill_in(&mut self, looked: &Looked) {
        for path in looked.paths() {
            self.0.entry(path).or_insert_with_key(|path| Stamp::of(path));
        }
    }

    /// Whether somebody wrote into a file, as far as the system tells files apart: it may not be whole yet. One
    /// that was put in the place of another is whole.
    pub fn written_since(&self, before: &Self) -> bool {
        let both =
            self.0.iter().filter_map(|(path, stamp)| Some((stamp.as_ref()?, before.0.get(path)?.as_ref()?)));
        both.into_iter().any(|(now, before)| now.was_written_since(before))
    }

    /// Whether a file that had something in it is gone or empty: it may be on the way to something else.
    pub fn lost_something_since(&self, before: &Self) -> bool {
        let has_something = |stamp: &Option<Stamp>| stamp.is_some_and(|stamp| stamp.size > 0);
        let lost = |(path, stamp)| !has_something(stamp) && before.0.get(path).is_some_and(has_something);
        self.0.iter().any(lost)
    }
}

impl System {
    /// Returns the same system, which notes what it is asked for.
    pub fn noting(&self) -> (Self, Looked) {
        let looked = Looked::default();
        (Self(self.0.clone(), Some(looked.clone())), looked)
    }

    /// Notes a path.
    pub(super) fn note(&self, path: &Path, used: Use) {
        let Some(looked) = &self.1 else { return };
        let Ok(path) = self.absolute(path) else { return };
        let mut entries = looked.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.entry(path).or_insert(used);
        *entry = (*entry).max(used);
    }

    /// Refuses a pipe: who reads again and again would wait there for a writer that may never come.
    #[cfg(unix)]
    pub(super) fn refuse_pipe(&self, path: &Path) -> io::Result<()> {
        use std::os::unix::fs::FileTypeExt;
        if self.1.is_some() && std::fs::metadata(path)?.file_type().is_fifo() {
            return Err(io::Error::from(io::ErrorKind::NotSeekable));
        }
        Ok(())
    }

    #[cfg(not(unix))]
    pub(super) fn refuse_pipe(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}
