//! One entry among many that is wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use confkit::live::{Builder, Handle};
use confkit::{Config, Lenient, Loader, Secret, Warnings};
use tempfile::TempDir;

use crate::folder::replace;
use crate::log::Log;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::MARKER;
use crate::stage::{AGES, Witness, wait_for};

const ENTRIES: usize = 100;
const FILE: &str = "app.toml";

/// Every document says in all its entries the number that it has itself, and which of them is wrong.
#[derive(Debug, PartialEq, Config)]
struct Settings {
    number: u64,
    wrong: Option<usize>,
    #[config(nested)]
    entries: BTreeMap<usize, Lenient<Entry>>,
}

#[derive(Debug, PartialEq, Config)]
#[config(check(self.number == self.twin, "the numbers must be the same"))]
struct Entry {
    number: u64,
    #[config(validate(range(min = 1)))]
    twin: u64,
    token: Secret<String>,
}

impl Settings {
    /// Whether it is what a document says: the wrong entry is set aside, and no other one.
    fn is_whole(&self) -> bool {
        let is_right = |(at, entry): (&usize, &Lenient<Entry>)| match entry.get() {
            Some(entry) => self.wrong != Some(*at) && [entry.number, entry.twin] == [self.number; 2],
            None => self.wrong == Some(*at),
        };
        self.entries.len() == ENTRIES && self.entries.iter().all(is_right)
    }
}

/// An entry that is wrong in one of several ways, in each of them once.
fn wrong_entry(number: u64) -> String {
    let token = format!("token = \"{MARKER}\"");
    match number % 5 {
        0 => format!("number = \"many\", twin = {number}, {token}"),
        1 => format!("twin = {number}, {token}"),
        2 => format!("number = {number}, twin = {}, {token}", number + 1),
        3 => format!("number = 0, twin = 0, {token}"),
        _ => format!("number = {number}, twin = {number}, token = [\"{MARKER}\"]"),
    }
}

fn text(number: u64, wrong: Option<usize>) -> String {
    let mut text = format!("number = {number}\n");
    text += &wrong.map(|wrong| format!("wrong = {wrong}\n")).unwrap_or_default();
    for at in 0..ENTRIES {
        let entry = if wrong == Some(at) {
            wrong_entry(number)
        } else {
            format!("number = {number}, twin = {number}, token = \"{MARKER}\"")
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "entries.{at} = {{ {entry} }}");
    }
    text
}

/// Each entry in turn is made wrong and mended: the others change with every document, the wrong one is set aside, and
/// that is told once however often the file is read. Where warnings are denied, all of it is refused.
pub(super) fn one_wrong(size: Size) -> Result<Outcome> {
    let folder = tempfile::tempdir()?;
    let mut outcome = Outcome::default();
    replace(folder.path(), FILE, &text(1, None))?;
    let warned = Arc::new(AtomicUsize::new(0));
    let warnings = {
        let warned = Arc::clone(&warned);
        Warnings::call(move |warnings| {
            warned.fetch_add(warnings.len(), Ordering::Relaxed);
        })
    };
    let log = Log::new()?;
    let live = log.keep(looking(loader(&folder).warnings(warnings)))?.start()?;
    let strict =
        loader(&folder).warnings(Warnings::Deny).live().poll(Duration::MAX).quiet(Duration::MAX).start()?;
    strict.on_refused(|_| ()).detach();
    let (sender, told) = mpsc::channel();
    live.on_change(move |update| {
        // Nobody hears of what comes after the end.
        let _ = sender.send((Instant::now(), update.new().number));
    })
    .detach();
    let witness = Witness::begin(&live, Settings::is_whole);

    let in_turn = (0..ENTRIES).step_by(size.of(20, 1));
    let documents = in_turn.flat_map(|at| [Some(at), None]);
    for (number, wrong) in (2..).zip(documents) {
        replace(folder.path(), FILE, &text(number, wrong))?;
        let written = Instant::now();
        let (at, found) = told.recv_timeout(AGES)?;
        outcome.changes += 1;
        outcome.told += u64::from(found == number);
        outcome.recoveries.add(at.saturating_duration_since(written));
        let before = live.counts().reloads;
        wait_for("more readings", || (live.counts().reloads >= before + 3).then_some(()))?;
        refuses_all(&strict.handle(), number, wrong, &mut outcome);
    }

    let wrong = outcome.changes / 2;
    let warned = u64::try_from(warned.load(Ordering::Relaxed))?;
    outcome.check(warned == wrong, || format!("{warned} warnings of {wrong} wrong entries"));
    let refusals = live.counts().refusals;
    outcome.check(refusals == 0, || format!("{refusals} readings were refused"));
    outcome.note(format!("{wrong} times one of {ENTRIES} entries was set aside"));
    live.close();
    (outcome.reads, outcome.wrong) = witness.end();
    log.check(live.revision(), &mut outcome);
    Ok(outcome)
}

fn loader(folder: &TempDir) -> Loader<Settings> {
    Settings::loader().root(folder.path()).file(FILE)
}

/// Live settings that hear of changes, and look often besides.
fn looking(loader: Loader<Settings>) -> Builder<Settings> {
    loader.live().quiet(Duration::from_millis(20)).poll(Duration::from_millis(10))
}

/// Where nothing is set aside, one wrong entry is a refusal, and what is in force stays.
fn refuses_all(strict: &Handle<Settings>, number: u64, wrong: Option<usize>, outcome: &mut Outcome) {
    let before = strict.get().number;
    let is_refused = strict.reload().is_err();
    let in_force = strict.get().number;
    let expected = if wrong.is_some() { (true, before) } else { (false, number) };
    outcome.check((is_refused, in_force) == expected, || {
        format!("with warnings denied, {in_force} is in force after {number} with the wrong entry {wrong:?}")
    });
}
