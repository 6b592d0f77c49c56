//! A secret that rotates, with those who use it.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;

use super::valid::{Former, Valid};
use super::{Phase, Rotation};
use crate::live::clock::later;

/// Selects the secret in the settings.
pub(super) type Part<T, U> = Box<dyn Fn(&T) -> &U + Send + Sync>;
/// Is told when it rotates.
pub(super) type Told<U> = Box<dyn Fn(&Rotation<'_, U>) + Send + Sync>;

pub(super) struct Slot<T, U> {
    pub(super) path: Arc<str>,
    pub(super) grace: Duration,
    pub(super) part: Part<T, U>,
    pub(super) told: Option<Told<U>>,
    /// Changed by whoever has the turn, and read by all.
    pub(super) valid: Arc<ArcSwap<Valid<U>>>,
}

/// A slot, whatever the type of its secret.
pub(in crate::live) trait Rotates<T>: Send + Sync {
    fn path(&self) -> &str;

    /// What happens when other settings come into force; nothing if the secret is the same. It has no effect.
    fn prepare(self: Arc<Self>, new: &T, now: SystemTime) -> Option<Box<dyn Begun>>;

    /// When the next grace ends.
    fn next_end(&self) -> Option<SystemTime>;

    /// Has no value any more whose grace is over.
    fn end(self: Arc<Self>, now: SystemTime) -> Vec<Box<dyn Ended<T>>>;
}

/// A secret that rotates with a revision.
pub(in crate::live) trait Begun {
    fn path(&self) -> &str;

    /// When the grace of the value before ends.
    fn until(&self) -> SystemTime;

    /// Accepts the new value beside the one before. Nothing of the program's is called or dropped.
    fn commit(&self);

    fn tell(&self);
}

/// A former value whose grace is over.
pub(in crate::live) trait Ended<T> {
    fn path(&self) -> &str;

    fn ended(&self) -> SystemTime;

    /// Whether settings have it.
    fn is_in(&self, settings: &T) -> bool;

    fn tell(&self);
}

impl<T: 'static, U: Clone + PartialEq + Send + Sync + 'static> Rotates<T> for Slot<T, U> {
    fn path(&self) -> &str {
        &self.path
    }

    fn prepare(self: Arc<Self>, new: &T, now: SystemTime) -> Option<Box<dyn Begun>> {
        let (before, value) = (self.valid.load_full(), (self.part)(new));
        if *before.current == *value {
            return None;
        }
        let until = later(now, self.grace);
        let after = Arc::new(before.rotated(value, until));
        Some(Box::new(Beginning { slot: self, before, after, until }))
    }

    fn next_end(&self) -> Option<SystemTime> {
        self.valid.load_full().next_end()
    }

    fn end(self: Arc<Self>, now: SystemTime) -> Vec<Box<dyn Ended<T>>> {
        let (left, over) = self.valid.load_full().parted(now);
        if over.is_empty() {
            return Vec::new();
        }
        let current = Arc::clone(&left.current);
        self.valid.store(Arc::new(left));
        let ending = |former| -> Box<dyn Ended<T>> {
            Box::new(Ending { slot: Arc::clone(&self), former, current: Arc::clone(&current) })
        };
        over.into_iter().map(ending).collect()
    }
}

struct Beginning<T, U> {
    slot: Arc<Slot<T, U>>,
    /// Kept until it is told, so that nothing is dropped when it is replaced.
    before: Arc<Valid<U>>,
    after: Arc<Valid<U>>,
    until: SystemTime,
}

impl<T, U> Begun for Beginning<T, U> {
    fn path(&self) -> &str {
        &self.slot.path
    }

    fn until(&self) -> SystemTime {
        self.until
    }

    fn commit(&self) {
        self.slot.valid.store(Arc::clone(&self.after));
    }

    fn tell(&self) {
        let (old, new) = (&self.before.current, &self.after.current);
        self.slot.tell(old, new, self.until, Phase::Begun);
    }
}

struct Ending<T, U> {
    slot: Arc<Slot<T, U>>,
    former: Arc<Former<U>>,
    current: Arc<U>,
}

impl<T, U: PartialEq> Ended<T> for Ending<T, U> {
    fn path(&self) -> &str {
        &self.slot.path
    }

    fn ended(&self) -> SystemTime {
        self.former.ends
    }

    fn is_in(&self, settings: &T) -> bool {
        *(self.slot.part)(settings) == *self.former.value
    }

    fn tell(&self) {
        self.slot.tell(&self.former.value, &self.current, self.former.ends, Phase::Over);
    }
}

impl<T, U> Slot<T, U> {
    fn tell(&self, old: &U, new: &U, ends: SystemTime, phase: Phase) {
        if let Some(told) = &self.told {
            told(&Rotation { path: &self.path, old, new, ends, phase });
        }
    }
}
