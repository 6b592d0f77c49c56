//! Whether a new revision does well.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What is asked after a change, and for how long. If it goes wrong, the revision before is in force again
/// at once, as a new revision, and the bad content is not taken again until newer content appears.
///
/// Going back is a change like any other for hooks, listeners and subscribers, but it is not judged in turn.
///
/// # Example
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use std::time::{Duration, SystemTime};
///
/// use confkit::Config;
/// use confkit::live::{Expiry, Health, Outcome};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 4)]
///     workers: u16,
/// }
///
/// let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
/// let clock = { let time = Arc::clone(&time); move || *time.lock().unwrap() };
/// let health = Health::new(Duration::from_secs(30))
///     .check(|settings: &Settings| if settings.workers > 9 { Err("overloaded".to_owned()) } else { Ok(()) });
/// let live = Settings::loader().live().clock(clock).health(health).start()?;
///
/// live.set_override("workers", 64, Expiry::Never)?;
/// assert_eq!(live.get().workers, 64);
/// *time.lock().unwrap() += Duration::from_secs(1);
/// live.tick()?;
/// assert_eq!((live.get().workers, live.revision()), (4, 3));
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Health<T> {
    pub(super) window: Duration,
    pub(super) every: Duration,
    checks: Vec<Arc<dyn Fn(&T) -> Result<(), String> + Send + Sync>>,
    gate: Option<Gate>,
}

/// How many of the program's outcomes may be errors.
#[derive(Debug, Clone, Copy)]
struct Gate {
    rate: f64,
    at_least: u64,
}

impl<T> Health<T> {
    /// Looks after each change for so long, once a second. Nothing is asked yet.
    pub fn new(window: Duration) -> Self {
        Self { window, every: Duration::from_secs(1), checks: Vec::new(), gate: None }
    }

    /// Sets how often it looks, at most a thousand times a second; else it is once a second.
    pub fn every(self, every: Duration) -> Self {
        Self { every: every.max(Duration::from_millis(1)), ..self }
    }

    /// Adds a question. An error, or a panic, is a revision that does not do well.
    ///
    /// The words of the error are told; text of known secrets in them is masked.
    pub fn check(mut self, check: impl Fn(&T) -> Result<(), String> + Send + Sync + 'static) -> Self {
        self.checks.push(Arc::new(check));
        self
    }

    /// Asks for a share of errors of at most `rate`, from 0 to 1, among the outcomes that the program
    /// [records](super::Handle::record) after the change. With fewer than `at_least` outcomes nothing is
    /// judged.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use std::time::{Duration, SystemTime};
    ///
    /// use confkit::Config;
    /// use confkit::live::{Cause, Expiry, Health};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
    /// let clock = { let time = Arc::clone(&time); move || *time.lock().unwrap() };
    /// let health = Health::new(Duration::from_secs(30)).error_rate(0.05, 20);
    /// let live = Settings::loader().live().clock(clock).health(health).start()?;
    ///
    /// live.set_override("workers", 64, Expiry::Never)?;
    /// (0..20).for_each(|n| live.record(n % 2 == 0));
    /// *time.lock().unwrap() += Duration::from_secs(1);
    /// live.tick()?;
    /// let reason = "10 of 20 outcomes are errors, more than 5 %".to_owned();
    /// assert_eq!(*live.snapshot().cause(), Cause::Unhealthy { revision: 2, reason });
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn error_rate(self, rate: f64, at_least: u64) -> Self {
        Self { gate: Some(Gate { rate, at_least }), ..self }
    }

    /// Asks everything; the first that goes wrong is the answer.
    pub(super) fn ask(&self, settings: &T, outcomes: &Outcomes, caught: &dyn Fn()) -> Result<(), String> {
        self.gate.map_or(Ok(()), |gate| gate.judge(outcomes))?;
        for check in &self.checks {
            catch_unwind(AssertUnwindSafe(|| check(settings))).unwrap_or_else(|_| {
                caught();
                Err("the health check panicked".to_owned())
            })?;
        }
        Ok(())
    }
}

impl Gate {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no more than 52 bits")]
    fn judge(self, outcomes: &Outcomes) -> Result<(), String> {
        let (good, bad) = (outcomes.good.load(Ordering::Relaxed), outcomes.bad.load(Ordering::Relaxed));
        let all = good.saturating_add(bad);
        if all == 0 || all < self.at_least || bad as f64 <= self.rate * all as f64 {
            return Ok(());
        }
        // 0.07 times 100 is a bit more than 7.
        let percent = (self.rate * 1e6).round() / 1e4;
        Err(format!("{bad} of {all} outcomes are errors, more than {percent} %"))
    }
}

/// What the program has recorded since the last change.
#[derive(Debug, Default)]
pub(super) struct Outcomes {
    good: AtomicU64,
    bad: AtomicU64,
}

impl Outcomes {
    pub(super) fn record(&self, is_good: bool) {
        let counter = if is_good { &self.good } else { &self.bad };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn reset(&self) {
        self.good.store(0, Ordering::Relaxed);
        self.bad.store(0, Ordering::Relaxed);
    }
}

impl<T> fmt::Debug for Health<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Health")
            .field("window", &self.window)
            .field("every", &self.every)
            .field("checks", &self.checks.len())
            .field("gate", &self.gate)
            .finish()
    }
}
