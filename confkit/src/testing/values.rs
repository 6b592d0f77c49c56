//! Settings for a test: defaults, and plausible values for what is required.

use confkit_sources::declared::Unknown;
use confkit_sources::{Document, Format};
use serde::Serialize;

use super::filler::Filler;
use crate::config::Config;
use crate::explain::Loaded;
use crate::loader::Warnings;
use crate::report::Report;
use crate::write::{Defaults, Secrets};

/// Settings for a test: the defaults, plausible values for what is required, and what the test sets.
///
/// [`Config::test`] begins one. Values are the same in every run. They are taken from what the
/// declaration says: its `example`, else its limits, formats, `one_of` and regular expressions; what
/// rules over several settings ask for is filled too. Secrets are `test-secret-…`. No file, variable or
/// argument is read.
///
/// # Example
///
/// ```
/// use confkit::{Config, Secret};
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
///     #[config(validate(email))]
///     contact: String,
///     #[config(nested)]
///     database: Database,
/// }
///
/// #[derive(Debug, Config)]
/// struct Database {
///     #[config(example = "db.internal")]
///     host: String,
///     password: Secret<String>,
/// }
///
/// let settings = Settings::test().set("port", 80).build();
/// assert_eq!((settings.port, settings.contact.as_str()), (80, "test@example.com"));
/// assert_eq!(settings.database.host, "db.internal");
/// assert_eq!(settings.database.password.expose(), "test-secret-password");
/// ```
#[must_use = "it loads nothing before `load` or `build`"]
pub struct Test<T: Config> {
    filler: Filler<T>,
    /// What is wrong with a path or a value that was given.
    wrong: Vec<String>,
}

impl<T: Config> Clone for Test<T> {
    fn clone(&self) -> Self {
        Self { filler: self.filler.clone(), wrong: self.wrong.clone() }
    }
}

/// Names the type, never values, which may be secret.
impl<T: Config> std::fmt::Debug for Test<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Test").field(&T::METADATA.name()).finish()
    }
}

impl<T: Config> Test<T> {
    pub(crate) fn new() -> Self {
        let loader = T::loader().unknown_keys(Unknown::Deny).warnings(Warnings::Ignore);
        Self { filler: Filler::over(loader), wrong: Vec::new() }
    }

    /// Sets the value at a path. What it makes necessary is filled: the fields of another variant, or
    /// of a section that would be absent.
    ///
    /// `None` sets nothing. A bad path, or a value that cannot be written, is a problem of the load.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(default = false)]
    ///     tls: bool,
    ///     #[config(required_if(tls = true))]
    ///     certificate: Option<String>,
    /// }
    ///
    /// assert_eq!(Settings::test().build().certificate, None);
    /// assert_eq!(Settings::test().set("tls", true).build().certificate.unwrap(), "test-certificate");
    /// ```
    pub fn set(mut self, path: &str, value: impl Serialize) -> Self {
        let set = self.filler.set(path, value);
        self.wrong.extend(set.err());
        self
    }

    /// Leaves a setting without a value: its default stands there, or it is missing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Config, testing};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     host: String,
    ///     port: u16,
    /// }
    ///
    /// testing::assert_codes(&Settings::test().unset("host").load(), &[Code::Missing]);
    /// ```
    pub fn unset(mut self, path: &str) -> Self {
        let unset = self.filler.unset(path);
        self.wrong.extend(unset.err());
        self
    }

    /// Chooses the profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(required(profile = "production"))]
    ///     host: Option<String>,
    /// }
    ///
    /// assert_eq!(Settings::test().build().host, None);
    /// assert_eq!(Settings::test().profile("production").build().host.unwrap(), "test-host");
    /// ```
    pub fn profile(mut self, name: &str) -> Self {
        self.filler.change(|loader| loader.profile(name));
        self
    }

    /// Hands over the [context](Config::Context) that the type needs.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// struct Machine {
    ///     cores: u16,
    /// }
    ///
    /// #[derive(Debug, Config)]
    /// #[config(context = Machine)]
    /// struct Settings {
    ///     #[config(validate(custom(fits, use_context)))]
    ///     workers: u16,
    /// }
    ///
    /// fn fits(workers: &u16, machine: &Machine) -> Result<(), String> {
    ///     if *workers <= machine.cores { Ok(()) } else { Err("has too many".to_owned()) }
    /// }
    ///
    /// assert_eq!(Settings::test().context(Machine { cores: 1 }).build().workers, 1);
    /// ```
    pub fn context(mut self, context: T::Context) -> Self {
        self.filler.change(|loader| loader.context(context));
        self
    }

    /// Loads the settings.
    ///
    /// # Errors
    ///
    /// What is wrong with the values that were set, and what no value was found for: a note names each
    /// such path, and says to set it or to give it an `example`.
    ///
    /// # Panics
    ///
    /// If a path or value of [`set`](Self::set) cannot be used.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Config, testing};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(default = 4, validate(range(max = 64)))]
    ///     workers: u16,
    /// }
    ///
    /// let result = Settings::test().set("workers", 65).load();
    /// testing::assert_codes(&result, &[Code::Invalid]);
    /// ```
    #[track_caller]
    pub fn load(&self) -> Result<T, Report> {
        self.filled().map(Loaded::into_inner)
    }

    /// Makes the settings.
    ///
    /// # Panics
    ///
    /// With the report, if they do not load.
    #[track_caller]
    pub fn build(&self) -> T {
        self.load().unwrap_or_else(|report| panic!("{report}"))
    }

    /// Returns what was set and filled as a document, without defaults; secrets are in clear.
    ///
    /// # Panics
    ///
    /// With the report, if the settings do not load.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     host: String,
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let document = Settings::test().document();
    /// assert_eq!(document.root().get("host").unwrap().text(), "test-host");
    /// assert!(document.root().get("port").is_none());
    /// ```
    #[track_caller]
    pub fn document(&self) -> Document {
        let filled = self.filled().unwrap_or_else(|report| panic!("{report}"));
        let document = filled.to_document(Defaults::Omit, Secrets::Expose);
        document.unwrap_or_else(|report| panic!("{report}"))
    }

    /// Returns the same as text; secrets are in clear.
    ///
    /// # Panics
    ///
    /// With the report, if the settings do not load, and if the format cannot hold them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     host: String,
    /// }
    ///
    /// assert_eq!(Settings::test().text(Format::Toml), "host = \"test-host\"\n");
    /// ```
    #[track_caller]
    pub fn text(&self, format: Format) -> String {
        written(&self.document(), format)
    }

    #[track_caller]
    fn filled(&self) -> Result<Loaded<T>, Report> {
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
        self.filler.clone().fill()
    }
}

/// A document as text.
#[track_caller]
pub(super) fn written(document: &Document, format: Format) -> String {
    format.write(document).unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"))
    })
}
