//! How the program is told of changes, and has a say in them.

use std::sync::Arc;

use super::handle::Handle;
use super::hooks::{Hook, Named};
use super::listeners::Registration;
use super::shared::Shared;
use super::subscription::Subscription;
use super::update::Update;
use crate::config::Config;
use crate::report::Report;

/// # Being told
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Subscribes to updates, at a pace of one's own: the latest wins.
    pub fn subscribe(&self) -> Subscription<T> {
        Subscription::new(&self.shared, Arc::clone(&self.shared.options.same))
    }

    /// Subscribes to updates in which one part differs.
    pub fn select<U: PartialEq>(&self, part: impl Fn(&T) -> &U + Send + Sync + 'static) -> Subscription<T> {
        Subscription::new(&self.shared, Arc::new(move |old, new| part(old) == part(new)))
    }

    /// Calls a function with every change, in order, on the thread that makes it and before the call that
    /// asked for it returns. It is to be short; [`Subscription::call`] is for what takes time.
    ///
    /// When it panics, that is caught and counted. It may read, and ask for changes, which are queued.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
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
    /// let log = Arc::new(Mutex::new(String::new()));
    /// let _registration = live.on_change({
    ///     let log = Arc::clone(&log);
    ///     move |update| *log.lock().unwrap() += &update.differences().to_string()
    /// });
    /// live.set_override("port", 81, Expiry::Never)?;
    /// assert_eq!(*log.lock().unwrap(), "\
    /// 1 setting differs
    ///
    /// port
    ///   - 80  (default)
    ///   + 81  (set_override(\"port\"))");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn on_change(&self, function: impl Fn(&Update<T>) + Send + Sync + 'static) -> Registration {
        let number = self.shared.on_change.add(Arc::new(function));
        self.registration(move |shared| shared.on_change.remove(number))
    }

    /// Calls a function with the report of everything that is refused, once for as long as the same is
    /// refused again. Without such a function, what no caller hears of is a `tracing` event with that
    /// feature, and else printed to standard error.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use confkit::Config;
    /// use confkit::live::Expiry;
    ///
    /// static REFUSED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.on_refused(|report| { REFUSED.fetch_add(report.problems().len(), Ordering::Relaxed); }).detach();
    /// assert!(live.set_override("port", "http", Expiry::Never).is_err());
    /// assert!(live.set_override("port", "http", Expiry::Never).is_err());
    /// assert_eq!(REFUSED.load(Ordering::Relaxed), 1);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn on_refused(&self, function: impl Fn(&Report) + Send + Sync + 'static) -> Registration {
        let number = self.shared.on_refused.add(Arc::new(function));
        self.registration(move |shared| shared.on_refused.remove(number))
    }

    /// Adds a part of the program that has to be able to follow a change before it is made. The name
    /// stands in reports.
    pub fn hook(&self, name: impl Into<String>, hook: impl Hook<T>) -> Registration {
        let number = self.shared.hooks.add(Arc::new(Named { name: name.into(), hook: Box::new(hook) }));
        self.registration(move |shared| shared.hooks.remove(number))
    }

    pub(super) fn registration(&self, end: impl FnOnce(&Shared<T>) + Send + Sync + 'static) -> Registration {
        let shared = Arc::downgrade(&self.shared);
        Registration::new(move || {
            if let Some(shared) = shared.upgrade() {
                end(&shared);
            }
        })
    }
}
