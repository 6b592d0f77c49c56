//! The one door to files, variables and arguments.

mod files;
mod folders;
mod looked;
#[cfg(feature = "watch")]
mod places;
#[cfg(feature = "search")]
mod search;
#[cfg(feature = "watch")]
mod watching;
#[cfg(feature = "edit")]
mod write;

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use files::Files;
pub use folders::Status;
use looked::Use;
pub use looked::{Looked, Stamps};
#[cfg(feature = "watch")]
pub use watching::{Unwatched, Watching};

/// Where files, variables and arguments are looked up: the real system, or one made in memory for a
/// test.
///
/// Nothing in confkit reads any of them past it, so that a whole stack of layers, its
/// declared files and profiles included, runs in memory.
///
/// # Example
///
/// ```
/// use confkit_sources::System;
///
/// let system = System::memory().file("config/base.toml", "port = 1\n").var("APP_PORT", "2");
/// assert_eq!(system.read("config/base.toml".as_ref()).unwrap(), b"port = 1\n");
/// assert_eq!(system.variable("APP_PORT").unwrap(), "2");
/// assert!(system.read("other.toml".as_ref()).is_err());
/// ```
#[derive(Clone, Default)]
pub struct System(Option<Arc<Memory>>, Option<Looked>);

#[derive(Clone, Default)]
struct Memory {
    files: Files,
    variables: BTreeMap<OsString, OsString>,
    ignores_variable_case: bool,
    arguments: Vec<OsString>,
    root: PathBuf,
}

impl System {
    /// The files, variables and arguments of this process.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// assert!(System::real().is_real());
    /// ```
    pub fn real() -> Self {
        Self(None, None)
    }

    /// An empty system in memory.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory();
    /// assert!(!system.is_real() && system.variables().is_empty());
    /// ```
    pub fn memory() -> Self {
        Self(Some(Arc::default()), None)
    }

    /// Adds a file to a system in memory. On the real system nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("a/b.toml", "port = 80").file("a/c.toml", [0xFF]);
    /// assert_eq!(system.names("a".as_ref()), ["b.toml", "c.toml"]);
    /// ```
    pub fn file(self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Self {
        self.change(|memory| {
            let path = normalized(&memory.root.join(path));
            memory.files.put(path, content.as_ref());
        })
    }

    /// Adds a variable to a system in memory. On the real system nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().var("APP_PORT", "80");
    /// assert_eq!(system.variable("APP_PORT").unwrap(), "80");
    /// ```
    pub fn var(self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.change(|memory| {
            memory.variables.insert(name.into(), value.into());
        })
    }

    /// Gives a system in memory its arguments, without the program's name. On the real system
    /// nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().args(["--port", "80"]);
    /// assert_eq!(system.arguments(), ["--port", "80"]);
    /// ```
    pub fn args<A: Into<OsString>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        self.change(|memory| memory.arguments = arguments.into_iter().map(Into::into).collect())
    }

    /// Sets the working directory of a system in memory; give it before files with relative paths.
    /// On the real system nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().root("/srv").file("app.toml", "port = 80");
    /// assert_eq!(system.read("/srv/app.toml".as_ref()).unwrap(), b"port = 80");
    /// ```
    pub fn root(self, root: impl Into<PathBuf>) -> Self {
        self.change(|memory| memory.root = root.into())
    }

    /// Lets a system in memory tell variables apart as Windows does: not by case. Without it a
    /// system in memory is the same on every machine. On the real system nothing happens.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().var("app_port", "80").ignore_variable_case();
    /// assert_eq!(system.variable("APP_PORT").unwrap(), "80");
    /// ```
    pub fn ignore_variable_case(self) -> Self {
        self.change(|memory| memory.ignores_variable_case = true)
    }

    fn change(self, change: impl FnOnce(&mut Memory)) -> Self {
        let memory = self.0.map(|mut memory| {
            change(Arc::make_mut(&mut memory));
            memory
        });
        Self(memory, self.1)
    }

    /// Returns whether this is the real system.
    pub fn is_real(&self) -> bool {
        self.0.is_none()
    }

    /// Returns whether `app_port` and `APP_PORT` are one variable: on Windows, and in memory where
    /// [`ignore_variable_case`](Self::ignore_variable_case) says so.
    pub fn ignores_variable_case(&self) -> bool {
        self.0.as_ref().map_or(cfg!(windows), |memory| memory.ignores_variable_case)
    }

