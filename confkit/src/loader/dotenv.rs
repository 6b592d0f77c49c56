//! Files of variables, such as `.env`, as layers.

use std::ffi::OsStr;
use std::path::Path;

use confkit_sources::env::Variables;
use confkit_sources::{File, Format, Read, ReadContext, Source};

use super::builder::Loader;
use super::profile::Profile;
use super::stack::{Stack, Step};
use crate::config::Config;

impl<T: Config> Loader<T> {
    /// Adds a `.env` file that has to be there. Its names are bound as those of environment variables
    /// are, and nothing is added to the environment of the process.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     max_conn: u16,
    /// }
    ///
    /// let system = System::memory().file(".env", "# while testing\nAPP_MAX_CONN=8\n");
    /// let loaded = Settings::loader().system(system).dotenv(".env").load_traced()?;
    /// assert_eq!(loaded.max_conn, 8);
    /// assert_eq!(loaded.explain("max_conn").unwrap().origin().to_string(), ".env:2:14");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn dotenv(self, path: impl AsRef<Path>) -> Self {
        self.change(|stack| stack.dotenv(path))
    }

    /// Adds a `.env` file that may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 10)]
    ///     max_conn: u16,
    /// }
    ///
    /// let loader = Settings::loader().system(System::memory()).optional_dotenv(".env");
    /// assert_eq!(loader.load()?.max_conn, 10);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn optional_dotenv(self, path: impl AsRef<Path>) -> Self {
        self.change(|stack| stack.optional_dotenv(path))
    }
}

impl Stack {
    /// Adds a `.env` file that has to be there. Its names are bound as those of environment variables
    /// are, and nothing is added to the environment of the process.
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
    /// let system = System::memory().file(".env", "APP_HTTP_PORT=80");
    /// let layers = Stack::new().system(system).env_prefix("APP").dotenv(".env").read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn dotenv(self, path: impl AsRef<Path>) -> Self {
        self.with(Step::Dotenv(File::new(path).format(Format::Dotenv)))
    }

    /// Adds a `.env` file that may be absent.
    pub fn optional_dotenv(self, path: impl AsRef<Path>) -> Self {
        self.with(Step::Dotenv(File::new(path).format(Format::Dotenv).optional()))
    }

    /// The profile that a file of variables chooses; the topmost one that says something. One whose
    /// own path depends on the profile is not asked, and what is wrong with one is told in its turn.
    pub(super) fn dotenv_profile(&self, variable: &str) -> Option<Profile> {
        let cx = ReadContext::new().with_system(self.system.clone()).with_root(&self.root);
        let files = self.steps.iter().rev().filter_map(|step| match step {
            Step::Dotenv(file) if !file.path().contains("{profile}") => Some(file),
            _ => None,
        });
        files.into_iter().find_map(|file| {
            let Ok(Read::Document(document, _)) = file.read(&cx) else { return None };
            let variables = Variables::of_document(document, &self.system, &self.root);
            let name = variables.get(variable).and_then(OsStr::to_str).filter(|name| !name.is_empty())?;
            Some(Profile::new(name, Some(variables.origin(variable))))
        })
    }

    /// The topmost file of variables, by the name it is shown under.
    pub(super) fn dotenv_name(&self) -> Option<&str> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Dotenv(file) => Some(file.path()),
            _ => None,
        })
    }
}
