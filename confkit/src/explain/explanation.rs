//! What is told about one setting.

use std::fmt;

use confkit_sources::Origin;

/// Where a setting's value comes from, and what it won over.
///
/// Its `Display` is for people: the value, its place, and every other candidate.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Config)]
/// #[config(env_prefix = "APP")]
/// struct Settings {
///     port: u16,
/// }
///
/// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80");
/// let loaded = loader.env_vars([("APP_PORT", "81")]).load_traced()?;
/// assert_eq!(
///     loaded.explain("port").unwrap().to_string(),
///     "port = 81\n  from environment variable APP_PORT\n  over 80 from app.toml:1:8",
/// );
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Explanation {
    pub(super) path: String,
    pub(super) value: Option<String>,
    pub(super) origin: Origin,
    pub(super) shadowed: Vec<Candidate>,
    pub(super) steps: Vec<String>,
    /// Whether it belongs to a section that is set aside.
    pub(super) is_aside: bool,
}

impl Explanation {
    /// Returns the setting's path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value as its source writes it, `[redacted]` for a secret; `None` if it is not set.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = "30s")]
    ///     timeout: std::time::Duration,
    ///     token: Secret<String>,
    ///     host: Option<String>,
    /// }
    ///
    /// let loaded = Settings::loader().set("token", "hunter2").load_traced()?;
    /// assert_eq!(loaded.explain("timeout").unwrap().value(), Some("30s"));
    /// assert_eq!(loaded.explain("token").unwrap().value(), Some("[redacted]"));
    /// assert_eq!(loaded.explain("host").unwrap().value(), None);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Returns where the value stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns what other layers offered, topmost first, the default last.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80");
    /// let loaded = loader.set("port", 81).load_traced()?;
    /// let port = loaded.explain("port").unwrap();
    /// let values: Vec<&str> = port.shadowed().iter().map(|candidate| candidate.value()).collect();
    /// assert_eq!(values, ["80", "8080"]);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn shadowed(&self) -> &[Candidate] {
        &self.shadowed
    }

    /// Returns what else happened on the way: candidates that were ignored, and why.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().env_vars([("APP_PORT", "")]).load_traced()?;
    /// let port = loaded.explain("port").unwrap();
    /// assert_eq!(port.steps(), ["environment variable APP_PORT is empty and counts as not set"]);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn steps(&self) -> &[String] {
        &self.steps
    }

    /// Whether it belongs to a section that is set aside.
    #[cfg(feature = "cli")]
    pub(crate) fn is_aside(&self) -> bool {
        self.is_aside
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} = {value}\n  from {}", self.path, self.origin)?,
            None if self.is_aside => write!(f, "{} is set aside", self.path)?,
            None => write!(f, "{} is not set", self.path)?,
        }
        for candidate in &self.shadowed {
            write!(f, "\n  over {} from {}", candidate.value, candidate.origin)?;
        }
        for step in &self.steps {
            write!(f, "\n  note: {step}")?;
        }
        Ok(())
    }
}

/// What one layer offered for a setting.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80");
/// let loaded = loader.set("port", 81).load_traced()?;
/// let port = loaded.explain("port").unwrap();
/// let [below] = port.shadowed() else { panic!() };
/// assert_eq!((below.value(), below.origin().line()), ("80", Some(1)));
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Candidate {
    pub(super) value: String,
    pub(super) origin: Origin,
    pub(super) empty: bool,
    /// The number of its layer; none for the default.
    pub(super) layer: usize,
    /// Whether a higher layer has a list in whose place it stood, or names another variant.
    pub(super) replaced: bool,
}

impl Candidate {
    /// Returns the value as its source writes it, `[redacted]` for a secret.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns where it stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}
