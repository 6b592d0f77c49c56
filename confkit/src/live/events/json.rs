//! Events for machines.

use std::time::SystemTime;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Event, EventKind};
use crate::live::actor::Actor;
use crate::live::outcome::{Cause, Outcome, Why};

const VERSION: u8 = 1;

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut event = serializer.serialize_map(None)?;
        event.serialize_entry("version", &VERSION)?;
        event.serialize_entry("id", self.id())?;
        event.serialize_entry("type", self.type_name())?;
        event.serialize_entry("at", &time(self.at()))?;
        event.serialize_entry("revision", &self.revision())?;
        event.serialize_entry("event", self.kind().as_str())?;
        if let Some(name) = self.actor().map(Actor::name).filter(|name| !name.is_empty()) {
            event.serialize_entry("by", name)?;
        }
        if let Some(reason) = self.actor().and_then(Actor::reason) {
            event.serialize_entry("because", reason)?;
        }
        self.kind().serialize_into(&mut event)?;
        event.end()
    }
}

impl EventKind {
    fn serialize_into<M: SerializeMap>(&self, event: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Loaded { outcome, took } => {
                event.serialize_entry("outcome", outcome.map_or("refused", Outcome::as_str))?;
                event.serialize_entry("took_ms", &(took.as_secs_f64() * 1000.0))
            }
            Self::Changed { cause, content, differences } => {
                event.serialize_entry("cause", cause.as_str())?;
                match cause {
                    Cause::Rollback { to } => event.serialize_entry("to", to)?,
                    Cause::Unhealthy { revision, reason } => unhealthy(event, *revision, reason)?,
                    _ => {}
                }
                event.serialize_entry("content", &format!("{content:016x}"))?;
                event.serialize_entry("differences", differences.list())
            }
            Self::Refused { report } => event.serialize_entry("report", report),
            Self::OverrideSet { path, expires } => {
                event.serialize_entry("path", path)?;
                event.serialize_entry("expires", &expires.map(time))
            }
            Self::OverrideCleared { path }
            | Self::OverrideExpired { path }
            | Self::RotationOver { path }
            | Self::Accessed { path } => event.serialize_entry("path", path),
            Self::Rotated { path, until } => {
                event.serialize_entry("path", path)?;
                event.serialize_entry("until", &time(*until))
            }
            // The report is in the event of the refusal.
            Self::Stale { why: Why::Refused(_) } => event.serialize_entry("why", "refused"),
            Self::Stale { why: Why::Unhealthy { revision, reason } } => {
                event.serialize_entry("why", "unhealthy")?;
                unhealthy(event, *revision, reason)
            }
            Self::OnProbation { until } => event.serialize_entry("until", &time(*until)),
            Self::Ready | Self::Pinned | Self::Unpinned | Self::Proven | Self::Panicked | Self::Closed => {
                Ok(())
            }
        }
    }
}

fn unhealthy<M: SerializeMap>(event: &mut M, revision: u64, reason: &str) -> Result<(), M::Error> {
    event.serialize_entry("unhealthy", &revision)?;
    event.serialize_entry("reason", reason)
}

/// A time as RFC 3339 has it. The calendar ends before `SystemTime` does.
pub(super) fn time(time: SystemTime) -> Option<String> {
    use std::fmt::Write as _;
    // What is before 1970 panics there.
    time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let mut text = String::new();
    write!(text, "{}", humantime::format_rfc3339_millis(time)).ok()?;
    Some(text)
}
