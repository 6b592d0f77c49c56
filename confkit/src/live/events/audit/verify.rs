//! Whether a log is whole.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::chain::{Chain, Hash, Head};
use super::fault::{Fault, FaultKind};
use super::line::{About, Line};
use crate::secret::Secret;

/// Reads a log and says whether every record is there, in order and as it was written. It takes the whole log to
/// know, and as much memory as the longest line.
///
/// # Example
///
/// ```
/// use confkit::Secret;
/// use confkit::live::Audit;
/// use confkit::live::audit::Verifier;
///
/// # let folder = std::env::temp_dir().join(format!("confkit-audit-verifier-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("audit.jsonl");
/// let key = Secret::from("correct horse battery staple".to_owned());
/// let audit = Audit::keyed(&key).open(&path)?;
/// audit.rotate(path.with_extension("1.jsonl"))?;
/// let head = audit.head();
///
/// let files = [path.with_extension("1.jsonl"), path];
/// let verified = Verifier::new().key(&key).holds(head).files(files)?;
/// assert_eq!(verified.records(), 1);
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Verifier {
    chain: Chain,
    after: Option<Head>,
    known: Vec<Head>,
}

/// What a log is that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    records: u64,
    first: Option<u64>,
    repairs: u64,
    restarts: u64,
    head: Head,
}

impl Verified {
    /// Returns how many records there are.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// Returns the number of the first record. It is not 1 where older files are kept elsewhere.
    pub fn first(&self) -> Option<u64> {
        self.first
    }

    /// Returns how often the log ended in the middle of a record, which was repaired.
    pub fn repairs(&self) -> u64 {
        self.repairs
    }

    /// Returns how often the file of the log was gone or another one, while a program wrote it, so that the log was
    /// begun anew. Files before that are part of the log: give them too.
    pub fn restarts(&self) -> u64 {
        self.restarts
    }

    /// Returns the last record. What was cut off behind it cannot be seen: compare with a head that was kept
    /// elsewhere, with [`Verifier::holds`].
    pub fn head(&self) -> Head {
        self.head
    }
}

impl Verifier {
    /// Begins without a key.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn of(chain: Chain) -> Self {
        Self { chain, ..Self::default() }
    }

    /// Sets the key that the log was written with.
    pub fn key(self, key: &Secret<String>) -> Self {
        Self { chain: Chain::keyed(key), ..self }
    }

    /// Sets what the first record has to follow: the end of older files that were verified before. By default a
    /// log begins with record 1, or with a record that says which file it goes on from, or why it was begun anew.
    pub fn after(self, head: Head) -> Self {
        Self { after: Some(head), ..self }
    }

    /// Adds a record that the log has to have: a head that was noted earlier, elsewhere. It shows what the
    /// chain itself cannot: that the end was cut off, or everything written anew.
    pub fn holds(mut self, head: Head) -> Self {
        self.known.push(head);
        self
    }

    /// Verifies the files of one log, the oldest first.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn files(&self, paths: impl IntoIterator<Item = impl AsRef<Path>>) -> Result<Verified, Fault> {
        let mut walk = Walk::new(self);
        let mut last = String::new();
        for path in paths {
            let path = path.as_ref();
            last = path.display().to_string();
            let file =
                File::open(path).map_err(|error| Fault::new(&last, None, FaultKind::Unreadable(error)))?;
            walk.along(&last, BufReader::new(file))?;
        }
        walk.end(&last)
    }

    /// Verifies a log from anywhere, by a name for what is told about it.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong.
    pub fn read(&self, name: &str, log: impl BufRead) -> Result<Verified, Fault> {
        let mut walk = Walk::new(self);
        walk.along(name, log)?;
        walk.end(name)
    }
}

/// A log on the way.
struct Walk<'v> {
    verifier: &'v Verifier,
    /// Where it is; nowhere before the first record.
    head: Option<Head>,
    verified: Verified,
}

impl<'v> Walk<'v> {
    fn new(verifier: &'v Verifier) -> Self {
        let head = verifier.after.unwrap_or(Head::START);
        let verified = Verified { records: 0, first: None, repairs: 0, restarts: 0, head };
        Self { verifier, head: verifier.after, verified }
    }

    fn along(&mut self, file: &str, mut log: impl BufRead) -> Result<(), Fault> {
        let mut bytes = Vec::new();
        for number in 1.. {
            bytes.clear();
            let fault = |kind| Fault::new(file, Some(number), kind);
            match log.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) => return Err(Fault::new(file, None, FaultKind::Unreadable(error))),
            }
            let line = bytes.strip_suffix(b"\n").ok_or_else(|| fault(FaultKind::Torn))?;
            let line = Line::read(line).ok_or_else(|| fault(FaultKind::Malformed))?;
            self.record(&line).map_err(fault)?;
        }
        Ok(())
    }

    fn record(&mut self, line: &Line<'_>) -> Result<(), FaultKind> {
        self.genuine(line)?;
        self.linked(line)?;
        let head = line.head();
        let is_other = |known: &&Head| known.sequence == head.sequence && **known != head;
        if let Some(known) = self.verifier.known.iter().find(is_other) {
            return Err(FaultKind::Rewritten { known: *known });
        }
        self.head = Some(head);
        self.verified.head = head;
        self.verified.records += 1;
        self.verified.first.get_or_insert(head.sequence);
        self.verified.repairs += u64::from(line.about == About::Repaired);
        self.verified.restarts += u64::from(line.about == About::Restarted);
        Ok(())
    }

    /// Whether it is what was written.
    fn genuine(&self, line: &Line<'_>) -> Result<(), FaultKind> {
        let chain = &self.verifier.chain;
        match (line.is_keyed, chain.is_keyed()) {
            (true, false) => Err(FaultKind::KeyMissing),
            (false, true) => Err(FaultKind::KeyUnused),
            (_, is_keyed) if !line.is_genuine(chain) => {
                Err(FaultKind::Changed { sequence: line.sequence, is_keyed })
            }
            _ => Ok(()),
        }
    }

    /// Whether it is where it was written.
    fn linked(&self, line: &Line<'_>) -> Result<(), FaultKind> {
        let (sequence, previous) = (line.sequence, line.previous);
        let Some(head) = self.head else {
            let begins = sequence == 1 && previous == Hash::ZERO
                || matches!(line.about, About::Continued | About::Restarted);
            return begins.then_some(()).ok_or(FaultKind::Beheaded { sequence });
        };
        // The number of what never was written need not fit.
        let expected = head.sequence.saturating_add(1);
        if sequence != expected {
            Err(FaultKind::Sequence { expected, found: sequence })
        } else if previous != head.hash {
            Err(FaultKind::Unlinked { sequence })
        } else {
            Ok(())
        }
    }

    /// Whether everything was there that is known.
    fn end(self, file: &str) -> Result<Verified, Fault> {
        let (first, end) = (self.verified.first, self.verified.head);
        for known in self.verifier.known.iter().copied() {
            let kind = match first {
                _ if known == Head::START || self.verifier.after == Some(known) => continue,
                _ if known.sequence > end.sequence => FaultKind::CutOff { known, end },
                Some(first) if known.sequence < first => FaultKind::BeginsLater { known, first },
                _ => continue,
            };
            return Err(Fault::new(file, None, kind));
        }
        Ok(self.verified)
    }
}
