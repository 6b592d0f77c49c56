//! Revisions: their numbers, what is kept of them, and going back.

use std::sync::Arc;
use std::thread;

use confkit::Config;
use confkit::live::{Cause, Outcome};

use super::{Page, Settings, Time, over};

#[test]
fn a_change_is_a_numbered_revision_with_its_cause_time_and_paths() {
    let (page, time) = (Page::new("port = 80\n[pool]\nmax = 8\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    time.pass(5);
    page.write("port = 80\nworkers = 9\n[pool]\nmax = 16\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));

    let [first, second] = live.history().try_into().unwrap();
    assert_eq!((first.revision(), first.cause()), (1, &Cause::Start));
    assert!(first.differences().is_empty());
    assert_eq!((second.revision(), second.cause()), (2, &Cause::Reload));
    assert_eq!(second.at().duration_since(first.at()).unwrap().as_secs(), 5);
    assert_ne!(first.content(), second.content());
    let paths: Vec<&str> = second.differences().iter().map(confkit::Difference::path).collect();
    assert_eq!(paths, ["workers", "pool.max"]);
    assert_eq!((first.pool.max, second.pool.max, live.get().pool.max), (8, 16, 16));
    assert_eq!(second.explain("pool.max").unwrap().origin().to_string(), "page.toml:4:7");
}

#[test]
fn an_equal_value_is_no_change_but_its_places_are_new() {
    let (page, time) = (Page::new("port = 81\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    let mut updates = live.subscribe();
    page.write("# the port\nport = 81\n");
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!(live.revision(), 1);
    assert!(updates.latest().is_none());
    assert_eq!(live.explain("port").unwrap().origin().to_string(), "page.toml:2:8");
}

#[test]
fn what_is_removed_returns_to_what_is_below() {
    let page = Page::new("port = 90\n");
    let live = Settings::loader().set("port", 85).source(page.clone()).watch().unwrap();
    assert_eq!(live.get().port, 90);
    page.write("");
    live.reload().unwrap();
    assert_eq!(live.get().port, 85);
}

#[test]
fn the_history_is_bounded() {
    let (page, time) = (Page::new("port = 1\n"), Time::new());
    let live = over(&page, &time).history(3).start().unwrap();
    for port in 2..=9 {
        page.write(format!("port = {port}\n"));
        live.reload().unwrap();
    }
    let kept: Vec<(u64, u16)> = live.history().iter().map(|one| (one.revision(), one.port)).collect();
    assert_eq!(kept, [(7, 7), (8, 8), (9, 9)]);
    let report = live.rollback(6).unwrap_err();
    assert_eq!(report.problems()[0].message(), "there is no revision 6 in the history");
    assert_eq!(report.problems()[0].help(), Some("the history has 7 to 9"));
}

#[test]
fn a_rollback_is_a_new_revision_and_is_not_undone_by_the_content_it_left() {
    let (page, time) = (Page::new("port = 1\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    page.write("port = 2\n");
    live.reload().unwrap();
    assert_eq!(live.rollback(1).unwrap(), Outcome::Changed(3));
    assert_eq!((live.get().port, live.snapshot().cause().clone()), (1, Cause::Rollback { to: 1 }));

    // The content that was left is still there.
    assert_eq!(live.reload().unwrap(), Outcome::Held);
    assert_eq!((live.get().port, live.state().as_str()), (1, "ready"));
    // Overrides are set over what was gone back to.
    live.set_override("workers", 5, confkit::live::Expiry::Never).unwrap();
    assert_eq!((live.get().port, live.get().workers), (1, 5));
    // Newer content is taken.
    page.write("port = 3\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(5));
    // And then what was left may come again.
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(6));
    assert_eq!(live.get().port, 2);
}

#[test]
fn pinned_settings_stay_until_they_are_released() {
    let (page, time) = (Page::new("port = 1\n"), Time::new());
    let live = over(&page, &time).start().unwrap();
    live.pin();
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Pinned);
    assert_eq!((live.get().port, live.is_pinned()), (1, true));
    assert_eq!(live.unpin().unwrap(), Outcome::Changed(2));
    assert_eq!((live.get().port, live.is_pinned()), (2, false));
}

#[test]
fn two_values_of_one_answer_belong_to_one_revision() {
    const READS: u32 = 200_000;
    let (page, time) = (Page::new("[pool]\nmin = 0\nmax = 0\n"), Time::new());
    let live = Arc::new(over(&page, &time).start().unwrap());
    let readers: Vec<_> = (0..2)
        .map(|_| {
            let live = live.handle();
            thread::spawn(move || {
                let mut reader = live.reader();
                for _ in 0..READS {
                    let pool = &reader.get().pool;
                    assert_eq!(pool.min, pool.max);
                    let settings = live.get();
                    assert_eq!(settings.pool.min, settings.pool.max);
                }
            })
        })
        .collect();
    let mut n = 0;
    while readers.iter().any(|reader| !reader.is_finished()) {
        n += 1;
        page.write(format!("[pool]\nmin = {n}\nmax = {n}\n"));
        live.reload().unwrap();
    }
    readers.into_iter().for_each(|reader| reader.join().unwrap());
    assert_eq!(live.get().pool.max, n);
    assert!(n > 1);
}

#[test]
fn content_that_was_left_stays_left_however_often_one_goes_back() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    for port in 2..=3 {
        page.write(format!("port = {port}\n"));
        live.reload().unwrap();
    }
    live.rollback(2).unwrap();
    live.rollback(1).unwrap();
    assert_eq!((live.reload().unwrap(), live.get().port), (Outcome::Held, 1));
    page.write("port = 2\n");
    assert_eq!((live.reload().unwrap(), live.get().port), (Outcome::Held, 1));
    page.write("port = 4\n");
    assert_eq!((live.reload().unwrap(), live.get().port), (Outcome::Changed(6), 4));
}

#[test]
fn a_fault_that_is_gone_is_no_reason_to_be_stale() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    page.write("port = 2\n");
    live.reload().unwrap();
    page.write("port = 'x'\n");
    live.reload().unwrap_err();
    live.rollback(1).unwrap();
    assert_eq!(live.state().as_str(), "stale");
    page.write("port = 2\n");
    assert_eq!((live.reload().unwrap(), live.state().as_str()), (Outcome::Held, "ready"));
}
