//! One writer at a time.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Held as long as it lives, by one writer of all processes.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Takes it, or says that somebody else has it.
    pub(super) fn take(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        only(&mut options);
        let file = options.open(path).map_err(busy)?;
        lock(&file).map_err(busy)?;
        Ok(Self(file))
    }
}

impl Drop for Lock {
    /// It would end with its file, of which a process that is just being started may have a copy.
    fn drop(&mut self) {
        unlock(&self.0);
    }
}

fn busy(error: io::Error) -> io::Error {
    /// `ERROR_SHARING_VIOLATION` of Windows.
    const SHARED: i32 = 32;
    let is_held =
        error.kind() == io::ErrorKind::WouldBlock || cfg!(windows) && error.raw_os_error() == Some(SHARED);
    if is_held {
        return io::ErrorKind::ResourceBusy.into();
    }
    error
}

#[cfg(unix)]
fn only(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(unix)]
fn lock(file: &File) -> io::Result<()> {
    Ok(rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive)?)
}

#[cfg(unix)]
fn unlock(file: &File) {
    // What cannot be unlocked ends with the file all the same.
    let _ = rustix::fs::flock(file, rustix::fs::FlockOperation::Unlock);
}

#[cfg(not(unix))]
fn unlock(_: &File) {}

/// Opened for nobody else.
#[cfg(windows)]
fn only(options: &mut OpenOptions) {
    std::os::windows::fs::OpenOptionsExt::share_mode(options, 0);
}

#[cfg(not(any(unix, windows)))]
fn only(_: &mut OpenOptions) {}

#[cfg(not(unix))]
fn lock(_: &File) -> io::Result<()> {
    Ok(())
}
