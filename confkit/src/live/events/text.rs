//! Events for people, a line each.

use std::fmt;

use super::{Event, EventKind};
use crate::diff::Difference;
use crate::live::outcome::{Cause, Outcome, Why};
use crate::report::{Report, clean};

/// How many paths are named.
const PATHS: usize = 8;

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Names, reasons and the words of hooks come from outside, and must not look like another event.
        f.write_str(&clean(&Line(self).to_string()))
    }
}

/// An event as it is said.
struct Line<'a>(&'a Event);

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(event) = self;
        write!(f, "{}: ", event.type_name())?;
        let revision = event.revision();
        match event.kind() {
            EventKind::Loaded { outcome, took } => {
                let outcome = outcome.map_or("refused", Outcome::as_str);
                write!(f, "the layers were read in {} ms: {outcome}", took.as_millis())?;
            }
            EventKind::Changed { cause, differences, .. } => {
                write!(f, "revision {revision} is in force ({}", Words(cause))?;
                if let Some(actor) = event.actor() {
                    write!(f, "; {actor}")?;
                }
                let paths: Vec<&str> = differences.iter().map(Difference::path).collect();
                return write!(f, "){}", Paths(&paths));
            }
            EventKind::Refused { report } => {
                write!(f, "refused, revision {revision} stays{}", First(report))?;
            }
            EventKind::OverrideSet { path, .. } => write!(f, "an override of `{path}` was set")?,
            EventKind::OverrideCleared { path } => write!(f, "the override of `{path}` was taken away")?,
            EventKind::OverrideExpired { path } => write!(f, "the override of `{path}` has expired")?,
            EventKind::Rotated { path, .. } => {
                write!(f, "the secret `{path}` has rotated; its former value has a grace")?;
            }
            EventKind::RotationOver { path } => write!(f, "the grace of a former `{path}` is over")?,
            EventKind::Accessed { path } => write!(f, "the secret `{path}` was read")?,
            EventKind::Stale { why: Why::Refused(_) } => {
                write!(f, "stale: newer content was refused, revision {revision} stays")?;
            }
            EventKind::Stale { why } => write!(f, "stale: {why}")?,
            EventKind::Ready => f.write_str("the newest content is in force again")?,
            EventKind::Pinned => write!(f, "pinned at revision {revision}")?,
            EventKind::Unpinned => f.write_str("unpinned")?,
            EventKind::OnProbation { .. } => write!(f, "revision {revision} has to do well now")?,
            EventKind::Proven => write!(f, "revision {revision} did well")?,
            EventKind::Panicked => f.write_str("a function of the program's panicked; the rest went on")?,
            EventKind::Closed => write!(f, "closed at revision {revision}")?,
        }
        event.actor().map_or(Ok(()), |actor| write!(f, " ({actor})"))
    }
}

/// The first problem of a report, and how many more there are.
struct First<'a>(&'a Report);

impl fmt::Display for First<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.0.problems().split_first() else { return Ok(()) };
        if let Some(origin) = first.origin() {
            write!(f, ": {origin}")?;
        }
        write!(f, ": {}", first.message())?;
        if rest.is_empty() { Ok(()) } else { write!(f, " (and {} more)", rest.len()) }
    }
}

/// A cause with what it says.
struct Words<'a>(&'a Cause);

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Cause::Rollback { to } => write!(f, "rollback to {to}"),
            Cause::Unhealthy { revision, reason } => {
                write!(f, "revision {revision} did not do well: {reason}")
            }
            cause => f.write_str(cause.as_str()),
        }
    }
}

struct Paths<'a>(&'a [&'a str]);

impl fmt::Display for Paths<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (shown, more) = self.0.split_at(self.0.len().min(PATHS));
        if shown.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", shown.join(", "))?;
        if more.is_empty() { Ok(()) } else { write!(f, " and {} more", more.len()) }
    }
}
