//! What other processes do to the settings of a scenario: this program again, beside it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::folder;
use crate::process;
use crate::scenario::Result;
use crate::settings::toml;
use crate::stage::wait_for;

/// The word before what is to be done.
pub(crate) const ASIDE: &str = "aside";

/// Has it done by another process, and waits for its end.
pub(crate) fn ask(words: &[&str]) -> Result<()> {
    let status = Command::new(std::env::current_exe()?).arg(ASIDE).args(words).status()?;
    if status.success() { Ok(()) } else { Err(format!("{words:?} failed: {status}").into()) }
}

/// Does it.
pub(crate) fn act(words: &[&str]) -> Result<()> {
    match words {
        ["read", path, times] => read(Path::new(path), times.parse()?),
        ["flood", process, folder, files, number] => {
            flood(process, Path::new(folder), files.parse()?, number.parse()?)
        }
        _ => Err(format!("nobody does {words:?}").into()),
    }
}

/// Reads a file again and again.
fn read(path: &Path, times: u32) -> Result<()> {
    for _ in 0..times {
        fs::read(path)?;
    }
    Ok(())
}

/// While a process cannot run, fills the queue in which the operating system keeps events for it, then changes the
/// settings: the event of that is lost.
fn flood(process: &str, folder: &Path, files: u32, number: u64) -> Result<()> {
    signal("STOP", process)?;
    wait_for("the stop", || process::is_stopped(process).then_some(()))?;
    let fill = || -> Result<()> {
        for file in 0..files {
            fs::write(folder.join(format!("neighbour-{number}-{file}")), "x")?;
        }
        Ok(folder::replace(folder, "app.toml", &toml(number))?)
    };
    let filled = fill();
    signal("CONT", process)?;
    filled
}

fn signal(name: &str, process: &str) -> Result<()> {
    let status = Command::new("kill").arg(format!("-{name}")).arg(process).status()?;
    if status.success() { Ok(()) } else { Err(format!("kill -{name} failed: {status}").into()) }
}
