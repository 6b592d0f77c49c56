//! What sinks are told.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use confkit::live::{Cause, Event, EventKind, Expiry, Handle, Health, Hook, Outcome, Sink, Tracing, Update};
use confkit::{Config, Warnings};

use super::{Page, Settings, Time, over};
use crate::traced::Notes;

/// Keeps all events.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<Event>>>);

impl Kept {
    /// The names of what was told since the last time.
    fn names(&self) -> Vec<&'static str> {
        self.0.lock().unwrap().drain(..).map(|event| event.kind().as_str()).collect()
    }

    fn all(&self) -> Vec<Event> {
        self.0.lock().unwrap().clone()
    }
}

impl Sink for Kept {
    fn record(&self, event: &Event) -> io::Result<()> {
        self.0.lock().unwrap().push(event.clone());
        Ok(())
    }
}

#[test]
fn everything_that_happens_is_told_once_and_in_order() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let health = Health::new(Duration::from_secs(2)).check(|settings: &Settings| match settings.port {
        13 => Err("bad luck".to_owned()),
        _ => Ok(()),
    });
    let live = over(&page, &time).health(health).sink(kept.clone()).start().unwrap();
    assert_eq!(kept.names(), ["changed"]);

    live.reload().unwrap();
    assert_eq!(kept.names(), ["loaded"]);

    page.write("port = 2");
    live.reload().unwrap();
    assert_eq!(kept.names(), ["changed", "on_probation", "loaded"]);
    time.pass(2);
    live.tick().unwrap();
    assert_eq!(kept.names(), ["proven"]);

    page.write("port = 'x'");
    live.reload().unwrap_err();
    assert_eq!(kept.names(), ["loaded", "stale", "refused"]);
    live.reload().unwrap_err();
    assert_eq!(kept.names(), ["loaded"], "the same is told once");
    page.write("port = 2");
    live.reload().unwrap();
    assert_eq!(kept.names(), ["loaded", "ready"]);

    live.set_override("port", 3, Duration::from_secs(60)).unwrap();
    assert_eq!(kept.names(), ["changed", "override_set", "on_probation"]);
    live.set_override("port", 'x', Expiry::Never).unwrap_err();
    assert_eq!(kept.names(), ["refused"]);
    time.pass(60);
    live.tick().unwrap();
    assert_eq!(kept.names(), ["override_expired", "changed", "on_probation"]);
    live.set_override("workers", 5, Expiry::Never).unwrap();
    live.clear_override("workers").unwrap();
    live.clear_override("workers").unwrap();
    let names = kept.names();
    assert_eq!(names[1..], ["override_set", "on_probation", "changed", "override_cleared", "on_probation"]);

    live.pin();
    live.pin();
    live.unpin().unwrap();
    assert_eq!(kept.names(), ["pinned", "unpinned", "loaded"]);

    page.write("port = 13");
    live.reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    assert_eq!(kept.names(), ["changed", "on_probation", "loaded", "changed", "stale"]);
    live.reload().unwrap();
    assert_eq!(kept.names(), ["loaded"], "what was taken back is held");
    live.rollback(1).unwrap();
    assert_eq!(kept.names(), ["changed"]);

    live.on_change(|_| panic!("on purpose")).detach();
    live.set_override("port", 4, Expiry::Never).unwrap();
    assert_eq!(kept.names(), ["changed", "override_set", "on_probation", "panicked"]);

    live.close();
    live.close();
    drop(live);
    assert_eq!(kept.names(), ["closed"]);
}

#[test]
fn events_for_people_and_for_machines() {
    let (page, time, kept) = (Page::new("port = 1\ntoken = 'hunter2'"), Time::new(), Kept::default());
    let health = Health::new(Duration::from_secs(2)).check(|settings: &Settings| match settings.port {
        13 => Err("bad luck".to_owned()),
        _ => Ok(()),
    });
    let live = over(&page, &time).health(health).sink(kept.clone()).start().unwrap();
    page.write("port = 'x'\nworkers = 65\ntoken = 'hunter3'");
    live.reload().unwrap_err();
    page.write("port = 13\ntoken = 'hunter3'");
    live.by("deploy").because("ORD-12").reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    live.by("alice").set_override("pool.max", 9, Duration::from_secs(600)).unwrap();
    live.because("too slow").rollback(1).unwrap();
    live.close();

    let events = kept.all();
    let lines: Vec<String> = events
        .iter()
        .filter(|event| !matches!(event.kind(), EventKind::Loaded { .. }))
        .map(ToString::to_string)
        .collect();
    insta::assert_snapshot!("events_for_people", lines.join("\n"));
    let json: Vec<String> = events.iter().map(machine).collect();
    insta::assert_snapshot!("events_for_machines", json.join("\n"));

    let mut ids: Vec<&str> = events.iter().map(Event::id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), events.len());
}

