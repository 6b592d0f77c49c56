//! Files on their way to another version.

use std::fmt;
use std::path::Path;

use confkit_sources::File;

use super::masks::Documents;
use super::plan::{Plan, Planned};
use super::run::{Failed, Versions};
use super::stop::Stop;
use super::text;
use super::values::Made;
use crate::config::Config;
use crate::loader::{Loader, ReadFile, VersionedFiles};
use crate::report::{Problem, Report};

/// The files of a loader, of which some may be of another version.
///
/// They are read from the loader's system, and nothing is changed before [`Plan::write`]. A path with
/// `{profile}` is every file of that pattern that is there.
///
/// # Example
///
/// ```
/// use confkit::migrate::{Files, Migrations};
/// use confkit::{Config, System};
///
/// fn migrations() -> Migrations {
///     Migrations::new().step(2, |step| step.rename("prot", "port"))
/// }
///
/// #[derive(Config)]
/// #[config(file = "app.toml", optional_file = "{profile}.toml", version = 2, migrations = migrations)]
/// struct Settings {
///     port: u16,
/// }
///
/// let system = System::memory()
///     .file("app.toml", "version = 2\nport = 80")
///     .file("dev.toml", "prot = 8080");
/// let files = Files::of(&Settings::loader().declared().system(system));
/// let told: Vec<String> = files.status()?.iter().map(ToString::to_string).collect();
/// assert_eq!(told, ["app.toml: version 2, up to date", "dev.toml: version 1, to be brought to version 2"]);
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Files {
    files: VersionedFiles,
}

/// The version of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    name: String,
    version: u32,
    target: u32,
}

impl Status {
    /// Returns the file as reports name it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the version that the file is of.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Returns the version that the program reads.
    pub fn target(&self) -> u32 {
        self.target
    }

    /// Returns whether the file is of the version that the program reads.
    pub fn is_current(&self) -> bool {
        self.version == self.target
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: version {}, ", crate::report::clean(&self.name), self.version)?;
        match self.version.cmp(&self.target) {
            std::cmp::Ordering::Equal => f.write_str("up to date"),
            std::cmp::Ordering::Less => write!(f, "to be brought to version {}", self.target),
            std::cmp::Ordering::Greater => write!(f, "newer than version {} of the program", self.target),
        }
    }
}

impl Files {
    /// The files of a loader, wherever in its stack they are.
    pub fn of<T: Config>(loader: &Loader<T>) -> Self {
        Self { files: VersionedFiles::of(loader) }
    }

