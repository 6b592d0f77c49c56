//! Values that are set over all layers while the program runs.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use confkit_sources::path;
use serde::Serialize;

use super::pipeline::refusal;
use super::shared::Shared;
use super::turns::Request;
use crate::config::Config;
use crate::loader::{self, Unfit};
use crate::report::{Code, Report};

/// When an override ends.
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use confkit::live::Expiry;
///
/// assert_eq!(Expiry::from(Duration::from_secs(60)), Expiry::After(Duration::from_secs(60)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Expiry {
    /// When it is taken away.
    Never,
    /// So long after it is set.
    After(Duration),
    /// At this time. It is UTC, as every `SystemTime` is; daylight saving does not matter.
    At(SystemTime),
}

impl From<Duration> for Expiry {
    fn from(duration: Duration) -> Self {
        Self::After(duration)
    }
}

impl From<SystemTime> for Expiry {
    fn from(time: SystemTime) -> Self {
        Self::At(time)
    }
}

impl Expiry {
    /// The time, if there is one; a time that cannot be written is never.
    fn time(self, now: SystemTime) -> Option<SystemTime> {
        match self {
            Self::Never => None,
            Self::After(duration) => now.checked_add(duration),
            Self::At(time) => Some(time),
        }
    }
}

/// A value that is set over all layers. It does not show the value.
///
/// # Example
///
/// ```
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
/// live.set_override("port", 81, Expiry::Never)?;
/// let overrides = live.overrides();
/// assert_eq!((overrides[0].path(), overrides[0].expires_at()), ("port", None));
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Clone)]
pub struct Override {
    value: loader::Override,
    expires: Option<SystemTime>,
    /// Once it has expired it stays so, whatever becomes of the clock.
    is_over: Arc<AtomicBool>,
}

impl Override {
    /// Takes a value; `None` if it is nothing.
    pub(super) fn new(
        path: &str,
        value: impl Serialize,
        expiry: Expiry,
        now: SystemTime,
    ) -> Result<Option<Self>, Unfit> {
        let value = loader::Override::new(path, value)?;
        Ok(value.map(|value| Self { value, expires: expiry.time(now), is_over: Arc::default() }))
    }

    /// Returns the path of the setting, as the declaration spells it.
    pub fn path(&self) -> &str {
        &self.value.path
    }

    /// Returns when it ends; `None` for one that stays until it is taken away.
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires
    }

    /// The value, as a layer.
    pub(super) fn layer(&self) -> &loader::Override {
        &self.value
    }

    /// Whether it is this very one, and not a later one of the same path.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.is_over, &other.is_over)
    }

    /// Notes that it has expired, if it has.
    pub(super) fn expire(&self, now: SystemTime) {
        if self.expires.is_some_and(|expires| expires <= now) {
            self.is_over.store(true, Ordering::Relaxed);
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// What to ask for to have a value set; if it is nothing, an override is taken away.
    pub(super) fn to_set(
        &self,
        path: &str,
        value: impl Serialize,
        expiry: Expiry,
    ) -> Result<Request, Report> {
        let path = self.path(path)?;
        let text = path::to_string(&path);
        let one = Override::new(&text, value, expiry, self.now()).map_err(|unfit| {
            let may_hold_secret = self.declared(&path).is_none_or(|declared| declared.may_hold_secret);
            refusal::<T>(Code::Invalid, unfit.told(may_hold_secret), None)
        })?;
        Ok(one.map_or(Request::Clear(text), Request::Set))
    }

    /// What to ask for to have an override taken away.
    pub(super) fn to_clear(&self, path: &str) -> Result<Request, Report> {
        Ok(Request::Clear(path::to_string(&self.path(path)?)))
    }
}

impl fmt::Debug for Override {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Override");
        shown.field("path", &self.path()).field("expires", &self.expires).finish_non_exhaustive()
    }
}
