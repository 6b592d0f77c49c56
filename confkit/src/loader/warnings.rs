//! What happens to warnings.

use std::fmt;
use std::sync::Arc;

use crate::report::{Problem, Report};

/// What a load that succeeds does with its warnings. A report of one that fails shows them.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, Unknown, Warnings};
///
/// #[derive(Debug, Config)]
/// struct Settings {}
///
/// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80").unknown_keys(Unknown::Warn);
/// assert!(loader.clone().warnings(Warnings::Ignore).load().is_ok());
/// assert!(loader.warnings(Warnings::Deny).load().is_err());
/// ```
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Warnings {
    /// They become `tracing` events with the feature `tracing`, and else one block on standard error.
    #[default]
    Print,
    /// Nothing is said.
    Ignore,
    /// They are problems, and the load fails. Nothing is [set aside](crate::Lenient).
    Deny,
    /// They are handed to a function.
    Call(Arc<dyn Fn(&[Problem]) + Send + Sync>),
}

impl Warnings {
    /// Hands warnings to a function.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use confkit::{Config, Format, Unknown, Warnings};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 1)]
    ///     port: u16,
    /// }
    ///
    /// let seen = Arc::new(Mutex::new(0));
    /// let counter = Arc::clone(&seen);
    /// let settings = Settings::loader()
    ///     .text(Format::Toml, "base.toml", "prot = 2")
    ///     .unknown_keys(Unknown::Warn)
    ///     .warnings(Warnings::call(move |warnings| *counter.lock().unwrap() += warnings.len()))
    ///     .load()
    ///     .unwrap();
    /// assert_eq!((settings.port, *seen.lock().unwrap()), (1, 1));
    /// ```
    pub fn call(function: impl Fn(&[Problem]) + Send + Sync + 'static) -> Self {
        Self::Call(Arc::new(function))
    }

    /// Returns a stable name for the choice.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Ignore => "ignore",
            Self::Deny => "deny",
            Self::Call(_) => "call",
        }
    }

    pub(crate) fn is_deny(&self) -> bool {
        matches!(self, Self::Deny)
    }

    /// Does it.
    pub(crate) fn tell(&self, type_name: &str, warnings: &[Problem]) {
        match self {
            _ if warnings.is_empty() => {}
            Self::Print => print(type_name, warnings),
            Self::Call(function) => function(warnings),
            Self::Ignore | Self::Deny => {}
        }
    }
}

#[cfg(feature = "tracing")]
fn print(type_name: &str, warnings: &[Problem]) {
    for warning in warnings {
        let place = warning.origin().map(ToString::to_string);
        tracing::warn!(
            settings = type_name,
            code = warning.code().as_str(),
            path = warning.path(),
            place,
            suggestion = warning.suggestion(),
            "{}",
            warning.message()
        );
    }
}

#[cfg(not(feature = "tracing"))]
fn print(type_name: &str, warnings: &[Problem]) {
    crate::report::print_warnings(type_name, warnings);
}

impl fmt::Debug for Warnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Turns the warnings of a report into problems where that is asked for.
pub(super) fn judge(policy: &Warnings, report: &mut Report) {
    if policy.is_deny() {
        report.deny_warnings();
    }
}
