//! Revisions that do not do well are taken back.

use std::sync::mpsc;
use std::time::Duration;

use confkit::live::{Builder, Cause, Health, Outcome, State, Why};

use super::{Page, Settings, Time, over};

/// Half a minute, in which no more than nine workers do well.
fn watched(page: &Page, time: &Time) -> Builder<Settings> {
    let health = Health::new(Duration::from_secs(30)).check(|settings: &Settings| {
        assert_ne!(settings.workers, 13, "as the test wants it");
        if settings.workers > 9 { Err(format!("{} is too many", settings.workers)) } else { Ok(()) }
    });
    over(page, time).health(health)
}

#[test]
fn a_bad_revision_is_taken_back_and_not_taken_again_until_newer_content_appears() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = watched(&page, &time).start().unwrap();
    let mut updates = live.subscribe();
    page.write("workers = 10\n");
    live.reload().unwrap();
    assert_eq!(updates.next().unwrap().new().workers, 10);

    time.pass(1);
    live.tick().unwrap();
    // Those who are told see an ordinary revision.
    let update = updates.next().unwrap();
    let reason = "10 is too many".to_owned();
    assert_eq!((update.revision(), update.new().workers), (3, 4));
    assert_eq!(*update.new().cause(), Cause::Unhealthy { revision: 2, reason });
    let State::Stale { why: why @ Why::Unhealthy { revision: 2, .. }, .. } = live.state() else { panic!() };
    assert_eq!(why.to_string(), "revision 2 did not do well: 10 is too many");

    for _ in 0..5 {
        time.pass(1);
        assert_eq!(live.reload().unwrap(), Outcome::Held);
        assert_eq!(live.tick().unwrap(), Outcome::Unchanged);
    }
    assert_eq!((live.revision(), live.counts().returns), (3, 1));
    page.write("workers = 5\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(4));
    assert_eq!((live.get().workers, live.state().as_str()), (5, "ready"));
}

#[test]
fn who_is_told_of_a_change_finds_the_state_that_belongs_to_it() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = watched(&page, &time).start().unwrap();
    let (sender, told) = mpsc::channel();
    let handle = live.handle();
    live.on_change(move |update| sender.send((update.revision(), handle.state().as_str())).unwrap()).detach();

    page.write("workers = 10\n");
    live.reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    page.write("workers = 5\n");
    live.reload().unwrap();
    assert_eq!(told.try_iter().collect::<Vec<_>>(), [(2, "ready"), (3, "stale"), (4, "ready")]);
}

#[test]
fn what_is_gone_back_to_is_what_did_well() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = watched(&page, &time).start().unwrap();
    page.write("workers = 5\n");
    live.reload().unwrap();
    // Its window passes: it has done well.
    (0..31).for_each(|_| {
        time.pass(1);
        live.tick().unwrap();
    });
    for workers in [10, 11] {
        page.write(format!("workers = {workers}\n"));
        live.reload().unwrap();
    }
    time.pass(1);
    live.tick().unwrap();
    assert_eq!(live.get().workers, 5);
}

#[test]
fn a_check_that_panics_is_a_revision_that_does_not_do_well() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = watched(&page, &time).start().unwrap();
    page.write("workers = 13\n");
    live.reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    assert_eq!((live.get().workers, live.counts().panics), (4, 1));
}

#[test]
fn after_the_window_nothing_is_taken_back() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let health = Health::new(Duration::from_secs(30)).error_rate(0.1, 10);
    let live = over(&page, &time).health(health).start().unwrap();
    page.write("workers = 5\n");
    live.reload().unwrap();
    // Too few to judge.
    (0..9).for_each(|_| live.record(false));
    (0..31).for_each(|_| {
        time.pass(1);
        live.tick().unwrap();
    });
    live.record(false);
    time.pass(1);
    live.tick().unwrap();
    assert_eq!((live.get().workers, live.revision()), (5, 2));
}

#[test]
fn the_thread_of_the_settings_asks_by_itself() {
    let page = Page::new("workers = 4\n");
    let health = Health::new(Duration::from_secs(600))
        .every(Duration::from_millis(1))
        .check(|settings: &Settings| if settings.workers > 9 { Err("no".to_owned()) } else { Ok(()) });
    let live = over(&page, &Time::new()).clock(std::time::SystemTime::now).health(health).start().unwrap();
    let mut updates = live.subscribe();
    page.write("workers = 10\n");
    live.reload().unwrap();
    let back = updates
        .find(|update| matches!(update.new().cause(), Cause::Unhealthy { .. }))
        .map_or(live.get().workers, |update| update.new().workers);
    assert_eq!(back, 4);
}

#[test]
fn bad_content_stays_taken_back_and_is_the_reason_again() {
    let (page, time) = (Page::new("port = 1\n"), Time::new());
    let health = Health::new(Duration::from_secs(30)).error_rate(0.07, 1);
    let live = over(&page, &time).health(health).start().unwrap();
    page.write("port = 2\n");
    live.reload().unwrap();
    time.pass(30);
    live.tick().unwrap();
    page.write("port = 3\n");
    live.reload().unwrap();
    live.record(false);
    time.pass(1);
    live.tick().unwrap();
    let reason = "stale: revision 3 did not do well: 1 of 1 outcomes are errors, more than 7 %";
    assert_eq!((live.get().port, live.state().to_string().as_str()), (2, reason));

    page.write("port = 'x'\n");
    live.reload().unwrap_err();
    page.write("port = 3\n");
    assert_eq!((live.reload().unwrap(), live.state().to_string().as_str()), (Outcome::Held, reason));
    // Who goes back further does not want it either.
    live.rollback(1).unwrap();
    assert_eq!((live.reload().unwrap(), live.get().port), (Outcome::Held, 1));
}
