//! Files that are written in place, by writers that take their time.

use std::fs;
use std::thread;
use std::time::Duration;

use confkit::{Config, Format, Secret};

use crate::folder::Folder;
use crate::log::Log;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::toml;
use crate::stage::Stage;

/// Between two parts: much shorter than the quiet time that is waited for.
const PAUSE: Duration = Duration::from_millis(20);
const QUIET: Duration = Duration::from_millis(200);

/// The text in as many parts as it has bytes, or fewer.
fn parts(text: &str, most: usize) -> Vec<&str> {
    let length = text.len().div_ceil(most).max(1);
    // Documents of scenarios are ASCII.
    (0..text.len()).step_by(length).map(|start| &text[start..text.len().min(start + length)]).collect()
}

pub(super) fn emptied(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(QUIET / 4))?;
    for number in 2..=size.of(4, 21) {
        stage.change(number, || {
            folder.write("")?;
            // Longer than the quiet time, shorter than it takes to believe it.
            thread::sleep(QUIET);
            Ok(folder.write(&folder.text(number))?)
        })?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

pub(super) fn chunks(size: Size) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for format in [Format::Toml, Format::Yaml] {
        let folder = Folder::with(format)?;
        let mut stage = Stage::begin(folder.live(QUIET))?;
        for number in 22..=size.of(23, 32) {
            let text = folder.text(number);
            stage.change(number, || Ok(folder.write_slowly(parts(&text, 20), PAUSE)?))?;
        }
        stage.nothing_refused();
        outcome.append(stage.end());
    }
    Ok(outcome)
}

/// Parts for three seconds.
pub(super) fn drip(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(QUIET))?;
    for number in 22..=size.of(22, 26) {
        let text = "# ...\n".repeat(10) + &toml(number);
        stage.change(number, || Ok(folder.write_slowly(parts(&text, 150), PAUSE)?))?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// As many files as are written at the same time. Each is watched, and the system has not many watchers.
const AT_ONCE: usize = 12;

pub(super) fn cuts(size: Size) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let length = crate::settings::text(format, 22).len();
        let cuts: Vec<usize> = (0..length).step_by(size.of(9, 1)).collect();
        for some in cuts.chunks(AT_ONCE) {
            outcome.append(cut_each(format, some)?);
        }
    }
    Ok(outcome)
}

/// Writes a file for each place, with a pause there.
fn cut_each(format: Format, cuts: &[usize]) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    thread::scope(|scope| {
        let cut = |at: usize| -> Result<Outcome> {
            let folder = Folder::with(format)?;
            let mut stage = Stage::begin(folder.live(QUIET))?;
            let text = folder.text(22);
            stage.change(22, || Ok(folder.write_slowly([&text[..at], &text[at..]], PAUSE)?))?;
            stage.nothing_refused();
            Ok(stage.end())
        };
        let started: Vec<_> = cuts.iter().map(|at| scope.spawn(move || cut(*at))).collect();
        for thread in started {
            outcome.append(thread.join().map_err(|_| "a writer panicked")??);
        }
        Ok(outcome)
    })
}

/// As the settings of all scenarios, but nothing has a default: what is missing is seen by everybody.
#[derive(Debug, PartialEq, Config)]
struct Whole {
    number: u64,
    name: String,
    token: Secret<String>,
    twin: u64,
}

/// A writer that ended in the middle, at each place: either it is refused, or nothing was missing but layout.
pub(super) fn prefixes(_: Size) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for format in [Format::Toml, Format::Yaml, Format::Json] {
        let folder = Folder::with(format)?;
        let loader = Whole::loader().root(folder.path()).file(folder.file());
        let log = Log::unsynced()?;
        let live = log.keep(loader.live().poll(Duration::MAX).quiet(Duration::MAX))?.start()?;
        live.on_refused(|_| ()).detach();
        let text = folder.text(22);
        for end in 0..text.len() {
            folder.write(&text[..end])?;
            let _ = live.reload();
            let value = live.get();
            outcome.reads += 1;
            outcome.wrong +=
                u64::from(value.number != value.twin || value.name != format!("n{}", value.number));
        }
        folder.write(&text)?;
        outcome.changes += 1;
        live.reload()?;
        outcome.told += u64::from(live.get().twin == 22);
        fs::remove_file(folder.file())?;
        outcome.check(live.reload().is_err() && live.get().twin == 22, || {
            "nothing was taken for a file".to_owned()
        });
        live.close();
        log.check(live.revision(), &mut outcome);
    }
    Ok(outcome)
}
