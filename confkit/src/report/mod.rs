//! One report with everything that is wrong.

mod clean;
mod json;
mod known_secrets;
mod order;
#[cfg_attr(not(feature = "diagnostics"), allow(dead_code, reason = "only the renderer shows snippets"))]
mod problem;
mod render;
#[cfg_attr(not(feature = "diagnostics"), allow(dead_code, reason = "only the renderer shows snippets"))]
mod snippet;
mod suggest;

use std::fmt;

pub(crate) use clean::{clean, clean_origin};
#[cfg(feature = "diff")]
pub(crate) use json::place;
pub(crate) use known_secrets::KnownSecrets;
pub(crate) use order::by_rank;
pub(crate) use problem::Told;
pub use problem::{Code, Problem, Related, Severity};
#[cfg(feature = "args")]
pub(crate) use render::columns;
#[cfg(feature = "compat")]
pub(crate) use render::wrapped;
pub(crate) use snippet::{Reveal, Snippet};
#[cfg(any(feature = "args", feature = "env"))]
pub(crate) use suggest::longer;
pub(crate) use suggest::nearest;

#[cfg(feature = "cli")]
pub(crate) use render::Style;
#[cfg(not(feature = "cli"))]
use render::Style;

/// The exit code of a program whose settings are wrong: `EX_CONFIG` of `sysexits.h`.
const EX_CONFIG: u8 = 78;

/// What was to be done with the settings.
#[derive(Debug, Clone, Copy, Default)]
enum Intent {
    #[default]
    Load,
    #[cfg(feature = "write")]
    Write,
    #[cfg(feature = "migrate")]
    Migrate,
    /// Something while they are in force: whatever it was, they stay so.
    #[cfg(feature = "live")]
    Follow,
}

impl Intent {
    /// What becomes of the settings.
    fn outcome(self) -> &'static str {
        match self {
            Self::Load => "cannot be loaded",
            #[cfg(feature = "write")]
            Self::Write => "cannot be written",
            #[cfg(feature = "migrate")]
            Self::Migrate => "cannot be migrated",
            #[cfg(feature = "live")]
            Self::Follow => "stay as they are",
        }
    }
}

/// Everything that is wrong with a set of settings, in one value.
///
/// `Display` and `Debug` write the same plain text of at most 100 columns: all problems in the
/// order of the layers, each with its place, and what to do about it. [`print`](Self::print) and
/// [`exit`](Self::exit) write the same to standard error, in colour where the terminal takes it.
/// Nothing in a report is secret.
///
/// # Example
///
/// ```
/// use confkit::{Code, Config, Format};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     port: u16,
///     #[config(default = 4)]
///     workers: u8,
/// }
///
/// let text = "port = 70000\nworker = 8\n";
/// let report = Settings::loader().text(Format::Toml, "base.toml", text).load().unwrap_err();
///
/// let codes: Vec<Code> = report.problems().iter().map(|problem| problem.code()).collect();
/// assert_eq!(codes, [Code::Type, Code::UnknownKey]);
/// assert_eq!(report.problems()[1].suggestion(), Some("workers"));
/// assert!(report.to_string().contains("base.toml:1:8"));
/// ```
#[derive(Clone)]
pub struct Report(Box<Inner>);

#[derive(Debug, Clone, Default)]
struct Inner {
    type_name: String,
    profile: Option<String>,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    notes: Vec<String>,
    intent: Intent,
    /// The answer to `--help`, instead of problems.
    #[cfg(feature = "args")]
    help: Option<crate::help::Help>,
}

impl Report {
    pub(crate) fn new(type_name: &str, profile: Option<&str>) -> Self {
        Self(Box::new(Inner {
            type_name: type_name.to_owned(),
            profile: profile.map(|profile| clean(profile).into_owned()),
            ..Inner::default()
        }))
    }

    /// What keeps settings from being written.
    #[cfg(feature = "write")]
    pub(crate) fn of_writing(type_name: &str) -> Self {
        let mut report = Self::new(type_name, None);
        report.0.intent = Intent::Write;
        report
    }

    /// What keeps files from being migrated.
    #[cfg(feature = "migrate")]
    pub(crate) fn of_migrating(type_name: &str) -> Self {
        let mut report = Self::new(type_name, None);
        report.0.intent = Intent::Migrate;
        report
    }

