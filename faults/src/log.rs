//! Whether everything was told and kept: a sink that goes through the books, and an audit log beside it.

use std::fs::File;
use std::hash::{DefaultHasher, Hasher as _};
use std::io::{self, BufRead as _, BufReader};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use confkit::live::{Audit, Builder, Event, Sink};
use serde::Deserialize;
use tempfile::TempDir;

use crate::scenario::{Outcome, Result};
use crate::settings::MARKER;

/// What live settings tell a sink, and what they have in an audit log, which are to be the same.
pub(crate) struct Log {
    told: Told,
    /// Not where the settings are, so that nobody who watches those hears of it.
    folder: TempDir,
    is_synced: bool,
}

impl Log {
    /// Each record is on the disk before the next thing happens, as users have it.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { told: Told::default(), folder: tempfile::tempdir()?, is_synced: true })
    }

    /// For so many changes that the disk would be all that is measured: nothing waits for it.
    pub(crate) fn unsynced() -> io::Result<Self> {
        Ok(Self { is_synced: false, ..Self::new()? })
    }

    /// Has live settings tell both of everything.
    pub(crate) fn keep<T>(&self, builder: Builder<T>) -> io::Result<Builder<T>>
    where
        T: confkit::Config + Send + Sync + 'static,
    {
        let audit = Audit::options().sync(self.is_synced).filter(|_| true).open(self.path())?;
        Ok(builder.sink(self.told.clone()).sink(audit))
    }

    /// Goes through both after the end, which was at a revision.
    pub(crate) fn check(&self, revision: u64, outcome: &mut Outcome) {
        let mut told = self.told.account();
        told.check("the sink", revision, outcome);
        outcome.logged += told.events;
        match self.kept() {
            Ok(mut kept) => {
                kept.check("the audit log", revision, outcome);
                let is_same = (kept.events, kept.hash) == (told.events, told.hash);
                outcome.check(is_same, || {
                    format!("the audit log has not the {} events that were told", told.events)
                });
                outcome.kept += if is_same { kept.events } else { 0 };
            }
            Err(error) => outcome.faults.push(format!("the audit log cannot be believed: {error}")),
        }
    }

    /// What is in the audit log, which has to be whole.
    fn kept(&self) -> Result<Account> {
        let verified = Audit::verify(self.path())?;
        let mut account = Account::default();
        for line in BufReader::new(File::open(self.path())?).lines() {
            let line = line?;
            let record = line.split_once(",\"event\":").and_then(|(_, rest)| rest.rsplit_once(",\"hash\":"));
            let (json, _) = record.ok_or("it has a record that is no event")?;
            account.add(&serde_json::from_str(json)?, json);
        }
        if verified.records() != account.events {
            return Err(format!("{} of {} records were read", account.events, verified.records()).into());
        }
        Ok(account)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("audit.jsonl")
    }
}

/// What is looked at in an event.
#[derive(Deserialize)]
struct Entry<'t> {
    id: &'t str,
    revision: u64,
    event: &'t str,
}

/// Events as they come: every one once, every revision in order, the end last, and no secret.
#[derive(Default)]
struct Account {
    events: u64,
    /// Of all events, in whatever order they came: threads do not wait for each other.
    hash: u64,
    /// The greatest number of an event, and what all of them come to.
    newest: u64,
    sum: u64,
    /// The revision that came into force last.
    revision: u64,
    faults: Vec<String>,
    is_closed: bool,
}

impl Account {
    fn add(&mut self, entry: &Entry<'_>, json: &str) {
        let mut hasher = DefaultHasher::new();
        hasher.write(json.as_bytes());
        self.hash = self.hash.wrapping_add(hasher.finish());
        let number = entry.id.rsplit_once('-').and_then(|(_, number)| number.parse().ok()).unwrap_or(0);
        self.events += 1;
        self.newest = self.newest.max(number);
        self.sum += number;
        self.has_no_secret(json);
        if self.is_closed {
            self.faults.push(format!("it goes on after the end: {json}"));
        }
        match entry.event {
            "changed" => {
                if entry.revision != self.revision + 1 {
                    self.faults.push(format!("it has this after revision {}: {json}", self.revision));
                }
                self.revision = entry.revision;
            }
            "closed" => self.is_closed = true,
            _ => {}
        }
    }

    fn has_no_secret(&mut self, text: &str) {
        if text.contains(MARKER) {
            self.faults.push(format!("it shows the secret: {}", text.replace(MARKER, "<the secret>")));
        }
    }

    fn check(&mut self, whose: &str, revision: u64, outcome: &mut Outcome) {
        let Self { events, newest, sum, is_closed, .. } = *self;
        let is_whole = newest == events && sum == events * (events + 1) / 2;
        let known = self.revision;
        outcome.check(is_whole, || format!("{whose} has {events} events, the newest is number {newest}"));
        outcome.check(known == revision, || format!("{whose} ends at revision {known} and not {revision}"));
        outcome.check(is_closed, || format!("{whose} has no end"));
        outcome.faults.extend(self.faults.drain(..).map(|fault| format!("{whose}: {fault}")));
    }
}

/// The sink.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Account>>);

impl Told {
    fn account(&self) -> MutexGuard<'_, Account> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Told {
    fn record(&self, event: &Event) -> io::Result<()> {
        let (json, text) = (event.to_json(), event.to_string());
        let entry = Entry { id: event.id(), revision: event.revision(), event: event.kind().as_str() };
        let mut account = self.account();
        account.add(&entry, &json);
        account.has_no_secret(&text);
        Ok(())
    }
}
