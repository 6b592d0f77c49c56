//! Warnings as tracing events, which is what the feature `tracing` makes of them.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use confkit::{Config, Warnings};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 1)]
    port: u16,
}

/// Writes down every event.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn they_are_events_with_their_facts() {
    let notes = Notes::default();
    let loader = Settings::loader().env_vars([("APP_PROT", "hunter2")]);
    tracing::subscriber::with_default(notes.clone(), || {
        loader.load().unwrap();
        loader.clone().warnings(Warnings::Ignore).load().unwrap();
        loader.load_traced().unwrap();
    });
    let lines = notes.0.lock().unwrap();
    let [line] = &lines[..] else { panic!("one event is expected: {lines:?}") };
    for part in
        ["WARN", "settings=\"Settings\"", "code=\"unknown_key\"", "APP_PROT", "suggestion=\"APP_PORT\""]
    {
        assert!(line.contains(part), "{line}");
    }
    assert!(!line.contains("hunter2"));
}
