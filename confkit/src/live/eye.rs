//! When the layers are read again: soon after something has happened to a file or a source, once it
//! rests, and every so often in any case.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::locked;

/// How long a file that was emptied or removed may take to come back before it is believed.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long it waits for rest at most, before it tries to read all the same.
const LONGEST: Duration = Duration::from_secs(2);

/// What was seen, and when to look.
pub(super) struct Eye {
    pub(super) quiet: Duration,
    pub(super) poll: Duration,
    seen: Mutex<Seen>,
}

struct Seen {
    /// When something happened first and last, since the layers were read.
    happened: Option<(Instant, Instant)>,
    /// How long it has to be quiet before they are.
    rest: Duration,
    /// When they were read last.
    read: Instant,
}

impl Eye {
    pub(super) fn new(quiet: Duration, poll: Duration) -> Self {
        Self { quiet, poll, seen: Mutex::new(Seen { happened: None, rest: quiet, read: Instant::now() }) }
    }

    /// Notes that something may have changed.
    pub(super) fn signal(&self) {
        let (mut seen, now) = (locked(&self.seen), Instant::now());
        seen.happened = Some((seen.happened.map_or(now, |(first, _)| first), now));
        seen.rest = self.quiet;
    }

    /// Notes that what was found may be on the way to something else.
    pub(super) fn be_patient(&self) {
        let (mut seen, now) = (locked(&self.seen), Instant::now());
        seen.happened = Some((now, now));
        seen.rest = self.quiet.max(PATIENCE);
    }

    /// How long it is until the layers are to be read.
    pub(super) fn due_in(&self) -> Duration {
        let seen = locked(&self.seen);
        match seen.happened {
            Some((first, last)) => {
                let longest = LONGEST.max(seen.rest).saturating_sub(first.elapsed());
                seen.rest.saturating_sub(last.elapsed()).min(longest)
            }
            None => self.poll.saturating_sub(seen.read.elapsed()),
        }
    }

    /// Notes that they are going to be read; returns whether what was waited for is over.
    pub(super) fn begin(&self) -> bool {
        let mut seen = locked(&self.seen);
        seen.read = Instant::now();
        let was_patient = seen.rest > self.quiet;
        seen.happened = None;
        seen.rest = self.quiet;
        was_patient
    }
}