/// An event as JSON, without what differs from run to run.
fn machine(event: &Event) -> String {
    let mut json: serde_json::Value = serde_json::from_str(&event.to_json()).unwrap();
    let object = json.as_object_mut().unwrap();
    assert_eq!(object["id"], event.id());
    for key in ["id", "content", "took_ms"] {
        object.entry(key).and_modify(|value| *value = "…".into());
    }
    serde_json::to_string_pretty(&json).unwrap()
}

#[test]
fn a_first_load_that_is_refused_is_told() {
    let (page, time, kept) = (Page::new("port = 'x'"), Time::new(), Kept::default());
    over(&page, &time).sink(kept.clone()).start().unwrap_err();
    let events = kept.all();
    assert_eq!(events.iter().map(Event::revision).collect::<Vec<_>>(), [0, 0]);
    assert_eq!(kept.names(), ["refused", "closed"]);
}

#[test]
fn the_actor_is_in_revisions_and_events() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    let alice = live.by("alice").because("ORD-12");
    let handle = live.handle();
    live.on_change(move |update| {
        if update.revision() == 2 {
            handle.by("bob").set_override("workers", 7, Expiry::Never).unwrap();
            handle.set_override("pool.max", 7, Expiry::Never).unwrap();
        }
    })
    .detach();
    alice.set_override("port", 2, Expiry::Never).unwrap();

    let named = |name: Option<&confkit::live::Actor>| name.map(ToString::to_string);
    let revisions: Vec<_> = live.history().iter().map(|one| named(one.actor())).collect();
    let expected = [None, Some("by alice because ORD-12".to_owned()), Some("by bob".to_owned()), None];
    assert_eq!(revisions, expected);
    let changes: Vec<_> = kept
        .all()
        .iter()
        .filter(|event| matches!(event.kind(), EventKind::Changed { .. }))
        .map(|event| named(event.actor()))
        .collect();
    assert_eq!(changes, expected);
}

#[test]
fn sinks_that_fail_or_panic_stop_nothing() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let told = Arc::new(Mutex::new(Vec::new()));
    let warnings = {
        let told = Arc::clone(&told);
        Warnings::call(move |warnings| told.lock().unwrap().extend(warnings.iter().map(ToString::to_string)))
    };
    let is_full = Arc::new(AtomicUsize::new(1));
    let builder = Settings::loader().source(page.clone()).warnings(warnings).live().clock(time.clock());
    let live = builder
        .sink(|_: &Event| panic!("on purpose"))
        .sink(Full(Arc::clone(&is_full)))
        .sink(kept.clone())
        .start()
        .unwrap();
    live.reload().unwrap();
    assert_eq!(kept.names(), ["changed", "loaded"]);
    assert_eq!((live.counts().panics, live.counts().unrecorded), (2, 2));
    let expected = "an event could not be recorded: the disk is full";
    assert_eq!(told.lock().unwrap().len(), 1, "{told:?}");
    assert!(told.lock().unwrap()[0].contains(expected), "{told:?}");

    is_full.store(0, Ordering::Relaxed);
    live.reload().unwrap();
    is_full.store(1, Ordering::Relaxed);
    live.reload().unwrap();
    assert_eq!((live.counts().unrecorded, told.lock().unwrap().len()), (3, 2));
}

/// A disk that is full at times.
struct Full(Arc<AtomicUsize>);

impl Sink for Full {
    fn record(&self, _: &Event) -> io::Result<()> {
        if self.0.load(Ordering::Relaxed) == 0 { Ok(()) } else { Err(io::Error::other("the disk is full")) }
    }
}

