//! What a change costs, beside a load.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bench_input::BoxError;
use confkit::live::{Expiry, Live, Outcome};
use confkit::{Config, Loader};

use crate::settings::{Services, Settings};

/// Changes that are made before the ones that are counted.
const BEFORE: u64 = 2;

/// Makes so many changes, and tells what became of the last.
pub fn run(way: &str, case: &str, folder: &Path, times: u64) -> Result<String, BoxError> {
    let files = Files::copy(folder, way)?;
    match case {
        "30" => changes(Settings::loader(), &files, way, "timeout_ms", times),
        _ => changes(Services::loader(), &files, way, "services.svc0000.timeout_ms", times),
    }
}

fn changes<T: Config + PartialEq + Send + Sync + 'static>(
    loader: Loader<T>,
    files: &Files,
    way: &str,
    path: &str,
    times: u64,
) -> Result<String, BoxError> {
    let loader = loader.root(&files.folder).declared();
    if way == "load" {
        let load = || loader.load().map(drop);
        load()?;
        (0..times).try_for_each(|_| load_once(&load))?;
        return Ok("loaded".to_owned());
    }
    // Nothing else reads in the background, and no revision is let go.
    let never = Duration::from_secs(60 * 60 * 24);
    let live = loader.live().quiet(never).poll(Duration::MAX).history(1_000).start()?;
    let mut outcome = Outcome::Unchanged;
    for number in 1..=BEFORE + times {
        let change = Change::new(&live, way, path, number, files)?;
        outcome = if number > BEFORE { change_once(change)? } else { change.make()? };
    }
    Ok(outcome.as_str().to_owned())
}

#[inline(never)]
fn load_once(load: &dyn Fn() -> Result<(), confkit::Report>) -> Result<(), confkit::Report> {
    load()
}

#[inline(never)]
fn change_once<T: Config + Send + Sync + 'static>(change: Change<'_, T>) -> Result<Outcome, confkit::Report> {
    change.make()
}

/// A change that is prepared.
struct Change<'l, T: Config + Send + Sync + 'static> {
    live: &'l Live<T>,
    /// The value to set, if it is not the files that have changed.
    value: Option<(&'l str, u64)>,
}

impl<'l, T: Config + Send + Sync + 'static> Change<'l, T> {
    fn new(
        live: &'l Live<T>,
        way: &str,
        path: &'l str,
        number: u64,
        files: &Files,
    ) -> Result<Self, BoxError> {
        match way {
            "reload" => files.change("base.toml", "timeout_ms = ", &number.to_string())?,
            "reload a small file" => files.change("b.toml", "zone = ", &format!("\"moved {number}\""))?,
            "reload the same" | "set_override" => {}
            _ => return Err(format!("there is no change `{way}`").into()),
        }
        Ok(Self { live, value: (way == "set_override").then_some((path, number)) })
    }

    fn make(self) -> Result<Outcome, confkit::Report> {
        match self.value {
            Some((path, value)) => self.live.set_override(path, value, Expiry::Never),
            None => self.live.reload(),
        }
    }
}

/// A copy of the files of a case, to be changed.
struct Files {
    folder: PathBuf,
}

impl Files {
    fn copy(case: &Path, way: &str) -> Result<Self, BoxError> {
        let folder = case.join(format!("live {way}"));
        fs::create_dir_all(&folder)?;
        for name in ["base.toml", "a.toml", "b.toml"] {
            if case.join(name).exists() {
                fs::copy(case.join(name), folder.join(name))?;
            }
        }
        Ok(Self { folder })
    }

    /// Gives another value to the first key that is written so.
    fn change(&self, file: &str, key: &str, value: &str) -> Result<(), BoxError> {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path)?;
        let at = text.find(key).ok_or("the key is not in the file")? + key.len();
        let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
        fs::write(&path, format!("{}{value}{}", &text[..at], &text[end..]))?;
        Ok(())
    }
}
