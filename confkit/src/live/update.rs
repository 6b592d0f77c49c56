//! What listeners, hooks and subscribers are told.

use std::fmt;
use std::sync::OnceLock;

use confkit_sources::path;

use super::snapshot::Snapshot;
use crate::config::Config;
use crate::diff::{Difference, Differences};

/// A change from one revision to another.
///
/// # Example
///
/// ```
/// use std::sync::mpsc;
///
/// use confkit::Config;
/// use confkit::live::Expiry;
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
///     #[config(default = 4)]
///     workers: u16,
/// }
///
/// let live = Settings::loader().watch()?;
/// let mut updates = live.subscribe();
/// live.set_override("port", 81, Expiry::Never)?;
///
/// let update = updates.next().unwrap();
/// assert_eq!((update.old().port, update.new().port), (80, 81));
/// assert_eq!(update.paths().collect::<Vec<_>>(), ["port"]);
/// assert!(update.touches("port") && !update.touches("workers"));
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Update<T> {
    old: Snapshot<T>,
    new: Snapshot<T>,
    skipped: u64,
    differences: OnceLock<Differences>,
}

impl<T: Config> Update<T> {
    /// Between two revisions, one of which may be newer by several.
    pub(super) fn between(old: Snapshot<T>, new: Snapshot<T>) -> Self {
        let skipped = new.revision().saturating_sub(old.revision()).saturating_sub(1);
        Self { old, new, skipped, differences: OnceLock::new() }
    }

    /// Returns what was in force before, as far as the receiver knows.
    pub fn old(&self) -> &Snapshot<T> {
        &self.old
    }

    /// Returns what is in force; to a hook that prepares, what is going to be.
    #[expect(clippy::new_ret_no_self, reason = "it is the side beside `old`")]
    pub fn new(&self) -> &Snapshot<T> {
        &self.new
    }

    /// Returns the number of the new revision.
    pub fn revision(&self) -> u64 {
        self.new.revision()
    }

    /// Returns how many revisions between the two the receiver has not seen.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Returns what differs between the two. Secrets are masked.
    pub fn differences(&self) -> &Differences {
        if self.skipped == 0 {
            return self.new.differences();
        }
        self.differences.get_or_init(|| self.old.made().loaded.diff(&self.new.made().loaded))
    }

    /// Goes through the paths of settings that differ, in the order of the declaration.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.differences().iter().map(Difference::path)
    }

    /// Returns whether a setting, anything inside it, or all around it differs.
    pub fn touches(&self, path: &str) -> bool {
        let Some(asked) = self.new.path(path) else { return false };
        self.paths().any(|path| {
            path::parse(path).is_ok_and(|path| path.starts_with(&asked) || asked.starts_with(&path))
        })
    }
}

impl<T> Clone for Update<T> {
    fn clone(&self) -> Self {
        Self {
            old: self.old.clone(),
            new: self.new.clone(),
            skipped: self.skipped,
            differences: self.differences.clone(),
        }
    }
}

/// Without the settings, which need not be `Debug`.
impl<T> fmt::Debug for Update<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("old", &self.old)
            .field("new", &self.new)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}
