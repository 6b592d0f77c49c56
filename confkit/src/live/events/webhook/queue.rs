//! The events that wait, and the end of waiting.

use std::collections::VecDeque;
#[cfg(feature = "metrics")]
use std::sync::Arc;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::live::events::Event;
use crate::live::hooks::guarded;
use crate::live::listeners::Listeners;
use crate::live::locked;

/// What has become of the events that a [`Webhook`](super::Webhook) took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deliveries {
    /// Events that the receiver took.
    pub delivered: u64,
    /// Events that wait, the one at hand included.
    pub waiting: u64,
    /// Requests that were sent again.
    pub retries: u64,
    /// Events that made room for newer ones in a full queue.
    pub dropped: u64,
    /// Events that the receiver refused with an answer that will not change.
    pub refused: u64,
    /// Events that were tried as often as they may be.
    pub given_up: u64,
    /// Events that were left when the time to close was over.
    pub unsent: u64,
}

/// Why an event is not delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    Refused,
    GivenUp,
    Unsent,
}

/// Events in order, one of them at hand.
pub(super) struct Queue {
    /// How many may wait.
    room: usize,
    state: Mutex<State>,
    changed: Condvar,
    observers: Listeners<dyn Fn(&Deliveries, &Deliveries) + Send + Sync>,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Event>,
    is_one_at_hand: bool,
    /// Until when events may still be sent, once it is closed.
    ends: Option<Instant>,
    counts: Deliveries,
}

/// What became of an event that was to be queued.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Queued {
    Kept,
    /// An older one was dropped for it.
    InsteadOfAnother,
    Closed,
}

impl Queue {
    pub(super) fn new(room: usize) -> Self {
        let (state, changed, observers) = (Mutex::default(), Condvar::new(), Listeners::default());
        Self { room, state, changed, observers }
    }

    pub(super) fn push(&self, event: &Event) -> Queued {
        self.change(|state| {
            if state.ends.is_some() {
                return Queued::Closed;
            }
            let is_full = state.waiting.len() >= self.room;
            if is_full {
                state.waiting.pop_front();
                state.counts.dropped += 1;
            }
            state.waiting.push_back(event.clone());
            self.changed.notify_all();
            if is_full { Queued::InsteadOfAnother } else { Queued::Kept }
        })
    }

    /// Waits for an event; `None` when there will be none.
    pub(super) fn next(&self) -> Option<Event> {
        let mut state = locked(&self.state);
        loop {
            if state.is_over() {
                return None;
            }
            if let Some(event) = state.waiting.pop_front() {
                state.is_one_at_hand = true;
                return Some(event);
            }
            if state.ends.is_some() {
                return None;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits before the event at hand is sent again; returns whether it is to be. A pause that the end may cut
    /// short is over as soon as the queue is closed; another one is not begun if it would last longer.
    pub(super) fn pause(&self, wait: Duration, may_be_cut: bool) -> bool {
        let until = Instant::now() + wait;
        let mut state = locked(&self.state);
        loop {
            let now = Instant::now();
            if state.is_over() || !may_be_cut && state.ends.is_some_and(|ends| ends < until) {
                return false;
            }
            if now >= until || may_be_cut && state.ends.is_some() {
                break;
            }
            state = self.changed.wait_timeout(state, until - now).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(state);
        self.change(|state| state.counts.retries += 1);
        true
    }

    /// Notes what became of the event at hand.
    pub(super) fn settle(&self, fate: Result<(), Loss>) {
        self.change(|state| {
            state.is_one_at_hand = false;
            let counts = &mut state.counts;
            *match fate {
                Ok(()) => &mut counts.delivered,
                Err(Loss::Refused) => &mut counts.refused,
                Err(Loss::GivenUp) => &mut counts.given_up,
                Err(Loss::Unsent) => &mut counts.unsent,
            } += 1;
        });
    }

    pub(super) fn counts(&self) -> Deliveries {
        locked(&self.state).counts()
    }

    /// Tells somebody of each change of the counts, with how they were before, and first of what has become of
    /// events already.
    #[cfg(feature = "metrics")]
    pub(super) fn observe(&self, observer: impl Fn(&Deliveries, &Deliveries) + Send + Sync + 'static) {
        let observer: Arc<dyn Fn(&Deliveries, &Deliveries) + Send + Sync> = Arc::new(observer);
        let state = locked(&self.state);
        self.observers.add(Arc::clone(&observer));
        let counts = state.counts();
        drop(state);
        tell(&*observer, &Deliveries::default(), &counts);
    }

    /// Makes a change, and tells of it when nothing is locked any more.
    fn change<R>(&self, make: impl FnOnce(&mut State) -> R) -> R {
        let mut state = locked(&self.state);
        let before = state.counts();
        let made = make(&mut state);
        let now = state.counts();
        drop(state);
        if now != before {
            self.observers.all().iter().for_each(|observer| tell(&**observer, &before, &now));
        }
        made
    }

    /// Takes no more events. What is there may be sent for so long.
    pub(super) fn close(&self, flush: Duration) {
        let mut state = locked(&self.state);
        state.ends.get_or_insert_with(|| Instant::now() + flush);
        self.changed.notify_all();
    }

    /// How long events may still be sent, once it is closed.
    pub(super) fn left(&self) -> Option<Duration> {
        locked(&self.state).ends.map(|ends| ends.saturating_duration_since(Instant::now()))
    }

    /// Gives up what is left; returns how many events were not sent because it was closed.
    pub(super) fn give_up(&self) -> u64 {
        self.change(|state| {
            let left = state.waiting.drain(..).len() as u64;
            state.counts.unsent += left;
            state.counts.unsent
        })
    }
}

/// Tells of a change. A recorder is the program's, and its panic ends nothing.
fn tell(observer: &(dyn Fn(&Deliveries, &Deliveries) + Send + Sync), before: &Deliveries, now: &Deliveries) {
    guarded(|| observer(before, now), &|| {});
}

impl State {
    fn counts(&self) -> Deliveries {
        let waiting = self.waiting.len() as u64 + u64::from(self.is_one_at_hand);
        Deliveries { waiting, ..self.counts }
    }

    fn is_over(&self) -> bool {
        self.ends.is_some_and(|ends| ends <= Instant::now())
    }
}
