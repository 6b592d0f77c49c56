//! An audit log: events in a file, each bound to the one before it.
//!
//! A log is a file of lines, and a line is a record:
//!
//! ```text
//! {"sequence":17,"previous":"5a3c…","event":{…},"hash":"9f86…"}
//! ```
//!
//! | | |
//! |---|---|
//! | `sequence` | 1, 2, 3, … |
//! | `previous` | the hash of the record before it; 64 zeros in the first |
//! | `event` | an [`Event`] as [`Event::to_json`] writes it, secrets masked |
//! | `log` | instead of `event`: what the log says of itself, see below |
//! | `hash` | SHA-256 of the line from its first byte to the last one before `,"hash":`, in lowercase hexadecimal digits |
//! | `mac` | instead of `hash`, in a log with a [key](Options::key): HMAC-SHA256 of the same bytes |
//!
//! These are the keys, in this order, with no space between them; a line ends with one line feed. So other
//! programs verify a log by its bytes, without agreeing on a form of JSON.
//!
//! Three records are about the log:
//!
//! - `{"record":"continued","at":…,"file":…}` is the first of a file that goes on where another one ended.
//! - `{"record":"restarted","at":…,"found":…}` is the first of a file that was begun since the one before it was gone
//!   while it was written, or not as it was written. `found` is what was in its place: `nothing`, `an empty file`, or
//!   the name under which that is kept now.
//! - `{"record":"repaired","at":…,"torn":…}` is there where the program or the machine had stopped in the middle of a
//!   record, of which `torn` is what was left (`torn_hex` if that is no UTF-8).

mod chain;
mod fault;
mod line;
mod lock;
mod log;
mod options;
mod place;
mod tail;
mod trouble;
mod verify;

use std::fmt;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

pub use chain::{Head, NoHead};
pub use fault::{Fault, FaultKind};
pub use options::Options;
pub use verify::{Verified, Verifier};

use self::line::Content;
use self::log::Log;
use self::trouble::with_help;
use super::{Event, Sink};
use crate::live::locked;
use crate::secret::Secret;

/// A sink that keeps events in a file of chained records: what has changed, from what to what, who asked for it,
/// why and when. What a record is, is said in [`audit`](self).
///
/// Clones are handles to one log, which is closed with the last of them. One log may be the sink of several live
/// settings; a record names their type.
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::live::{Audit, Expiry};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
/// }
///
/// # let folder = std::env::temp_dir().join(format!("confkit-audit-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder).unwrap();
/// # let path = folder.join("audit.jsonl");
/// let audit = Audit::open(&path).unwrap();
/// let live = Settings::loader().live().sink(audit.clone()).start()?;
/// live.by("alice").because("ORD-12").set_override("port", 81, Expiry::Never)?;
/// live.close();
///
/// let verified = Audit::verify(&path).unwrap();
/// assert_eq!((verified.records(), verified.head()), (4, audit.head()));
/// let text = std::fs::read_to_string(&path).unwrap();
/// assert!(text.contains(r#""by":"alice","because":"ORD-12","path":"port""#));
/// # std::fs::remove_dir_all(folder).unwrap();
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Clone)]
pub struct Audit(Arc<Inner>);

struct Inner {
    log: Mutex<Log>,
    filter: Box<dyn Fn(&Event) -> bool + Send + Sync>,
}

impl Audit {
    /// Opens a log and goes on where it ends, or begins one, which on Unix is readable for its owner alone.
    ///
    /// Its last record is looked at; [`verify`](Self::verify) looks at all. What is behind the last whole record is
    /// what was left when the program or the machine stopped in the middle of writing: it is kept, in a record
    /// of its own.
    ///
    /// A log has one writer. That is held to by a lock on a file beside it, `audit.jsonl.lock`, which stays.
    ///
    /// # Errors
    ///
    /// Each names the file and says what to do. The file cannot be read or written; `InvalidInput` if it is no file, `ResourceBusy` if another writer has
    /// it open, `InvalidData` with a [`Fault`] if its last record is none of this log. Such a log is left as it is.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::options().open(path)
    }

    /// Begins to say how a log is kept, with a [key](Options::key).
    pub fn keyed(key: &Secret<String>) -> Options {
        Self::options().key(key)
    }

    /// Begins to say how a log is kept.
    pub fn options() -> Options {
        Options::default()
    }

    /// Returns the last record. Noted elsewhere now and then, it shows later that nothing before it was removed
    /// or written anew: see [`Verifier::holds`].
    pub fn head(&self) -> Head {
        locked(&self.0.log).head()
    }

    /// Keeps the file under another name, on the same file system, and goes on in a new one, whose first record
    /// names it. A crash leaves the one or the other, and the log whole.
    ///
    /// # Errors
    ///
    /// `AlreadyExists` if there is a file of that name; the files cannot be written or renamed. Then the log
    /// goes on as before. Also if the log is not where or as it was written: then it is [begun anew](self), and can be
    /// rotated again.
    pub fn rotate(&self, kept: impl AsRef<Path>) -> io::Result<()> {
        locked(&self.0.log).rotate(kept.as_ref()).map_err(with_help)
    }

    /// Verifies a log that is one file and has no key; [`Verifier`] does so with others.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn verify(path: impl AsRef<Path>) -> Result<Verified, Fault> {
        Verifier::new().files([path])
    }
}

impl Sink for Audit {
    fn record(&self, event: &Event) -> io::Result<()> {
        if !(self.0.filter)(event) {
            return Ok(());
        }
        locked(&self.0.log).append(&Content::event(event))
    }

    fn close(&self) {
        // Every record that could not be kept was told when it was written.
        let _ = locked(&self.0.log).sync();
    }
}

impl fmt::Debug for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Audit").field(&locked(&self.0.log).path()).finish()
    }
}
