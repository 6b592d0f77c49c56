//! The values of a secret that are accepted at one time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// A value that was current before.
pub(super) struct Former<U> {
    pub(super) value: Arc<U>,
    pub(super) ends: SystemTime,
    is_over: AtomicBool,
}

impl<U> Former<U> {
    /// Whether its grace is over. Once it is it stays so, whatever becomes of the clock.
    ///
    /// Who goes through several, the newest first, has one time for all. If somebody with a later one has found a grace
    /// over, the older ones that end no later are over as well.
    pub(super) fn is_over_at(&self, now: &mut SystemTime) -> bool {
        if self.ends <= *now {
            self.is_over.store(true, Ordering::Relaxed);
        }
        let is_over = self.is_over.load(Ordering::Relaxed);
        if is_over {
            *now = self.ends.max(*now);
        }
        is_over
    }

    /// When it has to be looked at: at once, if somebody saw that it is over.
    fn due(&self) -> SystemTime {
        if self.is_over.load(Ordering::Relaxed) { SystemTime::UNIX_EPOCH } else { self.ends }
    }
}

/// All values that are accepted, none of them twice.
pub(super) struct Valid<U> {
    pub(super) current: Arc<U>,
    /// The newest first.
    pub(super) former: Vec<Arc<Former<U>>>,
}

impl<U: Clone + PartialEq> Valid<U> {
    pub(super) fn new(value: &U) -> Self {
        Self { current: Arc::new(value.clone()), former: Vec::new() }
    }

    /// What is accepted after another value has become current. One that comes back is no former one any more.
    pub(super) fn rotated(&self, value: &U, ends: SystemTime) -> Self {
        let returns = |former: &Arc<Former<U>>| *former.value == *value;
        let (back, stay): (Vec<_>, Vec<_>) = self.former.iter().cloned().partition(returns);
        let current = back.first().map_or_else(|| Arc::new(value.clone()), |back| Arc::clone(&back.value));
        let newest = Former { value: Arc::clone(&self.current), ends, is_over: AtomicBool::new(false) };
        Self { current, former: std::iter::once(Arc::new(newest)).chain(stay).collect() }
    }
}

impl<U> Valid<U> {
    /// Those whose grace is not over, and those whose grace is, the oldest first.
    pub(super) fn parted(&self, mut now: SystemTime) -> (Self, Vec<Arc<Former<U>>>) {
        let is_over = |former: &Arc<Former<U>>| former.is_over_at(&mut now);
        let (mut over, former): (Vec<_>, Vec<_>) = self.former.iter().cloned().partition(is_over);
        over.reverse();
        (Self { current: Arc::clone(&self.current), former }, over)
    }

    /// When the next grace ends.
    pub(super) fn next_end(&self) -> Option<SystemTime> {
        self.former.iter().map(|former| former.due()).min()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_looks_while_others_find_graces_over_leaves_none_out() {
        let now = SystemTime::UNIX_EPOCH;
        let ends = now + Duration::from_secs(60);
        let valid = Valid::new(&1).rotated(&2, ends).rotated(&3, ends).rotated(&4, ends);
        // Somebody who asked the clock later has come as far as this one.
        assert!(valid.former[1].is_over_at(&mut { ends }));
        let (left, over) = valid.parted(now);
        let values = |former: &[Arc<Former<i32>>]| former.iter().map(|one| *one.value).collect::<Vec<_>>();
        assert_eq!((values(&left.former), values(&over)), (vec![3], vec![1, 2]));
    }
}