    /// The same while settings are in force, which stay.
    #[cfg(feature = "live")]
    pub(crate) fn while_in_force(mut self) -> Self {
        self.0.intent = Intent::Follow;
        self
    }

    /// The answer to `--help`.
    #[cfg(feature = "args")]
    pub(crate) fn of_help(type_name: &str, help: crate::help::Help) -> Self {
        let mut report = Self::new(type_name, None);
        report.0.help = Some(help);
        report.note("the arguments ask for help".to_owned());
        report
    }

    /// Returns the options, 80 columns wide, if the arguments ask for them by `--help` or `-h`. Then
    /// there are no problems, `print` and `exit` write to standard output, and the status is 0.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().args(["--help"]).load_traced().unwrap_err();
    /// assert!(report.help().unwrap().contains("--port <INTEGER>"));
    /// assert!(report.problems().is_empty());
    /// ```
    #[cfg(feature = "args")]
    pub fn help(&self) -> Option<String> {
        self.0.help.as_ref().map(ToString::to_string)
    }

    /// Whether the report answers `--help`.
    fn is_help(&self) -> bool {
        #[cfg(feature = "args")]
        return self.0.help.is_some();
        #[cfg(not(feature = "args"))]
        false
    }

    pub(crate) fn add(&mut self, problem: Problem) {
        match problem.severity() {
            Severity::Warning => self.0.warnings.push(problem),
            Severity::Error => self.0.problems.push(problem),
        }
    }

    /// Adds a problem unless it is there already, as when one environment is read twice.
    pub(crate) fn add_once(&mut self, problem: Problem) {
        let known = self.0.problems.iter().chain(&self.0.warnings);
        let is_it =
            |known: &Problem| known.message() == problem.message() && known.origin() == problem.origin();
        if !known.into_iter().any(is_it) {
            self.add(problem);
        }
    }

    pub(crate) fn note(&mut self, note: String) {
        self.0.notes.push(note);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.problems.is_empty()
    }

    /// Puts problems and warnings in the order of their places.
    pub(crate) fn sort(&mut self) {
        by_rank(&mut self.0.problems, Problem::order);
        by_rank(&mut self.0.warnings, Problem::order);
    }

    pub(crate) fn into_warnings(self) -> Vec<Problem> {
        self.0.warnings
    }

    /// Turns warnings into problems.
    pub(crate) fn deny_warnings(&mut self) {
        let warnings = std::mem::take(&mut self.0.warnings);
        self.0.problems.extend(warnings.into_iter().map(Problem::denied));
        self.sort();
    }

    /// Returns the problems, in the order in which the report shows them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let report = Settings::loader().text(Format::Toml, "app.toml", "port = 'x'").load().unwrap_err();
    /// let paths: Vec<&str> = report.problems().iter().map(|problem| problem.path()).collect();
    /// assert_eq!(paths, ["port", "host"]);
    /// ```
    pub fn problems(&self) -> &[Problem] {
        &self.0.problems
    }

