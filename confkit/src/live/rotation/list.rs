//! All secrets that rotate, and what a change and the clock do to them.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::SystemTime;

use super::slot::{Begun, Ended, Rotates};
use crate::config::Config;
use crate::live::events::EventKind;
use crate::live::hooks::guarded;
use crate::live::overrides::Override;
use crate::live::pipeline::refusal;
use crate::live::shared::Shared;
use crate::live::snapshot::Snapshot;
use crate::report::{Code, Report};

type Slots<T> = Vec<(u64, Arc<dyn Rotates<T>>)>;

/// The secrets that rotate. They are a part of the book, so that none is added while others come into force.
pub(in crate::live) struct Rotations<T> {
    slots: Slots<T>,
    /// How many were added so far; the numbers they have.
    added: u64,
}

impl<T> Default for Rotations<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), added: 0 }
    }
}

impl<T> Rotations<T> {
    /// Adds one; returns its number.
    pub(super) fn add(&mut self, slot: Arc<dyn Rotates<T>>) -> u64 {
        self.added += 1;
        self.slots.push((self.added, slot));
        self.added
    }

    /// Takes one out.
    pub(super) fn remove(&mut self, number: u64) -> Option<Arc<dyn Rotates<T>>> {
        let position = self.slots.iter().position(|(other, _)| *other == number)?;
        Some(self.slots.remove(position).1)
    }
}

/// The secrets that rotate with a revision, made ready.
pub(in crate::live) struct Rotated {
    begun: Vec<(u64, Box<dyn Begun>)>,
    /// How many secrets there were.
    added: u64,
}

impl Rotated {
    /// Accepts the new values, unless a secret was added that this does not know of.
    pub(in crate::live) fn commit<T>(&self, rotations: &Rotations<T>) -> bool {
        let is_whole = self.added == rotations.added;
        if is_whole {
            self.begun.iter().for_each(|(_, begun)| begun.commit());
        }
        is_whole
    }
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    fn slots(&self) -> (Slots<T>, u64) {
        self.book(|book| (book.rotations.slots.clone(), book.rotations.added))
    }

    /// Puts a revision into force in one of two ways, and the secrets that rotate with it just before. Returns
    /// these, and the overrides there were.
    pub(in crate::live) fn install(
        &self,
        new: &Snapshot<T>,
        put: impl Fn(&Self, &Snapshot<T>, &Rotated) -> Option<Vec<Override>>,
    ) -> Result<(Rotated, Vec<Override>), Report> {
        loop {
            let rotated = self.prepare_rotations(new)?;
            if let Some(overrides) = put(self, new, &rotated) {
                if !rotated.begun.is_empty() {
                    self.alarm.ring();
                }
                return Ok((rotated, overrides));
            }
        }
    }

    fn prepare_rotations(&self, new: &Snapshot<T>) -> Result<Rotated, Report> {
        let ((slots, added), now) = (self.slots(), self.now());
        let mut begun = Vec::new();
        for (number, slot) in slots {
            let prepare = || Arc::clone(&slot).prepare(new, now);
            let prepared = catch_unwind(AssertUnwindSafe(prepare)).map_err(|_| {
                self.caught();
                let path = slot.path();
                let message = format!("the program panicked while it compared two values of `{path}`");
                refusal::<T>(Code::Invalid, message, None)
            })?;
            begun.extend(prepared.map(|prepared| (number, prepared)));
        }
        Ok(Rotated { begun, added })
    }

    /// Tells sinks what has rotated.
    pub(in crate::live) fn record_rotations(&self, rotated: &Rotated) {
        let all = rotated.begun.iter().map(|(_, begun)| (begun.path(), begun.until()));
        // Several parts of the program may follow one secret.
        for (path, until) in all.collect::<BTreeSet<_>>() {
            self.emit(|| EventKind::Rotated { path: path.to_owned(), until });
        }
    }

    /// Calls those who follow what has rotated.
    pub(in crate::live) fn tell_rotations(&self, rotated: &Rotated) {
        for (number, begun) in &rotated.begun {
            self.tell_follower(*number, || begun.tell());
        }
    }

    fn tell_follower(&self, number: u64, tell: impl FnOnce()) {
        let is_there = self.book(|book| book.rotations.slots.iter().any(|(other, _)| *other == number));
        if is_there && !self.turns.is_closed() {
            guarded(tell, &|| self.caught());
        }
    }

    /// When the next grace ends.
    pub(in crate::live) fn next_end_of_grace(&self) -> Option<SystemTime> {
        self.slots().0.iter().filter_map(|(_, slot)| slot.next_end()).min()
    }

    /// Drops former values whose grace is over.
    pub(in crate::live) fn end_rotations(&self, now: SystemTime) {
        let mut ended: Vec<(u64, Box<dyn Ended<T>>)> = Vec::new();
        for (number, slot) in self.slots().0 {
            ended.extend(slot.end(now).into_iter().map(|one| (number, one)));
        }
        if ended.is_empty() {
            return;
        }
        if self.options.forgets {
            self.forget(&ended);
        }
        let all = ended.iter().map(|(_, one)| (one.ended(), one.path()));
        for (_, path) in all.collect::<BTreeSet<_>>() {
            self.emit(|| EventKind::RotationOver { path: path.to_owned() });
        }
        for (number, one) in ended {
            self.tell_follower(number, || one.tell());
        }
    }

    /// Drops the revisions up to the last one that has any of these values, and of those that stay what they
    /// keep of the revision before to tell what differs from it.
    fn forget(&self, ended: &[(u64, Box<dyn Ended<T>>)]) {
        let history: Vec<Snapshot<T>> = self.book(|book| book.history.iter().cloned().collect());
        let has_any = |snapshot: &Snapshot<T>| {
            let any = || ended.iter().any(|(_, one)| one.is_in(snapshot));
            catch_unwind(AssertUnwindSafe(any)).unwrap_or_else(|_| {
                self.caught();
                false
            })
        };
        let until = history.iter().rfind(|one| has_any(one)).map_or(0, Snapshot::revision);
        let forgotten = self.book(|book| {
            let current = book.current.revision();
            let most = book.history.iter().take_while(|one| one.revision() <= until.min(current - 1)).count();
            book.history.drain(..most).collect::<Vec<_>>()
        });
        for stays in history.iter().filter(|one| one.revision() > until) {
            stays.differences();
        }
        // Values of the program's are dropped outside the lock.
        drop((history, forgotten));
    }
}
