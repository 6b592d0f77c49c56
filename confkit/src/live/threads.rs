//! The threads of live settings, and their end.

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle, ThreadId};

use super::locked;

/// Threads that were started and have to be waited for.
#[derive(Default)]
pub(super) struct Threads {
    started: Mutex<Started>,
    ended: Condvar,
}

#[derive(Default)]
struct Started {
    handles: Vec<JoinHandle<()>>,
    ids: Vec<ThreadId>,
    /// Whether somebody waits for them, and whether that is over.
    is_joined: bool,
    all_ended: bool,
}

impl Threads {
    /// Starts one. It ends by itself, also if it is started after the end.
    pub(super) fn start(&self, name: &str, run: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let mut started = locked(&self.started);
        let handle = thread::Builder::new().name(name.to_owned()).spawn(run)?;
        let (over, handles) =
            std::mem::take(&mut started.handles).into_iter().partition(JoinHandle::is_finished);
        let over: Vec<JoinHandle<()>> = over;
        started.ids.retain(|id| over.iter().all(|handle| handle.thread().id() != *id));
        started.handles = handles;
        started.ids.push(handle.thread().id());
        started.handles.push(handle);
        Ok(())
    }

    /// Whether the caller is on one of them.
    pub(super) fn has_current(&self) -> bool {
        locked(&self.started).ids.contains(&thread::current().id())
    }

    /// Waits until all have ended.
    pub(super) fn join(&self) {
        let mut started = locked(&self.started);
        if std::mem::replace(&mut started.is_joined, true) {
            while !started.all_ended {
                started = self.ended.wait(started).unwrap_or_else(PoisonError::into_inner);
            }
            return;
        }
        let handles = std::mem::take(&mut started.handles);
        drop(started);
        // What runs on them catches panics.
        handles.into_iter().for_each(|handle| drop(handle.join()));
        locked(&self.started).all_ended = true;
        self.ended.notify_all();
    }
}
