//! The end of overrides: what is below them is in force then.

use std::time::SystemTime;

use super::events::EventKind;
use super::outcome::{Cause, Outcome, Why};
use super::overrides::Override;
use super::proposal::Proposal;
use super::requests::Asked;
use super::shared::{Shared, Trouble};
use super::snapshot::Snapshot;
use crate::config::Config;
use crate::report::Report;

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// Takes overrides away whose time is over; returns whether there were any. They are in force until
    /// [`catch_up`](Self::catch_up).
    pub(super) fn end_overrides(&self, now: SystemTime) -> bool {
        let overrides = self.book(|book| book.overrides.clone());
        overrides.iter().for_each(|one| one.expire(now));
        let (over, left): (Vec<Override>, Vec<Override>) = overrides.into_iter().partition(Override::is_over);
        if over.is_empty() {
            return false;
        }
        self.book(|book| book.overrides = left);
        for one in over {
            self.emit(|| EventKind::OverrideExpired { path: one.path().to_owned() });
        }
        true
    }

    /// Has the overrides that are set in force, and no others: some may have ended, or were set during a pin. If
    /// the layers in force are not good with them, because one that has ended made them so, earlier ones are that are.
    pub(super) fn catch_up(&self) -> Result<Outcome, Report> {
        let (current, overrides) = self.book(|book| (book.current.clone(), book.overrides.clone()));
        let in_force = current.overrides();
        if in_force.len() == overrides.len()
            && in_force.iter().zip(&overrides).all(|(one, other)| one.is(other))
        {
            return Ok(Outcome::Unchanged);
        }
        let cause = if in_force.iter().any(Override::is_over) { Cause::Expiry } else { Cause::Override };
        let taken = self.take(Proposal::of(self.base(), overrides.clone()), cause.clone());
        match &taken {
            Ok(_) => self.reconsider(),
            Err(report) => {
                self.be_stale(Why::Refused(report.clone()));
                if let Some(outcome) = self.fall_back(&overrides, &cause) {
                    self.tell_refusal(report, Asked::InBackground);
                    return Ok(outcome);
                }
            }
        }
        taken
    }

    /// Has the layers of the newest revision in force that are good with these overrides, and were not taken back.
    fn fall_back(&self, overrides: &[Override], cause: &Cause) -> Option<Outcome> {
        let earlier: Vec<Snapshot<T>> =
            self.book(|book| book.history.iter().rev().skip(1).cloned().collect());
        earlier.iter().filter(|one| !self.is_given_up(one)).find_map(|one| {
            self.take(Proposal::of(one.made().base.clone(), overrides.to_vec()), cause.clone()).ok()
        })
    }

    fn is_given_up(&self, revision: &Snapshot<T>) -> bool {
        let given_up = self.book(|book| book.given_up.clone());
        !given_up.is_empty() && {
            let content = revision.made().contents().base;
            given_up.iter().any(|one| one.content == content)
        }
    }

    /// Has the layers read again soon if what they say was refused: over other overrides it may not be.
    pub(super) fn reconsider(&self) {
        let is_refused = |trouble: &Trouble| matches!(trouble.why, Why::Refused(_));
        if self.book(|book| book.trouble.as_ref().is_some_and(is_refused)) {
            self.eye.look_again();
            self.alarm.ring();
        }
    }
}
