//! Who asks for a change, and why.

use std::fmt;
use std::sync::Arc;

use super::handle::Handle;
use crate::report::clean;

/// Who asked for a change, and why, in words of the program's: made by [`Handle::by`] and [`Handle::because`].
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
/// live.by("alice").because("ORD-12").set_override("port", 81, Expiry::Never)?;
/// let snapshot = live.snapshot();
/// let actor = snapshot.actor().unwrap();
/// assert_eq!((actor.name(), actor.reason()), ("alice", Some("ORD-12")));
/// assert_eq!(actor.to_string(), "by alice because ORD-12");
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Actor {
    name: String,
    reason: Option<String>,
}

impl Actor {
    /// Returns who it is; empty if only a reason was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns why.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, reason) = (clean(&self.name), self.reason.as_deref().map(clean));
        match reason {
            Some(reason) if name.is_empty() => write!(f, "because {reason}"),
            Some(reason) => write!(f, "by {name} because {reason}"),
            None => write!(f, "by {name}"),
        }
    }
}

/// # On behalf of somebody
impl<T> Handle<T> {
    /// Returns a handle whose changes are somebody's: it is noted in the revision and told to
    /// [sinks](super::Sink).
    pub fn by(&self, name: impl Into<String>) -> Self {
        self.with_actor(|actor| actor.name = name.into())
    }

    /// Returns a handle whose changes have a reason.
    pub fn because(&self, reason: impl Into<String>) -> Self {
        self.with_actor(|actor| actor.reason = Some(reason.into()))
    }

    fn with_actor(&self, change: impl FnOnce(&mut Actor)) -> Self {
        let mut actor = self.actor.as_deref().cloned().unwrap_or_default();
        change(&mut actor);
        Self { shared: Arc::clone(&self.shared), actor: Some(Arc::new(actor)) }
    }
}
