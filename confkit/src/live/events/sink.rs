//! Who is told of events.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::BuildHasher;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::{Event, EventKind, Facts, Frame};

/// Keeps events, or passes them on. Every function that takes an [`Event`] is a sink.
///
/// It is called on the thread of what happens, in order for changes, and has to be quick: what takes time
/// has a queue and a thread of its own. A panic is caught and counted, a failure is counted and told
/// once, as a warning, until it works again; neither keeps a change from being made.
///
/// # Example
///
/// ```
/// use std::io::{self, Write};
/// use std::sync::Mutex;
///
/// use confkit::Config;
/// use confkit::live::{Event, Sink};
///
/// struct Lines<W>(Mutex<W>);
///
/// impl<W: Write + Send + 'static> Sink for Lines<W> {
///     fn record(&self, event: &Event) -> io::Result<()> {
///         writeln!(self.0.lock().unwrap(), "{}", event.to_json())
///     }
/// }
///
/// #[derive(Config, PartialEq)]
/// struct Settings {}
///
/// let live = Settings::loader().live().sink(Lines(Mutex::new(io::sink()))).start()?;
/// assert_eq!(live.counts().unrecorded, 0);
/// # Ok::<(), confkit::Report>(())
/// ```
pub trait Sink: Send + Sync + 'static {
    /// Takes an event.
    ///
    /// # Errors
    ///
    /// The event could not be kept.
    fn record(&self, event: &Event) -> io::Result<()>;

    /// Is told that a sink failed with an event, or panicked, whether it was this one or another. By default it
    /// does nothing.
    fn missed(&self, _event: &Event) {}

    /// Returns whether it shows the reports of refusals to people, so that live settings need not print what
    /// no caller hears. By default it does not.
    fn shows_reports(&self) -> bool {
        false
    }

    /// Ends its work: there will be no more events. By default it does nothing.
    fn close(&self) {}
}

impl<F: Fn(&Event) + Send + Sync + 'static> Sink for F {
    fn record(&self, event: &Event) -> io::Result<()> {
        self(event);
        Ok(())
    }
}

/// All sinks, and the numbers of events.
pub(in crate::live) struct Sinks {
    list: Vec<Named>,
    instance: u64,
    numbers: AtomicU64,
    is_closed: AtomicBool,
    pub(in crate::live) panics: AtomicU64,
    pub(in crate::live) failures: AtomicU64,
}

struct Named {
    sink: Box<dyn Sink>,
    /// Whether it was told that it fails.
    is_told: AtomicBool,
}

impl Default for Sinks {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            // The keys of hash maps are random, and nothing else here is.
            instance: RandomState::new().hash_one(std::process::id()),
            numbers: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
            panics: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }
}

impl Sinks {
    pub(in crate::live) fn add(&mut self, sink: impl Sink) {
        self.list.push(Named { sink: Box::new(sink), is_told: AtomicBool::new(false) });
    }

    pub(in crate::live) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(in crate::live) fn show_reports(&self) -> bool {
        self.list.iter().any(|named| self.caught(|| named.sink.shows_reports()) == Some(true))
    }

    /// Tells all of them; returns failures that were not told before.
    pub(in crate::live) fn record(&self, frame: Frame, kind: EventKind) -> Vec<io::Error> {
        let is_last = matches!(kind, EventKind::Closed);
        if self.is_closed.load(Ordering::Acquire) || is_last && self.is_closed.swap(true, Ordering::AcqRel) {
            return Vec::new();
        }
        let number = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
        let id = format!("{:016x}-{number}", self.instance);
        let event = Event(Arc::new(Facts { id, frame, kind }));
        let mut failures = Vec::new();
        for named in &self.list {
            if let Err(failure) = self.tell(named, &event) {
                failures.extend(failure);
                for named in &self.list {
                    self.caught(|| named.sink.missed(&event));
                }
            }
        }
        if is_last {
            for named in &self.list {
                self.caught(|| named.sink.close());
            }
        }
        failures
    }

    /// Tells one of them. If it does not take the event, there may be a failure that was not told before.
    fn tell(&self, named: &Named, event: &Event) -> Result<(), Option<io::Error>> {
        match self.caught(|| named.sink.record(event)) {
            Some(Ok(())) => {
                named.is_told.store(false, Ordering::Relaxed);
                Ok(())
            }
            Some(Err(error)) => {
                self.failures.fetch_add(1, Ordering::Relaxed);
                Err((!named.is_told.swap(true, Ordering::Relaxed)).then_some(error))
            }
            None => Err(None),
        }
    }

    fn caught<R>(&self, call: impl FnOnce() -> R) -> Option<R> {
        let done = catch_unwind(AssertUnwindSafe(call));
        if done.is_err() {
            self.panics.fetch_add(1, Ordering::Relaxed);
        }
        done.ok()
    }
}

impl fmt::Debug for Sinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sinks", self.list.len())
    }
}
