//! What became of a request, and how live settings are.

use std::fmt;
use std::time::SystemTime;

use crate::report::Report;

/// What became of a reload, an override or a rollback that was not refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// There is a new revision, of this number.
    Changed(u64),
    /// The value is what it was: no revision, and nobody was told.
    Unchanged,
    /// The content is that of a revision that was taken back; it is not taken again.
    Held,
    /// The settings are pinned. The newest content is taken by `unpin`.
    Pinned,
    /// It was asked for from inside a change, and is done after it.
    Queued,
    /// The settings are closed.
    Closed,
}

impl Outcome {
    /// Returns a stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Changed(_) => "changed",
            Self::Unchanged => "unchanged",
            Self::Held => "held",
            Self::Pinned => "pinned",
            Self::Queued => "queued",
            Self::Closed => "closed",
        }
    }
}

/// What led to a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The first load.
    Start,
    /// Other content of the layers.
    Reload,
    /// An override that was set or taken away.
    Override,
    /// An override that expired.
    Expiry,
    /// Somebody went back to an earlier revision.
    Rollback {
        /// The revision whose content is in force again.
        to: u64,
    },
    /// A revision did not do well, and the one before it is in force again.
    Unhealthy {
        /// The revision that was taken back.
        revision: u64,
        /// What the health check says.
        reason: String,
    },
}

impl Cause {
    /// Returns a stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Reload => "reload",
            Self::Override => "override",
            Self::Expiry => "expiry",
            Self::Rollback { .. } => "rollback",
            Self::Unhealthy { .. } => "unhealthy",
        }
    }

    #[cfg(feature = "tracing")]
    pub(super) fn is_unhealthy(&self) -> bool {
        matches!(self, Self::Unhealthy { .. })
    }

    /// Whether it goes back to a revision that did well.
    pub(super) fn goes_back(&self) -> bool {
        matches!(self, Self::Rollback { .. } | Self::Unhealthy { .. })
    }
}

/// How live settings are. A value is served in every state.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum State {
    /// The newest content is in force, or whatever somebody went back to or pinned.
    Ready,
    /// Newer content is there and not in force.
    Stale {
        /// Since when.
        since: SystemTime,
        /// Why it is not in force.
        why: Why,
    },
    /// The same for longer than the grace; see [`Builder::grace`](super::Builder::grace).
    Failed {
        /// Since when.
        since: SystemTime,
        /// Why it is not in force.
        why: Why,
    },
}

impl State {
    /// Returns a stable name.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Stale { .. } => "stale",
            Self::Failed { .. } => "failed",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready => f.write_str("ready"),
            Self::Stale { why, .. } | Self::Failed { why, .. } => write!(f, "{}: {why}", self.as_str()),
        }
    }
}

/// Why newer content is not in force.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Why {
    /// It was refused, by the layers, the rules or a hook.
    Refused(Report),
    /// It was in force and did not do well.
    Unhealthy {
        /// The revision that was taken back.
        revision: u64,
        /// What the health check says.
        reason: String,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(report) => write!(f, "{report}"),
            Self::Unhealthy { revision, reason } => {
                write!(f, "revision {revision} did not do well: {reason}")
            }
        }
    }
}

/// What has happened since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// How often the layers were read.
    pub reloads: u64,
    /// How often content, an override or a rollback was refused.
    pub refusals: u64,
    /// How many revisions were taken back because they did not do well.
    pub returns: u64,
    /// How many panics of listeners, hooks, health checks, subscribers, sinks and functions for warnings were
    /// caught.
    pub panics: u64,
    /// How often a [sink](super::Sink) could not keep an event.
    pub unrecorded: u64,
}
