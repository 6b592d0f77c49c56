//! What happens to live settings, told to whoever keeps it.

#[cfg(feature = "audit")]
pub mod audit;
#[cfg(any(feature = "audit", feature = "webhook"))]
mod hex;
mod json;
#[cfg(feature = "metrics")]
mod metrics;
mod sink;
mod text;
#[cfg(feature = "tracing")]
mod tracing;
#[cfg(feature = "webhook")]
mod webhook;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

#[cfg(feature = "metrics")]
pub use metrics::Metrics;
pub use sink::Sink;
pub(super) use sink::Sinks;
#[cfg(feature = "tracing")]
pub use tracing::Tracing;
#[cfg(feature = "webhook")]
pub use webhook::{Deliveries, SignatureError, Webhook, WebhookBuilder};

use super::actor::Actor;
use super::outcome::{Cause, Outcome, Why};
use super::snapshot::Snapshot;
use crate::config::Config;
use crate::diff::Differences;
use crate::report::Report;

/// Something that has happened to live settings. Secrets are masked in all of it.
///
/// Its `Display` is one line for people. It serialises for machines: `version`, `id`, `type`, `at` (UTC,
/// RFC 3339, with milliseconds), `revision`, `event` (the [name](EventKind::as_str) of its kind), `by` and
/// `because`, and then what its [kind](EventKind) has. Clones share what it is made of.
///
/// # Example
///
/// ```
/// use std::sync::mpsc;
///
/// use confkit::Config;
/// use confkit::live::{Event, Expiry};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     #[config(default = 80)]
///     port: u16,
/// }
///
/// let (sender, events) = mpsc::channel();
/// let sink = move |event: &Event| drop(sender.send(event.clone()));
/// let live = Settings::loader().live().sink(sink).start()?;
/// live.by("alice").set_override("port", 81, Expiry::Never)?;
/// drop(live);
///
/// let told: Vec<String> = events.iter().map(|event| event.to_string()).collect();
/// assert_eq!(told, [
///     "Settings: revision 1 is in force (start)",
///     "Settings: revision 2 is in force (override; by alice): port",
///     "Settings: an override of `port` was set (by alice)",
///     "Settings: closed at revision 2",
/// ]);
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Event(Arc<Facts>);

#[derive(Debug)]
struct Facts {
    id: String,
    frame: Frame,
    kind: EventKind,
}

/// What all events have.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) type_name: &'static str,
    pub(super) at: SystemTime,
    pub(super) revision: u64,
    pub(super) actor: Option<Arc<Actor>>,
}

impl Event {
    /// Returns what tells the event apart from all others, those of other processes too. Whoever gets events
    /// twice knows them by it.
    pub fn id(&self) -> &str {
        &self.0.id
    }

    /// Returns the name of the settings' type.
    pub fn type_name(&self) -> &'static str {
        self.0.frame.type_name
    }

    /// Returns when it happened, by the clock of the settings.
    pub fn at(&self) -> SystemTime {
        self.0.frame.at
    }

    /// Returns the number of the revision in force after it; 0 if there is none yet.
    pub fn revision(&self) -> u64 {
        self.0.frame.revision
    }

    /// Returns who asked for it; `None` if nobody did, or did not say who he is.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.frame.actor.as_deref()
    }

    /// Returns what has happened.
    pub fn kind(&self) -> &EventKind {
        &self.0.kind
    }

    /// Writes it as one line of JSON.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    ///
    /// use confkit::Config;
    /// use confkit::live::Event;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {}
    ///
    /// let log = Arc::new(Mutex::new(String::new()));
    /// let sink = { let log = Arc::clone(&log); move |event: &Event| *log.lock().unwrap() += &event.to_json() };
    /// let live = Settings::loader().live().sink(sink).start()?;
    /// assert!(log.lock().unwrap().contains(r#""revision":1,"event":"changed","#));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn to_json(&self) -> String {
        // Texts and numbers alone cannot fail.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What has happened.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum EventKind {
    /// The layers were read.
    #[non_exhaustive]
    Loaded {
        /// What became of it; `None` if it was refused.
        outcome: Option<Outcome>,
        /// How long it took: reading, rules, and whoever follows the change.
        took: Duration,
    },
    /// Another revision is in force: the first one, other content, an override, or an earlier revision again.
    #[non_exhaustive]
    Changed {
        /// What led to it.
        cause: Cause,
        /// The [mark](super::Snapshot::content) of its content.
        content: u64,
        /// What differs from the revision before it.
        differences: Differences,
    },
    /// Content, an override or a rollback was refused. It is told once as long as the same is refused.
    #[non_exhaustive]
    Refused {
        /// Why.
        report: Report,
    },
    /// An override was set.
    #[non_exhaustive]
    OverrideSet {
        /// The path of the setting.
        path: String,
        /// When it ends.
        expires: Option<SystemTime>,
    },
    /// An override was taken away.
    #[non_exhaustive]
    OverrideCleared {
        /// The path of the setting.
        path: String,
    },
    /// The time of an override is over.
    #[non_exhaustive]
    OverrideExpired {
        /// The path of the setting.
        path: String,
    },
    /// A secret has another value; see [`Handle::rotating`](super::Handle::rotating).
    #[non_exhaustive]
    Rotated {
        /// The path of the setting.
        path: String,
        /// When the grace of the value before ends.
        until: SystemTime,
    },
    /// The grace of a former secret is over.
    #[non_exhaustive]
    RotationOver {
        /// The path of the setting.
        path: String,
    },
    /// Somebody has read a secret through [`Handle::expose`](super::Handle::expose).
    #[non_exhaustive]
    Accessed {
        /// The path of the setting.
        path: String,
    },
    /// Newer content is there and not in force.
    #[non_exhaustive]
    Stale {
        /// Why.
        why: Why,
    },
    /// The newest content is in force again.
    Ready,
    /// The settings stay as they are.
    Pinned,
    /// They follow their layers again.
    Unpinned,
    /// A revision has to do well for a time; see [`Health`](super::Health).
    #[non_exhaustive]
    OnProbation {
        /// Until when.
        until: SystemTime,
    },
    /// It did well.
    Proven,
    /// A function of the program's panicked; the rest went on.
    Panicked,
    /// Nothing will happen any more.
    Closed,
}

impl EventKind {
    /// That a revision has come into force.
    pub(super) fn of<T: Config>(snapshot: &Snapshot<T>) -> Self {
        Self::Changed {
            cause: snapshot.cause().clone(),
            content: snapshot.content(),
            differences: snapshot.differences().clone(),
        }
    }

    /// Returns a stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Loaded { .. } => "loaded",
            Self::Changed { .. } => "changed",
            Self::Refused { .. } => "refused",
            Self::OverrideSet { .. } => "override_set",
            Self::OverrideCleared { .. } => "override_cleared",
            Self::OverrideExpired { .. } => "override_expired",
            Self::Rotated { .. } => "rotated",
            Self::RotationOver { .. } => "rotation_over",
            Self::Accessed { .. } => "accessed",
            Self::Stale { .. } => "stale",
            Self::Ready => "ready",
            Self::Pinned => "pinned",
            Self::Unpinned => "unpinned",
            Self::OnProbation { .. } => "on_probation",
            Self::Proven => "proven",
            Self::Panicked => "panicked",
            Self::Closed => "closed",
        }
    }
}
