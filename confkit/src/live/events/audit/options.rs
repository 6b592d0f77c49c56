//! How a log is kept.

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use super::chain::Chain;
use super::log::Log;
use super::trouble::{told, with_help};
use super::{Audit, Inner};
use crate::live::events::{Event, EventKind};
use crate::live::outcome::Outcome;
use crate::secret::Secret;

/// Says how a log is kept, before it is opened: made by [`Audit::options`] and [`Audit::keyed`].
///
/// # Example
///
/// ```
/// use confkit::live::Audit;
///
/// # let folder = std::env::temp_dir().join(format!("confkit-audit-options-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("audit.jsonl");
/// let options = Audit::options().rotate_at(16 * 1024 * 1024).filter(|event| event.kind().as_str() == "changed");
/// let audit = options.open(path)?;
/// assert_eq!(audit.head().sequence(), 0);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "nothing is opened before `open`"]
pub struct Options {
    rules: Rules,
    filter: Box<dyn Fn(&Event) -> bool + Send + Sync>,
    is_without_key: bool,
}

/// What a log is written by.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) chain: Chain,
    pub(super) is_synced: bool,
    pub(super) rotate_at: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        let rules = Rules { chain: Chain::default(), is_synced: true, rotate_at: None };
        Self { rules, filter: Box::new(is_worth_keeping), is_without_key: false }
    }
}

impl Options {
    /// Sets the key of the chain: records have an HMAC-SHA256 instead of a SHA-256. Without the key nobody can
    /// change the log and make it fit again. Take 32 random bytes as text, and keep them where the log is not.
    pub fn key(mut self, key: &Secret<String>) -> Self {
        self.is_without_key = key.expose().is_empty();
        self.rules.chain = Chain::keyed(key);
        self
    }

    /// Sets whether each record is on the disk before the next thing happens; by default it is. Without it
    /// records that were written survive a crash of the program, but not one of the machine.
    pub fn sync(mut self, is_synced: bool) -> Self {
        self.rules.is_synced = is_synced;
        self
    }

    /// Goes on in a new file once there are so many bytes. The former one is kept beside it, with the number of
    /// its last record added to its name: `audit.jsonl.1042`. By default there is one file.
    pub fn rotate_at(mut self, bytes: u64) -> Self {
        self.rules.rotate_at = Some(bytes);
        self
    }

    /// Sets which events are kept. By default all are, but for loads that changed nothing and that nobody asked
    /// for ([`Handle::by`](crate::live::Handle::by)): those happen every 30 seconds.
    pub fn filter(mut self, keeps: impl Fn(&Event) -> bool + Send + Sync + 'static) -> Self {
        self.filter = Box::new(keeps);
        self
    }

    /// Opens a log, or begins one: see [`Audit::open`].
    ///
    /// # Errors
    ///
    /// Those of [`Audit::open`], and `InvalidInput` if the key is empty.
    pub fn open(self, path: impl AsRef<Path>) -> io::Result<Audit> {
        if self.is_without_key {
            let what = "the key of the audit log is empty";
            let error =
                told(io::ErrorKind::InvalidInput, path.as_ref(), what, "give 32 random bytes as text");
            return Err(with_help(error));
        }
        let log = Mutex::new(Log::open(path.as_ref(), self.rules).map_err(with_help)?);
        Ok(Audit(Arc::new(Inner { log, filter: self.filter })))
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("rules", &self.rules).finish_non_exhaustive()
    }
}

fn is_worth_keeping(event: &Event) -> bool {
    match event.kind() {
        EventKind::Loaded { outcome, .. } => {
            matches!(outcome, Some(Outcome::Changed(_))) || event.actor().is_some()
        }
        _ => true,
    }
}