/// Refuses everything.
struct Never;

impl Hook<Settings> for Never {
    fn prepare(&self, _: &Update<Settings>) -> Result<(), String> {
        Err("never".to_owned())
    }
}

#[test]
fn overrides_that_go_and_come_with_a_rollback_are_told() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    live.set_override("workers", 5, Expiry::Never).unwrap();
    live.set_override("port", 2, Expiry::Never).unwrap();
    live.set_override("port", 3, Expiry::Never).unwrap();
    kept.names();
    live.rollback(2).unwrap();
    assert_eq!(kept.names(), ["changed", "override_cleared"], "that of `port`");
    live.rollback(3).unwrap();
    assert_eq!(kept.names(), ["changed", "override_set"], "the first one of `port`");
    live.rollback(4).unwrap();
    assert_eq!(kept.names(), ["changed", "override_set"], "the second one replaces it");
    live.rollback(1).unwrap();
    assert_eq!(kept.names(), ["changed", "override_cleared", "override_cleared"]);
    assert!(live.overrides().is_empty());
}

#[test]
fn who_is_told_of_a_change_finds_the_overrides_that_belong_to_it() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    live.on_change({
        let (live, kept, told) = (live.handle(), kept.clone(), Arc::clone(&told));
        move |_| told.lock().unwrap().push((live.overrides().len(), kept.names()))
    })
    .detach();
    live.set_override("port", 2, Expiry::Never).unwrap();
    live.clear_override("port").unwrap();
    live.rollback(2).unwrap();
    let expected = [
        (1, vec!["changed", "changed", "override_set"]),
        (0, vec!["changed", "override_cleared"]),
        (1, vec!["changed", "override_set"]),
    ];
    assert_eq!(*told.lock().unwrap(), expected);
}

#[test]
fn an_override_is_told_if_it_is_in_force_and_only_then() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    live.on_change({
        let live = live.handle();
        move |_| live.close()
    })
    .detach();
    live.set_override("port", 2, Expiry::Never).unwrap();
    assert_eq!(kept.names(), ["changed", "changed", "override_set", "closed"]);

    let live = Arc::new(over(&page, &time).sink(kept.clone()).start().unwrap());
    live.hook("late", Late(live.handle(), Mutex::default())).detach();
    kept.names();
    assert_eq!(live.set_override("port", 3, Expiry::Never).unwrap(), Outcome::Closed);
    drop(live);
    assert_eq!(kept.names(), ["closed"]);
}

/// Has the settings closed by another thread while it prepares.
struct Late(Handle<Settings>, Mutex<Option<JoinHandle<()>>>);

impl Hook<Settings> for Late {
    fn prepare(&self, _: &Update<Settings>) -> Result<(), String> {
        let live = self.0.clone();
        *self.1.lock().unwrap() = Some(thread::spawn(move || live.close()));
        while !self.0.is_closed() {
            thread::yield_now();
        }
        Ok(())
    }
}

#[test]
fn a_function_for_warnings_that_panics_leaves_no_change_half_made() {
    let (page, time) = (Page::new("port = 1"), Time::new());
    let warnings = Warnings::call(|_| panic!("on purpose"));
    let builder = Settings::loader().source(page.clone()).warnings(warnings).live().clock(time.clock());
    let is_full = Arc::new(AtomicUsize::new(0));
    let live = builder.sink(Full(Arc::clone(&is_full))).start().unwrap();
    let followed = Arc::new(AtomicUsize::new(0));
    live.on_change({
        let followed = Arc::clone(&followed);
        move |update| followed.store(update.new().port.into(), Ordering::Relaxed)
    })
    .detach();
    is_full.store(1, Ordering::Relaxed);
    page.write("port = 2");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((followed.load(Ordering::Relaxed), live.counts().panics), (2, 1));
}

#[test]
fn an_event_is_one_line_whatever_the_program_says() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    live.by("alice\nSettings: pinned\u{1b}[2J")
        .because("a\tb")
        .set_override("port", 2, Expiry::Never)
        .unwrap();
    let told = kept.all()[1].to_string();
    assert_eq!(
        told,
        r"Settings: revision 2 is in force (override; by alice\nSettings: pinned\u{1b}[2J because a\tb): port"
    );
}

