//! Values that are set over all layers for a time.

use std::time::Duration;

use confkit::live::{Cause, Expiry, Outcome};

use super::{Page, Time, over};

const MINUTE: Duration = Duration::from_secs(60);

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

#[test]
fn what_is_below_an_expired_override_may_be_refused() {
    let (page, time) = (Page::new("workers = 4\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    live.set_override("workers", 9, MINUTE).unwrap();
    page.write("workers = 65\n");
    // The override makes it good.
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    time.pass(60);
    // The thread of the settings may have been first.
    let _ = live.tick();
    assert_eq!((live.get().workers, live.state().as_str()), (9, "stale"));
    page.write("workers = 5\n");
    live.reload().unwrap();
    assert_eq!((live.get().workers, live.state().as_str()), (5, "ready"));
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
