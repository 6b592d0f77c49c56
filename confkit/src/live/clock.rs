//! What time it is.

use std::time::{Duration, SystemTime};

/// Tells the time to live settings: when overrides expire, when a health window ends, and what stands in
/// the history. Every function that returns a time is a clock.
///
/// # Example: a clock for tests
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use std::time::{Duration, SystemTime};
///
/// use confkit::Config;
/// use confkit::live::Outcome;
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
/// }
///
/// let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
/// let clock = { let time = Arc::clone(&time); move || *time.lock().unwrap() };
/// let live = Settings::loader().live().clock(clock).start()?;
///
/// live.set_override("port", 81, Duration::from_secs(60))?;
/// assert_eq!(live.get().port, 81);
///
/// *time.lock().unwrap() += Duration::from_secs(60);
/// live.tick()?;
/// assert_eq!(live.get().port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
pub trait Clock: Send + Sync + 'static {
    /// Returns the time.
    fn now(&self) -> SystemTime;
}

impl<F: Fn() -> SystemTime + Send + Sync + 'static> Clock for F {
    fn now(&self) -> SystemTime {
        self()
    }
}

/// So much later; a time that cannot be written is one that does not come.
pub(super) fn later(now: SystemTime, duration: Duration) -> SystemTime {
    const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    now.checked_add(duration).or_else(|| now.checked_add(FAR)).unwrap_or(now)
}
