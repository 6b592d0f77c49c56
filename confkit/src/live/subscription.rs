//! Who wants to know of changes at a pace of his own.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::hooks::guarded;
use super::listeners::Registration;
use super::shared::{Same, Shared};
use super::snapshot::Snapshot;
use super::update::Update;
use crate::config::Config;

/// Updates, each from what was seen last to what is in force: the latest wins, and revisions in between
/// are [counted](Update::skipped) and not queued. However slow the receiver is, nobody waits for it.
///
/// It is an iterator that waits for the next update, and ends when the settings are closed. With the
/// feature `async` it is a stream too.
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use confkit::Config;
/// use confkit::live::{Expiry, Wait};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
///     #[config(default = 4)]
///     workers: u16,
/// }
///
/// let live = Settings::loader().watch()?;
/// let mut all = live.subscribe();
/// let mut ports = live.select(|settings| &settings.port);
/// live.set_override("workers", 8, Expiry::Never)?;
/// live.set_override("workers", 9, Expiry::Never)?;
///
/// let update = all.next().unwrap();
/// assert_eq!((update.new().workers, update.skipped()), (9, 1));
/// assert!(matches!(ports.wait(Duration::ZERO), Wait::TimedOut));
///
/// live.close();
/// assert!(all.next().is_none());
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Subscription<T> {
    shared: Arc<Shared<T>>,
    seen: Snapshot<T>,
    same: Same<T>,
    #[cfg(feature = "async")]
    number: u64,
    /// Whether nobody wants to know any more.
    is_off: Arc<AtomicBool>,
}

/// What came of waiting for an update.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Wait<T> {
    /// There is one.
    Update(Update<T>),
    /// There was none in that time.
    TimedOut,
    /// There will be none: the settings are closed.
    Closed,
}

impl<T: Config + Send + Sync + 'static> Subscription<T> {
    pub(super) fn new(shared: &Arc<Shared<T>>, same: Same<T>) -> Self {
        Self {
            seen: shared.current(),
            shared: Arc::clone(shared),
            same,
            #[cfg(feature = "async")]
            number: shared.bell.number(),
            is_off: Arc::default(),
        }
    }

    /// Returns the update that is there, without waiting.
    pub fn latest(&mut self) -> Option<Update<T>> {
        let now = self.shared.current();
        if now.revision() == self.seen.revision() {
            return None;
        }
        let is_same = (self.same)(&self.seen, &now);
        let seen = std::mem::replace(&mut self.seen, now.clone());
        (!is_same).then(|| Update::between(seen, now))
    }

    /// Waits for an update, at most so long.
    pub fn wait(&mut self, at_most: Duration) -> Wait<T> {
        self.wait_until(Instant::now().checked_add(at_most))
    }

    fn wait_until(&mut self, until: Option<Instant>) -> Wait<T> {
        loop {
            let rung = self.shared.bell.times();
            if self.is_over() {
                return Wait::Closed;
            }
            if let Some(update) = self.latest() {
                return Wait::Update(update);
            }
            if !self.shared.bell.wait(rung, until) {
                return Wait::TimedOut;
            }
        }
    }

    fn is_over(&self) -> bool {
        self.is_off.load(Ordering::Acquire) || self.shared.turns.is_closed()
    }

    /// Calls a function with each update, on a thread of its own. It may read, reload and set overrides.
    /// When it panics, that is caught and counted, and the next update is told again.
    ///
    /// # Errors
    ///
    /// The operating system has no thread left.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::mpsc;
    ///
    /// use confkit::Config;
    /// use confkit::live::Expiry;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// let (sender, ports) = mpsc::channel();
    /// let subscription = live.select(|settings| &settings.port);
    /// let registration = subscription.call(move |update| sender.send(update.new().port).unwrap()).unwrap();
    /// live.set_override("port", 81, Expiry::Never)?;
    /// assert_eq!(ports.recv(), Ok(81));
    /// drop(registration);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn call(mut self, mut function: impl FnMut(&Update<T>) + Send + 'static) -> io::Result<Registration> {
        let (shared, is_off) = (Arc::clone(&self.shared), Arc::clone(&self.is_off));
        let run = move || {
            while let Wait::Update(update) = self.wait_until(None) {
                guarded(|| function(&update), &|| self.shared.caught());
            }
        };
        shared.threads.start("confkit-subscriber", run)?;
        let shared = Arc::downgrade(&shared);
        Ok(Registration::new(move || {
            is_off.store(true, Ordering::Release);
            if let Some(shared) = shared.upgrade() {
                shared.bell.ring();
            }
        }))
    }
}

impl<T: Config + Send + Sync + 'static> Iterator for Subscription<T> {
    type Item = Update<T>;

    fn next(&mut self) -> Option<Update<T>> {
        match self.wait_until(None) {
            Wait::Update(update) => Some(update),
            _ => None,
        }
    }
}

#[cfg(feature = "async")]
impl<T: Config + Send + Sync + 'static> futures_core::Stream for Subscription<T> {
    type Item = Update<T>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        task: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Update<T>>> {
        use std::task::Poll;
        loop {
            let rung = self.shared.bell.times();
            if self.is_over() {
                return Poll::Ready(None);
            }
            if let Some(update) = self.latest() {
                return Poll::Ready(Some(update));
            }
            if self.shared.bell.wake(rung, self.number, task.waker()) {
                return Poll::Pending;
            }
        }
    }
}

#[cfg(feature = "async")]
impl<T> Drop for Subscription<T> {
    fn drop(&mut self) {
        self.shared.bell.forget(self.number);
    }
}

impl<T> fmt::Debug for Subscription<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("seen", &self.seen).finish_non_exhaustive()
    }
}
