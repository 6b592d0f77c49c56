//! Who is told of changes: slow ones, panicking ones, and those that ask for more.

use std::sync::atomic::{AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use confkit::live::{Expiry, Outcome, Wait};

use super::{Page, Time, over};

/// Longer than any test waits.
const AGES: Duration = Duration::from_secs(60);

#[test]
fn a_slow_subscriber_holds_nobody_up_and_ends_on_the_last_revision() {
    const CHANGES: u16 = 2_000;
    let page = Page::new("port = 0\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (sender, seen) = mpsc::channel();
    let _registration = live.subscribe().call(move |update| {
        begun.send(()).unwrap();
        // As slow as can be: it waits until all changes are made.
        may_go_on.recv().unwrap();
        sender.send((update.old().port, update.new().port, update.skipped())).unwrap();
    });
    page.write("port = 1\n");
    live.reload().unwrap();
    has_begun.recv_timeout(AGES).unwrap();
    for port in 2..=CHANGES {
        page.write(format!("port = {port}\n"));
        assert_eq!(live.reload().unwrap(), Outcome::Changed(u64::from(port) + 1));
    }
    go_on.send(()).unwrap();
    go_on.send(()).unwrap();
    assert_eq!(seen.recv_timeout(AGES), Ok((0, 1, 0)));
    assert_eq!(seen.recv_timeout(AGES), Ok((1, CHANGES, u64::from(CHANGES) - 2)));
}

#[test]
fn skipped_revisions_are_put_together_in_one_difference() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let mut updates = live.subscribe();
    for text in ["port = 2\n", "port = 2\nworkers = 5\n", "port = 2\nname = 'x'\n"] {
        page.write(text);
        live.reload().unwrap();
    }
    let update = updates.latest().unwrap();
    assert_eq!(update.paths().collect::<Vec<_>>(), ["port", "name"]);
    assert_eq!((update.skipped(), update.revision()), (2, 4));
    assert!(updates.latest().is_none());
}

#[test]
fn there_and_back_is_no_update_for_who_has_not_looked() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let mut updates = live.subscribe();
    for text in ["port = 2\n", "port = 1\n"] {
        page.write(text);
        live.reload().unwrap();
    }
    assert_eq!(live.revision(), 3);
    assert!(updates.latest().is_none());
}

#[test]
fn a_part_is_told_when_it_differs_alone() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let mut pools = live.select(|settings| &settings.pool);
    page.write("port = 2\n");
    live.reload().unwrap();
    assert!(matches!(pools.wait(Duration::ZERO), Wait::TimedOut));
    page.write("port = 2\n[pool]\nmax = 9\n");
    live.reload().unwrap();
    let Wait::Update(update) = pools.wait(AGES) else { panic!() };
    assert_eq!((update.old().pool.max, update.new().pool.max), (8, 9));
    assert!(update.touches("pool") && update.touches("pool.max") && !update.touches("pool.min"));
}

#[test]
fn who_waits_is_woken() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let mut updates = live.subscribe();
    thread::scope(|scope| {
        let waiting = scope.spawn(move || updates.next().unwrap().new().port);
        page.write("port = 2\n");
        live.reload().unwrap();
        assert_eq!(waiting.join().unwrap(), 2);
    });
}

#[test]
fn one_panicking_listener_of_three_is_counted_and_the_others_run() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let called = Arc::new(AtomicUsize::new(0));
    for number in 0..3 {
        let called = Arc::clone(&called);
        live.on_change(move |_| {
            assert_ne!(number, 1, "as the test wants it");
            called.fetch_add(1, Ordering::Relaxed);
        })
        .detach();
    }
    for (port, calls) in [(2, 2), (3, 4)] {
        page.write(format!("port = {port}\n"));
        live.reload().unwrap();
        assert_eq!((live.get().port, called.load(Ordering::Relaxed)), (port, calls));
    }
    assert_eq!(live.counts().panics, 2);
}

