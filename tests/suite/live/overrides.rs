//! Values that are set over all layers for a time.

use std::collections::BTreeMap;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use confkit::live::{Cause, Event, Expiry, Hook, Live, Outcome, Sink, Update};
use confkit::{Config, Format, System};
use serde::{Serialize, Serializer};

use super::{Page, Settings, Time, over};

const MINUTE: Duration = Duration::from_secs(60);
/// Longer than any test waits.
const AGES: Duration = Duration::from_secs(60);

/// A sink, and the events that it is told.
fn events() -> (impl Sink, Receiver<Event>) {
    let (sender, events) = mpsc::channel();
    (move |event: &Event| drop(sender.send(event.clone())), events)
}

/// The names of the events that were told since the last time.
fn names(events: &Receiver<Event>) -> Vec<&'static str> {
    events.try_iter().map(|event| event.kind().as_str()).collect()
}

#[test]
fn an_override_expires_and_what_is_below_is_in_force() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    assert_eq!(live.set_override("port", 91, MINUTE).unwrap(), Outcome::Changed(2));
    time.pass(59);
    assert_eq!(live.tick().unwrap(), Outcome::Unchanged);
    assert_eq!(live.get().port, 91);
    time.pass(1);
    live.tick().unwrap();
    assert_eq!((live.get().port, live.snapshot().cause().clone()), (90, Cause::Expiry));
    assert!(live.overrides().is_empty());
}

#[test]
fn a_clock_that_is_set_back_brings_nothing_back() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    live.set_override("port", 91, MINUTE).unwrap();
    time.pass(60);
    live.tick().unwrap();
    time.step_back(3600);
    assert_eq!(live.tick().unwrap(), Outcome::Unchanged);
    live.reload().unwrap();
    assert_eq!(live.get().port, 90);
    // Not even a rollback to the revision that had it.
    live.set_override("workers", 9, Expiry::Never).unwrap();
    live.rollback(2).unwrap();
    assert_eq!((live.get().port, live.get().workers), (90, 4));
}

#[test]
fn an_override_stays_over_reloads_and_is_replaced_by_path() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    live.set_override("port", 91, Expiry::Never).unwrap();
    live.set_override("port", 92, Expiry::Never).unwrap();
    page.write("port = 93\nworkers = 7\n");
    live.reload().unwrap();
    assert_eq!((live.get().port, live.get().workers, live.overrides().len()), (92, 7, 1));
    live.clear_override("port").unwrap();
    assert_eq!(live.get().port, 93);
    live.set_override("port", 94, Expiry::Never).unwrap();
    live.set_override("port", None::<u16>, Expiry::Never).unwrap();
    assert_eq!(live.get().port, 93);
}

#[test]
fn an_override_that_is_refused_is_not_set() {
    let (page, time) = (Page::new(""), Time::new());
    let live = over(&page, &time).start().unwrap();
    insta::assert_snapshot!(live.set_override("workers", 65, MINUTE).unwrap_err());
    insta::assert_snapshot!(live.set_override("wrokers", 6, MINUTE).unwrap_err());
    insta::assert_snapshot!(live.set_override("workers[", 6, MINUTE).unwrap_err());
    assert!(live.overrides().is_empty());
    assert_eq!((live.revision(), live.state().as_str()), (1, "ready"));
}

/// A value that tells of itself why it cannot be written.
struct Talkative;

impl Serialize for Talkative {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("marker-7f3a is too long"))
    }
}

#[test]
fn what_cannot_be_an_override_is_told_like_every_refusal() {
    let (sink, events) = events();
    let live = over(&Page::new(""), &Time::new()).sink(sink).start().unwrap();
    assert_eq!(names(&events), ["changed"]);
    let refused = [
        live.by("alice").set_override("workers[", 6, MINUTE).unwrap_err(),
        live.clear_override("workers[").unwrap_err(),
        live.set_override("workers", BTreeMap::from([((), 1)]), MINUTE).unwrap_err(),
        live.set_override("name", Talkative, MINUTE).unwrap_err(),
        live.set_override("token", Talkative, MINUTE).unwrap_err(),
    ];
    insta::assert_snapshot!(refused.each_ref().map(|report| report.problems()[0].to_string()).join("\n"));
    let told: Vec<Event> = events.try_iter().collect();
    let lines: Vec<String> = told.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert_eq!((live.counts().refusals, live.revision(), live.state().as_str()), (5, 1, "ready"));
    assert!(!format!("{:?} {:?}", refused[4], told.last()).contains("marker-7f3a"));
}

