//! One change at a time, and those that are asked for during one after it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use super::actor::Actor;
use super::locked;
use super::overrides::Override;
use crate::report::Report;

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
    /// Nothing: what was asked for cannot even be tried. It is told like every refusal.
    Refuse(Report),
    Rollback(u64),
    Pin,
    Unpin,
}

/// What is asked for, and on whose behalf.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) request: Request,
    pub(super) actor: Option<Arc<Actor>>,
}

impl From<Request> for Wish {
    /// On nobody's.
    fn from(request: Request) -> Self {
        Self { request, actor: None }
    }
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
    queue: VecDeque<Wish>,
}

/// What becomes of somebody who wants a turn.
pub(super) enum Entry<'a> {
    /// It does what it wants, and then what it asks for meanwhile.
    Taken(Turn<'a>, Wish),
    /// It is this thread's turn already; what it wants waits.
    Queued,
    Closed,
}

impl Turns {
    /// Waits for a turn.
    pub(super) fn enter(&self, wish: Wish) -> Entry<'_> {
        let me = thread::current().id();
        let mut line = locked(&self.line);
        loop {
            if self.is_closed() {
                return Entry::Closed;
            }
            match line.taken_by {
                Some(thread) if thread == me => {
                    // Several reloads in a row find the same.
                    let is_reload = |wish: &Wish| matches!(wish.request, Request::Reload);
                    if !(is_reload(&wish) && line.queue.back().is_some_and(is_reload)) {
                        line.queue.push_back(wish);
                    }
                    return Entry::Queued;
                }
                Some(_) => line = self.free.wait(line).unwrap_or_else(PoisonError::into_inner),
                None => {
                    line.taken_by = Some(me);
                    return Entry::Taken(Turn(self), wish);
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
    pub(super) fn next(&self) -> Option<Wish> {
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
