//! What the operating system says of this process.

use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// How many threads it has.
pub(crate) fn threads() -> io::Result<usize> {
    Ok(fs::read_dir("/proc/self/task")?.count())
}

/// How many files it has open.
pub(crate) fn open_files() -> io::Result<usize> {
    Ok(fs::read_dir("/proc/self/fd")?.count())
}

/// How much memory it has, in KiB.
pub(crate) fn memory() -> io::Result<u64> {
    status("VmRSS:")
}

/// How much memory it had at most, in KiB.
pub(crate) fn most_memory() -> io::Result<u64> {
    status("VmHWM:")
}

fn status(name: &str) -> io::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
    kib.ok_or_else(|| io::Error::other(format!("/proc/self/status has no {name}")))
}

/// How long its threads have run.
pub(crate) fn processor_time() -> io::Result<Duration> {
    let mut nanoseconds = 0;
    for task in fs::read_dir("/proc/self/task")? {
        // One that has ended meanwhile has no file any more.
        let text = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        nanoseconds += text.split_whitespace().next().and_then(|word| word.parse().ok()).unwrap_or(0);
    }
    Ok(Duration::from_nanos(nanoseconds))
}

/// Whether a process was stopped.
pub(crate) fn is_stopped(process: &str) -> bool {
    let text = fs::read_to_string(Path::new("/proc").join(process).join("stat")).unwrap_or_default();
    // After the name, which may have anything in it.
    text.rsplit_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with('T'))
}
