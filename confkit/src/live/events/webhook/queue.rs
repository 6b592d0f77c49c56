//! The events that wait, and the end of waiting.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::live::events::Event;
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
        Self { room, state: Mutex::default(), changed: Condvar::new() }
    }

    pub(super) fn push(&self, event: &Event) -> Queued {
        let mut state = locked(&self.state);
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
                state.counts.retries += 1;
                return true;
            }
            state = self.changed.wait_timeout(state, until - now).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Notes what became of the event at hand.
    pub(super) fn settle(&self, fate: Result<(), Loss>) {
        let mut state = locked(&self.state);
        state.is_one_at_hand = false;
        let counts = &mut state.counts;
        *match fate {
            Ok(()) => &mut counts.delivered,
            Err(Loss::Refused) => &mut counts.refused,
            Err(Loss::GivenUp) => &mut counts.given_up,
            Err(Loss::Unsent) => &mut counts.unsent,
        } += 1;
    }

    pub(super) fn counts(&self) -> Deliveries {
        let state = locked(&self.state);
        let waiting = state.waiting.len() as u64 + u64::from(state.is_one_at_hand);
        Deliveries { waiting, ..state.counts }
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
        let mut state = locked(&self.state);
        let left = state.waiting.drain(..).len() as u64;
        state.counts.unsent += left;
        state.counts.unsent
    }
}

impl State {
    fn is_over(&self) -> bool {
        self.ends.is_some_and(|ends| ends <= Instant::now())
    }
}
