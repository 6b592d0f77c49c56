//! What becomes of each thing that can be asked of live settings.

use std::time::Instant;

use super::clock::later;
use super::events::EventKind;
use super::looking::Reading;
use super::outcome::{Cause, Outcome, Why};
use super::overrides::Override;
use super::pipeline::refusal;
use super::proposal::Proposal;
use super::shared::{GivenUp, Shared, count};
use super::snapshot::{Made, Snapshot};
use super::turns::{Entry, Request, Wish};
use crate::config::Config;
use crate::loader::Base;
use crate::report::{Code, Report, clean};

/// Who hears what becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// The caller, by what is returned.
    ByCaller,
    /// Nobody but those who listen.
    InBackground,
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// Does what is asked for when its turn comes, and what is asked for meanwhile after it.
    pub(super) fn request(&self, wish: Wish, asked: Asked) -> Result<Outcome, Report> {
        match self.turns.enter(wish) {
            Entry::Closed => Ok(Outcome::Closed),
            Entry::Queued => Ok(Outcome::Queued),
            Entry::Taken(turn, wish) => {
                let outcome = self.perform(wish, asked);
                while let Some(wish) = turn.next() {
                    // What becomes of it is told to those who listen.
                    let _ = self.perform(wish, Asked::InBackground);
                }
                outcome
            }
        }
    }

    fn perform(&self, wish: Wish, asked: Asked) -> Result<Outcome, Report> {
        self.book(|book| book.actor = wish.actor);
        let outcome = match wish.request {
            Request::Reload => self.reload(),
            Request::Look => self.look(),
            Request::Tick => self.tick(),
            Request::Set(one) => self.set(one),
            Request::Clear(path) => self.clear(&path),
            Request::Refuse(report) => Err(report),
            Request::Rollback(number) => self.roll_back(number),
            Request::Pin => {
                self.set_pinned(true);
                Ok(Outcome::Pinned)
            }
            Request::Unpin => self.unpin(),
        };
        if let Err(report) = &outcome {
            self.tell_refusal(report, asked);
        }
        self.book(|book| book.actor = None);
        outcome
    }

    fn set_pinned(&self, is_pinned: bool) {
        let was_pinned = self.book(|book| std::mem::replace(&mut book.is_pinned, is_pinned));
        if was_pinned != is_pinned {
            self.emit(|| if is_pinned { EventKind::Pinned } else { EventKind::Unpinned });
        }
    }

    fn unpin(&self) -> Result<Outcome, Report> {
        self.set_pinned(false);
        let reloaded = self.reload();
        // What was set or has ended meanwhile does not wait for content that can be taken.
        match self.catch_up() {
            Ok(changed @ Outcome::Changed(_)) if reloaded.is_ok() => return Ok(changed),
            Ok(_) => {}
            Err(report) => self.tell_refusal(&report, Asked::InBackground),
        }
        reloaded
    }

    fn reload(&self) -> Result<Outcome, Report> {
        if self.book(|book| book.is_pinned) {
            return Ok(Outcome::Pinned);
        }
        let began = Instant::now();
        self.take_read(self.read(), began)
    }

    /// Takes what was read, or tells why it could not be read.
    pub(super) fn take_read(&self, read: Result<Reading, Report>, began: Instant) -> Result<Outcome, Report> {
        let mut found = None;
        let taken = read.and_then(|Reading { base, stamps }| {
            found = Some((base.looked().clone(), stamps));
            let overrides = self.book(|book| book.overrides.clone());
            self.take(Proposal::of(base, overrides), Cause::Reload)
        });
        self.emit(|| EventKind::Loaded { outcome: taken.as_ref().ok().copied(), took: began.elapsed() });
        match &taken {
            Ok(Outcome::Changed(_) | Outcome::Unchanged) => self.be_ready(),
            Err(report) => self.be_stale(Why::Refused(report.clone())),
            Ok(_) => {}
        }
        if let Some((looked, stamps)) = found {
            self.follow(looked, stamps);
        }
        taken
    }

    fn set(&self, one: Override) -> Result<Outcome, Report> {
        let overrides = self.book(|book| book.overrides.clone());
        self.override_with(Proposal::wanting(self.base(), overrides, one))
    }

    fn clear(&self, path: &str) -> Result<Outcome, Report> {
        let mut overrides = self.book(|book| book.overrides.clone());
        overrides.retain(|one| one.path() != path);
        self.override_with(Proposal::of(self.base(), overrides))
    }

    /// The layers that are in force.
    pub(super) fn base(&self) -> Base {
        self.current().made().base.clone()
    }

    /// Has other overrides over the layers that are in force.
    fn override_with(&self, proposal: Proposal) -> Result<Outcome, Report> {
        let outcome = if self.book(|book| book.is_pinned) {
            // What is wrong with it is told to who asks, and not at the end of the pin to somebody else.
            let (overrides, current) = (proposal.overrides.clone(), self.current());
            Made::new(&self.options.repeated, proposal, Some(&current.made().loaded))
                .map_err(Report::while_in_force)?;
            let before = self.book(|book| std::mem::replace(&mut book.overrides, overrides.clone()));
            self.tell_overrides(&before, &overrides);
            Outcome::Pinned
        } else {
            let outcome = self.take(proposal, Cause::Override)?;
            self.reconsider();
            outcome
        };
        self.alarm.ring();
        Ok(outcome)
    }

    /// Does what is due: former secrets end, overrides expire, then health is asked for.
    fn tick(&self) -> Result<Outcome, Report> {
        let now = self.now();
        self.end_rotations(now);
        let has_ended = self.end_overrides(now);
        if self.book(|book| book.is_pinned) {
            return Ok(Outcome::Pinned);
        }
        if has_ended { self.catch_up() } else { self.judge_health() }
    }

    /// Goes back to what did well, if the revision in force does not.
    fn judge_health(&self) -> Result<Outcome, Report> {
        let Some(health) = &self.options.health else { return Ok(Outcome::Unchanged) };
        let now = self.now();
        let due = self.book(|book| {
            let due = book.probation.as_ref().filter(|probation| probation.next <= now)?;
            Some((due.proven.clone(), due.ends))
        });
        let Some((proven, ends)) = due else { return Ok(Outcome::Unchanged) };
        // Going back may be refused by a hook, and is tried again.
        let next = if now < ends { ends.min(later(now, health.every)) } else { later(now, health.every) };
        self.book(|book| book.probation.iter_mut().for_each(|probation| probation.next = next));
        let current = self.current();
        let Err(reason) = health.ask(current.value(), &self.outcomes, &|| self.caught()) else {
            if now >= ends {
                drop(self.book(|book| book.probation.take()));
                self.emit(|| EventKind::Proven);
            }
            return Ok(Outcome::Unchanged);
        };
        let (revision, reason) = (current.revision(), clean(&current.without_secrets(&reason)).into_owned());
        let outcome = self.go_back(&proven, Cause::Unhealthy { revision, reason: reason.clone() })?;
        count(&self.counters.returns);
        // With a revision of an equal value nothing was noted.
        self.be_stale(Why::Unhealthy { revision, reason });
        Ok(outcome)
    }

    fn roll_back(&self, number: u64) -> Result<Outcome, Report> {
        let (found, oldest, newest) = self.book(|book| {
            let found = book.history.iter().find(|one| one.revision() == number).cloned();
            let oldest = book.history.front().map_or(number, Snapshot::revision);
            (found, oldest, book.current.revision())
        });
        let Some(target) = found else {
            let message = format!("there is no revision {number} in the history");
            let help = format!("the history has {oldest} to {newest}");
            return Err(refusal::<T>(Code::NotFound, message, Some(&help)));
        };
        self.go_back(&target, Cause::Rollback { to: number })
    }

    /// Has the layers of an earlier revision in force again, with those of its overrides that have not
    /// expired since. The layers that are in force now are not taken again.
    fn go_back(&self, target: &Snapshot<T>, cause: Cause) -> Result<Outcome, Report> {
        let why = match &cause {
            Cause::Unhealthy { revision, reason } => {
                Some(Why::Unhealthy { revision: *revision, reason: reason.clone() })
            }
            _ => None,
        };
        let given_up = GivenUp { content: self.current().made().contents().base, why };
        let then = target.made();
        let mut made = then.clone();
        made.overrides.retain(|one| !one.is_over());
        let outcome = if made.overrides.len() == then.overrides.len() {
            self.adopt(made, cause)?
        } else {
            self.take(Proposal::of(made.base, made.overrides), cause)?
        };
        let judged = self.book(|book| {
            let wanted = then.contents().base;
            if given_up.content != wanted {
                book.given_up.retain(|one| one.content != given_up.content && one.content != wanted);
                book.given_up.push(given_up);
            }
            book.probation.take()
        });
        drop(judged);
        self.alarm.ring();
        Ok(outcome)
    }

    /// Tells which overrides went away and which came.
    pub(super) fn tell_overrides(&self, before: &[Override], now: &[Override]) {
        for one in before.iter().filter(|one| !now.iter().any(|other| other.path() == one.path())) {
            self.emit(|| EventKind::OverrideCleared { path: one.path().to_owned() });
        }
        for one in now.iter().filter(|one| !before.iter().any(|other| other.is(one))) {
            self.emit(|| EventKind::OverrideSet { path: one.path().to_owned(), expires: one.expires_at() });
        }
    }
}
