//! Files that are not there for some time.

use std::fs;
use std::thread;
use std::time::Duration;

use confkit::live::State;

use crate::folder::Folder;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::toml;
use crate::stage::Stage;

const QUIET: Duration = Duration::from_millis(50);

/// Not long enough to be believed: nothing is refused.
pub(super) fn short(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(QUIET))?;
    for number in 2..=size.of(4, 21) {
        stage.change(number, || {
            fs::remove_file(folder.file())?;
            thread::sleep(QUIET * 3);
            Ok(folder.write(&toml(number))?)
        })?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// The settings are stale, are what they were, and are ready again when it is back.
pub(super) fn long(size: Size) -> Result<Outcome> {
    believed_after(QUIET, size)
}

/// The same where the quiet time is as long as a file may take to come back.
pub(super) fn long_and_quiet(size: Size) -> Result<Outcome> {
    believed_after(Duration::from_secs(1), size)
}

fn believed_after(quiet: Duration, size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(quiet))?;
    stage.live.on_refused(|_| ()).detach();
    for number in 2..=size.of(2, 6) {
        fs::remove_file(folder.file())?;
        stage.until(|state| matches!(state, State::Stale { .. }))?;
        let served = stage.live.get().number;
        stage.outcome.check(served == number - 1, || format!("{served} was served without a file"));
        thread::sleep(size.of(Duration::ZERO, Duration::from_secs(4)));
        stage.change(number, || Ok(folder.write(&toml(number))?))?;
        stage.until(|state| matches!(state, State::Ready))?;
    }
    let refusals = stage.live.counts().refusals;
    stage.outcome.check(refusals == size.of(1, 5), || format!("{refusals} refusals"));
    Ok(stage.end())
}
