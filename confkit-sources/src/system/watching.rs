//! Signals of the operating system that files may have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::looked::{Identity, Looked, identity};
use super::places::Places;

/// Watches the files that settings come from: their directories, those of links on the way, and those
/// that are listed. Dropping it ends it.
pub struct Watching {
    watcher: RecommendedWatcher,
    followed: Arc<Mutex<Followed>>,
    /// The directories that are watched, each with what tells it from one that was there before.
    watched: BTreeMap<PathBuf, Identity>,
}

/// What the handler of events knows.
#[derive(Default)]
struct Followed {
    places: Places,
    /// Watched directories that were removed or moved: one that has the name later is another one, even if
    /// it has the same number.
    gone: BTreeSet<PathBuf>,
}

impl Followed {
    /// Notes an event; returns whether it may matter.
    fn note(&mut self, event: &Event) -> bool {
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            let directories = event.paths.iter().filter(|path| self.places.0.contains_key(*path));
            self.gone.extend(directories.cloned());
        }
        let concerns = |path: &PathBuf| self.places.concern(path);
        !is_reading(event.kind)
            && (event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(concerns))
    }
}

/// Why the operating system does not tell of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwatched(String);

impl fmt::Display for Unwatched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwatched {}

impl Watching {
    /// Begins; nothing is watched yet. The function is called when something that is followed may have
    /// changed, on a thread of its own.
    ///
    /// # Errors
    ///
    /// The operating system has no watcher left.
    pub fn new(changed: impl Fn() + Send + 'static) -> Result<Self, Unwatched> {
        let followed = Arc::<Mutex<Followed>>::default();
        let noted = Arc::clone(&followed);
        let handler = move |event: notify::Result<Event>| {
            // An error, such as a queue that was too short, may have hidden anything.
            if event.map_or(true, |event| locked(&noted).note(&event)) {
                changed();
            }
        };
        let watcher = notify::recommended_watcher(handler).map_err(|error| unwatched(&error))?;
        Ok(Self { watcher, followed, watched: BTreeMap::new() })
    }

    /// Watches what a read looked at, and nothing else; returns whether anything is watched that was
    /// not before, so that changes may have been missed.
    ///
    /// # Errors
    ///
    /// The operating system does not watch a directory. The others are watched.
    pub fn follow(&mut self, looked: &Looked) -> Result<bool, Unwatched> {
        let places = Places::of(looked);
        let wanted: BTreeMap<PathBuf, Identity> = places.0.keys().filter_map(directory).collect();
        let gone = {
            let mut followed = locked(&self.followed);
            followed.places = places;
            std::mem::take(&mut followed.gone)
        };
        let watched = std::mem::take(&mut self.watched).into_iter();
        let (kept, over): (BTreeMap<_, _>, BTreeMap<_, _>) =
            watched.partition(|(path, id)| !gone.contains(path) && wanted.get(path) == Some(id));
        self.watched = kept;
        // What was removed is not watched any more by itself.
        over.keys().for_each(|path| drop(self.watcher.unwatch(path)));
        self.watch(wanted)
    }

    /// Watches directories that are not watched yet; returns whether there are any.
    fn watch(&mut self, directories: BTreeMap<PathBuf, Identity>) -> Result<bool, Unwatched> {
        let (mut is_new, mut failed) = (false, None);
        for (path, id) in directories {
            if self.watched.contains_key(&path) {
                continue;
            }
            is_new = true;
            match self.watcher.watch(&path, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    self.watched.insert(path, id);
                }
                // It was removed in this moment.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                Err(error) => failed = Some(unwatched(&error)),
            }
        }
        failed.map_or(Ok(is_new), Err)
    }
}

impl fmt::Debug for Watching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watching").field("watched", &self.watched.keys()).finish_non_exhaustive()
    }
}

/// Reading a file in a watched directory is an event too, and no change.
fn is_reading(kind: EventKind) -> bool {
    matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// In our own words: those of the watcher are written for its users.
fn unwatched(error: &notify::Error) -> Unwatched {
    Unwatched(match &error.kind {
        ErrorKind::MaxFilesWatch => "the limit of watches is reached".to_owned(),
        ErrorKind::Io(error) => format!("the operating system says: {}", error.kind()),
        _ => "the operating system does not watch it".to_owned(),
    })
}

/// A directory and what tells it from another one; nothing if there is none.
fn directory(path: &PathBuf) -> Option<(PathBuf, Identity)> {
    let metadata = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_dir)?;
    Some((path.clone(), identity(&metadata)))
}

fn locked(followed: &Mutex<Followed>) -> MutexGuard<'_, Followed> {
    followed.lock().unwrap_or_else(PoisonError::into_inner)
}
