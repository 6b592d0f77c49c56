//! Warnings as tracing events, which is what the feature `tracing` makes of them.

use confkit::{Config, Warnings};

use crate::traced::Notes;

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 1)]
    port: u16,
}

#[test]
fn they_are_events_with_their_facts() {
    let loader = Settings::loader().env_vars([("APP_PROT", "hunter2")]);
    let lines = Notes::of(|| {
        loader.load().unwrap();
        loader.clone().warnings(Warnings::Ignore).load().unwrap();
        loader.load_traced().unwrap();
    });
    let [line] = &lines[..] else { panic!("one event is expected: {lines:?}") };
    for part in
        ["WARN", "settings=\"Settings\"", "code=\"unknown_key\"", "APP_PROT", "suggestion=\"APP_PORT\""]
    {
        assert!(line.contains(part), "{line}");
    }
    assert!(!line.contains("hunter2"));
}