    /// Returns what is suspicious and no problem by itself.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().env_vars([("APP_PROT", "80")]).load().unwrap_err();
    /// assert_eq!((report.problems().len(), report.warnings().len()), (1, 1));
    /// ```
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }

    /// Returns what was not judged, and why.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().text(Format::Toml, "app.toml", "port = ").load().unwrap_err();
    /// assert_eq!(report.notes(), ["1 required setting was not checked because app.toml could not be read"]);
    /// ```
    pub fn notes(&self) -> &[String] {
        &self.0.notes
    }

    /// Returns the report as one line of JSON, for machines.
    ///
    /// Keys may be added in later versions and are never renamed; what is not known is `null`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().load().unwrap_err();
    /// let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    /// assert_eq!(json["problems"][0]["code"], "missing");
    /// assert_eq!(json["problems"][0]["line"], serde_json::Value::Null);
    /// ```
    pub fn to_json(&self) -> String {
        // Strings, numbers and nulls alone: nothing that JSON cannot write.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Adds what another report tells, as for modules that load their own sections.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack};
    ///
    /// #[derive(Debug, Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// #[derive(Debug, Config)]
    /// struct Database {
    ///     host: String,
    /// }
    ///
    /// let layers = Stack::new().read()?;
    /// let mut report = layers.load::<Http>("http").unwrap_err();
    /// report.merge(layers.load::<Database>("database").unwrap_err());
    /// assert!(report.to_string().starts_with("settings `Http`, `Database` cannot be loaded: 2 problems"));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn merge(&mut self, other: Self) {
        #[cfg(feature = "args")]
        let help = other.0.help;
        let Inner { type_name, profile, problems, warnings, notes, .. } = *other.0;
        if self.0.type_name.is_empty() {
            self.0.type_name = type_name;
        } else if !type_name.is_empty() && !self.0.type_name.split(", ").any(|name| name == type_name) {
            self.0.type_name = format!("{}, {type_name}", self.0.type_name);
        }
        self.0.profile = self.0.profile.take().or(profile);
        self.0.problems.extend(problems);
        self.0.warnings.extend(warnings);
        self.0.notes.extend(notes);
        #[cfg(feature = "args")]
        {
            self.0.help = self.0.help.take().or(help);
        }
    }

    /// Writes the report to standard error, as wide as the terminal and in its colours.
    pub fn print(&self) {
        #[cfg(feature = "args")]
        if let Some(help) = &self.0.help {
            return render::print_help(|width| help.rendered(width));
        }
        render::print(|style| self.rendered(style));
    }

    /// Writes the report to standard error and ends the process with status 78. A report that answers
    /// `--help` goes to standard output, and the status is 0.
    pub fn exit(&self) -> ! {
        self.print();
        std::process::exit(i32::from(self.status()))
    }

    /// Returns status 78, `EX_CONFIG` of `sysexits.h`, for a `main` that returns it.
    ///
    /// # Example
    ///
    /// ```
    /// use std::process::ExitCode;
    ///
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().load().unwrap_err();
    /// assert_eq!(report.exit_code(), ExitCode::from(78));
    /// ```
    pub fn exit_code(&self) -> std::process::ExitCode {
        self.status().into()
    }

    fn status(&self) -> u8 {
        if self.is_help() { 0 } else { EX_CONFIG }
    }

    pub(crate) fn rendered(&self, style: Style) -> String {
        #[cfg(feature = "args")]
        if let Some(help) = &self.0.help {
            return help.to_string();
        }
        let Inner { type_name, profile, problems, notes, warnings, .. } = &*self.0;
        let count = match problems.len() {
            1 => "1 problem".to_owned(),
            count => format!("{count} problems"),
        };
        let profile = profile.as_deref().map(|profile| format!(" (profile {profile})")).unwrap_or_default();
        let of = match type_name.as_str() {
            "" => "the settings".to_owned(),
            names => format!("settings `{}`", names.replace(", ", "`, `")),
        };
        let title = format!("{of} {}: {count}{profile}", self.0.intent.outcome());
        render::report(&title, problems, warnings, notes, style)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered(Style::PLAIN))
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Report {}

#[cfg(not(feature = "tracing"))]
/// Writes warnings as one block to standard error, with what has become of the settings.
pub(crate) fn print_warnings(type_name: &str, outcome: &str, warnings: &[Problem]) {
    render::print(|style| block_of_warnings(type_name, outcome, warnings, style));
}

/// Warnings of a load that succeeded, as one block.
#[cfg(feature = "cli")]
pub(crate) fn rendered_warnings(type_name: &str, warnings: &[Problem], style: Style) -> String {
    block_of_warnings(type_name, "are loaded", warnings, style)
}

#[cfg(any(feature = "cli", not(feature = "tracing")))]
fn block_of_warnings(type_name: &str, outcome: &str, warnings: &[Problem], style: Style) -> String {
    let count = match warnings.len() {
        1 => "1 warning".to_owned(),
        count => format!("{count} warnings"),
    };
    let of = if type_name.is_empty() { "the settings".to_owned() } else { format!("settings `{type_name}`") };
    render::report(&format!("{of} {outcome} with {count}"), &[], warnings, &[], style)
}

/// One problem without a title above it.
#[cfg(feature = "cli")]
pub(crate) fn rendered_problem(problem: &Problem, style: Style) -> String {
    render::problem(problem, style)
}