#[test]
fn a_callback_that_panics_is_called_again() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let (sender, seen) = mpsc::channel();
    let _registration = live.subscribe().call(move |update| {
        sender.send(update.new().port).unwrap();
        assert_ne!(update.new().port, 2, "as the test wants it");
    });
    for port in [2, 3] {
        page.write(format!("port = {port}\n"));
        live.reload().unwrap();
        assert_eq!(seen.recv_timeout(AGES), Ok(port));
    }
}

#[test]
fn a_listener_may_read_reload_and_set() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let log = Arc::new(Mutex::new(Vec::new()));
    let _registration = live.on_change({
        let (live, log, page) = (live.handle(), Arc::clone(&log), page.clone());
        move |update| {
            assert_eq!(live.get().port, update.new().port);
            assert_eq!(live.history().last().unwrap().revision(), update.revision());
            log.lock().unwrap().push((update.revision(), update.new().port, update.new().workers));
            if update.new().port == 2 {
                page.write("port = 3\n");
                assert_eq!(live.reload().unwrap(), Outcome::Queued);
                assert_eq!(live.set_override("workers", 9, Expiry::Never).unwrap(), Outcome::Queued);
                // It is not made before this change has been told.
                assert_eq!(live.get().port, 2);
            }
        }
    });
    page.write("port = 2\n");
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    assert_eq!(*log.lock().unwrap(), [(2, 2, 4), (3, 3, 4), (4, 3, 9)]);
}

#[test]
fn a_callback_on_its_own_thread_may_reload_and_set() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let (sender, done) = mpsc::channel();
    let handle = live.handle();
    let _registration = live.subscribe().call(move |update| {
        if update.new().workers == 4 {
            handle.set_override("workers", 9, Expiry::Never).unwrap();
            handle.reload().unwrap();
        } else {
            sender.send(update.new().workers).unwrap();
        }
    });
    page.write("port = 2\n");
    live.reload().unwrap();
    assert_eq!(done.recv_timeout(AGES), Ok(9));
}

#[test]
fn who_drops_the_registration_is_not_called_any_more() {
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let last = Arc::new(AtomicU16::new(0));
    let registration = live.on_change({
        let last = Arc::clone(&last);
        move |update| last.store(update.new().port, Ordering::Relaxed)
    });
    page.write("port = 2\n");
    live.reload().unwrap();
    drop(registration);
    page.write("port = 3\n");
    live.reload().unwrap();
    assert_eq!(last.load(Ordering::Relaxed), 2);
}

#[test]
fn a_stream_has_the_latest_and_ends_with_the_settings() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let page = Page::new("port = 1\n");
    let live = over(&page, &Time::new()).start().unwrap();
    let mut updates = live.subscribe();
    let ports = runtime.block_on(async {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        let changing = thread::spawn({
            let live = live.handle();
            move || {
                receiver.blocking_recv().unwrap();
                page.write("port = 2\n");
                live.reload().unwrap();
            }
        });
        let mut sender = Some(sender);
        let mut ports = Vec::new();
        loop {
            let update = std::future::poll_fn(|task| {
                let polled = futures_core::Stream::poll_next(std::pin::Pin::new(&mut updates), task);
                // The change is made once the task sleeps.
                if polled.is_pending() {
                    sender.take().map(|sender| sender.send(()));
                }
                polled
            });
            match update.await {
                Some(update) => ports.push(update.new().port),
                None => break,
            }
            live.close();
        }
        changing.join().unwrap();
        ports
    });
    assert_eq!(ports, [2]);
}

#[test]
fn a_listener_may_hold_the_registration_of_another() {
    let live = over(&Page::new("port = 1\n"), &Time::new()).start().unwrap();
    let inner = live.on_change(|_| ());
    let outer = live.on_change(move |_| _ = &inner);
    let (done, is_done) = mpsc::channel();
    thread::spawn(move || {
        drop(outer);
        done.send(()).unwrap();
    });
    assert_eq!(is_done.recv_timeout(AGES), Ok(()));
}
