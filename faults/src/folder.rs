//! A folder of its own with a file of settings, and the ways in which files are changed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use confkit::live::Builder;
use confkit::{Config, Format, Loader};
use tempfile::TempDir;

use crate::settings::{Settings, text};

/// A folder that is removed with everything in it.
pub(crate) struct Folder {
    folder: TempDir,
    name: &'static str,
    format: Format,
}

impl Folder {
    /// With a file `app.toml` that says 1.
    pub(crate) fn new() -> io::Result<Self> {
        Self::with(Format::Toml)
    }

    /// With a file of a format that says 1.
    pub(crate) fn with(format: Format) -> io::Result<Self> {
        let name = match format {
            Format::Toml => "app.toml",
            Format::Yaml => "app.yaml",
            _ => "app.json",
        };
        let folder = Self { folder: tempfile::tempdir()?, name, format };
        folder.write(&folder.text(1))?;
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.at(self.name)
    }

    pub(crate) fn text(&self, number: u64) -> String {
        text(self.format, number)
    }

    pub(crate) fn loader(&self) -> Loader<Settings> {
        Settings::loader().root(self.path()).file(self.name)
    }

    /// Live settings over the file, which look when they hear of a change, and not by themselves.
    pub(crate) fn live(&self, quiet: Duration) -> Builder<Settings> {
        self.loader().live().quiet(quiet).poll(Duration::MAX)
    }

    /// Writes the file in place.
    pub(crate) fn write(&self, text: &str) -> io::Result<()> {
        fs::write(self.file(), text)
    }

    /// Puts a text in place of the file in one step, as editors and deployments do.
    pub(crate) fn replace(&self, text: &str) -> io::Result<()> {
        replace(self.path(), self.name, text)
    }

    /// Writes the file in place in parts, with a pause before each but the first.
    pub(crate) fn write_slowly<'a>(
        &self,
        parts: impl IntoIterator<Item = &'a str>,
        pause: Duration,
    ) -> io::Result<()> {
        let mut file = File::create(self.file())?;
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                thread::sleep(pause);
            }
            file.write_all(part.as_bytes())?;
        }
        Ok(())
    }
}

/// Puts a text in place of a file in one step.
pub(crate) fn replace(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let next = folder.join(format!(".{name}.new"));
    fs::write(&next, text)?;
    fs::rename(next, folder.join(name))
}
