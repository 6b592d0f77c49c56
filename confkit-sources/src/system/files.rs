//! The files of a system in memory.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

/// Files by their paths from the root. They can be written to while others read them, as a disk can;
/// a copy is a disk of its own.
#[derive(Default)]
pub(super) struct Files(RwLock<BTreeMap<PathBuf, Arc<[u8]>>>);

impl Files {
    pub(super) fn put(&self, path: PathBuf, content: &[u8]) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(path, content.into());
    }

    pub(super) fn get(&self, path: &Path) -> Option<Arc<[u8]>> {
        self.all().get(path).cloned()
    }

    /// Whether there is something at a path or below it.
    pub(super) fn has_below(&self, path: &Path) -> bool {
        self.all().keys().any(|file| file.starts_with(path))
    }

    /// The names of what is in a directory, in the order of their bytes.
    pub(super) fn inside(&self, directory: &Path) -> Vec<OsString> {
        let files = self.all();
        let inside = files.keys().filter_map(|path| path.strip_prefix(directory).ok());
        let names = inside.filter_map(|path| Some(path.components().next()?.as_os_str().to_owned()));
        let mut names: Vec<OsString> = names.collect();
        names.sort();
        names.dedup();
        names
    }

    fn all(&self) -> RwLockReadGuard<'_, BTreeMap<PathBuf, Arc<[u8]>>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clone for Files {
    fn clone(&self) -> Self {
        Self(RwLock::new(self.all().clone()))
    }
}
