//! The directories in which something has to happen before a path leads to something else.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use super::looked::{Looked, Use};

/// Links on a path that are followed; more are a loop.
const LINKS: usize = 40;

/// The directories to watch, each with the names in it that matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Places(pub(super) BTreeMap<PathBuf, Names>);

/// Names in a directory that matter.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) all: bool,
    pub(super) some: BTreeSet<OsString>,
}

impl Places {
    pub(super) fn of(looked: &Looked) -> Self {
        let mut places = Self::default();
        for (path, used) in looked.entries() {
            let end = places.follow(&path, &mut 0);
            if used == Use::Listing && end.is_dir() {
                places.0.entry(end).or_default().all = true;
            }
        }
        places
    }

    /// Goes along a path: every link on it, the file itself, and where something is missing the
    /// directory in which it would be. Returns where the path ends.
    fn follow(&mut self, path: &Path, links: &mut usize) -> PathBuf {
        let mut here = PathBuf::with_capacity(path.as_os_str().len());
        let mut rest = path.components();
        while let Some(component) = rest.next() {
            let Component::Normal(name) = component else {
                here.push(component);
                continue;
            };
            here.push(name);
            let (target, is_there) = look(&here, *links);
            let directory = here.parent().unwrap_or(Path::new(""));
            let is_last = rest.as_path().as_os_str().is_empty();
            if target.is_some() || is_last || !is_there {
                self.0.entry(directory.to_owned()).or_default().some.insert(name.to_owned());
            }
            if let Some(target) = target {
                *links += 1;
                return self.follow(&directory.join(target).join(rest.as_path()), links);
            }
            if !is_there {
                return here;
            }
        }
        here
    }

    /// Whether something that happened to a path may matter.
    pub(super) fn concern(&self, path: &Path) -> bool {
        if self.0.contains_key(path) {
            return true;
        }
        let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else { return true };
        self.0.get(directory).is_none_or(|names| names.all || names.some.contains(name))
    }
}

/// Where an entry leads to if it is a link, and whether there is something. Most entries are no links, and one
/// question to the operating system tells.
fn look(entry: &Path, links: usize) -> (Option<PathBuf>, bool) {
    match std::fs::symlink_metadata(entry) {
        Ok(metadata) if metadata.is_symlink() => {
            let target = std::fs::read_link(entry).ok().filter(|_| links < LINKS);
            (target, entry.exists())
        }
        found => (None, found.is_ok()),
    }
}
