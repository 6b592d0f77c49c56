//! When the layers are read again: soon after something has happened to a file or a source, once it
//! rests, and every so often in any case.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::locked;

/// How long a file that was emptied or removed may take to come back before it is believed.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long it waits for rest at most, before it looks whether anybody writes.
const LONGEST: Duration = Duration::from_secs(2);

/// How long it takes at least until it looks again whether somebody writes.
const GLANCE: Duration = Duration::from_millis(10);

/// What was heard, and when to look.
pub(super) struct Eye {
    pub(super) quiet: Duration,
    pub(super) poll: Duration,
    seen: Mutex<Seen>,
}

struct Seen {
    /// When something was heard last, since it looked.
    heard: Option<Instant>,
    /// How long it has to be quiet from then on.
    rest: Duration,
    /// Whether that is to give somebody time.
    is_patient: bool,
    /// When it looks at the latest, whatever is heard.
    at_latest: Option<Instant>,
    /// When it looked last.
    looked: Instant,
}

/// Why it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// Something was heard, and then nothing for long enough.
    Rest,
    /// What may have been on the way to something else had its time.
    Patience,
    /// It is time. Somebody may be writing, heard or unheard.
    Time,
}

impl Seen {
    fn looked_now(rest: Duration) -> Self {
        Self { heard: None, rest, is_patient: false, at_latest: None, looked: Instant::now() }
    }
}

impl Eye {
    pub(super) fn new(quiet: Duration, poll: Duration) -> Self {
        Self { quiet, poll, seen: Mutex::new(Seen::looked_now(quiet)) }
    }

    /// Notes that something may have changed. It looks no later than it would have without that.
    pub(super) fn signal(&self) {
        let (mut seen, now) = (locked(&self.seen), Instant::now());
        let (by_rest, by_poll) =
            (now.checked_add(LONGEST.max(self.quiet)), seen.looked.checked_add(self.poll));
        seen.at_latest = seen.at_latest.or_else(|| by_rest.into_iter().chain(by_poll).min());
        seen.heard = Some(now);
        (seen.rest, seen.is_patient) = (self.quiet, false);
    }

    /// Notes that what was found may be on the way to something else.
    pub(super) fn be_patient(&self) {
        let (mut seen, now) = (locked(&self.seen), Instant::now());
        (seen.rest, seen.is_patient) = (self.quiet.min(self.poll).max(PATIENCE), true);
        seen.at_latest = now.checked_add(LONGEST.max(seen.rest));
        seen.heard = Some(now);
    }

    /// Notes that somebody may be writing, of whom nothing needs to be heard: it looks again after the quiet time.
    pub(super) fn look_again(&self) {
        let mut seen = locked(&self.seen);
        seen.heard = None;
        seen.at_latest = Instant::now().checked_add(self.quiet.clamp(GLANCE, LONGEST));
    }

    /// How long it is until it is to look.
    pub(super) fn due_in(&self) -> Duration {
        let seen = locked(&self.seen);
        let by_rest = seen.heard.map(|heard| seen.rest.saturating_sub(heard.elapsed()));
        let by_time = seen.at_latest.map(|time| time.saturating_duration_since(Instant::now()));
        let by_poll = || self.poll.saturating_sub(seen.looked.elapsed());
        by_rest.into_iter().chain(by_time).min().unwrap_or_else(by_poll)
    }

    /// Notes that it looks; returns why.
    pub(super) fn begin(&self) -> Occasion {
        let mut seen = locked(&self.seen);
        let occasion = match seen.heard {
            Some(heard) if heard.elapsed() < seen.rest => Occasion::Time,
            Some(_) if seen.is_patient => Occasion::Patience,
            Some(_) => Occasion::Rest,
            None => Occasion::Time,
        };
        *seen = Seen::looked_now(self.quiet);
        occasion
    }
}