#[test]
fn a_change_that_a_hook_refuses_is_no_change() {
    let (page, time, kept) = (Page::new("port = 1"), Time::new(), Kept::default());
    let live = over(&page, &time).sink(kept.clone()).start().unwrap();
    live.hook("never", Never).detach();
    page.write("port = 2");
    live.reload().unwrap_err();
    let events = kept.all();
    assert!(matches!(events[0].kind(), EventKind::Changed { cause: Cause::Start, .. }));
    assert_eq!(kept.names()[1..], ["loaded", "stale", "refused"]);
    assert_eq!(
        events.last().unwrap().to_string(),
        "Settings: refused, revision 1 stays: the hook `never` refuses revision 2: never"
    );
}

#[test]
fn tracing_has_a_level_for_each() {
    let (page, time) = (Page::new("port = 1\ntoken = 'hunter2'"), Time::new());
    let lines = Notes::of(|| {
        let health = Health::new(Duration::from_secs(2)).check(|settings: &Settings| match settings.port {
            13 => Err("bad luck".to_owned()),
            _ => Ok(()),
        });
        let live = over(&page, &time).health(health).sink(Tracing).start().unwrap();
        page.write("port = 13\ntoken = 'hunter3'");
        live.by("alice").reload().unwrap();
        time.pass(1);
        live.tick().unwrap();
        page.write("port = 'x'\ntoken = 'hunter3'");
        live.reload().unwrap_err();
        live.on_change(|_| panic!("on purpose")).detach();
        live.set_override("workers", 5, Duration::from_secs(60)).unwrap();
        live.close();
    });
    let levels: Vec<(&str, &str)> = lines
        .iter()
        .map(|line| {
            let (level, fields) = line.split_once(' ').unwrap();
            let (_, name) = fields.split_once("event=\"").unwrap();
            (level, name.split('"').next().unwrap())
        })
        .collect();
    assert_eq!(
        levels,
        [
            ("INFO", "changed"),
            ("INFO", "changed"),
            ("INFO", "on_probation"),
            ("DEBUG", "loaded"),
            ("WARN", "changed"),
            ("WARN", "stale"),
            ("DEBUG", "loaded"),
            ("ERROR", "refused"),
            ("INFO", "changed"),
            ("INFO", "override_set"),
            ("INFO", "on_probation"),
            ("ERROR", "panicked"),
            ("INFO", "closed"),
        ]
    );
    assert!(
        lines[1].contains("settings=\"Settings\" revision=2") && lines[1].contains("by=\"alice\""),
        "{lines:?}"
    );
    let refused = lines.iter().find(|line| line.starts_with("ERROR")).unwrap();
    assert!(refused.contains("--> page.toml:1:8"), "the whole report: {refused}");
    assert!(!lines.concat().contains("hunter"));
}

#[test]
fn a_time_that_has_no_date_is_none() {
    let log = Kept::default();
    let live = over(&Page::new("port = 1\n"), &Time::new()).sink(log.clone()).start().unwrap();
    for time in [
        SystemTime::UNIX_EPOCH - Duration::from_secs(1),
        SystemTime::UNIX_EPOCH + Duration::from_secs(400_000_000_000),
    ] {
        live.set_override("port", 2, time).unwrap();
        live.clear_override("port").unwrap();
    }
    let texts: Vec<String> = log.all().iter().map(Event::to_json).collect();
    assert!(texts.iter().filter(|text| text.contains("\"expires\":null")).count() == 2, "{texts:?}");
}

#[test]
fn an_event_is_one_line_whatever_its_words_are() {
    let log = Kept::default();
    let live = over(&Page::new("port = 1\n"), &Time::new()).sink(log.clone()).start().unwrap();
    live.by("eve\nadmin").because("\u{1b}[2K\r").set_override("port", 2, Expiry::Never).unwrap();
    let texts: Vec<String> = log.all().iter().map(ToString::to_string).collect();
    assert!(texts[1].contains(r"by eve\nadmin because \u{1b}[2K\r"), "{texts:?}");
    assert!(!texts.iter().any(|text| text.contains(char::is_control)), "{texts:?}");
}
