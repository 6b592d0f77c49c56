//! Functions of the program that are called, in the order in which they were added.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::locked;

/// A list of functions, or of whatever is called.
pub(super) struct Listeners<F: ?Sized> {
    list: Mutex<Vec<(u64, Arc<F>)>>,
    next: AtomicU64,
}

impl<F: ?Sized> Default for Listeners<F> {
    fn default() -> Self {
        Self { list: Mutex::default(), next: AtomicU64::new(0) }
    }
}

impl<F: ?Sized> Listeners<F> {
    /// Adds one; returns its number.
    pub(super) fn add(&self, listener: Arc<F>) -> u64 {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        locked(&self.list).push((number, listener));
        number
    }

    /// Takes one out. What it holds may be another one, so it is dropped outside the lock.
    pub(super) fn remove(&self, number: u64) {
        let is_it = |(other, _): &(u64, Arc<F>)| *other == number;
        let mut list = locked(&self.list);
        let removed = list.iter().position(is_it).map(|position| list.remove(position));
        drop(list);
        drop(removed);
    }

    /// Those that are there now: none is called under a lock.
    pub(super) fn all(&self) -> Vec<Arc<F>> {
        locked(&self.list).iter().map(|(_, listener)| Arc::clone(listener)).collect()
    }

    /// Forgets all, with what they hold.
    pub(super) fn clear(&self) {
        let list = std::mem::take(&mut *locked(&self.list));
        drop(list);
    }
}

/// A listener, hook or subscriber that was added. When it is dropped, that is not called any more; a
/// call that has begun comes to its end.
#[must_use = "dropping it takes the listener away; `detach` keeps it"]
pub struct Registration(Option<Box<dyn FnOnce() + Send + Sync>>);

impl Registration {
    pub(super) fn new(end: impl FnOnce() + Send + Sync + 'static) -> Self {
        Self(Some(Box::new(end)))
    }

    /// Keeps it until the live settings are closed.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU16, Ordering};
    ///
    /// use confkit::Config;
    /// use confkit::live::Expiry;
    ///
    /// static PORT: AtomicU16 = AtomicU16::new(0);
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.on_change(|update| PORT.store(update.new().port, Ordering::Relaxed)).detach();
    /// live.set_override("port", 81, Expiry::Never)?;
    /// assert_eq!(PORT.load(Ordering::Relaxed), 81);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn detach(mut self) {
        self.0 = None;
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        if let Some(end) = self.0.take() {
            end();
        }
    }
}

impl fmt::Debug for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Registration")
    }
}
