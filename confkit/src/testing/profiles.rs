//! Whether every profile that has files loads.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::path::PathBuf;

use confkit_sources::System;
use confkit_sources::declared::DeclaredFile;

use super::filler::Filler;
use super::places::Place;
use crate::config::Config;
use crate::loader::{Loader, Warnings};
use crate::report::{Problem, Report};

/// Loads every profile for which files are there, below a directory of the real file system.
///
/// Files and directories of files are read, in the declared order; variables, `.env`, mounted secrets and
/// arguments belong to a machine and are not. What they give is named by [`Profiles`].
///
/// # Errors
///
/// One report of what is wrong in all of them. A problem names its profiles.
///
/// # Example
///
/// ```no_run
/// use confkit::{Config, testing};
///
/// #[derive(Config)]
/// #[config(file = "config/base.toml", optional_file = "config/{profile}.toml")]
/// struct Settings {
///     port: u16,
/// }
///
/// testing::check_profiles::<Settings>(env!("CARGO_MANIFEST_DIR")).unwrap();
/// ```
pub fn check_profiles<T: Config>(root: impl Into<PathBuf>) -> Result<(), Report>
where
    T::Needs: crate::resolve::Unneeded<T>,
{
    Profiles::<T>::new().root(root).check()
}

/// A check of every profile for which files are there.
///
/// # Example
///
/// ```
/// use confkit::testing::Profiles;
/// use confkit::{Config, Secret, System};
///
/// #[derive(Config)]
/// #[config(file = "base.toml", optional_file = "{profile}.toml")]
/// struct Settings {
///     port: u16,
///     host: String,
///     token: Secret<String>,
/// }
///
/// let system = System::memory()
///     .file("base.toml", "port = 80\n")
///     .file("production.toml", "port = 'many'\n")
///     .file("staging.toml", "port = 81\n");
/// let profiles = Profiles::<Settings>::new().system(system).fill_secrets().fill("host");
/// assert_eq!(profiles.names(), ["default", "production", "staging"]);
/// let report = profiles.check().unwrap_err();
/// assert_eq!(
///     report.problems()[0].message(),
///     "in profile production: port must be an integer from 0 to 65535, not the string \"many\"",
/// );
/// ```
#[must_use = "it loads nothing before `check`"]
pub struct Profiles<T: Config> {
    system: System,
    root: Option<PathBuf>,
    fills_secrets: bool,
    filled: BTreeSet<String>,
    _type: PhantomData<fn() -> T>,
}

impl<T: Config> std::fmt::Debug for Profiles<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profiles")
            .field("root", &self.root)
            .field("filled", &self.filled)
            .finish_non_exhaustive()
    }
}

impl<T: Config> Default for Profiles<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: Config> Profiles<T> {
    /// Begins a check in the working directory of the real system.
    pub fn new() -> Self {
        let (system, filled) = (System::real(), BTreeSet::new());
        Self { system, root: None, fills_secrets: false, filled, _type: PhantomData }
    }

    /// Takes files from another system.
    pub fn system(self, system: System) -> Self {
        Self { system, ..self }
    }

    /// Sets where relative paths start.
    pub fn root(self, directory: impl Into<PathBuf>) -> Self {
        Self { root: Some(directory.into()), ..self }
    }

    /// Gives secrets that no file has test values: they come from elsewhere by their nature.
    pub fn fill_secrets(self) -> Self {
        Self { fills_secrets: true, ..self }
    }

    /// Gives a setting that no file has a test value, as a variable does in a deployment.
    pub fn fill(mut self, path: &str) -> Self {
        self.filled.insert(path.to_owned());
        self
    }

    /// Returns the profiles that are loaded: those that the declaration names, those that have files,
    /// and `default`, unless a file that is required names the profile and is not there for it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::testing::Profiles;
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(profiles("staging"), file = "config/{profile}.toml")]
    /// struct Settings {}
    ///
    /// let system = System::memory().file("config/live.toml", "");
    /// assert_eq!(Profiles::<Settings>::new().system(system).names(), ["live", "staging"]);
    /// ```
    pub fn names(&self) -> Vec<String> {
        let mut names = self.loader().profiles();
        let required = T::METADATA.loading().files().iter().filter(|file| file.is_required());
        let mut required = required.map(DeclaredFile::path).filter(|path| path.contains("{profile}"));
        let root = self.root.clone().unwrap_or_default();
        if required.all(|path| self.system.exists(&root.join(path.replace("{profile}", "default")))) {
            names.insert("default".to_owned());
        }
        names.into_iter().collect()
    }

    /// Loads every profile.
    ///
    /// # Errors
    ///
    /// One report of what is wrong in all of them. A problem names its profiles.
    pub fn check(&self) -> Result<(), Report>
    where
        T::Needs: crate::resolve::Unneeded<T>,
    {
        let names = self.names();
        let mut reports = BTreeMap::new();
        for name in &names {
            if let Err(report) = self.filler(name).fill() {
                reports.insert(name.as_str(), report);
            }
        }
        if reports.is_empty() { Ok(()) } else { Err(merged(T::METADATA.name(), names.len(), &reports)) }
    }

    /// The declared files and directories alone.
    fn loader(&self) -> Loader<T> {
        let loader = T::loader().system(self.system.clone()).warnings(Warnings::Ignore);
        let loader = self.root.iter().fold(loader, Loader::root);
        T::METADATA.loading().files().iter().fold(loader, |loader, file| {
            match (file.is_directory(), file.is_required()) {
                (false, true) => loader.file(file.path()),
                (false, false) => loader.optional_file(file.path()),
                (true, true) => loader.dir(file.path()),
                (true, false) => loader.optional_dir(file.path()),
            }
        })
    }

    fn filler(&self, profile: &str) -> Filler<T> {
        let may_fill: fn(&Place) -> bool =
            if self.fills_secrets { |place| place.is_secret } else { |_| false };
        Filler::over(self.loader().profile(profile)).only(may_fill, self.filled.clone())
    }
}

/// One report of several profiles; what is wrong in several of them is told once.
fn merged(type_name: &str, profiles: usize, reports: &BTreeMap<&str, Report>) -> Report {
    let mut told: Vec<(&Problem, Vec<&str>)> = Vec::new();
    for (&profile, report) in reports {
        for problem in report.problems() {
            let is_same = |known: &Problem| {
                let place = |one: &Problem| one.origin().map(ToString::to_string);
                known.path() == problem.path()
                    && known.message() == problem.message()
                    && place(known) == place(problem)
            };
            match told.iter_mut().find(|(known, _)| is_same(known)) {
                Some((_, names)) => names.push(profile),
                None => told.push((problem, vec![profile])),
            }
        }
    }
    let mut merged = Report::new(type_name, None);
    for (problem, names) in told {
        let words = match &names[..] {
            [one] => format!("in profile {one}"),
            all if all.len() == profiles => "in every profile".to_owned(),
            several => format!("in profiles {}", several.join(", ")),
        };
        merged.add(problem.clone().of_profiles(&words));
    }
    let notes: BTreeSet<&String> = reports.values().flat_map(Report::notes).collect();
    notes.into_iter().for_each(|note| merged.note(note.clone()));
    merged.sort();
    merged
}
