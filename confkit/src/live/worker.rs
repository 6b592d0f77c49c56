//! The thread that does what is due by the clock.

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
    while !shared.turns.is_closed() {
        let rung = shared.alarm.times();
        let work = || match shared.due_in() {
            Some(Duration::ZERO) => {
                // What becomes of it is told to those who listen.
                let _ = shared.request(Request::Tick, Asked::InBackground);
            }
            due => {
                shared.alarm.wait(rung, due.map(|due| Instant::now() + due.min(LONGEST)));
            }
        };
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            shared.caught();
            // A clock that panics is not asked again at once.
            shared.alarm.wait(rung, Some(Instant::now() + LONGEST));
        }
    }
}
