//! What wakes those who wait: threads, and tasks of a runtime.

#[cfg(feature = "async")]
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};
#[cfg(feature = "async")]
use std::task::Waker;
use std::time::Instant;

use super::locked;

/// Rings for everybody. Who looks at the number of rings first misses none.
#[derive(Default)]
pub(super) struct Bell {
    rung: Mutex<Rung>,
    threads: Condvar,
}

#[derive(Default)]
struct Rung {
    times: u64,
    /// The number of the next task, and those that sleep.
    #[cfg(feature = "async")]
    next: u64,
    #[cfg(feature = "async")]
    tasks: HashMap<u64, Waker>,
}

impl Bell {
    /// How often it has rung.
    pub(super) fn times(&self) -> u64 {
        locked(&self.rung).times
    }

    pub(super) fn ring(&self) {
        let mut rung = locked(&self.rung);
        rung.times += 1;
        self.threads.notify_all();
        #[cfg(feature = "async")]
        {
            let tasks = std::mem::take(&mut rung.tasks);
            drop(rung);
            tasks.into_values().for_each(Waker::wake);
        }
    }

    /// Waits for a ring after so many; returns whether there was one before the time was over.
    pub(super) fn wait(&self, after: u64, until: Option<Instant>) -> bool {
        let mut rung = locked(&self.rung);
        while rung.times == after {
            let Some(until) = until else {
                rung = self.threads.wait(rung).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            rung = self.threads.wait_timeout(rung, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Gives a number to somebody who may sleep as a task.
    #[cfg(feature = "async")]
    pub(super) fn number(&self) -> u64 {
        let mut rung = locked(&self.rung);
        rung.next += 1;
        rung.next
    }

    /// Has a task woken by the next ring, unless there was one after so many.
    #[cfg(feature = "async")]
    pub(super) fn wake(&self, after: u64, number: u64, task: &Waker) -> bool {
        // Wakers are the program's: none is cloned or dropped under the lock.
        let task = task.clone();
        let mut rung = locked(&self.rung);
        if rung.times != after {
            return false;
        }
        let before = rung.tasks.insert(number, task);
        drop(rung);
        drop(before);
        true
    }

    /// Forgets a task.
    #[cfg(feature = "async")]
    pub(super) fn forget(&self, number: u64) {
        let task = locked(&self.rung).tasks.remove(&number);
        drop(task);
    }
}
