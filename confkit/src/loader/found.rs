//! Files that are found when a stack is read, each a layer of its own.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use confkit_sources::{File, Format, SourceError, Status};

use super::builder::Loader;
use super::profile::Profile;
use super::stack::{Stack, Step};
use crate::config::Config;

/// What the root of a project has in it; above it nothing is looked for.
const PROJECT: &str = ".git";

/// Where to look for files.
#[derive(Debug, Clone)]
pub(super) enum Finder {
    /// In a directory, all of them.
    Dir { path: PathBuf, required: bool },
    /// Where the platform keeps settings of programs.
    #[cfg(feature = "search")]
    Search { program: String, file: PathBuf },
    /// From the root up to that of the project, the nearest of the name.
    Upwards(PathBuf),
}

impl Finder {
    pub(super) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Dir { path, .. } | Self::Upwards(path) => path.to_string_lossy(),
            #[cfg(feature = "search")]
            Self::Search { file, .. } => file.to_string_lossy(),
        }
    }

    /// The path of a directory, as it was given.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::Dir { path, .. } => path.to_str(),
            Self::Upwards(_) => None,
            #[cfg(feature = "search")]
            Self::Search { .. } => None,
        }
    }

    /// Tells what prevents looking.
    pub(super) fn check(&self, stack: &Stack, profile: &str) -> Result<(), SourceError> {
        let Self::Dir { path, required } = self else { return Ok(()) };
        let path = of_profile(path, profile);
        match stack.system.list(&stack.root.join(&path)) {
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if *required {
                    Err(SourceError::NotFound { path: path.into_owned() })
                } else {
                    Ok(())
                }
            }
            Err(error) => Err(SourceError::Io { path: path.into_owned(), error }),
        }
    }

    /// The files that are there, lowest layer first.
    fn files(&self, stack: &Stack, profile: &str) -> Vec<File> {
        match self {
            Self::Dir { path, .. } => {
                let path = of_profile(path, profile);
                let names = stack.system.list(&stack.root.join(&path)).unwrap_or_default();
                let files =
                    names.iter().filter(|name| is_config(name, &stack.formats)).map(|name| path.join(name));
                let is_file = |path: &PathBuf| {
                    let status = stack.system.status(&stack.root.join(path));
                    // What cannot be looked at is told when it is read.
                    !status.is_ok_and(|status| !status.is_file())
                };
                files.filter(is_file).map(|path| File::new(path).optional()).collect()
            }
            #[cfg(feature = "search")]
            Self::Search { program, file } => {
                let mut folders = stack.system.config_folders();
                // The user's own is a place for what is missing, and named even if it is not there.
                let own = folders.pop();
                let path = |folder: PathBuf| folder.join(program).join(file);
                let is_there = |path: &PathBuf| stack.system.exists(&of_profile(path, profile));
                let found = folders.into_iter().map(path).filter(is_there);
                found.chain(own.map(path)).map(|path| File::new(path).optional()).collect()
            }
            Self::Upwards(file) => {
                let Ok(start) = stack.system.absolute(&stack.root) else { return Vec::new() };
                let is_there = |folder: &Path| {
                    let path = folder.join(of_profile(file, profile));
                    stack.system.status(&path).is_ok_and(Status::is_file)
                };
                let is_last = |folder: &Path| is_there(folder) || stack.system.exists(&folder.join(PROJECT));
                let found =
                    start.ancestors().find(|folder| is_last(folder)).filter(|folder| is_there(folder));
                found.map(|folder| File::new(folder.join(file)).optional()).into_iter().collect()
            }
        }
    }
}

/// The stack with the files that are found behind what looks for them, if anything does.
pub(super) fn expand(stack: &Stack, profile: &Profile) -> Option<Stack> {
    let is_finder = |step: &Step| matches!(step, Step::Found(_));
    if !stack.steps.iter().any(is_finder) {
        return None;
    }
    let mut steps = Vec::with_capacity(stack.steps.len() + 8);
    for step in &stack.steps {
        steps.push(step.clone());
        let Step::Found(finder) = step else { continue };
        // A name that is none must not become a part of a path.
        if profile.wrong.is_none() || !finder.name().contains("{profile}") {
            steps.extend(finder.files(stack, &profile.name).into_iter().map(Step::File));
        }
    }
    Some(Stack { steps, ..stack.clone() })
}

