//! The thread that sends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use super::backoff::Backoff;
use super::post::{Answer, Target};
use super::queue::{Loss, Queue};
use crate::live::events::Event;
use crate::live::locked;
use crate::loader::{self, Moment, Warnings};
use crate::secret::Secret;

/// What the thread and the program share.
pub(super) struct Shared {
    pub(super) target: Target,
    pub(super) secrets: Mutex<Vec<Secret<String>>>,
    pub(super) queue: Queue,
    pub(super) backoff: Backoff,
    pub(super) warnings: Warnings,
}

/// Sends events in order until the queue ends.
pub(super) fn run(shared: &Shared) {
    let mut teller = Teller { shared, type_name: "", is_told: false };
    while let Some(event) = shared.queue.next() {
        teller.type_name = event.type_name();
        let (fate, reason) = deliver(shared, &event);
        shared.queue.settle(fate);
        match fate {
            Ok(()) => teller.is_told = false,
            Err(Loss::Unsent) => {}
            Err(_) => teller.tell_loss(&event, &reason),
        }
    }
    teller.tell_unsent(shared.queue.give_up());
}

/// Sends an event until it is taken, refused, or tried often enough; returns the last reason as well.
fn deliver(shared: &Shared, event: &Event) -> (Result<(), Loss>, String) {
    let mut failures = 0;
    loop {
        let secrets = locked(&shared.secrets).clone();
        let left = shared.queue.left();
        let (reason, asked_for) = match shared.target.post(event, &secrets, left) {
            Answer::Taken => return (Ok(()), String::new()),
            Answer::Refused(reason) => return (Err(Loss::Refused), reason),
            Answer::Failed(reason, asked_for) => (reason, asked_for),
        };
        failures += 1;
        if failures >= shared.backoff.attempts {
            return (Err(Loss::GivenUp), format!("{reason}, {failures} times"));
        }
        let wait = shared.backoff.wait(failures).max(asked_for.unwrap_or_default());
        // What was sent before the end is sent once more when it comes, unless the receiver asked for the time.
        let may_be_cut = left.is_none() && asked_for.is_none();
        if !shared.queue.pause(wait, may_be_cut) {
            return (Err(Loss::Unsent), reason);
        }
    }
}

/// Tells that events are lost, once until one is delivered again.
struct Teller<'a> {
    shared: &'a Shared,
    type_name: &'static str,
    is_told: bool,
}

impl Teller<'_> {
    fn tell_loss(&mut self, event: &Event, reason: &str) {
        if std::mem::replace(&mut self.is_told, true) {
            return;
        }
        let (id, place) = (event.id(), self.shared.target.place());
        let help = "later ones are sent; it is told again when one has been delivered in between";
        self.tell(format!("the event {id} is not delivered to {place}: {reason}"), help);
    }

    fn tell_unsent(&self, unsent: u64) {
        let events = match unsent {
            0 => return,
            1 => "1 event was".to_owned(),
            many => format!("{many} events were"),
        };
        let place = self.shared.target.place();
        let help = "an audit log keeps what a webhook cannot deliver";
        self.tell(format!("{events} not delivered to {place} before the end"), help);
    }

    /// Tells a warning. A panic of the program's ends nothing.
    fn tell(&self, message: String, help: &str) {
        let warning = loader::warning(message, help.to_owned());
        let tell = || self.shared.warnings.tell(self.type_name, Moment::Meanwhile, &[warning]);
        let _ = catch_unwind(AssertUnwindSafe(tell));
    }
}
