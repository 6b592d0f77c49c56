//! What a migration of files would do, before it does it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use confkit_sources::{Document, Origin, OriginKind, System};

use super::diff::{Side, unified};
use super::masks::Masks;
use crate::report::{Code, Problem, Report};

/// What a migration would do with files. Nothing is changed before [`write`](Self::write).
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
/// let system = System::memory().file("app.ini", "version = 1\nprot = 80\n");
/// let plan = Files::of(&Settings::loader().declared().system(system)).up()?;
/// assert_eq!(plan.to_string(), "app.ini: version 1 to 2\n");
/// assert_eq!(plan.diff(), "\
/// --- app.ini
/// +++ app.ini
/// @@ -1,2 +1,2 @@
/// -version = 1
/// -prot = 80
/// +version = 2
/// +port = 80
/// ");
/// # }
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug)]
pub struct Plan {
    pub(super) type_name: &'static str,
    pub(super) system: System,
    pub(super) files: Vec<Planned>,
    /// Whether values and comments may be secret.
    pub(super) has_secrets: bool,
}

/// What a migration would do with one file.
#[derive(Debug)]
pub struct Planned {
    pub(super) path: PathBuf,
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) before: Document,
    pub(super) after: Document,
    pub(super) masks: Masks,
}

impl Planned {
    /// Returns the file as reports name it.
    pub fn name(&self) -> &str {
        self.before.name()
    }

    /// Returns the version that it is of.
    pub fn from(&self) -> u32 {
        self.from
    }

    /// Returns the version that it would be of.
    pub fn to(&self) -> u32 {
        self.to
    }
}

impl Plan {
    /// Returns the files that would change.
    pub fn files(&self) -> &[Planned] {
        &self.files
    }

    /// Returns whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns the lines that would change, as `diff -u` writes them.
    ///
    /// If the settings have secrets, values are masked that are secret, or no setting's, and so are
    /// comments, which may be an old value; inside [`with_exposed`](crate::with_exposed) nothing is.
    pub fn diff(&self) -> String {
        let of = |file: &Planned| {
            let before = Side { document: &file.before, hidden: &file.masks.before };
            let after = Side { document: &file.after, hidden: &file.masks.after };
            unified(file.name(), &before, &after, self.has_secrets)
        };
        self.files.iter().map(of).collect()
    }

    /// Changes the files, each as a whole, and puts what it was beside it: `app.toml.v1.bak`, or
    /// `app.toml.v1.2.bak` if that is there. Rights stay.
    ///
    /// # Errors
    ///
    /// A file that has changed since the plan was made, and what the operating system says. Files before
    /// it are changed by then; the report says which.
    pub fn write(self) -> Result<(), Report> {
        for (number, file) in self.files.iter().enumerate() {
            if let Err(problem) = file.write(&self.system) {
                let mut report = Report::of_migrating(self.type_name);
                report.add(problem);
                let done: Vec<&str> = self.files[..number].iter().map(Planned::name).collect();
                if !done.is_empty() {
                    report.note(format!("written before: {}", done.join(", ")));
                }
                return Err(report);
            }
        }
        Ok(())
    }
}

/// The files with their versions, a line each.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.files.iter().try_for_each(|file| {
            writeln!(f, "{}: version {} to {}", crate::report::clean(file.name()), file.from, file.to)
        })
    }
}

impl Planned {
    fn write(&self, system: &System) -> Result<(), Problem> {
        let name = self.name();
        let failed = |what: &str, error: &io::Error| {
            let code = match error.kind() {
                io::ErrorKind::PermissionDenied => Code::Permission,
                _ => Code::Source,
            };
            self.problem(
                code,
                format!("{what} cannot be written: {}", error.kind()),
                "check the rights of its folder",
            )
        };
        let now = system.read(&self.path).map_err(|error| failed(name, &error))?;
        if now != self.before.text().as_bytes() {
            let message = format!("{name} has changed since the migration was planned");
            return Err(self.problem(Code::Source, message, "plan it again"));
        }
        let backup = backup(system, &self.path, self.from);
        let shown = backup.display().to_string();
        system.copy(&self.path, &backup).map_err(|error| failed(&shown, &error))?;
        system.write(&self.path, self.after.text().as_bytes(), false).map_err(|error| failed(name, &error))
    }

    fn problem(&self, code: Code, message: String, help: &str) -> Problem {
        let origin = Origin::new(OriginKind::File, self.name().to_owned());
        crate::loader::file_problem(code, message, help, origin)
    }
}

/// A name beside a file that nothing has yet.
fn backup(system: &System, path: &Path, version: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut backup = path.with_file_name(format!("{name}.v{version}.bak"));
    let mut number = 2;
    while system.exists(&backup) {
        backup = path.with_file_name(format!("{name}.v{version}.{number}.bak"));
        number += 1;
    }
    backup
}
