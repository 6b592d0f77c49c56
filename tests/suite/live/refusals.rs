//! Content that is refused: what is in force stays, and it is told once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use confkit::live::{Outcome, State, Why};
use confkit::{Code, Config, System, Unknown};

use super::{Page, Settings, Time, over};

#[test]
fn bad_content_is_refused_as_a_whole_and_good_content_heals() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    page.write("port = 91\nworkers = 'many'\n[pool]\nmax = -1\n");
    let report = live.reload().unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!((live.get().port, live.revision()), (90, 1));
    let State::Stale { why: Why::Refused(why), .. } = live.state() else { panic!("{}", live.state()) };
    assert_eq!(why.to_string(), report.to_string());

    time.pass(11);
    assert!(matches!(live.state(), State::Failed { .. }));
    page.write("port = 91\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!((live.get().port, live.state().as_str()), (91, "ready"));
}

#[test]
fn stale_is_since_the_first_refusal_and_ends_with_the_content_in_force() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    page.write("port = ");
    live.reload().unwrap_err();
    let State::Stale { since: first, .. } = live.state() else { panic!() };
    time.pass(5);
    page.write("port = 'x'");
    live.reload().unwrap_err();
    let State::Stale { since, .. } = live.state() else { panic!() };
    assert_eq!(since, first);
    page.write("port = 90\n");
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert!(matches!(live.state(), State::Ready));
}

#[test]
fn the_same_refusal_is_told_once() {
    let (page, time) = (Page::new("port = 90\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let _registration = live.on_refused({
        let told = Arc::clone(&told);
        move |report| told.lock().unwrap().push(report.problems()[0].code())
    });
    page.write("port = 'x'");
    for _ in 0..3 {
        live.reload().unwrap_err();
    }
    page.write("prot = ");
    live.reload().unwrap_err();
    page.write("port = 90");
    live.reload().unwrap();
    page.write("port = 'x'");
    live.reload().unwrap_err();
    assert_eq!(*told.lock().unwrap(), [Code::Type, Code::Syntax, Code::Type]);
    assert_eq!(live.counts().refusals, 5);
}

#[test]
fn a_rule_that_panics_refuses() {
    let (page, time) = (Page::new(""), Time::new());
    let live = over(&page, &time).start().unwrap();
    page.write("name = 'panic'\n");
    insta::assert_snapshot!(live.reload().unwrap_err());
    page.write("name = 'other'\n");
    live.reload().unwrap();
    assert_eq!(live.get().name, "other");
}

#[test]
fn the_first_load_decides() {
    let report = Settings::loader().source(Page::new("workers = 65\nport = 'x'")).watch().unwrap_err();
    assert_eq!(report.problems().len(), 2);
}

#[test]
fn unknown_keys_in_files_are_warnings_unless_something_else_is_asked_for() {
    let told = Arc::new(AtomicUsize::new(0));
    let warnings = {
        let told = Arc::clone(&told);
        confkit::Warnings::call(move |warnings| {
            told.fetch_add(warnings.len(), Ordering::Relaxed);
        })
    };
    let system = System::memory().file("app.toml", "port = 90\nnewer = true\n");
    let loader = Settings::loader().system(system).file("app.toml").warnings(warnings);
    assert!(loader.load().is_err());
    let live = loader.watch().unwrap();
    assert_eq!((live.get().port, told.load(Ordering::Relaxed)), (90, 1));
    assert_eq!(live.snapshot().warnings()[0].code(), Code::UnknownKey);
    // The same content does not warn again.
    live.reload().unwrap();
    assert_eq!(told.load(Ordering::Relaxed), 1);
    assert!(loader.unknown_keys(Unknown::Deny).watch().is_err());
}
