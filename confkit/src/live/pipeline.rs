//! The way of a change: make the value, prepare, swap, commit, tell. What comes before the swap has no
//! effect that stays.

use std::sync::Arc;

use super::clock::later;
use super::events::EventKind;
use super::hooks::{self, Prepared, Refusal, guarded};
use super::outcome::{Cause, Outcome, Why};
use super::proposal::Proposal;
use super::requests::Asked;
use super::shared::{Probation, Shared, Trouble, count};
use super::since::Since;
use super::snapshot::{Entry, Made, Snapshot};
use super::update::Update;
use crate::config::Config;
use crate::loader::{self, Moment};
use crate::report::{Code, Report};

/// A report of one problem that has nothing to do with what layers say.
pub(super) fn refusal<T: Config>(code: Code, message: String, help: Option<&str>) -> Report {
    loader::refusal(T::METADATA, code, message, help).while_in_force()
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// Makes the value of layers, and has it in force if it is another one.
    pub(super) fn take(&self, proposal: Proposal, cause: Cause) -> Result<Outcome, Report> {
        let old = self.current();
        let before = &old.made().loaded;
        let made =
            Made::new(&self.options.repeated, proposal, Some(before)).map_err(Report::while_in_force)?;
        let (has_given_up, warnings) = (self.book(|book| !book.given_up.is_empty()), made.loaded.warnings());
        // Marking content takes time, and mostly nobody asks.
        let is_asked = has_given_up || !warnings.is_empty();
        let is_new = is_asked && made.contents().base != old.made().contents().base;
        let is_reload = cause == Cause::Reload;
        if is_reload && is_new && self.holds(made.contents().base) {
            return Ok(Outcome::Held);
        }
        let are_new = is_new || warnings.len() != before.warnings().len();
        let outcome = self.adopt(made, cause)?;
        if are_new {
            self.tell_warnings_of(outcome);
        }
        if is_reload && is_new && outcome != Outcome::Closed {
            self.book(|book| book.given_up.clear());
        }
        Ok(outcome)
    }

    /// Tells the warnings of what has come into force.
    fn tell_warnings_of(&self, outcome: Outcome) {
        let current = self.current();
        let moment = match outcome {
            Outcome::Changed(revision) => Moment::Change(revision),
            Outcome::Unchanged => Moment::Refresh(current.revision()),
            _ => return,
        };
        self.tell_warnings(moment, current.warnings());
    }

    /// Whether content was given up, and nothing newer has been in force since. The state is then what that made
    /// of it: what was wrong meanwhile is gone.
    fn holds(&self, content: u64) -> bool {
        let why = self
            .book(|book| book.given_up.iter().find(|one| one.content == content).map(|one| one.why.clone()));
        match why {
            Some(Some(why)) => self.be_stale(why),
            Some(None) => self.be_ready(),
            None => return false,
        }
        true
    }

    /// Has a value in force if it is another one.
    pub(super) fn adopt(&self, made: Made<T>, cause: Cause) -> Result<Outcome, Report> {
        let old = self.current();
        if (self.options.same)(&old, &**made.loaded) {
            // What it is made of may be new all the same: places, texts, overrides.
            let new = old.with(made);
            let (rotated, before) = self.install(&new, Self::refresh)?;
            self.tell_overrides(&before, new.overrides());
            self.record_rotations(&rotated);
            self.tell_rotations(&rotated);
            return Ok(Outcome::Unchanged);
        }
        let new = self.after(&old, made, cause);
        let update = Update::between(old, new);
        let prepared = self.prepare(&update)?;
        if self.turns.is_closed() {
            prepared.undo(&update, &|| self.caught());
            return Ok(Outcome::Closed);
        }
        let put = self.install(update.new(), Self::put_in_force);
        let (rotated, before) = put.inspect_err(|_| prepared.undo(&update, &|| self.caught()))?;
        self.begin_probation(&update);
        self.emit(|| EventKind::of(update.new()));
        self.tell_overrides(&before, update.new().overrides());
        self.record_rotations(&rotated);
        self.tell_probation();
        self.note_state(update.new().cause());
        prepared.commit(&update, &|| self.caught());
        self.tell(&update);
        self.tell_rotations(&rotated);
        Ok(Outcome::Changed(update.revision()))
    }

    /// The revision after another one.
    fn after(&self, old: &Snapshot<T>, made: Made<T>, cause: Cause) -> Snapshot<T> {
        let since = Since::between(T::METADATA, old.made().loaded.kept(), made.loaded.kept());
        Snapshot::new(Entry {
            number: old.revision() + 1,
            cause,
            actor: self.book(|book| book.actor.clone()),
            at: self.now(),
            since: Arc::new(since),
            made,
        })
    }

    fn prepare(&self, update: &Update<T>) -> Result<Prepared<T>, Report> {
        hooks::prepare(&self.hooks, update, &|| self.caught()).map_err(|Refusal { name, words }| {
            let revision = update.revision();
            let message = match words {
                Some(words) => format!("the hook `{name}` refuses revision {revision}: {words}"),
                None => format!("the hook `{name}` panicked while it prepared revision {revision}"),
            };
            let message = update.old().without_secrets(&update.new().without_secrets(&message));
            refusal::<T>(Code::Invalid, message, None)
        })
    }

    /// Begins to watch how the new revision does.
    fn begin_probation(&self, update: &Update<T>) {
        let new = update.new();
        let Some(health) = &self.options.health else { return };
        self.outcomes.reset();
        // A revision that is not proven is none to go back to.
        let before = self.book(|book| book.probation.take());
        let proven = before.map_or_else(|| update.old().clone(), |before| before.proven);
        if new.cause().goes_back() {
            return;
        }
        let now = new.at();
        let (next, ends) = (later(now, health.every.min(health.window)), later(now, health.window));
        self.book(|book| book.probation = Some(Probation { proven, ends, next }));
        self.alarm.ring();
    }

    fn tell_probation(&self) {
        if let Some(until) = self.book(|book| book.probation.as_ref().map(|probation| probation.ends)) {
            self.emit(|| EventKind::OnProbation { until });
        }
    }

    fn tell(&self, update: &Update<T>) {
        self.bell.ring();
        for listener in self.on_change.all() {
            if self.turns.is_closed() {
                return;
            }
            guarded(|| listener(update), &|| self.caught());
        }
    }

    /// Tells a refusal once.
    pub(super) fn tell_refusal(&self, report: &Report, asked: Asked) {
        count(&self.counters.refusals);
        let text = report.to_json();
        let is_known = self.book(|book| book.told.replace(text.clone()).is_some_and(|told| told == text));
        if is_known {
            return;
        }
        self.emit(|| EventKind::Refused { report: report.clone() });
        let listeners = self.on_refused.all();
        if listeners.is_empty() && asked == Asked::InBackground && !self.sinks.show_reports() {
            return self.options.repeated.tell_refusal(T::METADATA, report);
        }
        for listener in listeners {
            if self.turns.is_closed() {
                return;
            }
            guarded(|| listener(report), &|| self.caught());
        }
    }

    /// Notes how the settings are with a new revision: who is told of it finds the state that belongs to it.
    fn note_state(&self, cause: &Cause) {
        match cause {
            Cause::Reload => self.be_ready(),
            Cause::Unhealthy { revision, reason } => {
                self.be_stale(Why::Unhealthy { revision: *revision, reason: reason.clone() });
            }
            _ => {}
        }
    }

    /// Notes that newer content is not in force.
    pub(super) fn be_stale(&self, why: Why) {
        let now = self.now();
        let is_new = self.book(|book| {
            let since = book.trouble.as_ref().map_or(now, |trouble| trouble.since);
            book.trouble.replace(Trouble { since, why: why.clone() }).is_none()
        });
        if is_new {
            self.emit(|| EventKind::Stale { why });
        }
    }

    /// Notes that the newest content is in force.
    pub(super) fn be_ready(&self) {
        let trouble = self.book(|book| {
            book.told = None;
            book.trouble.take()
        });
        if trouble.is_some() {
            self.emit(|| EventKind::Ready);
        }
    }

    /// Counts a panic of the program's.
    pub(super) fn caught(&self) {
        count(&self.counters.panics);
        self.emit(|| EventKind::Panicked);
    }
}
