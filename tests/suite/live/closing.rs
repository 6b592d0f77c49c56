//! The end: every thread ends, and nothing of the program's is called after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use confkit::Config;
use confkit::live::{Expiry, Hook, Outcome, Update};

use super::{Page, Settings, Time, over};

#[test]
fn nothing_is_called_after_the_end_however_busy_it_was() {
    for round in 0..200 {
        let page = Page::new("port = 0\n");
        let live = over(&page, &Time::new()).start().unwrap();
        let (is_over, calls) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let call = || {
            let (is_over, calls) = (Arc::clone(&is_over), Arc::clone(&calls));
            move |_: &Update<Settings>| {
                assert!(!is_over.load(Ordering::SeqCst), "called after the end");
                calls.fetch_add(1, Ordering::Relaxed);
            }
        };
        live.on_change(call()).detach();
        live.subscribe().call(call()).unwrap().detach();
        let changing = thread::spawn({
            let live = live.handle();
            move || {
                for port in 1_u16.. {
                    page.write(format!("port = {port}\n"));
                    if live.reload().unwrap() == Outcome::Closed {
                        return;
                    }
                }
            }
        });
        while calls.load(Ordering::Relaxed) < round % 7 {
            thread::yield_now();
        }
        live.close();
        is_over.store(true, Ordering::SeqCst);
        let last = live.get().port;
        changing.join().unwrap();
        assert_eq!((live.get().port, live.counts().panics), (last, 0));
        assert!(live.is_closed() && live.subscribe().next().is_none());
    }
}

#[test]
fn an_end_is_not_missed_by_a_thread_that_was_just_woken() {
    let (sender, ended) = mpsc::channel();
    thread::spawn(move || {
        for _ in 0..5_000 {
            // Nothing is read by itself, so that a thread which misses the end sleeps on.
            let live = over(&Page::new("port = 1\n"), &Time::new()).poll(Duration::MAX).start().unwrap();
            live.set_override("port", 2, Expiry::Never).unwrap();
            drop(live);
        }
        sender.send(()).unwrap();
    });
    ended.recv_timeout(Duration::from_secs(120)).expect("every end is heard of");
}

#[test]
fn dropping_ends_it_and_handles_read_on() {
    let live = Settings::loader().set("port", 9).watch().unwrap();
    let (handle, mut reader) = (live.handle(), live.reader());
    drop(live);
    assert_eq!((handle.get().port, reader.get().port, handle.revision()), (9, 9, 1));
    assert_eq!(handle.reload().unwrap(), Outcome::Closed);
    assert_eq!(handle.rollback(1).unwrap(), Outcome::Closed);
}

#[test]
fn it_can_be_ended_from_inside_a_change_and_a_callback() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let later = Arc::new(AtomicUsize::new(0));
    live.on_change({
        let live = live.handle();
        move |_| live.close()
    })
    .detach();
    live.on_change({
        let later = Arc::clone(&later);
        move |_| {
            later.fetch_add(1, Ordering::Relaxed);
        }
    })
    .detach();
    page.write("port = 2\n");
    live.reload().unwrap();
    assert_eq!((later.load(Ordering::Relaxed), live.reload().unwrap()), (0, Outcome::Closed));
    drop(live);

    let live = over(&page, &Time::new()).start().unwrap();
    let mut updates = live.subscribe();
    let handle = live.handle();
    live.subscribe().call(move |_| handle.close()).unwrap().detach();
    page.write("port = 3\n");
    live.reload().unwrap();
    // The subscription ends when the callback has closed; an update may come before.
    while updates.next().is_some() {}
    drop(live);
}

#[test]
fn a_listener_may_hold_the_registration_of_another() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let calls = Arc::new(AtomicUsize::new(0));
    let inner = live.on_change({
        let calls = Arc::clone(&calls);
        move |_| {
            calls.fetch_add(1, Ordering::Relaxed);
        }
    });
    let outer = live.on_change(move |_| assert_eq!(format!("{inner:?}"), "Registration"));
    page.write("port = 2\n");
    live.reload().unwrap();
    drop(outer);
    page.write("port = 3\n");
    live.reload().unwrap();
    assert_eq!((calls.load(Ordering::Relaxed), live.counts().panics), (1, 0));
}

/// Ends the settings while it prepares.
struct Ending(confkit::live::Handle<Settings>, Arc<AtomicUsize>);

impl Hook<Settings> for Ending {
    fn prepare(&self, _: &Update<Settings>) -> Result<(), String> {
        self.0.close();
        Ok(())
    }

    fn undo(&self, _: &Update<Settings>) {
        self.1.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_change_at_hand_is_not_made_after_the_end() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let undone = Arc::new(AtomicUsize::new(0));
    live.hook("ending", Ending(live.handle(), Arc::clone(&undone))).detach();
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Closed);
    assert_eq!((live.get().port, undone.load(Ordering::Relaxed)), (1, 1));
}
