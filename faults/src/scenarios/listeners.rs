//! Parts of the program that are slow, panic, ask for more, or refuse.

use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use confkit::live::{Expiry, Hook, Outcome as Became, Update};

use crate::page::Page;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::{Settings, toml};
use crate::stage::{AGES, Stage};
use crate::time::Time;

/// One subscriber does not return before all changes are made, and has the last of them then.
pub(super) fn slow(size: Size) -> Result<Outcome> {
    let changes = size.of(1_000, 10_000);
    let page = Page::new(1);
    let mut stage = Stage::begin_busy(page.live(&Time::new()))?;
    let (begun, has_begun) = mpsc::channel();
    let (go_on, may_go_on) = mpsc::channel::<()>();
    let (sender, seen) = mpsc::channel();
    let _registration = stage.live.subscribe().call(move |update| {
        let _ = begun.send(());
        let _ = may_go_on.recv();
        let _ = sender.send((update.new().number, update.skipped()));
    })?;
    let live = stage.live.handle();
    let mut take = |number| {
        stage.change(number, || {
            page.write(number);
            Ok(live.reload().map(drop)?)
        })
    };
    take(2)?;
    has_begun.recv_timeout(AGES)?;
    let started = Instant::now();
    (3..=changes).try_for_each(&mut take)?;
    let each = started.elapsed().as_micros() / u128::from(changes);
    go_on.send(())?;
    go_on.send(())?;
    let (one, two) = (seen.recv_timeout(AGES)?, seen.recv_timeout(AGES)?);
    stage
        .outcome
        .check((one, two) == ((2, 0), (changes, changes - 3)), || format!("it saw {one:?} and {two:?}"));
    stage.outcome.note(format!("{changes} changes while it hangs, {each} µs each; it skipped {}", two.1));
    stage.nothing_refused();
    Ok(stage.end())
}

/// A hook that panics for one name.
struct Shaky;

impl Hook<Settings> for Shaky {
    fn prepare(&self, update: &Update<Settings>) -> std::result::Result<(), String> {
        assert!(update.new().name != "shaky", "as the scenario wants it");
        Ok(())
    }
}

/// One of three listeners panics each time, a rule and a hook now and then: the rest runs.
pub(super) fn panics(size: Size) -> Result<Outcome> {
    std::panic::set_hook(Box::new(|_| ()));
    let page = Page::new(1);
    let mut stage = Stage::begin_busy(page.live(&Time::new()))?;
    let live = stage.live.handle();
    live.hook("shaky", Shaky).detach();
    let others = Arc::new(Mutex::new(0));
    for number in 0..3 {
        let others = Arc::clone(&others);
        live.on_change(move |_| {
            assert!(number != 1, "as the scenario wants it");
            *others.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        })
        .detach();
    }
    let rounds = size.of(50, 1_000);
    for number in 2..2 + rounds {
        for name in ["panic", "shaky"] {
            page.write_text(toml(number).replace(&format!("n{number}"), name));
            stage.outcome.check(live.reload().is_err(), || format!("{name} was taken"));
        }
        stage.change(number, || {
            page.write(number);
            Ok(live.reload().map(drop)?)
        })?;
    }
    let called = *others.lock().unwrap_or_else(PoisonError::into_inner);
    stage.outcome.check(called == 2 * rounds, || format!("the others were called {called} times"));
    stage.outcome.note(format!("{} panics caught", live.counts().panics));
    stage.panics = 2 * rounds;
    Ok(stage.end())
}

/// A listener reads, reloads and sets a value: both are made after the change at hand, in order.
pub(super) fn reentrant(size: Size) -> Result<Outcome> {
    let page = Page::new(1);
    let mut stage = Stage::begin_busy(page.live(&Time::new()))?;
    let live = stage.live.handle();
    let faults = Arc::new(Mutex::new(Vec::new()));
    live.on_change({
        let (live, page, faults) = (live.clone(), page.clone(), Arc::clone(&faults));
        move |update| {
            let number = update.new().number;
            if number % 2 != 0 {
                return;
            }
            page.write(number + 1);
            let asked =
                (live.reload().ok(), live.set_override("workers", number % 60 + 1, Expiry::Never).ok());
            let is_later =
                asked == (Some(Became::Queued), Some(Became::Queued)) && live.get().number == number;
            if !is_later {
                faults.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{asked:?} at {number}"));
            }
        }
    })
    .detach();
    for number in (2..size.of(100, 2_000)).step_by(2) {
        stage.change(number, || {
            page.write(number);
            Ok(live.reload().map(drop)?)
        })?;
        stage.expect("what the listener wrote", Instant::now(), |told| told.number == number + 1)?;
        stage.expect("what it set", Instant::now(), |told| told.number == number + 1)?;
    }
    stage.outcome.faults.append(&mut faults.lock().unwrap_or_else(PoisonError::into_inner));
    stage.nothing_refused();
    Ok(stage.end())
}

/// Notes what it is asked to do, and refuses when it is its turn.
struct Part {
    place: u64,
    log: Arc<Mutex<Vec<String>>>,
}

impl Part {
    fn note(&self, what: &str) {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{what} {}", self.place));
    }
}

impl Hook<Settings> for Part {
    fn prepare(&self, update: &Update<Settings>) -> std::result::Result<(), String> {
        if update.new().name == format!("not {}", self.place) {
            return Err("as the scenario wants it".to_owned());
        }
        self.note("prepare");
        Ok(())
    }

    fn commit(&self, _: &Update<Settings>) {
        self.note("commit");
    }

    fn undo(&self, _: &Update<Settings>) {
        self.note("undo");
    }
}

/// Of three parts each refuses in turn: those before it undo in reverse, and nothing changes.
pub(super) fn hooks(size: Size) -> Result<Outcome> {
    let page = Page::new(1);
    let mut stage = Stage::begin_busy(page.live(&Time::new()))?;
    let (live, log) = (stage.live.handle(), Arc::new(Mutex::new(Vec::new())));
    for place in 0..3 {
        live.hook(format!("part {place}"), Part { place, log: Arc::clone(&log) }).detach();
    }
    let taken = || std::mem::take(&mut *log.lock().unwrap_or_else(PoisonError::into_inner));
    for number in 2..size.of(20, 500) {
        for (place, calls) in [
            (0, &[][..]),
            (1, &["prepare 0", "undo 0"]),
            (2, &["prepare 0", "prepare 1", "undo 1", "undo 0"]),
        ] {
            page.write_text(toml(number).replace(&format!("n{number}"), &format!("not {place}")));
            let (reloaded, calls_made, served) = (live.reload(), taken(), live.get().number);
            let is_undone = reloaded.is_err() && calls_made == calls && served == number - 1;
            stage.outcome.check(is_undone, || format!("{place} refused, {calls_made:?}, {served} is served"));
        }
        stage.change(number, || {
            page.write(number);
            Ok(live.reload().map(drop)?)
        })?;
        let calls = taken();
        let expected = ["prepare 0", "prepare 1", "prepare 2", "commit 0", "commit 1", "commit 2"];
        stage.outcome.check(calls == expected, || format!("{calls:?}"));
    }
    Ok(stage.end())
}