/// Whether a file in a directory is meant: not hidden, no copy of an editor's or a packager's, and in
/// a format that is known: to the stack, or be it to another build.
fn is_config(name: &OsStr, formats: &[Format]) -> bool {
    let (text, path) = (name.to_string_lossy(), Path::new(name));
    let is_known = || Format::feature_for(path).is_some() || Format::among(formats, path).is_some();
    !text.starts_with(['.', '#']) && !text.ends_with('~') && is_known()
}

fn of_profile<'p>(path: &'p Path, profile: &str) -> Cow<'p, Path> {
    match path.to_str().filter(|path| path.contains("{profile}")) {
        Some(path) => Cow::Owned(path.replace("{profile}", profile).into()),
        None => Cow::Borrowed(path),
    }
}

impl<T: Config> Loader<T> {
    /// Adds all files of a directory that has to be there, in the order of their names: each is a
    /// layer of its own, in the format of its extension. Files of other extensions, hidden ones and
    /// copies of editors are passed over.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let system = System::memory()
    ///     .file("conf.d/10-base.toml", "port = 1\nhost = 'db'")
    ///     .file("conf.d/50-port.toml", "port = 2")
    ///     .file("conf.d/README", "");
    /// let loaded = Settings::loader().system(system).dir("conf.d").load_traced()?;
    /// assert_eq!((loaded.host.as_str(), loaded.port), ("db", 2));
    /// assert_eq!(loaded.explain("port").unwrap().origin().to_string(), "conf.d/50-port.toml:1:8");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn dir(self, path: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.dir(path))
    }

    /// Adds all files of a directory that may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().system(System::memory()).optional_dir("conf.d");
    /// assert_eq!(loader.load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn optional_dir(self, path: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.optional_dir(path))
    }

    /// Adds a program's file from each of the folders in which the platform keeps settings: the
    /// machine's below, the user's on top. All of them are layers, and any may be absent.
    ///
    /// They are `$XDG_CONFIG_DIRS`, or `/etc/xdg`, and `$XDG_CONFIG_HOME`, or `~/.config`. On Windows they are
    /// the known folders `ProgramData` and `RoamingAppData`; macOS has those of its library below.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let system = System::memory()
    ///     .var("HOME", "/home/ada")
    ///     .file("/etc/xdg/orders/config.toml", "port = 1\nhost = 'db'")
    ///     .file("/home/ada/.config/orders/config.toml", "port = 2");
    /// let settings = Settings::loader().system(system).search("orders", "config.toml").load()?;
    /// assert_eq!((settings.host.as_str(), settings.port), ("db", 2));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "search")]
    pub fn search(self, program: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.search(program, file))
    }

    /// Adds the nearest file of a name: from the [`root`](Self::root) up to the root of the project,
    /// which is the first folder with a `.git` in it, else to that of the file system. It may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let system = System::memory()
    ///     .root("/projects/orders/crates/http")
    ///     .file("/projects/orders/.git/HEAD", "")
    ///     .file("/projects/orders/orders.toml", "port = 80");
    /// let loaded = Settings::loader().system(system).upwards("orders.toml").load_traced()?;
    /// let why = loaded.explain("port").unwrap();
    /// assert_eq!(why.origin().to_string(), "/projects/orders/orders.toml:1:8");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn upwards(self, file: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.upwards(file))
    }
}

impl Stack {
    /// Adds all files of a directory that has to be there, in the order of their names: each is a
    /// layer of its own, in the format of its extension. Files of other extensions, hidden ones and
    /// copies of editors are passed over.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack, System};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let system = System::memory().file("conf.d/http.toml", "[http]\nport = 80");
    /// let layers = Stack::new().system(system).dir("conf.d").read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn dir(self, path: impl Into<PathBuf>) -> Self {
        self.with(Step::Found(Finder::Dir { path: path.into(), required: true }))
    }

    /// Adds all files of a directory that may be absent.
    pub fn optional_dir(self, path: impl Into<PathBuf>) -> Self {
        self.with(Step::Found(Finder::Dir { path: path.into(), required: false }))
    }

    /// Adds a program's file from each of the folders in which the platform keeps settings; see
    /// [`Loader::search`].
    #[cfg(feature = "search")]
    pub fn search(self, program: impl Into<String>, file: impl Into<PathBuf>) -> Self {
        self.with(Step::Found(Finder::Search { program: program.into(), file: file.into() }))
    }

    /// Adds the nearest file of a name, from the root up to that of the project; see
    /// [`Loader::upwards`].
    pub fn upwards(self, file: impl Into<PathBuf>) -> Self {
        self.with(Step::Found(Finder::Upwards(file.into())))
    }
}
