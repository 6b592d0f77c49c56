//! Directories in which each file is one value, as layers.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use confkit_sources::SourceError;
use confkit_sources::mounted::Mounted;

use super::builder::Loader;
use super::stack::{Stack, Step};
use crate::config::Config;

/// The variable in which systemd says where a service's credentials are.
const CREDENTIALS: &str = "CREDENTIALS_DIRECTORY";

/// A directory of values, before it is read.
#[derive(Debug, Clone)]
pub(super) struct SecretsDir {
    place: Place,
    required: bool,
}

#[derive(Debug, Clone)]
enum Place {
    Path(PathBuf),
    /// Where a variable says.
    Variable(&'static str),
}

impl SecretsDir {
    pub(super) fn new(path: impl Into<PathBuf>, required: bool) -> Self {
        Self { place: Place::Path(path.into()), required }
    }

    pub(super) fn name(&self) -> Cow<'_, str> {
        match &self.place {
            Place::Path(path) => path.to_string_lossy(),
            Place::Variable(name) => Cow::Borrowed(name),
        }
    }

    /// The path as it was given, if it was.
    pub(super) fn path(&self) -> Option<&str> {
        match &self.place {
            Place::Path(path) => path.to_str(),
            Place::Variable(_) => None,
        }
    }

    /// Reads the directory; nothing if it may be absent and is.
    pub(super) fn read(&self, stack: &Stack, profile: &str) -> Result<Option<Mounted>, SourceError> {
        let path = match &self.place {
            Place::Path(path) => path.clone(),
            Place::Variable(name) => match stack.system.variable(name).filter(|path| !path.is_empty()) {
                Some(path) => path.into(),
                None => return Ok(None),
            },
        };
        let name = path.to_string_lossy().replace("{profile}", profile);
        let folder = stack.root.join(if path.to_str().is_some() { Path::new(&name) } else { &path });
        match Mounted::read(&stack.system, &folder, &name, stack.private) {
            Ok(mounted) => Ok(Some(mounted)),
            Err(SourceError::NotFound { .. }) if !self.required => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<T: Config> Loader<T> {
    /// Adds a directory in which each file is one value, and which has to be there. A file is called
    /// as the path of its setting, or as its variable, in any case and with or without the prefix.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     session_key: Secret<String>,
    ///     #[config(nested)]
    ///     database: Database,
    /// }
    ///
    /// #[derive(Config)]
    /// struct Database {
    ///     password: Secret<String>,
    /// }
    ///
    /// let system = System::memory()
    ///     .file("/run/secrets/session-key", "k\n")
    ///     .file("/run/secrets/database.password", "hunter2\n");
    /// let loaded = Settings::loader().system(system).secrets_dir("/run/secrets").load_traced()?;
    /// assert_eq!((loaded.session_key.expose().as_str(), loaded.database.password.expose().as_str()), ("k", "hunter2"));
    /// let why = loaded.explain("session_key").unwrap();
    /// assert_eq!(why.origin().to_string(), "/run/secrets/session-key");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn secrets_dir(self, path: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.secrets_dir(path))
    }

    /// Adds a directory in which each file is one value, and which may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     key: Option<Secret<String>>,
    /// }
    ///
    /// let loader = Settings::loader().system(System::memory()).optional_secrets_dir("/run/secrets");
    /// assert!(loader.load()?.key.is_none());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn optional_secrets_dir(self, path: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.optional_secrets_dir(path))
    }

    /// Adds the credentials that systemd hands to a service: the directory that the variable
    /// `CREDENTIALS_DIRECTORY` names. Without the variable there is no such layer.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     key: Secret<String>,
    /// }
    ///
    /// let system = System::memory()
    ///     .var("CREDENTIALS_DIRECTORY", "/run/credentials/app.service")
    ///     .file("/run/credentials/app.service/key", "hunter2");
    /// let settings = Settings::loader().system(system).credentials().load()?;
    /// assert_eq!(settings.key.expose(), "hunter2");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn credentials(self) -> Self {
        self.change(Stack::credentials)
    }

    /// Sets whether files of values are refused that users besides the owner and the group may read or
    /// change: those in directories of secrets, and those that variables name. Else they are not
    /// judged, since container platforms mount them so behind closed directories. On Windows they
    /// never are.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Config, Secret, System};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     key: Secret<String>,
    /// }
    ///
    /// let system = System::memory().file("/etc/app/keys/key", "hunter2").mode("/etc/app/keys/key", 0o644);
    /// let loader = Settings::loader().system(system).secrets_dir("/etc/app/keys");
    /// assert!(loader.load().is_ok());
    ///
    /// let report = loader.private_secrets(true).load().unwrap_err();
    /// assert_eq!(report.problems()[0].code(), Code::Permission);
    /// assert_eq!(report.problems()[0].help(), Some("chmod 600 /etc/app/keys/key"));
    /// ```
    pub fn private_secrets(self, private: bool) -> Self {
        self.change(|stack| stack.private_secrets(private))
    }
}

impl Stack {
    /// Adds a directory in which each file is one value, and which has to be there. A file is called
    /// as the path of its setting, or as its variable, in any case and with or without the prefix.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Secret, Stack, System};
    ///
    /// #[derive(Config)]
    /// struct Database {
    ///     password: Secret<String>,
    /// }
    ///
    /// let system = System::memory().file("/run/secrets/database-password", "hunter2\n");
    /// let layers = Stack::new().system(system).secrets_dir("/run/secrets").read()?;
    /// assert_eq!(layers.load::<Database>("database")?.password.expose(), "hunter2");
    /// layers.finish()?;
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn secrets_dir(self, path: impl Into<PathBuf>) -> Self {
        self.with(Step::Secrets(SecretsDir::new(path, true)))
    }

    /// Adds a directory in which each file is one value, and which may be absent.
    pub fn optional_secrets_dir(self, path: impl Into<PathBuf>) -> Self {
        self.with(Step::Secrets(SecretsDir::new(path, false)))
    }

    /// Adds the credentials that systemd hands to a service: the directory that the variable
    /// `CREDENTIALS_DIRECTORY` names. Without the variable there is no such layer.
    pub fn credentials(self) -> Self {
        self.with(Step::Secrets(SecretsDir { place: Place::Variable(CREDENTIALS), required: true }))
    }

    /// Sets whether files of values are refused that users besides the owner and the group may read or
    /// change; see [`Loader::private_secrets`].
    pub fn private_secrets(self, private: bool) -> Self {
        Self { private, ..self }
    }

    /// The topmost directory of values, by the name it is shown under.
    pub(super) fn secrets_name(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Secrets(directory) => directory.path(),
            _ => None,
        })
    }
}
