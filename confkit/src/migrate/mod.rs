//! Versions of files, and the way from one to the next.
//!
//! A type says which version of its files it reads, `#[config(version = 3, migrations = function)]`; a
//! file says its own under the key `version`. One that does not is of version 1. An older file is
//! migrated in memory when it is loaded, with a warning; [`Files`] does the same to files, where
//! comments and layout stay.
//!
//! # Example
//!
//! ```
//! use confkit::migrate::{Files, Migrations};
//! use confkit::{Config, System, Warnings};
//!
//! #[derive(Debug, Config)]
//! #[config(file = "app.toml", version = 3, migrations = migrations)]
//! struct Settings {
//!     host: String,
//!     timeout: std::time::Duration,
//! }
//!
//! fn migrations() -> Migrations {
//!     Migrations::new().step(2, |step| step.move_to("db.host", "host")).step(3, |step| {
//!         step.map(
//!             "timeout",
//!             |seconds: u64| Ok(format!("{seconds}s")),
//!             |text: String| Ok(text.trim_end_matches('s').parse::<u64>()?),
//!         )
//!     })
//! }
//!
//! # #[cfg(feature = "toml-edit")] {
//! # use std::path::Path;
//! let text = "timeout = 30 # seconds\n\n[db]\nhost = 'replica' # of eu\n";
//! let system = System::memory().file("app.toml", text);
//! let loader = Settings::loader().declared().system(system.clone()).warnings(Warnings::Ignore);
//!
//! // In memory.
//! let settings = loader.load()?;
//! assert_eq!((settings.host.as_str(), settings.timeout.as_secs()), ("replica", 30));
//!
//! // In the file: first what would change, then the change.
//! let plan = Files::of(&loader).up()?;
//! assert!(plan.diff().contains("+timeout = \"30s\" # seconds"));
//! plan.write()?;
//! let written = system.read(Path::new("app.toml")).unwrap();
//! assert_eq!(
//!     String::from_utf8_lossy(&written),
//!     "timeout = \"30s\" # seconds\nhost = 'replica' # of eu\nversion = 3\n",
//! );
//! assert_eq!(system.read(Path::new("app.toml.v1.bak")).unwrap(), text.as_bytes());
//! # }
//! # Ok::<(), confkit::Report>(())
//! ```
//!
//! # Known limits
//!
//! - Variables, arguments, `set` and sources of one's own have no version: old names are read by
//!   `renamed_from` there.
//! - Each file is migrated by itself. A step sees what one file has, not what all layers make.
//! - RON, HCL and formats of programs are migrated in memory; their texts are not edited.
//! - A file is not changed if a comment would be lost, or anything else would change its meaning. The
//!   [`Report`](crate::Report) says where.

mod diff;
mod files;
mod masks;
mod moves;
mod parts;
mod pattern;
mod plan;
mod run;
mod scaffold;
mod shape;
mod step;
mod stop;
mod text;
mod values;

pub use files::{Files, Status};
pub(crate) use moves::Moves;
pub use plan::{Plan, Planned};
#[cfg(feature = "testing")]
pub(crate) use run::wrong_steps;
pub(crate) use run::{Current, Versions, with_version};
pub use scaffold::{ScaffoldError, scaffold};
pub use step::Step;
pub use stop::Failure;
pub use values::Values;

/// The steps from older versions of files to the one that a type reads.
///
/// # Example
///
/// ```
/// use confkit::migrate::Migrations;
///
/// let migrations = Migrations::new()
///     .step(2, |step| step.move_to("db.host", "host"))
///     .step(3, |step| step.remove("legacy"));
/// assert_eq!(migrations.steps().map(|(version, _)| version).collect::<Vec<_>>(), [2, 3]);
/// ```
#[derive(Debug, Clone)]
pub struct Migrations {
    steps: Vec<(u32, Step)>,
    unversioned: u32,
}

impl Migrations {
    /// No steps; files without a version are of version 1.
    pub fn new() -> Self {
        Self { steps: Vec::new(), unversioned: 1 }
    }

    /// Adds the step to a version from the one before it.
    ///
    /// Steps may begin at any version: files that are older than all of them are a problem that says so.
    /// Between them, and up to the version that the type reads, none may be missing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    ///
    /// let migrations = Migrations::new().step(2, |step| step.rename("prot", "port"));
    /// assert!(migrations.steps().all(|(_, step)| step.is_reversible()));
    /// ```
    pub fn step(mut self, version: u32, step: impl FnOnce(Step) -> Step) -> Self {
        self.steps.push((version, step(Step::default())));
        self
    }

    /// Says of which version files are that say none; without it they are of version 1.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::migrate::Migrations;
    /// use confkit::{Config, Format};
    ///
    /// fn migrations() -> Migrations {
    ///     Migrations::new().unversioned(2).step(2, |step| step.rename("port", "prot"))
    /// }
    ///
    /// #[derive(Config)]
    /// #[config(version = 2, migrations = migrations)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let settings = Settings::loader().text(Format::Toml, "app.toml", "port = 80").load()?;
    /// assert_eq!(settings.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn unversioned(self, version: u32) -> Self {
        Self { unversioned: version, ..self }
    }

    /// Returns the steps with the versions they lead to, as they were added.
    pub fn steps(&self) -> impl Iterator<Item = (u32, &Step)> {
        self.steps.iter().map(|(version, step)| (*version, step))
    }
}

impl Default for Migrations {
    fn default() -> Self {
        Self::new()
    }
}
