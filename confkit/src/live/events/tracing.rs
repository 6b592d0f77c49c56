//! Events as `tracing` events.

use std::io;

use super::{Event, EventKind, Sink};
use crate::live::actor::Actor;

/// Events as `tracing` events of the target `confkit::live`, each with the fields `settings` (the type), `revision`,
/// `event`, `id` and `by`.
///
/// | level | what |
/// |---|---|
/// | error | refusals, with the whole report; panics |
/// | warn | stale settings, revisions that did not do well |
/// | info | changes, overrides, pins, secrets that rotate, what did well, the end |
/// | debug | layers that were read, secrets that somebody read |
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::live::Tracing;
///
/// #[derive(Config, PartialEq)]
/// struct Settings {}
///
/// let live = Settings::loader().live().sink(Tracing).start()?;
/// assert_eq!(live.revision(), 1);
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Tracing;

macro_rules! tell {
    ($level:ident, $event:expr, $text:expr) => {
        tracing::$level!(
            target: "confkit::live",
            settings = $event.type_name(),
            revision = $event.revision(),
            event = $event.kind().as_str(),
            id = $event.id(),
            by = $event.actor().map(Actor::name),
            "{}",
            $text
        )
    };
}

impl Sink for Tracing {
    fn record(&self, event: &Event) -> io::Result<()> {
        match event.kind() {
            EventKind::Refused { report } => tell!(error, event, format_args!("{event}\n{report}")),
            EventKind::Panicked => tell!(error, event, event),
            EventKind::Stale { .. } => tell!(warn, event, event),
            EventKind::Changed { cause, .. } if cause.is_unhealthy() => tell!(warn, event, event),
            EventKind::Loaded { .. } | EventKind::Accessed { .. } => tell!(debug, event, event),
            _ => tell!(info, event, event),
        }
        Ok(())
    }

    fn shows_reports(&self) -> bool {
        true
    }
}
