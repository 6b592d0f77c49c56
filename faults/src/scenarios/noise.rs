//! Events that mean nothing, and so many that those that mean something are lost.

use std::fs;
use std::thread;
use std::time::Duration;

use crate::aside;
use crate::folder::Folder;
use crate::log::Log;
use crate::process;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::toml;
use crate::stage::{Stage, wait_for};

const QUIET: Duration = Duration::from_millis(20);

/// Another process reads the file all the time: nobody reads it again because of that, and then nobody does anything.
pub(super) fn read(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let log = Log::new()?;
    let live = log.keep(folder.live(QUIET))?.start()?;
    // Once at the start it is looked at again.
    wait_for("the first look", || (live.counts().reloads == 1).then_some(()))?;
    let path = folder.file().display().to_string();
    aside::ask(&["read", &path, size.of("2000", "50000")])?;
    let window = size.of(Duration::from_millis(500), Duration::from_secs(5));
    let before = process::processor_time()?;
    thread::sleep(window);
    let busy = process::processor_time()?.saturating_sub(before);
    let (reloads, revision) = (live.counts().reloads, live.revision());
    drop(live);

    let mut stage = Stage::begin(folder.live(QUIET))?;
    log.check(revision, &mut stage.outcome);
    stage.outcome.check(reloads == 1, || format!("it was read {reloads} times"));
    let percent = busy.as_secs_f64() * 100.0 / window.as_secs_f64();
    stage.outcome.note(format!("{percent:.2} % of a processor while nothing happens"));
    stage.outcome.check(percent < 2.0, || format!("it is busy for {percent} % of the time"));
    stage.change(2, || Ok(folder.replace(&toml(2))?))?;
    stage.nothing_refused();
    Ok(stage.end())
}

/// The file changes when the queue is full already, so that nothing but its end is told.
pub(super) fn flood(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let queue: u64 = fs::read_to_string("/proc/sys/fs/inotify/max_queued_events")?.trim().parse()?;
    let files = queue.max(20_000).to_string();
    let (me, path) = (std::process::id().to_string(), folder.path().display().to_string());
    let mut stage = Stage::begin(folder.live(QUIET))?;
    for number in 2..=size.of(2, 6_u64) {
        // Else it looks because of what was before.
        until_idle(&stage)?;
        stage.change(number, || aside::ask(&["flood", &me, &path, &files, &number.to_string()]))?;
    }
    stage.nothing_refused();
    stage.outcome.note(format!("{files} files beside it each time, a queue of {queue} events"));
    Ok(stage.end())
}

/// Waits until nothing has been read for much longer than files have to rest.
fn until_idle(stage: &Stage) -> Result<()> {
    let reloads = || stage.live.counts().reloads;
    wait_for("the first look", || (reloads() > 0).then_some(()))?;
    wait_for("an end of looking", || {
        let before = reloads();
        thread::sleep(QUIET * 10);
        (reloads() == before).then_some(())
    })
}
