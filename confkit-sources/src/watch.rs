//! How a source tells that it has changed.

use std::fmt;
use std::sync::Arc;

use crate::system::System;

/// What keeps an eye on a source, for as long as it is held. Dropping it ends it: nothing is signalled
/// after that, and no thread of it runs.
///
/// # Example: a source that is told of changes by the program
///
/// ```
/// use std::borrow::Cow;
/// use std::sync::{Arc, Mutex};
///
/// use confkit_sources::{Read, ReadContext, Signal, Source, SourceError, Watch, WatchContext};
///
/// #[derive(Default)]
/// struct Store {
///     listeners: Arc<Mutex<Vec<Signal>>>,
/// }
///
/// struct Listening(Arc<Mutex<Vec<Signal>>>);
///
/// impl Watch for Listening {}
///
/// impl Drop for Listening {
///     fn drop(&mut self) {
///         self.0.lock().unwrap().clear();
///     }
/// }
///
/// impl Source for Store {
///     fn name(&self) -> Cow<'_, str> {
///         "store".into()
///     }
///
///     fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
///         Ok(Read::Absent)
///     }
///
///     fn watch(&self, cx: &WatchContext<'_>) -> Option<Box<dyn Watch>> {
///         self.listeners.lock().unwrap().push(cx.signal().clone());
///         Some(Box::new(Listening(Arc::clone(&self.listeners))))
///     }
/// }
///
/// let (store, changes) = (Store::default(), Arc::new(Mutex::new(0)));
/// let signal = Signal::new({ let changes = Arc::clone(&changes); move || *changes.lock().unwrap() += 1 });
/// let watch = store.watch(&WatchContext::new(signal));
/// store.listeners.lock().unwrap()[0].changed();
/// assert_eq!(*changes.lock().unwrap(), 1);
/// drop(watch);
/// assert!(store.listeners.lock().unwrap().is_empty());
/// ```
pub trait Watch: Send + 'static {}

/// Tells the reader of a source that it may have changed.
#[derive(Clone)]
pub struct Signal(Arc<dyn Fn() + Send + Sync>);

impl Signal {
    /// Makes one that calls a function, which must not take long.
    pub fn new(changed: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(changed))
    }

    /// Says that the source may have changed: it is read again soon. Many signals at once are one, and an
    /// equal value is no change, so that a source need not know what has changed.
    pub fn changed(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Signal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signal")
    }
}

/// What a source may want to know when it is watched.
///
/// # Example
///
/// ```
/// use confkit_sources::{Signal, System, WatchContext};
///
/// let cx = WatchContext::new(Signal::new(|| ())).with_system(System::memory()).with_profile("live");
/// assert_eq!((cx.profile(), cx.system().is_real()), ("live", false));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WatchContext<'a> {
    signal: Signal,
    system: System,
    profile: &'a str,
}

impl<'a> WatchContext<'a> {
    /// The context with the real system and the profile `default`.
    pub fn new(signal: Signal) -> Self {
        Self { signal, system: System::real(), profile: "default" }
    }

    /// The same with another system.
    pub fn with_system(self, system: System) -> Self {
        Self { system, ..self }
    }

    /// The same with another profile.
    pub fn with_profile(self, profile: &'a str) -> Self {
        Self { profile, ..self }
    }

    /// Returns what is to be told of changes.
    pub fn signal(&self) -> &Signal {
        &self.signal
    }

    /// Returns where files and variables are looked up.
    pub fn system(&self) -> &System {
        &self.system
    }

    /// Returns the chosen profile.
    pub fn profile(&self) -> &str {
        self.profile
    }
}