    /// Adds a file that the loader does not read.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Files;
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(version = 1)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let system = System::memory().file("other.toml", "port = 80");
    /// let files = Files::of(&Settings::loader().system(system)).file("other.toml");
    /// assert!(files.status()?[0].is_current());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn file(self, path: impl AsRef<Path>) -> Self {
        Self { files: self.files.with(File::new(path)) }
    }

    /// Tells the version of every file that is there; of a type without a version, nothing.
    ///
    /// # Errors
    ///
    /// Files that cannot be read, and versions that are none.
    pub fn status(&self) -> Result<Vec<Status>, Report> {
        self.each(|versions, file| {
            let stated = versions.stated(&file.document).map_err(|stop| self.whole(file, stop))?;
            let version = stated.unwrap_or(versions.unversioned());
            let name = file.document.name().to_owned();
            Ok(Some(Status { name, version, target: versions.target }))
        })
    }

    /// Plans to bring every older file to the version that the type reads.
    ///
    /// # Errors
    ///
    /// Everything that keeps a file from it: those that cannot be read or are newer, steps that are
    /// missing or fail, formats that cannot be edited, and edits that would change anything else.
    pub fn up(&self) -> Result<Plan, Report> {
        self.plan(|versions, file| {
            let version = versions.version(&file.document).map_err(|stop| self.whole(file, stop))?;
            if version == versions.target {
                return Ok(None);
            }
            let made = versions.up(&file.document, version).map_err(|failed| self.failed(file, failed))?;
            Ok(Some((version, versions.target, made)))
        })
    }

    /// Plans to bring every file of a newer version down to another one; 0 is taken for 1, the first.
    ///
    /// # Errors
    ///
    /// As of [`up`](Self::up), and steps that cannot be undone.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::{Files, Migrations};
    /// use confkit::{Config, System};
    ///
    /// fn migrations() -> Migrations {
    ///     Migrations::new().step(2, |step| step.rename("prot", "port"))
    /// }
    ///
    /// #[derive(Config)]
    /// #[config(file = "app.ini", version = 2, migrations = migrations)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// # #[cfg(feature = "ini")] {
    /// let system = System::memory().file("app.ini", "version = 2\n; tcp\nport = 80\n");
    /// let files = Files::of(&Settings::loader().declared().system(system.clone()));
    /// files.down(1)?.write()?;
    /// let written = system.read("app.ini".as_ref()).unwrap();
    /// assert_eq!(String::from_utf8_lossy(&written), "version = 1\n; tcp\nprot = 80\n");
    /// # }
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn down(&self, to: u32) -> Result<Plan, Report> {
        let to = to.max(1);
        self.plan(|versions, file| {
            let version = versions.version(&file.document).map_err(|stop| self.whole(file, stop))?;
            if version <= to {
                return Ok(None);
            }
            let made = versions.down(&file.document, version, to);
            Ok(Some((version, to, made.map_err(|failed| self.failed(file, failed))?)))
        })
    }

    fn plan(
        &self,
        make: impl Fn(&Versions, &ReadFile) -> Result<Option<(u32, u32, Made)>, Vec<Problem>>,
    ) -> Result<Plan, Report> {
        let files = self.each(|versions, file| {
            let Some((from, to, made)) = make(versions, file)? else { return Ok(None) };
            self.planned(versions, file, (from, to), &made).map(Some)
        })?;
        Ok(Plan {
            type_name: self.files.metadata.name(),
            system: self.files.system().clone(),
            files,
            has_secrets: self.files.metadata.may_hold_secret(),
        })
    }

    /// Does something with every file; all problems are told together.
    fn each<R>(
        &self,
        make: impl Fn(&Versions, &ReadFile) -> Result<Option<R>, Vec<Problem>>,
    ) -> Result<Vec<R>, Report> {
        let mut report = Report::of_migrating(self.files.metadata.name());
        let Some(versions) = Versions::of(self.files.metadata, &self.files.section()) else {
            return Ok(Vec::new());
        };
        let (files, problems) = self.files.read();
        problems.into_iter().for_each(|problem| report.add(problem));
        let mut made = Vec::new();
        for file in &files {
            match make(&versions, file) {
                Ok(one) => made.extend(one),
                Err(problems) => problems.into_iter().for_each(|problem| report.add(problem)),
            }
        }
        report.sort();
        if report.is_empty() { Ok(made) } else { Err(report) }
    }

    /// Makes in the text what was made in memory.
    fn planned(
        &self,
        versions: &Versions,
        file: &ReadFile,
        (from, to): (u32, u32),
        made: &Made,
    ) -> Result<Planned, Vec<Problem>> {
        let key = versions.path();
        let after = text::changed(&file.document, made, (&key, to)).map_err(|stop| self.whole(file, stop))?;
        let documents = Documents { before: &file.document, made: &made.document, after: &after };
        let masks = documents.masks(versions, self.files.metadata, from < to);
        let before = file.document.without(&[]);
        Ok(Planned { path: file.path.clone(), from, to, before, after, masks })
    }

    fn whole(&self, file: &ReadFile, stop: Stop) -> Vec<Problem> {
        self.failed(file, Box::new((file.document.without(&[]), stop.into_draft(false))))
    }

    fn failed(&self, file: &ReadFile, failed: Failed) -> Vec<Problem> {
        let (document, draft) = *failed;
        self.files.problems(document, file.position(), draft)
    }
}
