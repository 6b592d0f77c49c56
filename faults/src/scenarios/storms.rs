//! Very many changes, and very many reads.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use confkit::live::Handle;

use crate::log::Log;
use crate::page::Page;
use crate::process;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::Settings;
use crate::stage::Stage;
use crate::time::Time;

/// Two fields of one answer, ten million times, while they change as fast as they can.
pub(super) fn torn(size: Size) -> Result<Outcome> {
    let reads: u64 = size.of(100_000, 10_000_000);
    let page = Page::new(1);
    let log = Log::unsynced()?;
    let live = log.keep(page.live(&Time::new()))?.start()?;
    let mut outcome = Outcome::default();
    let (handle, mut reader) = (live.handle(), live.reader());
    thread::scope(|scope| {
        let reading = scope.spawn(move || {
            let mut wrong = 0;
            for _ in 0..reads / 2 {
                let settings = reader.get();
                wrong += u64::from(!settings.is_whole());
                let settings = handle.get();
                wrong += u64::from(!settings.is_whole());
            }
            wrong
        });
        let mut number = 1;
        while !reading.is_finished() {
            number += 1;
            page.write(number);
            live.reload()?;
        }
        outcome.reads = reads;
        outcome.wrong = reading.join().map_err(|_| "the reader panicked")?;
        (outcome.changes, outcome.told) = (number - 1, live.revision() - 1);
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    live.close();
    log.check(live.revision(), &mut outcome);
    Ok(outcome)
}

/// Something to do so many times a second.
fn paced(rate: u64, lasts: Duration, mut act: impl FnMut(u64) -> Result<()>) -> Result<u64> {
    let (begun, mut done) = (Instant::now(), 0);
    while begun.elapsed() < lasts {
        let due = u64::try_from(begun.elapsed().as_micros())? * rate / 1_000_000;
        while done < due {
            done += 1;
            act(done)?;
        }
        thread::sleep(Duration::from_micros(200));
    }
    Ok(done)
}

/// Signals are put together: there are few readings, and the last of them has the last number.
pub(super) fn storm(size: Size) -> Result<Outcome> {
    const QUIET: Duration = Duration::from_millis(20);
    let (page, lasts) = (Page::new(1), Duration::from_secs(size.of(1, 20)));
    let mut stage = Stage::begin_busy(page.live(&Time::new()).quiet(QUIET))?;
    let begun = Instant::now();
    let signals = paced(10_000, lasts, |done| {
        page.write(done + 1);
        page.signal();
        Ok(())
    })?;
    stage.settle(signals + 1, Instant::now())?;
    let most = begun.elapsed().as_millis() / QUIET.as_millis() + 1;
    let reloads = stage.live.counts().reloads;
    stage.outcome.check(u128::from(reloads) <= most, || format!("{reloads} readings"));
    stage.outcome.note(format!("{signals} signals, {reloads} readings"));
    stage.nothing_refused();
    Ok(stage.end())
}

/// How long reads take, in a slice of the time.
struct Reads {
    /// How many took so many nanoseconds; the last those that took longer.
    took: Vec<u32>,
}

impl Reads {
    fn new() -> Self {
        Self { took: vec![0; 1 << 16] }
    }

    fn add(&mut self, took: Duration) {
        let most = self.took.len() - 1;
        self.took[usize::try_from(took.as_nanos()).unwrap_or(most).min(most)] += 1;
    }

    /// How many nanoseconds 99 of 100 take at most; what was added is forgotten.
    fn percentile(&mut self) -> u64 {
        let all: u64 = self.took.iter().map(|count| u64::from(*count)).sum();
        let mut left = all - all / 100;
        let found = self.took.iter().position(|count| {
            left = left.saturating_sub(u64::from(*count));
            left == 0
        });
        self.took.fill(0);
        found.map_or(0, |nanoseconds| nanoseconds as u64)
    }
}

/// Reads until it is over, and tells the percentile of each slice.
fn measure(live: &Handle<Settings>, slice: Duration, is_over: &AtomicBool, reads: &AtomicU64) -> Vec<u64> {
    let (mut took, mut slices, mut begun, mut reader) =
        (Reads::new(), Vec::new(), Instant::now(), live.reader());
    while !is_over.load(Ordering::Relaxed) {
        for _ in 0..100 {
            let before = Instant::now();
            let is_whole = reader.get().is_whole();
            took.add(before.elapsed());
            assert!(is_whole, "two fields of different documents");
        }
        reads.fetch_add(100, Ordering::Relaxed);
        thread::sleep(Duration::from_micros(200));
        if begun.elapsed() >= slice {
            slices.push(took.percentile());
            begun = Instant::now();
        }
    }
    slices
}

/// Every one of very many changes is made: reads stay as quick as they are, and memory as large as it is.
pub(super) fn soak(size: Size) -> Result<Outcome> {
    let (rate, lasts) = (size.of(200, 10_000), Duration::from_secs(size.of(1, 60)));
    let (slice, page) = (lasts / 30, Page::new(1));
    let log = Log::unsynced()?;
    let live = log.keep(page.live(&Time::new()))?.start()?;
    let (mut asleep, is_over, reads) = (live.subscribe(), AtomicBool::new(false), AtomicU64::new(0));
    let (mut outcome, mut memory, mut sampled) = (Outcome::default(), Vec::new(), Instant::now());
    let mut worst = Duration::ZERO;
    let handle = live.handle();
    let times = thread::scope(|scope| -> Result<Vec<u64>> {
        let reading = scope.spawn(|| measure(&handle, slice, &is_over, &reads));
        let made = paced(rate, lasts, |done| {
            page.write(done + 1);
            let begun = Instant::now();
            live.reload()?;
            let took = begun.elapsed();
            // All of them would be most of the memory that is measured here.
            if done % 100 == 0 || took > worst {
                outcome.recoveries.add(took);
                worst = worst.max(took);
            }
            if sampled.elapsed() >= slice {
                sampled = Instant::now();
                memory.push(process::memory()?);
            }
            Ok(())
        });
        is_over.store(true, Ordering::Relaxed);
        let times = reading.join().map_err(|_| "two fields of different documents were read")?;
        (outcome.changes, outcome.told) = (made?, live.revision() - 1);
        Ok(times)
    })?;
    outcome.reads = reads.into_inner();
    let made = outcome.changes;
    let wanted = rate * lasts.as_secs();
    // The quick one runs beside builds and other tests, which may take the time that it needs.
    let is_fast = size == Size::Quick || made * 100 >= wanted * 95;
    outcome.check(is_fast, || format!("{made} changes were made, and not {wanted}"));
    let last = asleep.latest().map(|update| (update.new().number, update.skipped()));
    outcome.check(last == Some((made + 1, made - 1)), || format!("who looked at the end saw {last:?}"));
    live.close();
    log.check(live.revision(), &mut outcome);
    // Four bytes kept of every change are more than that, from the middle of one half to that of the other.
    stays_flat(&mut outcome, "memory, KiB", &memory, |early| early + 1024);
    stays_flat(&mut outcome, "99 of 100 reads, ns", &times, |early| early + early / 4 + 100);
    Ok(outcome)
}

/// The median of the later half is at most what that of the earlier one allows.
fn stays_flat(outcome: &mut Outcome, what: &str, slices: &[u64], most: impl Fn(u64) -> u64) {
    let median = |part: &[u64]| {
        let mut sorted = part.to_vec();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    };
    let (early, late) = slices.split_at(slices.len() / 2);
    let (early, late) = (median(early), median(late));
    outcome.check(late <= most(early), || format!("{what}: {slices:?}"));
    outcome.note(format!("{what}: {early} in the first half, {late} in the second"));
}
