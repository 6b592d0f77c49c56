//! What differs between two loads of the same settings.

mod compare;
mod json;
mod text;

use std::sync::Arc;

use confkit_sources::Origin;

use crate::config::Config;
use crate::effective::{Effective, Filling};
use crate::explain::Loaded;

/// What differs between two loads of the same settings, by path.
///
/// Its `Display` is for people, in 80 columns: each path, with the value on either side and where it
/// comes from. It serialises for machines. Of a secret it tells that it has changed, and neither value. Clones share
/// what they tell.
///
/// # Example
///
/// ```
/// use confkit::{Change, Config, Format, Secret};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
///     #[config(default)]
///     hosts: Vec<String>,
///     token: Secret<String>,
/// }
///
/// let load = |text: &str| Settings::loader().text(Format::Toml, "app.toml", text).load_traced();
/// let old = load("hosts = ['a']\ntoken = 'hunter2'")?;
/// let new = load("port = 80\nhosts = ['a', 'b']\ntoken = 'hunter3'")?;
///
/// let differences = old.diff(&new);
/// let paths: Vec<(&str, Change)> = differences.iter().map(|one| (one.path(), one.change())).collect();
/// assert_eq!(paths, [("port", Change::Changed), ("hosts[1]", Change::Added), ("token", Change::Changed)]);
/// assert_eq!(differences.to_string(), "\
/// 3 settings differ
///
/// port
///   - 8080  (default)
///   + 80  (app.toml:1:8)
/// hosts[1]
///   + b  (app.toml:2:15)
/// token
///   - [redacted]  (app.toml:2:9)
///   + [redacted]  (app.toml:3:9)");
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Differences {
    type_name: &'static str,
    list: Arc<[Difference]>,
}

impl Differences {
    /// Compares what is in force on either side.
    pub(crate) fn between(type_name: &'static str, old: &Effective, new: &Effective) -> Self {
        Self { type_name, list: compare::compare(old, new).into() }
    }

    /// Nothing differs.
    #[cfg(feature = "live")]
    pub(crate) fn none(type_name: &'static str) -> Self {
        Self { type_name, list: Arc::default() }
    }

    /// Returns whether nothing differs.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().load_traced()?;
    /// assert!(loaded.diff(&Settings::loader().set("port", 8080).load_traced()?).is_empty());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns how many paths differ.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Goes through them, in the order of the declaration.
    pub fn iter(&self) -> impl Iterator<Item = &Difference> {
        self.list.iter()
    }

    /// All of them.
    #[cfg(feature = "live")]
    pub(crate) fn list(&self) -> &[Difference] {
        &self.list
    }

    /// Writes them as one line of JSON: `version`, `type`, and `differences` with `path`, `change`,
    /// `secret`, `old` and `new`, which have a `value` and its place under the keys that reports use.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     host: Option<String>,
    /// }
    ///
    /// let old = Settings::loader().load_traced()?;
    /// let json = old.diff(&Settings::loader().set("host", "db").load_traced()?).to_json();
    /// assert!(json.starts_with(r#"{"version":1,"type":"Settings","differences":[{"path":"host","change":"added""#));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Texts and numbers alone cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// One path at which two loads differ.
///
/// # Example
///
/// ```
/// use confkit::{Change, Config};
///
/// #[derive(Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// let old = Settings::loader().load_traced()?;
/// let differences = old.diff(&Settings::loader().set("port", 80).load_traced()?);
/// let port = differences.iter().next().unwrap();
/// assert_eq!((port.path(), port.change()), ("port", Change::Changed));
/// assert_eq!((port.old_value(), port.new_value()), (Some("8080"), Some("80")));
/// assert_eq!(port.old_origin().unwrap().to_string(), "default");
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Difference {
    path: String,
    change: Change,
    is_secret: bool,
    old: Option<Side>,
    new: Option<Side>,
}

/// A value as it is shown, and where it stands.
#[derive(Debug, Clone)]
struct Side {
    value: String,
    origin: Origin,
}

impl Difference {
    /// Returns the path: of a setting, or of an element or entry of one. Where the elements of a list
    /// are known by a key, a position is that on the new side; of what was removed, on the old side.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns what has happened.
    pub fn change(&self) -> Change {
        self.change
    }

    /// Returns whether the value is secret, so that it is not shown.
    pub fn is_secret(&self) -> bool {
        self.is_secret
    }

    /// Returns the value before, as an [`Explanation`](crate::Explanation) shows it; `None` if it was
    /// not there.
    pub fn old_value(&self) -> Option<&str> {
        self.old.as_ref().map(|side| side.value.as_str())
    }

    /// Returns the value after; `None` if it is no longer there.
    pub fn new_value(&self) -> Option<&str> {
        self.new.as_ref().map(|side| side.value.as_str())
    }

    /// Returns where the value before came from.
    pub fn old_origin(&self) -> Option<&Origin> {
        self.old.as_ref().map(|side| &side.origin)
    }

    /// Returns where the value after comes from.
    pub fn new_origin(&self) -> Option<&Origin> {
        self.new.as_ref().map(|side| &side.origin)
    }
}

/// What has happened at a path.
///
/// # Example
///
/// ```
/// use confkit::Change;
///
/// assert_eq!([Change::Added, Change::Removed, Change::Changed].map(Change::as_str), ["added", "removed", "changed"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Change {
    /// It has a value that it did not have.
    Added,
    /// It no longer has a value.
    Removed,
    /// It has another value.
    Changed,
}

impl Change {
    /// Returns the stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

impl<T: Config> Loaded<T> {
    /// Tells what is different in another load, which counts as the newer one.
    ///
    /// Values are compared, not their places: a value that comes from elsewhere and is the same is no
    /// difference. Settings that no layer gives have their defaults. Tables are told by what is inside,
    /// lists element by element: by position, or by the key that `merge(key = "…")` names. Text is
    /// compared as it is written: `60s` and `1m` differ. What a function makes of several layers
    /// is compared by what it is given, and shown as `…`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(nested)]
    ///     database: Database,
    /// }
    ///
    /// #[derive(Config)]
    /// struct Database {
    ///     host: String,
    /// }
    ///
    /// let load = |host: &str| Settings::loader().set("database.host", host).load_traced();
    /// let differences = load("a")?.diff(&load("b")?);
    /// assert_eq!(differences.iter().next().unwrap().path(), "database.host");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn diff(&self, other: &Self) -> Differences {
        let effective = |loaded: &Self| Effective::of(loaded.kept(), T::METADATA, Filling::Words);
        Differences::between(T::METADATA.name(), &effective(self), &effective(other))
    }
}
