//! The thread that does what is due by the clock, and reads what has changed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::requests::Asked;
use super::shared::Shared;
use super::turns::Request;
use crate::config::Config;

/// How long it sleeps at most while something is going to be due: the clock may be set.
const LONGEST: Duration = Duration::from_secs(1);

/// Runs until the settings are closed.
pub(super) fn run<T: Config + Send + Sync + 'static>(shared: &Shared<T>) {
    loop {
        // Before it is asked whether they are: the end rings once.
        let rung = shared.alarm.times();
        if shared.turns.is_closed() {
            return;
        }
        let work = || {
            let (by_clock, to_look) = (shared.due_in(), shared.eye.due_in());
            // What becomes of it is told to those who listen.
            if by_clock == Some(Duration::ZERO) {
                let _ = shared.request(Request::Tick.into(), Asked::InBackground);
            } else if to_look.is_zero() {
                let _ = shared.request(Request::Look.into(), Asked::InBackground);
            } else {
                let due = by_clock.map_or(to_look, |due| to_look.min(due).min(LONGEST));
                shared.alarm.wait(rung, Instant::now().checked_add(due));
            }
        };
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            shared.caught();
            // A clock that panics is not asked again at once.
            shared.alarm.wait(rung, Some(Instant::now() + LONGEST));
        }
    }
}
