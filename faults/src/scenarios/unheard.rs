//! Changes of which the operating system tells nothing: they are found by reading every so often.

use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use confkit::live::Builder;
use confkit::{Problem, Warnings};
use tempfile::TempDir;

use crate::folder::Folder;
use crate::run::FEW_FILES;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::{Settings, toml};
use crate::stage::Stage;

const POLL: Duration = Duration::from_millis(100);
/// Beside the time between two readings, on a machine that has other things to do.
const SLACK: Duration = Duration::from_secs(5);

/// A second name of the file in another folder. Who writes there is not heard of where the first name is.
struct BackDoor(TempDir);

impl BackDoor {
    fn to(folder: &Folder) -> Result<Self> {
        let door = Self(tempfile::tempdir_in(folder.path().parent().unwrap_or(Path::new(".")))?);
        fs::hard_link(folder.file(), door.file())?;
        Ok(door)
    }

    fn file(&self) -> std::path::PathBuf {
        self.0.path().join("app.toml")
    }

    /// Writes what is as long as what was there, and sets the time back.
    fn write_unseen(&self, text: &str) -> Result<()> {
        let before = fs::metadata(self.file())?;
        let mut file = OpenOptions::new().write(true).open(self.file())?;
        file.write_all(text.as_bytes())?;
        file.set_times(FileTimes::new().set_modified(before.modified()?))?;
        let after = file.metadata()?;
        let is_same = (before.len(), before.modified()?) == (after.len(), after.modified()?);
        if is_same { Ok(()) } else { Err("the file does not look as before".into()) }
    }

    /// Writes in parts.
    fn write_slowly(&self, parts: &[&str]) -> Result<()> {
        let mut file = File::create(self.file())?;
        for part in parts {
            file.write_all(part.as_bytes())?;
            // Several readings find each part.
            std::thread::sleep(POLL / 3);
        }
        Ok(())
    }
}

fn found_in_time(outcome: &mut Outcome) {
    let worst = outcome.recoveries.worst().unwrap_or_default();
    outcome.check(worst < POLL + SLACK, || format!("one was found after {} ms", worst.as_millis()));
}

pub(super) fn silent(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let door = BackDoor::to(&folder)?;
    // As long as all that follow.
    folder.write(&toml(100))?;
    let mut stage = Stage::begin(folder.live(Duration::from_millis(20)).poll(POLL))?;
    for number in 101..=size.of(105, 150) {
        stage.change(number, || door.write_unseen(&toml(number)))?;
    }
    stage.nothing_refused();
    found_in_time(&mut stage.outcome);
    Ok(stage.end())
}

pub(super) fn slowly(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let door = BackDoor::to(&folder)?;
    let mut stage = Stage::begin(folder.live(POLL * 2).poll(POLL / 10))?;
    for number in 22..=size.of(24, 51) {
        let text = toml(number);
        let parts = [&text[..10], &text[10..11], &text[11..40], &text[40..]];
        stage.change(number, || door.write_slowly(&parts))?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// Counts the warnings that changes are not signalled.
fn counted(folder: &Folder) -> (Builder<Settings>, Arc<AtomicUsize>) {
    let told = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&told);
    let is_about_signals = |warning: &&Problem| warning.message().contains("not signalled");
    let warnings = Warnings::call(move |warnings| {
        counter.fetch_add(warnings.iter().filter(is_about_signals).count(), Ordering::Relaxed);
    });
    (folder.loader().warnings(warnings).live().poll(POLL), told)
}

fn told_once(stage: &mut Stage, told: &AtomicUsize) {
    let told = told.load(Ordering::Relaxed);
    stage.outcome.check(told == 1, || format!("{told} warnings"));
    stage.outcome.note("one warning");
    stage.nothing_refused();
    found_in_time(&mut stage.outcome);
}

/// All files that the process may have are open but four: two for the audit log and its lock, and two that are enough
/// to read and too few to watch.
pub(super) fn no_watcher(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut open: Vec<File> = std::iter::from_fn(|| File::open("/dev/null").ok()).take(FEW_FILES).collect();
    open.truncate(open.len().saturating_sub(4));
    let (builder, told) = counted(&folder);
    let mut stage = Stage::begin(builder)?;
    for number in 2..=size.of(6, 51) {
        stage.change(number, || Ok(folder.replace(&toml(number))?))?;
    }
    told_once(&mut stage, &told);
    drop(open);
    Ok(stage.end())
}

/// The file is a link into another folder, and the second folder is not watched any more.
pub(super) fn no_watch(size: Size) -> Result<Outcome> {
    let (folder, other) = (Folder::new()?, Folder::new()?);
    fs::remove_file(folder.file())?;
    std::os::unix::fs::symlink(other.file(), folder.file())?;
    let (builder, told) = counted(&folder);
    let mut stage = Stage::begin(builder)?;
    for number in 2..=size.of(6, 51) {
        stage.change(number, || Ok(other.replace(&toml(number))?))?;
    }
    told_once(&mut stage, &told);
    Ok(stage.end())
}