    /// Returns the working directory.
    ///
    /// # Errors
    ///
    /// What the operating system says, where the directory was removed or cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().root("/srv");
    /// assert_eq!(system.working_directory().unwrap(), Path::new("/srv"));
    /// ```
    pub fn working_directory(&self) -> io::Result<PathBuf> {
        match &self.0 {
            None => std::env::current_dir(),
            Some(memory) => Ok(memory.root.clone()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("app.toml", "port = 80");
    /// assert_eq!(system.read("app.toml".as_ref()).unwrap(), b"port = 80");
    /// assert!(system.read("other.toml".as_ref()).is_err());
    /// ```
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.note(path, Use::Entry);
        match &self.0 {
            None => {
                self.refuse_pipe(path)?;
                std::fs::read(path)
            }
            Some(memory) => memory.read(path).map(|content| content.to_vec()),
        }
    }

    /// Reads a file of at most `limit` bytes; a larger one is an error of the kind `FileTooLarge`.
    ///
    /// # Errors
    ///
    /// What the operating system says, and files over the limit.
    ///
    /// # Example
    ///
    /// ```
    /// use std::io::ErrorKind;
    ///
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("key", "hunter2");
    /// assert_eq!(system.read_up_to("key".as_ref(), 7).unwrap(), b"hunter2");
    /// let error = system.read_up_to("key".as_ref(), 6).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::FileTooLarge);
    /// ```
    pub fn read_up_to(&self, path: &Path, limit: usize) -> io::Result<Vec<u8>> {
        self.note(path, Use::Entry);
        let bytes = match &self.0 {
            None => {
                self.refuse_pipe(path)?;
                let (file, most) = (std::fs::File::open(path)?, u64::try_from(limit).unwrap_or(u64::MAX));
                let size = file.metadata()?.len();
                if size > most {
                    return Err(io::Error::from(io::ErrorKind::FileTooLarge));
                }
                let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
                // It may have grown, or have no size.
                file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
                bytes
            }
            Some(memory) => memory.read(path)?.to_vec(),
        };
        if bytes.len() > limit {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        Ok(bytes)
    }

    /// Returns the names of what is in a directory, sorted; none if it cannot be read.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("config/b.toml", "").file("config/a/app.toml", "");
    /// assert_eq!(system.names("config".as_ref()), ["a", "b.toml"]);
    /// assert!(system.names("other".as_ref()).is_empty());
    /// ```
    pub fn names(&self, directory: &Path) -> Vec<String> {
        self.note(directory, Use::Listing);
        let mut names: Vec<String> = match &self.0 {
            None => {
                let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
                std::fs::read_dir(directory)
                    .into_iter()
                    .flatten()
                    .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
                    .collect()
            }
            Some(memory) => {
                let names = memory.files.inside(&normalized(&memory.root.join(directory))).into_iter();
                names.filter_map(|name| name.into_string().ok()).collect()
            }
        };
        names.sort();
        names.dedup();
        names
    }

    /// Returns whether a file or directory is there.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().file("base.toml", "");
    /// assert!(system.exists("base.toml".as_ref()));
    /// assert!(!system.exists("other.toml".as_ref()));
    /// ```
    pub fn exists(&self, path: &Path) -> bool {
        self.note(path, Use::Entry);
        match &self.0 {
            None => path.exists(),
            Some(memory) => memory.files.has_below(&normalized(&memory.root.join(path))),
        }
    }

    /// Returns the value of a variable.
    pub fn variable(&self, name: &str) -> Option<OsString> {
        match &self.0 {
            None => std::env::var_os(name),
            Some(memory) if memory.ignores_variable_case => {
                let same = |other: &OsStr| {
                    other.to_str().is_some_and(|other| other.to_uppercase() == name.to_uppercase())
                };
                memory.variables.iter().find(|(other, _)| same(other)).map(|(_, value)| value.clone())
            }
            Some(memory) => memory.variables.get(OsStr::new(name)).cloned(),
        }
    }

    /// Returns all variables.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// let system = System::memory().var("B", "2").var("A", "1");
    /// assert_eq!(system.variables().len(), 2);
    /// ```
    pub fn variables(&self) -> Vec<(OsString, OsString)> {
        match &self.0 {
            None => std::env::vars_os().collect(),
            Some(memory) => memory.variables.clone().into_iter().collect(),
        }
    }

    /// Returns the arguments, without the program's name.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// assert!(System::memory().arguments().is_empty());
    /// ```
    pub fn arguments(&self) -> Vec<OsString> {
        match &self.0 {
            None => std::env::args_os().skip(1).collect(),
            Some(memory) => memory.arguments.clone(),
        }
    }

    /// Returns the name under which the program was started, without its folder and extension. In
    /// memory it is `program`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::System;
    ///
    /// assert_eq!(System::memory().program(), "program");
    /// ```
    pub fn program(&self) -> String {
        let started = if self.is_real() { std::env::args_os().next() } else { None };
        let name = started.as_deref().map(Path::new).and_then(Path::file_stem);
        name.map_or_else(|| "program".to_owned(), |name| name.to_string_lossy().into_owned())
    }
}

impl Memory {
    fn read(&self, path: &Path) -> io::Result<Arc<[u8]>> {
        let path = normalized(&self.root.join(path));
        self.files.get(&path).ok_or_else(|| {
            let is_directory = self.files.has_below(&path);
            io::Error::from(if is_directory { io::ErrorKind::IsADirectory } else { io::ErrorKind::NotFound })
        })
    }
}

/// Shows what kind of system it is; what it has may be secret.
impl fmt::Debug for System {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_real() { "System::real()" } else { "System::memory()" })
    }
}

fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if normalized.file_name().is_some() => {
                normalized.pop();
            }
            component => normalized.push(component),
        }
    }
    normalized
}
