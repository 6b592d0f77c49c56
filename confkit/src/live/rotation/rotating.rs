//! A secret as a server asks for it.

use std::fmt;
use std::sync::Arc;

use arc_swap::ArcSwap;

use super::valid::Valid;
use crate::live::clock::Clock;
use crate::live::listeners::Registration;

/// A secret with its former values whose grace is not over: made by
/// [`Handle::rotating`](crate::live::Handle::rotating).
///
/// Reading waits for nobody and is not recorded. Clones are the same one. When the last is dropped, former
/// values are dropped too.
///
/// # Example
///
/// ```
/// use std::sync::{Arc, Mutex};
/// use std::time::{Duration, SystemTime};
///
/// use confkit::live::Expiry;
/// use confkit::{Config, SecretString};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     signing_key: SecretString,
/// }
///
/// let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
/// let clock = { let time = Arc::clone(&time); move || *time.lock().unwrap() };
/// let live = Settings::loader().set("signing_key", "k1").live().clock(clock).start()?;
/// let keys = live.rotating("signing_key", Duration::from_secs(60), |settings| &settings.signing_key)?;
///
/// live.set_override("signing_key", "k2", Expiry::Never)?;
/// assert_eq!(keys.current().expose(), "k2");
/// // What was signed with either is accepted.
/// let is_signed = |with: &str| keys.accepted().any(|key| key.expose() == with);
/// assert!(is_signed("k2") && is_signed("k1"));
///
/// *time.lock().unwrap() += Duration::from_secs(60);
/// assert!(is_signed("k2") && !is_signed("k1"));
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Rotating<U> {
    pub(super) path: Arc<str>,
    pub(super) valid: Arc<ArcSwap<Valid<U>>>,
    pub(super) clock: Arc<dyn Clock>,
    /// Ends with the last clone.
    pub(super) registration: Arc<Registration>,
}

impl<U> Rotating<U> {
    /// Returns the path of the setting.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value to use for what is new: to sign, to connect.
    pub fn current(&self) -> Arc<U> {
        Arc::clone(&self.valid.load().current)
    }

    /// Goes through the values to accept, the newest first: the current one, and former ones whose grace is
    /// not over. They belong to one moment; whoever keeps one keeps the secret in memory.
    ///
    /// The clock is asked only while there are former values.
    pub fn accepted(&self) -> impl Iterator<Item = Arc<U>> + use<U> {
        let valid = self.valid.load_full();
        let current = Arc::clone(&valid.current);
        let mut now = if valid.former.is_empty() { None } else { Some(self.clock.now()) };
        let former = move |position: usize| {
            let former = valid.former.get(position)?;
            Some((!former.is_over_at(now.as_mut()?)).then(|| Arc::clone(&former.value)))
        };
        std::iter::once(current).chain((0..).map_while(former).flatten())
    }
}

impl<U> Clone for Rotating<U> {
    fn clone(&self) -> Self {
        Self {
            path: Arc::clone(&self.path),
            valid: Arc::clone(&self.valid),
            clock: Arc::clone(&self.clock),
            registration: Arc::clone(&self.registration),
        }
    }
}

/// Without the values.
impl<U> fmt::Debug for Rotating<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let former = self.valid.load_full().former.len();
        f.debug_struct("Rotating").field("path", &self.path).field("former", &former).finish_non_exhaustive()
    }
}