#[derive(Debug, PartialEq, Config)]
#[config(relaxed_keys)]
struct Cluster {
    #[config(default, alias = "level")]
    log_level: u16,
    #[config(nested)]
    servers: Vec<Server>,
    #[config(default)]
    labels: BTreeMap<String, u16>,
    #[config(default)]
    ports: Vec<u16>,
}

#[derive(Debug, PartialEq, Config)]
struct Server {
    port: u16,
}

#[test]
fn a_setting_has_one_override_however_its_path_is_spelled() {
    let text = "ports = [1, 2]\n[[servers]]\nport = 1\n[[servers]]\nport = 2\n[labels]\n1 = 1\n";
    let (sink, events) = events();
    let loader = Cluster::loader().system(System::memory()).text(Format::Toml, "app.toml", text);
    let live = loader.live().sink(sink).start().unwrap();
    let mut updates = live.subscribe();
    let spellings: [(&str, &[&str]); 5] = [
        (
            "servers[1].port",
            &["servers[1].port", "servers.1.port", r#"servers[01]."port""#, r#""servers"."1".port"#],
        ),
        ("log_level", &["level", "LogLevel", "log-level", "log_level"]),
        ("labels.1", &["labels[1]", r#"labels."1""#, "labels.1"]),
        (r#"labels."a.b""#, &[r#"labels."a.b""#, r#""labels"."a.b""#]),
        ("ports[1]", &["ports.1", r#"ports."1""#, "ports[1]"]),
    ];
    for (path, spellings) in spellings {
        for (number, spelling) in spellings.iter().enumerate() {
            live.set_override(spelling, number + 10, Expiry::Never).unwrap();
            let overrides = live.overrides();
            assert_eq!((overrides.len(), overrides[0].path()), (1, path), "{spelling}");
            let told = live.explain(spelling).unwrap();
            assert_eq!(told.path(), path);
            assert!(updates.latest().unwrap().touches(spelling));
            assert_eq!(told.value(), Some((number + 10).to_string().as_str()));
            assert_eq!(told.origin().to_string(), format!("set_override({path:?})").replace("\\\"", "\""));
        }
        live.clear_override(spellings[0]).unwrap();
        assert!(live.overrides().is_empty());
        for event in
            events.try_iter().map(|event| event.to_json()).filter(|json| json.contains("\"override_"))
        {
            let event: serde_json::Value = serde_json::from_str(&event).unwrap();
            assert_eq!(event["path"], path);
        }
    }
    assert_eq!((live.get().servers[1].port, live.get().log_level, live.get().ports[1]), (2, 0, 2));
}

/// Settings whose file is bad without the override that is over it, and the events since then.
fn hidden(page: &Page, time: &Time) -> (Live<Settings>, Receiver<Event>) {
    let (sink, events) = events();
    let live = over(page, time).poll(Duration::MAX).sink(sink).start().unwrap();
    live.set_override("workers", 9, MINUTE).unwrap();
    page.write("port = 91\nworkers = 65\n");
    // The override makes it good.
    assert_eq!(live.reload().unwrap(), Outcome::Changed(3));
    events.try_iter().for_each(drop);
    (live, events)
}

#[test]
fn an_override_that_expires_over_bad_content_leaves_what_was_good_without_it() {
    let (page, time) = (Page::new("port = 90\nworkers = 4\n"), Time::new());
    let (live, events) = hidden(&page, &time);
    time.pass(60);
    // The thread of the settings may have been first.
    let _ = live.tick();
    let settings = live.get();
    assert_eq!((settings.port, settings.workers, live.snapshot().cause()), (90, 4, &Cause::Expiry));
    insta::assert_snapshot!(live.state());
    assert_eq!(names(&events), ["override_expired", "stale", "changed", "refused"]);
    assert!(live.reload().is_err());
    assert_eq!((live.get().workers, live.revision(), names(&events)), (4, 4, vec!["loaded"]));
    page.write("workers = 5\n");
    live.reload().unwrap();
    assert_eq!((live.get().workers, live.state().as_str()), (5, "ready"));
}

#[test]
fn an_override_without_which_nothing_was_ever_good_stays_in_force_and_it_is_said_why() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let (sink, events) = events();
    let live = over(&page, &time).poll(Duration::MAX).history(1).sink(sink).start().unwrap();
    live.set_override("workers", 9, MINUTE).unwrap();
    page.write("workers = 65\n");
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    events.try_iter().for_each(drop);
    time.pass(60);
    let _ = live.tick();
    assert_eq!((live.get().workers, live.state().as_str()), (9, "stale"));
    assert_eq!(names(&events), ["override_expired", "stale", "refused"]);
    page.write("workers = 5\n");
    live.reload().unwrap();
    assert_eq!((live.get().workers, live.state().as_str()), (5, "ready"));
}

/// Refuses what the page says while there is an override.
struct Picky;

impl Hook<Settings> for Picky {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        let new = update.new();
        if (new.port, new.workers) == (91, 9) { Err("too many workers".to_owned()) } else { Ok(()) }
    }
}

#[test]
fn content_that_is_refused_because_of_an_override_is_taken_when_that_is_gone() {
    for expires in [true, false] {
        let (page, time) = (Page::new("port = 90\n"), Time::new());
        let (sink, events) = events();
        let live = over(&page, &time).poll(Duration::MAX).sink(sink).start().unwrap();
        live.hook("picky", Picky).detach();
        live.set_override("workers", 9, MINUTE).unwrap();
        page.write("port = 91\n");
        live.reload().unwrap_err();
        assert_eq!((live.get().port, live.state().as_str()), (90, "stale"));
        if expires {
            time.pass(60);
            let _ = live.tick();
        } else {
            live.clear_override("workers").unwrap();
        }
        // Nobody signals the change, and nothing is read every so often.
        assert!(is_told(&events, "ready"));
        let settings = live.get();
        assert_eq!((settings.port, settings.workers, live.state().as_str()), (91, 4, "ready"));
    }
}

#[test]
fn an_override_that_expires_while_it_is_pinned_goes_with_the_pin_whatever_the_layers_say() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = over(&page, &time).poll(Duration::MAX).start().unwrap();
    live.set_override("workers", 9, MINUTE).unwrap();
    live.pin();
    live.set_override("port", 81, Expiry::Never).unwrap();
    time.pass(60);
    let _ = live.tick();
    assert_eq!((live.get().workers, live.get().port), (9, 80));
    page.write("workers = 'x'\n");
    live.unpin().unwrap_err();
    assert_eq!((live.get().workers, live.get().port, live.state().as_str()), (4, 81, "stale"));
}

#[test]
fn an_override_that_is_set_while_it_is_pinned_does_not_wait_for_content_that_was_taken_back() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).poll(Duration::MAX).start().unwrap();
    page.write("port = 91\n");
    live.reload().unwrap();
    live.rollback(1).unwrap();
    live.pin();
    live.set_override("workers", 9, Expiry::Never).unwrap();
    assert_eq!(live.unpin().unwrap(), Outcome::Changed(4));
    assert_eq!((live.get().port, live.get().workers), (90, 9));
    assert_eq!(live.reload().unwrap(), Outcome::Held);
}

/// Whether an event of this name is told, before too long.
fn is_told(events: &Receiver<Event>, name: &str) -> bool {
    std::iter::from_fn(|| events.recv_timeout(AGES).ok()).any(|event| event.kind().as_str() == name)
}

#[test]
fn the_thread_of_the_settings_ends_an_override_by_itself() {
    let live =
        over(&Page::new("port = 90\n"), &Time::new()).clock(std::time::SystemTime::now).start().unwrap();
    let mut updates = live.subscribe();
    live.set_override("port", 91, Duration::from_millis(20)).unwrap();
    let expired = updates.find(|update| *update.new().cause() == Cause::Expiry).unwrap();
    assert_eq!(expired.new().port, 90);
}

#[test]
fn an_override_is_checked_while_the_settings_are_pinned() {
    let live = over(&Page::new("workers = 4\n"), &Time::new()).start().unwrap();
    live.pin();
    assert!(live.set_override("wrokers", 6, Expiry::Never).is_err());
    assert!(live.set_override("workers", 65, Expiry::Never).is_err());
    assert!(live.overrides().is_empty());
    assert_eq!(live.set_override("workers", 6, Expiry::Never).unwrap(), Outcome::Pinned);
    assert_eq!((live.unpin().unwrap(), live.get().workers), (Outcome::Changed(2), 6));
}
