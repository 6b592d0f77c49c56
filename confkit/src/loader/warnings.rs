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
    pub(crate) fn tell(&self, type_name: &str, moment: Moment, warnings: &[Problem]) {
        match self {
            _ if warnings.is_empty() => {}
            Self::Print => print(type_name, moment, warnings),
            Self::Call(function) => function(warnings),
            Self::Ignore | Self::Deny => {}
        }
    }
}

/// What has happened to settings when their warnings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// They were loaded.
    Load,
    /// While they live, a revision of this number has come into force.
    #[cfg(feature = "live")]
    Change(u64),
    /// Other content has the value of the revision in force, which has this number.
    #[cfg(feature = "live")]
    Refresh(u64),
    /// Something else, while they live.
    #[cfg(feature = "live")]
    Meanwhile,
}

impl Moment {
    /// What has become of the settings, in words that go before how many warnings there are.
    #[cfg(any(test, not(feature = "tracing")))]
    fn outcome(self) -> String {
        match self {
            Self::Load => "are loaded".to_owned(),
            #[cfg(feature = "live")]
            Self::Change(revision) => format!("change to revision {revision}"),
            #[cfg(feature = "live")]
            Self::Refresh(revision) => format!("stay at revision {revision}"),
            #[cfg(feature = "live")]
            Self::Meanwhile => "go on".to_owned(),
        }
    }

    /// The revision whose warnings they are, while the settings live.
    #[cfg(feature = "tracing")]
    fn revision(self) -> Option<u64> {
        match self {
            #[cfg(feature = "live")]
            Self::Change(revision) | Self::Refresh(revision) => Some(revision),
            _ => None,
        }
    }
}

#[cfg(feature = "tracing")]
fn print(type_name: &str, moment: Moment, warnings: &[Problem]) {
    for warning in warnings {
        let place = warning.origin().map(ToString::to_string);
        tracing::warn!(
            settings = type_name,
            revision = moment.revision(),
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
fn print(type_name: &str, moment: Moment, warnings: &[Problem]) {
    crate::report::print_warnings(type_name, &moment.outcome(), warnings);
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

#[cfg(all(test, feature = "live"))]
mod tests {
    use super::Moment;

    #[test]
    fn a_block_says_what_has_happened() {
        let moments = [Moment::Load, Moment::Change(3), Moment::Refresh(2), Moment::Meanwhile];
        let said = ["are loaded", "change to revision 3", "stay at revision 2", "go on"];
        assert_eq!(moments.map(Moment::outcome), said);
    }
}
