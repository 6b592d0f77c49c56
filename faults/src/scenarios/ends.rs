//! Ends, early and often.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use confkit::live::{Expiry, Live, Outcome as Became, Update};

use crate::folder::Folder;
use crate::log::Log;
use crate::page::Page;
use crate::process;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::Settings;
use crate::stage::wait_for;
use crate::time::Time;

/// Settings with everything that has a thread or an open file.
fn cycle(folder: &Folder, outcome: &mut Outcome) -> Result<()> {
    let log = Log::unsynced()?;
    let begun = Instant::now();
    let live = log.keep(folder.live(Duration::from_millis(1)))?.start()?;
    let registration = live.subscribe().call(|_| ())?;
    live.set_override("workers", 5, Expiry::After(Duration::from_secs(60)))?;
    let revision = live.revision();
    drop(live);
    drop(registration);
    outcome.recoveries.add(begun.elapsed());
    log.check(revision, outcome);
    Ok(())
}

/// As many threads and files as before are left.
pub(super) fn cycles(size: Size) -> Result<Outcome> {
    let (folder, mut outcome) = (Folder::new()?, Outcome::default());
    cycle(&folder, &mut outcome)?;
    let used = || -> Result<(usize, usize)> { Ok((process::threads()?, process::open_files()?)) };
    // The watcher's thread ends by itself, soon.
    let count = || wait_for("the end of threads", || used().ok().filter(|(threads, _)| *threads <= 2));
    let before = count()?;
    let cycles = size.of(40, 1_000);
    for _ in 0..cycles {
        cycle(&folder, &mut outcome)?;
    }
    let after = count()?;
    outcome.check(before == after, || format!("{before:?} threads and files before, {after:?} after"));
    outcome.note(format!("{cycles} cycles; {} threads and {} open files before and after", after.0, after.1));
    Ok(outcome)
}

/// Nothing is called after the end, whatever was going on.
pub(super) fn closing(size: Size) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for round in 0..size.of(40, 1_000) {
        let page = Page::new(1);
        let log = Log::unsynced()?;
        let live = log.keep(page.live(&Time::new()))?.start()?;
        let late = close_under_load(&live, &page, round % 7, &mut outcome)?;
        outcome.check(late == 0, || format!("{late} calls after the end"));
        log.check(live.revision(), &mut outcome);
        outcome.check(live.counts().panics == 0, || "something panicked".to_owned());
    }
    Ok(outcome)
}

/// Closes after so many calls while another thread makes changes; returns how many calls came after it.
fn close_under_load(live: &Live<Settings>, page: &Page, calls: u64, outcome: &mut Outcome) -> Result<u64> {
    let (is_over, made, late) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    let counted = Arc::new((is_over, made, late));
    let call = || {
        let counted = Arc::clone(&counted);
        move |_: &Update<Settings>| {
            let (is_over, made, late) = &*counted;
            made.fetch_add(1, Ordering::Relaxed);
            late.fetch_add(u64::from(is_over.load(Ordering::SeqCst)), Ordering::Relaxed);
        }
    };
    live.on_change(call()).detach();
    live.subscribe().call(call())?.detach();
    thread::scope(|scope| {
        let changing = scope.spawn(|| -> Result<()> {
            for number in 2.. {
                page.write(number);
                if live.reload()? == Became::Closed {
                    break;
                }
            }
            Ok(())
        });
        while counted.1.load(Ordering::Relaxed) < calls {
            thread::yield_now();
        }
        let begun = Instant::now();
        live.close();
        counted.0.store(true, Ordering::SeqCst);
        outcome.recoveries.add(begun.elapsed());
        let last = live.get().number;
        changing.join().map_err(|_| "the changing thread panicked")??;
        outcome.reads += 1;
        outcome.wrong += u64::from(live.get().number != last);
        Ok(counted.2.load(Ordering::Relaxed))
    })
}
