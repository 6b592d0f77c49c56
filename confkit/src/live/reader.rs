//! A handle for the hottest loops.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use arc_swap::ArcSwap;
use arc_swap::cache::Cache;

use super::shared::Shared;

/// Reads the settings in force at the cost of one comparison, as long as they do not change.
///
/// It belongs to one thread or task; each has its own.
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
/// let mut reader = live.reader();
/// assert_eq!(reader.get().port, 80);
/// live.set_override("port", 81, Expiry::Never)?;
/// assert_eq!(reader.get().port, 81);
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Reader<T>(Cache<Value<T>, Arc<T>>);

/// Where the value is.
struct Value<T>(Arc<Shared<T>>);

impl<T> Deref for Value<T> {
    type Target = ArcSwap<T>;

    #[inline]
    fn deref(&self) -> &ArcSwap<T> {
        &self.0.value
    }
}

impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Reader<T> {
    pub(super) fn new(shared: &Arc<Shared<T>>) -> Self {
        Self(Cache::new(Value(Arc::clone(shared))))
    }

    /// Returns the settings in force. Values that are read from one answer belong together.
    #[inline]
    pub fn get(&mut self) -> &T {
        self.0.load()
    }
}

impl<T> Clone for Reader<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Reader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}
