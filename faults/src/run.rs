//! One scenario in a process of its own, so that what is measured of the process is its own, too.

use std::ffi::OsStr;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::scenario::{Outcome, Result, Scenario, Size, Under};
use crate::settings::MARKER;

/// The word before the name of a scenario that is played in this process.
pub(crate) const ALONE: &str = "alone";
/// Longer than any scenario takes.
const LONGEST: Duration = Duration::from_secs(600);
/// Open files that a process may have where it must not get a watcher, and that it has open then.
pub(crate) const FEW_FILES: usize = 64;

/// Plays a scenario here, and prints what came of it.
pub(crate) fn alone(scenario: &Scenario, size: Size) -> Result<()> {
    thread::spawn(|| {
        thread::sleep(LONGEST);
        eprintln!("it did not end in {} s", LONGEST.as_secs());
        std::process::exit(1);
    });
    println!("{}", serde_json::to_string(&(scenario.play)(size)?)?);
    Ok(())
}

/// Plays a scenario in another process; `None` if this system cannot have its fault.
pub(crate) fn apart(scenario: &Scenario, size: Size) -> Result<Option<Outcome>> {
    let Some(mut command) = command(scenario.under)? else { return Ok(None) };
    command.arg(ALONE).arg(scenario.name).args((size == Size::Quick).then_some("--quick"));
    let output = command.stdin(Stdio::null()).output()?;
    let (printed, complaints) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut outcome = match serde_json::from_str(&printed) {
        Ok(outcome) if output.status.success() => outcome,
        _ => Outcome {
            faults: vec![format!("{}: {}", output.status, complaints.trim())],
            ..Outcome::default()
        },
    };
    outcome
        .check(!printed.contains(MARKER) && !complaints.contains(MARKER), || "a secret was shown".to_owned());
    Ok(Some(outcome))
}

/// This program, in need of something.
fn command(under: Under) -> Result<Option<Command>> {
    let program = std::env::current_exe()?;
    Ok(Some(match under {
        Under::Nothing => Command::new(program),
        Under::FewFiles => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("ulimit -n {FEW_FILES} && exec \"$0\" \"$@\"")).arg(program);
            shell
        }
        // A user namespace has limits of its own; those of the system are not touched.
        Under::FewWatches => {
            let shell = "echo 1 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"";
            let words = ["--user", "--map-root-user", "sh", "-c"];
            let can =
                Command::new("unshare").args(words).arg(shell).arg("true").stderr(Stdio::null()).status();
            if !can.is_ok_and(|status| status.success()) {
                return Ok(None);
            }
            let mut command = Command::new("unshare");
            command.args(words.map(OsStr::new)).arg(shell).arg(program);
            command
        }
    }))
}
