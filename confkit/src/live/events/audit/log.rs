//! A log that is being written.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::chain::Head;
use super::line::{Content, Line};
use super::lock::Lock;
use super::options::Rules;
use super::place::Place;
use super::tail::Tail;
use super::trouble::{at, told};
use super::verify::Verifier;

#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    file: File,
    rules: Rules,
    head: Head,
    length: u64,
    /// Whether head and length are those of the file: not before it was looked at, and after a failure.
    is_known: bool,
    _lock: Lock,
}

impl Log {
    /// Opens a log and looks at its end, or begins one.
    pub(super) fn open(path: &Path, rules: Rules) -> io::Result<Self> {
        if path.metadata().is_ok_and(|found| !found.is_file()) {
            let help = "give the path of a file; it is made if it is not there";
            return Err(told(io::ErrorKind::InvalidInput, path, "an audit log has to be a file", help));
        }
        let lock = Lock::take(&beside(path, ".lock")).map_err(at(path))?;
        Self::of(path, rules, lock).map_err(at(path))
    }

    fn of(path: &Path, rules: Rules, lock: Lock) -> io::Result<Self> {
        finish_rotation(path)?;
        let is_new = !path.try_exists()?;
        let file = appending().open(path)?;
        if is_new {
            sync_folder(path)?;
        }
        let path = path.to_owned();
        let mut log = Self { path, file, rules, head: Head::START, length: 0, is_known: false, _lock: lock };
        log.look()?;
        Ok(log)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn head(&self) -> Head {
        self.head
    }

    /// Writes a record, into a new file if this one is full or not there any more. That it is gone is an error, though
    /// the record is kept.
    pub(super) fn append(&mut self, content: &Content) -> io::Result<()> {
        self.look().map_err(at(&self.path))?;
        let kept = self.stay().map_err(at(&self.path));
        let is_full = self.rules.rotate_at.is_some_and(|limit| self.length >= limit);
        let rotated = if is_full { self.rotate_by_number() } else { Ok(()) };
        self.write(content).map_err(at(&self.path))?;
        kept.and(rotated)
    }

    /// Has everything on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Gives the file another name, and goes on in a new one.
    pub(super) fn rotate(&mut self, kept: &Path) -> io::Result<()> {
        self.look().and_then(|()| self.stay()).and_then(|()| self.sync()).map_err(at(&self.path))?;
        let name = kept.file_name().unwrap_or_default().to_string_lossy();
        self.go_on(&Content::continued(&name), Some(kept))
    }

    /// Goes on in a new file if the log is not where and as it was written, and tells that.
    fn stay(&mut self) -> io::Result<()> {
        let place = Place::of(&self.file, self.length, &self.path)?;
        let aside = beside(&self.path, &format!(".found.{}", self.head.sequence));
        let name = aside.file_name().unwrap_or_default().to_string_lossy();
        let (found, kept) = match place {
            Place::Own => return Ok(()),
            Place::Nothing => ("nothing", None),
            Place::Empty => ("an empty file", None),
            Place::Other => (&*name, Some(&*aside)),
        };
        self.go_on(&Content::restarted(found), kept)?;
        let what = "it was removed, renamed, replaced or changed by somebody else, and is begun anew";
        let help = "find out who has done that; the program itself can rotate the log";
        Err(told(io::ErrorKind::NotFound, &self.path, what, help))
    }

    /// Goes on in a new file. What is in its place is kept under another name, if there is one.
    fn go_on(&mut self, first: &Content, kept: Option<&Path>) -> io::Result<()> {
        if let Some(kept) = kept
            && kept.try_exists().map_err(at(kept))?
        {
            return Err(at(kept)(io::ErrorKind::AlreadyExists.into()));
        }
        let next = beside(&self.path, ".next");
        let begun = self.begin(&next, first).map_err(at(&next));
        let begun = begun.and_then(|begun| self.swap(&next, kept).map(|()| begun));
        (self.file, self.head, self.length) = begun.inspect_err(|_| drop(fs::remove_file(&next)))?;
        sync_folder(&self.path).map_err(at(&self.path))
    }

    fn rotate_by_number(&mut self) -> io::Result<()> {
        let kept = beside(&self.path, &format!(".{}", self.head.sequence));
        self.rotate(&kept)
    }

    /// A file with its first record.
    fn begin(&self, next: &Path, first: &Content) -> io::Result<(File, Head, u64)> {
        let (line, head) = first.line(self.head, &self.rules.chain);
        let mut file = appending().create_new(true).open(next)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()?;
        Ok((file, head, line.len() as u64))
    }

    /// A crash between the two is what `finish_rotation` finds.
    fn swap(&self, next: &Path, kept: Option<&Path>) -> io::Result<()> {
        if let Some(kept) = kept {
            fs::rename(&self.path, kept).map_err(at(kept))?;
        }
        let back = |_: &io::Error| kept.map(|kept| fs::rename(kept, &self.path));
        fs::rename(next, &self.path).inspect_err(|error| drop(back(error))).map_err(at(&self.path))
    }

    fn write(&mut self, content: &Content) -> io::Result<()> {
        let (line, head) = content.line(self.head, &self.rules.chain);
        let written = self.file.write_all(line.as_bytes());
        if let Err(error) = written.and_then(|()| if self.rules.is_synced { self.sync() } else { Ok(()) }) {
            // What cannot be kept whole is not kept in part.
            self.is_known = self.file.set_len(self.length).is_ok();
            return Err(error);
        }
        self.head = head;
        self.length += line.len() as u64;
        Ok(())
    }

    /// Looks where the file ends, unless that is known; what is torn there is made whole.
    fn look(&mut self) -> io::Result<()> {
        if self.is_known {
            return Ok(());
        }
        let mut file = OpenOptions::new().read(true).write(true).open(&self.path)?;
        let tail = Tail::read(&mut file)?;
        self.head = match &tail.line {
            Some(line) => self.head_of(line)?,
            None => Head::START,
        };
        self.length = tail.whole;
        if !tail.torn.is_empty() {
            self.repair(&mut file, &tail)?;
        }
        self.is_known = true;
        Ok(())
    }

    fn head_of(&self, line: &[u8]) -> io::Result<Head> {
        let chain = &self.rules.chain;
        let fits = |line: &Line<'_>| line.is_keyed == chain.is_keyed() && line.is_genuine(chain);
        match Line::read(line).filter(fits) {
            Some(line) => Ok(line.head()),
            None => Err(self.fault()),
        }
    }

    /// What is wrong with a log whose last record is.
    fn fault(&self) -> io::Error {
        match Verifier::of(self.rules.chain.clone()).files([&self.path]) {
            Err(fault) => io::Error::new(io::ErrorKind::InvalidData, fault),
            Ok(_) => io::Error::other("the audit log was changed while it was looked at"),
        }
    }

    /// Writes over what is torn a record that holds it, and is longer. First what goes beyond it, which fails if
    /// the disk is full, and last the end of the line: until that is there, a crash leaves a torn record again
    /// that has everything.
    fn repair(&mut self, file: &mut File, tail: &Tail) -> io::Result<()> {
        let (line, head) = Content::repaired(&tail.torn).line(self.head, &self.rules.chain);
        let (text, end) = line.as_bytes().split_at(line.len() - 1);
        let (over, beyond) = text.split_at(tail.torn.len());
        let length = tail.whole + over.len() as u64;
        write_at(file, length, beyond).inspect_err(|_| drop(file.set_len(length)))?;
        write_at(file, tail.whole, over)?;
        write_at(file, length + beyond.len() as u64, end)?;
        file.sync_data()?;
        self.head = head;
        self.length += line.len() as u64;
        Ok(())
    }
}

fn write_at(file: &mut File, at: u64, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    file.write_all(bytes)
}

/// Finishes what a crash has kept from being renamed.
fn finish_rotation(path: &Path) -> io::Result<()> {
    let next = beside(path, ".next");
    match (path.try_exists()?, next.try_exists()?) {
        (false, true) => fs::rename(&next, path),
        // The log was not renamed yet, and nothing else was written to the new one.
        (true, true) => fs::remove_file(&next),
        _ => Ok(()),
    }
}

fn appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Has the names of files on the disk, where folders can be opened.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The path with something added to its name.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(end);
    name.into()
}
