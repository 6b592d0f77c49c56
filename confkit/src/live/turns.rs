//! One change at a time, and those that are asked for during one after it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use super::locked;
use super::overrides::Override;

/// What is asked for.
#[derive(Debug)]
pub(super) enum Request {
    /// Read the layers.
    Reload,
    /// Read them if they rest, since something may have changed.
    Look,
    /// Do what is due by the clock.
    Tick,
    Set(Override),
    Clear(String),
    Rollback(u64),
    Pin,
    Unpin,
}

/// Whose turn it is.
#[derive(Default)]
pub(super) struct Turns {
    line: Mutex<Line>,
    free: Condvar,
    is_closed: AtomicBool,
}

#[derive(Default)]
struct Line {
    /// The thread whose turn it is.
    taken_by: Option<ThreadId>,
    /// What that thread asked for in the meantime.
    queue: VecDeque<Request>,
}

/// What becomes of somebody who wants a turn.
pub(super) enum Entry<'a> {
    /// It does what it wants, and then what it asks for meanwhile.
    Taken(Turn<'a>, Request),
    /// It is this thread's turn already; what it wants waits.
    Queued,
    Closed,
}

impl Turns {
    /// Waits for a turn.
    pub(super) fn enter(&self, request: Request) -> Entry<'_> {
        let me = thread::current().id();
        let mut line = locked(&self.line);
        loop {
            if self.is_closed() {
                return Entry::Closed;
            }
            match line.taken_by {
                Some(thread) if thread == me => {
                    let is_there = matches!(line.queue.back(), Some(Request::Reload));
                    // Several reloads in a row find the same.
                    if !(is_there && matches!(request, Request::Reload)) {
                        line.queue.push_back(request);
                    }
                    return Entry::Queued;
                }
                Some(_) => line = self.free.wait(line).unwrap_or_else(PoisonError::into_inner),
                None => {
                    line.taken_by = Some(me);
                    return Entry::Taken(Turn(self), request);
                }
            }
        }
    }

    pub(super) fn is_mine(&self) -> bool {
        locked(&self.line).taken_by == Some(thread::current().id())
    }

    pub(super) fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Acquire)
    }

    /// Lets nobody in any more.
    pub(super) fn close(&self) {
        let mut line = locked(&self.line);
        line.queue.clear();
        self.is_closed.store(true, Ordering::Release);
        self.free.notify_all();
    }

    /// Waits until nobody has a turn.
    pub(super) fn wait_until_free(&self) {
        let mut line = locked(&self.line);
        while line.taken_by.is_some() {
            line = self.free.wait(line).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The right to make changes. It ends when it is dropped.
pub(super) struct Turn<'a>(&'a Turns);

impl Turn<'_> {
    /// What was asked for during the turn, and still is to be done.
    pub(super) fn next(&self) -> Option<Request> {
        locked(&self.0.line).queue.pop_front()
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut line = locked(&self.0.line);
        line.taken_by = None;
        line.queue.clear();
        self.0.free.notify_all();
    }
}
