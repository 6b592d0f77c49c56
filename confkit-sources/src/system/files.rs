//! The files of a system in memory.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// Files by their paths from the root. They can be written to while others read them, as a disk can;
/// a copy is a disk of its own.
#[derive(Default)]
pub(super) struct Files(RwLock<Disk>);

#[derive(Default, Clone)]
struct Disk {
    contents: BTreeMap<PathBuf, Arc<[u8]>>,
    /// Rights of files that were given some.
    modes: BTreeMap<PathBuf, u32>,
}

impl Files {
    pub(super) fn put(&self, path: PathBuf, content: &[u8]) {
        self.change().contents.insert(path, content.into());
    }

    pub(super) fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        self.all().contents.get(path).cloned()
    }

    pub(super) fn set_mode(&self, path: PathBuf, mode: u32) {
        self.change().modes.insert(path, mode);
    }

    pub(super) fn mode(&self, path: &Path) -> Option<u32> {
        self.all().modes.get(path).copied()
    }

    /// Whether there is something at a path or below it.
    pub(super) fn has_below(&self, path: &Path) -> bool {
        self.all().contents.keys().any(|file| file.starts_with(path))
    }

    /// The names of what is in a directory, in the order of their bytes.
    pub(super) fn inside(&self, directory: &Path) -> Vec<OsString> {
        let all = self.all();
        let inside = all.contents.keys().filter_map(|path| path.strip_prefix(directory).ok());
        let names = inside.filter_map(|path| Some(path.components().next()?.as_os_str().to_owned()));
        let mut names: Vec<OsString> = names.collect();
        names.sort();
        names.dedup();
        names
    }

    fn all(&self) -> RwLockReadGuard<'_, Disk> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Disk> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Files {
    fn clone(&self) -> Self {
        Self(RwLock::new(self.all().clone()))
    }
}
