//! Whether a sink was told all of it.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use confkit::live::{Event, EventKind, Sink};

use crate::scenario::Outcome;
use crate::settings::MARKER;

/// A sink that goes through the books: every event once, every revision in order, the end last, and no secret.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Account>>);

#[derive(Default)]
struct Account {
    events: u64,
    /// The greatest number of an event, and what all of them come to.
    newest: u64,
    sum: u64,
    /// The revision that came into force last.
    revision: u64,
    faults: Vec<String>,
    is_closed: bool,
}

impl Log {
    /// Goes through the books after the end, which was at a revision.
    pub(crate) fn audit(&self, revision: u64, outcome: &mut Outcome) {
        let mut account = self.account();
        let Account { events, newest, sum, is_closed, .. } = *account;
        let is_whole = newest == events && sum == events * (events + 1) / 2;
        outcome.logged += events;
        outcome.check(is_whole, || format!("the log has {events} events, the newest is number {newest}"));
        let known = account.revision;
        outcome.check(known == revision, || format!("the log ends at revision {known} and not {revision}"));
        outcome.check(is_closed, || "the log has no end".to_owned());
        outcome.faults.append(&mut account.faults);
    }

    fn account(&self) -> MutexGuard<'_, Account> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Log {
    fn record(&self, event: &Event) -> io::Result<()> {
        let (json, text) = (event.to_json(), event.to_string());
        let number = event.id().rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
        let mut account = self.account();
        if json.contains(MARKER) || text.contains(MARKER) {
            account
                .faults
                .push(format!("the log shows the secret: {}", json.replace(MARKER, "<the secret>")));
        }
        if account.is_closed {
            account.faults.push(format!("the log goes on after the end: {text}"));
        }
        account.events += 1;
        account.newest = account.newest.max(number);
        account.sum += number;
        match event.kind() {
            EventKind::Changed { .. } => {
                if event.revision() != account.revision + 1 {
                    let last = account.revision;
                    account.faults.push(format!("the log has this after revision {last}: {text}"));
                }
                account.revision = event.revision();
            }
            EventKind::Closed => account.is_closed = true,
            _ => {}
        }
        Ok(())
    }
}
