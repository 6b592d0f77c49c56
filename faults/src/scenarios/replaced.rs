//! Files that are replaced in one step.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::{Duration, Instant};

use confkit::live::Builder;
use confkit::{Config, Loader};
use tempfile::TempDir;

use crate::folder::Folder;
use crate::scenario::{Outcome, Result, Size};
use crate::settings::{MARKER, Settings, toml};
use crate::stage::Stage;

/// What users have, and less where it is to be quick.
fn quiet(size: Size) -> Duration {
    size.of(Duration::from_millis(10), Duration::from_millis(100))
}

pub(super) fn renames(size: Size) -> Result<Outcome> {
    let folder = Folder::new()?;
    let mut stage = Stage::begin(folder.live(quiet(size)))?;
    for number in 2..=size.of(11, 101) {
        stage.change(number, || Ok(folder.replace(&toml(number))?))?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// A folder as Kubernetes mounts it: each version in a folder of its own, and a link to the current one.
struct Mounted(TempDir);

impl Mounted {
    /// The first version, of files that are given by name and text.
    fn new(files: &[(&str, String)]) -> Result<Self> {
        let mounted = Self(tempfile::tempdir()?);
        mounted.swap(1, files)?;
        for (name, _) in files {
            symlink(format!("..data/{name}"), mounted.path().join(name))?;
        }
        Ok(mounted)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Has another version in place of the one before, which is removed.
    fn swap(&self, version: u64, files: &[(&str, String)]) -> Result<()> {
        let at = |version: u64| self.path().join(format!("..{version}"));
        fs::create_dir(at(version))?;
        for (name, text) in files {
            fs::write(at(version).join(name), text)?;
        }
        symlink(at(version).file_name().unwrap_or_default(), self.path().join("..data_tmp"))?;
        fs::rename(self.path().join("..data_tmp"), self.path().join("..data"))?;
        if version > 1 {
            fs::remove_dir_all(at(version - 1))?;
        }
        Ok(())
    }

    fn live(&self, files: &[&str], quiet: Duration) -> Builder<Settings> {
        let loader = Settings::loader().root(self.path());
        let loader = files.iter().fold(loader, Loader::file);
        loader.live().quiet(quiet).poll(Duration::MAX)
    }
}

pub(super) fn swaps(size: Size) -> Result<Outcome> {
    let mounted = Mounted::new(&[("app.toml", toml(1))])?;
    let mut stage = Stage::begin(mounted.live(&["app.toml"], quiet(size)))?;
    for number in 2..=size.of(11, 101) {
        stage.change(number, || mounted.swap(number, &[("app.toml", toml(number))]))?;
    }
    stage.nothing_refused();
    Ok(stage.end())
}

/// One file has the one field, and another one the other.
fn halves(number: u64) -> [(&'static str, String); 2] {
    [
        ("a.toml", format!("number = {number}\nname = 'n{number}'\ntoken = '{MARKER}'\n")),
        ("b.toml", format!("twin = {number}\n")),
    ]
}

/// Swaps that do not wait for anybody, then pairs of renames.
pub(super) fn pairs(size: Size) -> Result<Outcome> {
    let files = ["a.toml", "b.toml"];
    let mounted = Mounted::new(&halves(1))?;
    let mut stage = Stage::begin(mounted.live(&files, Duration::from_millis(1)))?;
    let last = size.of(200, 5_000);
    for number in 2..=last {
        mounted.swap(number, &halves(number))?;
    }
    stage.settle(last, Instant::now())?;
    stage.nothing_refused();
    let mut outcome = stage.end();

    let folder = Folder::new()?;
    let write = |number| -> Result<()> {
        for (name, text) in halves(number) {
            crate::folder::replace(folder.path(), name, &text)?;
        }
        Ok(())
    };
    write(1)?;
    let loader = files.iter().fold(Settings::loader().root(folder.path()), Loader::file);
    let mut stage = Stage::begin(loader.live().poll(Duration::MAX))?;
    for number in 2..=size.of(4, 31) {
        stage.change(number, || write(number))?;
    }
    stage.nothing_refused();
    outcome.append(stage.end());
    Ok(outcome)
}
