//! A stack of layers: what is read, in which order.

use std::borrow::Cow;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use confkit_sources::declared::{DeclaredFile, Metadata, Unknown};
use confkit_sources::figment::{Provided, read_provider};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, File, Format, Origin, OriginKind, Source, SourceError, System};
use serde::Serialize;

use super::found::Finder;
use super::layers::{self, Layers};
use super::profile::{DEFAULT, Profile};
#[cfg(feature = "env")]
use super::secrets::SecretsDir;
use super::unfit::Unfit;
use super::warnings::Warnings;
use crate::report::Report;

/// A stack of layers without a type: modules and libraries claim their sections from it.
///
/// It is built as a [`Loader`](crate::Loader) is. [`read`](Self::read) reads all layers once;
/// [`Layers::load`] gives each module its section, and [`Layers::finish`] tells what nobody claimed.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, Stack};
///
/// #[derive(Config)]
/// struct Database {
///     host: String,
/// }
///
/// #[derive(Config)]
/// struct Http {
///     #[config(default = 8080)]
///     port: u16,
/// }
///
/// # fn main() -> Result<(), confkit::Report> {
/// let layers = Stack::new()
///     .text(Format::Toml, "app.toml", "[database]\nhost = 'db'\n[http]\nport = 80")
///     .env_vars([("APP_DATABASE_HOST", "replica")])
///     .env_prefix("APP")
///     .read()?;
/// let database: Database = layers.load("database")?;
/// let http: Http = layers.load("http")?;
/// layers.finish()?;
/// assert_eq!((database.host.as_str(), http.port), ("replica", 80));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
pub struct Stack {
    pub(super) steps: Vec<Step>,
    pub(super) system: System,
    pub(super) root: PathBuf,
    #[cfg(feature = "env")]
    pub(super) prefix: Option<String>,
    /// Whether files of values that everybody may read are refused.
    #[cfg(feature = "env")]
    pub(super) private: bool,
    pub(super) profile: Option<String>,
    pub(super) default_profile: Option<String>,
    pub(super) profile_env: Option<String>,
    pub(super) unknown: Option<Unknown>,
    pub(super) warnings: Warnings,
    /// Whether nothing is set aside: what `Lenient` takes elsewhere is a problem.
    pub(super) strict: bool,
    /// Formats besides the built-in ones.
    pub(super) formats: Vec<Format>,
}

/// One layer, before it is read.
#[derive(Clone)]
pub(super) enum Step {
    File(File),
    Text {
        format: Format,
        name: Arc<str>,
        text: Arc<str>,
    },
    /// Variables in a file.
    #[cfg(feature = "dotenv")]
    Dotenv(File),
    /// Files that are looked for; they stand behind it once the stack is read.
    Found(Finder),
    /// A directory in which each file is one value.
    #[cfg(feature = "env")]
    Secrets(SecretsDir),
    #[cfg(feature = "env")]
    Env,
    #[cfg(feature = "env")]
    EnvVars(Arc<Vec<(OsString, OsString)>>),
    /// The system's arguments.
    #[cfg(feature = "args")]
    Args,
    #[cfg(feature = "args")]
    ArgsGiven {
        words: Arc<Vec<OsString>>,
        /// Whether clap has found them, and knows no other words.
        matched: bool,
    },
    Set {
        /// The method that was called.
        call: &'static str,
        path: String,
        document: Result<Option<Arc<Document>>, Unfit>,
    },
    Provider(Arc<Foreign>),
    Source(Arc<dyn Source>),
}

/// A figment provider. Figment learns a provider's inner origins only where its type is known.
pub(super) struct Foreign {
    pub(super) name: Box<dyn Fn() -> String + Send + Sync>,
    pub(super) read: Box<dyn Fn(&str) -> Result<Provided, SourceError> + Send + Sync>,
}

impl Foreign {
    fn new(provider: impl figment::Provider + Send + Sync + 'static) -> Self {
        let provider = Arc::new(provider);
        let named = Arc::clone(&provider);
        Self {
            name: Box::new(move || named.metadata().name.into_owned()),
            read: Box::new(move |profile| read_provider(&*provider, profile)),
        }
    }
}

impl Stack {
    /// An empty stack.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Stack;
    ///
    /// // Nothing to read, nothing left unclaimed.
    /// assert!(Stack::new().read()?.finish().is_ok());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn with(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Adds a file that has to be there. The format follows from the extension; `{profile}` in the
    /// path stands for the chosen profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Stack, System};
    ///
    /// let stack = Stack::new().system(System::memory()).file("app.toml");
    /// assert_eq!(stack.read().unwrap_err().problems()[0].code(), Code::NotFound);
    /// ```
    pub fn file(self, path: impl AsRef<Path>) -> Self {
        self.with(Step::File(File::new(path)))
    }

    /// Adds a file that may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Stack, System};
    ///
    /// let stack = Stack::new().system(System::memory()).optional_file("app.toml");
    /// assert!(stack.read().is_ok());
    /// ```
    pub fn optional_file(self, path: impl AsRef<Path>) -> Self {
        self.with(Step::File(File::new(path).optional()))
    }

    /// Adds a document in memory, shown in reports under a name.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Format, Stack};
    ///
    /// let stack = Stack::new().text(Format::Toml, "built in", "port = \n");
    /// let report = stack.read().unwrap_err();
    /// assert_eq!(report.problems()[0].code(), Code::Syntax);
    /// assert_eq!(report.problems()[0].origin().unwrap().source(), "built in");
    /// ```
    pub fn text(self, format: Format, name: &str, text: impl Into<String>) -> Self {
        let text = text.into().into();
        self.with(Step::Text { format, name: name.into(), text })
    }

    /// Makes a format known whose files tell it by their extensions, whether they are named before
    /// or after this. It goes before built-in formats, and before those made known earlier.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Format, Stack, System};
    ///
    /// let stack = Stack::new().system(System::memory().file("app.x", "")).file("app.x");
    /// assert!(stack.read().is_err());
    /// # use confkit::{CustomFormat, Document};
    /// static EMPTY: CustomFormat = CustomFormat::new("x", &["x"], |text| {
    ///     Ok(Document::located(text, &std::collections::BTreeMap::<&str, u8>::new())?)
    /// });
    /// assert!(stack.format(Format::Custom(&EMPTY)).read().is_ok());
    /// ```
    pub fn format(mut self, format: Format) -> Self {
        self.formats.push(format);
        self
    }

    /// Adds the system's environment variables, looked up by the declared names.
    #[cfg(feature = "env")]
    pub fn env(self) -> Self {
        self.with(Step::Env)
    }

    /// Adds variables from anywhere, read as environment variables are.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().env_prefix("APP").env_vars([("APP_HTTP_PORT", "80")]).read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "env")]
    pub fn env_vars<K: Into<OsString>, V: Into<OsString>>(
        self,
        vars: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let vars = vars.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        self.with(Step::EnvVars(Arc::new(vars)))
    }

    /// Adds command-line arguments, without the program's name.
    ///
    /// Arguments of a section begin with its path: `--http-port`. `--help` is answered by
    /// [`Layers::finish`], or by a section that cannot be loaded, with a report that has
    /// [`Report::help`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().args(["--http-port", "80"]).read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// layers.finish()?;
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "args")]
    pub fn args<A: Into<OsString>>(self, args: impl IntoIterator<Item = A>) -> Self {
        let words = Arc::new(args.into_iter().map(Into::into).collect());
        self.with(Step::ArgsGiven { words, matched: false })
    }

    /// Adds what the user typed, as clap found it: arguments that [`crate::clap`] made. The modules'
    /// sections have theirs by [`clap::args_at`](crate::clap::args_at).
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack, clap::args_at};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let command = clap::Command::new("orders").args(args_at::<Http>("http"));
    /// let matches = command.try_get_matches_from(["orders", "--http-port=80"]).unwrap();
    /// let layers = Stack::new().matches(&matches).read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// layers.finish()?;
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "clap")]
    pub fn matches(self, matches: impl Into<crate::clap::Typed>) -> Self {
        let words = Arc::new(matches.into().into_words());
        self.with(Step::ArgsGiven { words, matched: true })
    }

    /// Whether clap has read the program's arguments.
    #[cfg(feature = "args")]
    pub(super) fn is_matched(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::ArgsGiven { matched: true, .. }))
    }

    /// Sets the prefix of variables, over the declared one. A trailing underscore does not matter.
    #[cfg(feature = "env")]
    pub fn env_prefix(self, prefix: &str) -> Self {
        let prefix = prefix.strip_suffix('_').unwrap_or(prefix);
        Self { prefix: Some(prefix.to_owned()).filter(|prefix| !prefix.is_empty()), ..self }
    }

    /// Sets one value at a path such as `servers[0].host`, above all layers so far.
    ///
    /// A path or value that cannot be used is a problem at load; `None` sets nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().set("http.port", 80).set("http.port", None::<u16>).read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn set(self, path: &str, value: impl Serialize) -> Self {
        let document = set_document("set", path, value);
        self.with(Step::Set { call: "set", path: path.to_owned(), document })
    }

    /// Takes away what all layers so far have at a path, so that the default stands there, or the
    /// setting is missing. What later layers have counts.
    ///
    /// A file does the same with `"$unset" = ["database.pool"]` at its root.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Stack};
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let stack = Stack::new().text(Format::Toml, "app.toml", "http.port = 80");
    /// assert_eq!(stack.unset("http.port").read()?.load::<Http>("http")?.port, 8080);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn unset(self, path: &str) -> Self {
        let list = || {
            let (name, key) = (format!("unset(\"{path}\")"), [Segment::key(layers::UNSET)]);
            let document = Document::serialized(OriginKind::Code, &name, &key, &[path]);
            document.map(|document| document.map(Arc::new)).map_err(|error| Unfit::value(path, &error))
        };
        let parsed = path::parse(path).map_err(|error| Unfit::path(path, &error));
        let document = parsed.and_then(|_| list());
        self.with(Step::Set { call: "unset", path: path.to_owned(), document })
    }

    /// Adds any figment provider, a whole `Figment` included, as one layer. Figment's `default`
    /// profile, the chosen one and its `global` one go into it, in this order.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Stack};
    /// use figment::providers::Serialized;
    ///
    /// #[derive(Config)]
    /// struct Http {
    ///     port: u16,
    /// }
    ///
    /// let layers = Stack::new().provider(Serialized::default("http.port", 80)).read()?;
    /// assert_eq!(layers.load::<Http>("http")?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn provider(self, provider: impl figment::Provider + Send + Sync + 'static) -> Self {
        self.with(Step::Provider(Arc::new(Foreign::new(provider))))
    }

    /// Adds a source.
    pub fn source(self, source: impl Source) -> Self {
        self.with(Step::Source(Arc::new(source)))
    }

    /// Chooses the profile, over everything else that chooses one.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Format, Stack, System};
    ///
    /// let system = System::memory().file("live.toml", "port = 80");
    /// let stack = Stack::new().system(system).file("{profile}.toml");
    /// assert!(stack.clone().profile("live").read().is_ok());
    /// assert!(stack.read().is_err()); // there is no default.toml
    /// ```
    pub fn profile(self, name: &str) -> Self {
        Self { profile: Some(name.to_owned()), ..self }
    }

    /// Sets the profile for when nothing chooses one; else it is `default`.
    pub fn default_profile(self, name: &str) -> Self {
        Self { default_profile: Some(name.to_owned()), ..self }
    }

    /// Names the variable that chooses the profile, over the declared one.
    pub fn profile_env(self, variable: &str) -> Self {
        Self { profile_env: Some(variable.to_owned()), ..self }
    }

    /// Sets where relative paths start. Without it that is the working directory; parent
    /// directories are searched by `upwards` alone.
    pub fn root(self, directory: impl Into<PathBuf>) -> Self {
        Self { root: directory.into(), ..self }
    }

    /// Sets where files, variables and arguments are looked up, for tests without any.
    pub fn system(self, system: System) -> Self {
        Self { system, ..self }
    }

    /// Sets what happens to keys that nothing claims, for all layers. Containers that say
    /// something themselves go before it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Format, Stack, Unknown};
    ///
    /// let stack = Stack::new().text(Format::Toml, "app.toml", "port = 80");
    /// assert!(stack.read()?.finish().is_err());
    /// assert!(stack.unknown_keys(Unknown::Allow).read()?.finish().is_ok());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn unknown_keys(self, policy: Unknown) -> Self {
        Self { unknown: Some(policy), ..self }
    }

    /// Sets what happens to warnings.
    pub fn warnings(self, policy: Warnings) -> Self {
        Self { warnings: policy, ..self }
    }

    /// Reads all layers, once.
    ///
    /// # Errors
    ///
    /// Every layer that cannot be read, and a profile that has no valid name.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Format, Stack};
    ///
    /// let stack = Stack::new().text(Format::Toml, "a", "x = ").text(Format::Toml, "b", "y = ");
    /// assert_eq!(stack.read().unwrap_err().problems().len(), 2);
    /// ```
    pub fn read(&self) -> Result<Layers, Report> {
        let layers = layers::read(self, None);
        match layers.unreadable_report() {
            Some(report) => Err(report),
            None => Ok(layers),
        }
    }

    pub(super) fn chosen_profile(&self, metadata: Option<&'static Metadata>) -> Profile {
        if let Some(name) = &self.profile {
            return Profile::new(name, None);
        }
        let declared = metadata.and_then(|metadata| metadata.loading().profile_env());
        if let Some(variable) = self.profile_env.as_deref().or(declared) {
            match self.system.variable(variable).map(OsString::into_string) {
                Some(Ok(name)) if !name.is_empty() => {
                    return Profile::new(&name, Some(Origin::variable(variable.to_owned())));
                }
                Some(Err(_)) => return Profile::not_utf8(variable),
                _ => {}
            }
            #[cfg(feature = "dotenv")]
            if let Some(profile) = self.dotenv_profile(variable) {
                return profile;
            }
        }
        Profile::new(self.default_profile.as_deref().unwrap_or(DEFAULT), None)
    }

    /// Where reports say that relative paths start.
    pub(super) fn shown_root(&self) -> String {
        let root = match self.system.working_directory() {
            Ok(directory) if self.root.as_os_str().is_empty() => directory,
            Ok(directory) => directory.join(&self.root),
            Err(_) => self.root.clone(),
        };
        root.display().to_string()
    }
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.steps.iter().map(Step::name)).finish()
    }
}

impl Step {
    /// A declared file of variables.
    pub(super) fn dotenv(path: &'static str) -> Self {
        #[cfg(feature = "dotenv")]
        return Self::Dotenv(File::new(path).format(Format::Dotenv).optional());
        #[cfg(not(feature = "dotenv"))]
        return Self::Source(Arc::new(super::unbuilt::Unbuilt { name: path, feature: "dotenv" }));
    }

    /// A declared file, or a directory of such.
    pub(super) fn declared(file: &DeclaredFile) -> Self {
        match (file.is_directory(), file.is_required()) {
            (true, required) => Self::Found(Finder::Dir { path: file.path().into(), required }),
            (false, true) => Self::File(File::new(file.path())),
            (false, false) => Self::File(File::new(file.path()).optional()),
        }
    }

    /// A declared directory of values.
    pub(super) fn secrets(path: &'static str) -> Self {
        #[cfg(feature = "env")]
        return Self::Secrets(SecretsDir::new(path, false));
        #[cfg(not(feature = "env"))]
        return Self::Source(Arc::new(super::unbuilt::Unbuilt { name: path, feature: "env" }));
    }

    /// What the layer is called.
    pub(super) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::File(file) => Cow::Borrowed(file.path()),
            #[cfg(feature = "dotenv")]
            Self::Dotenv(file) => Cow::Borrowed(file.path()),
            Self::Found(finder) => finder.name(),
            Self::Text { name, .. } => Cow::Borrowed(name),
            #[cfg(feature = "env")]
            Self::Secrets(directory) => directory.name(),
            #[cfg(feature = "env")]
            Self::Env | Self::EnvVars(_) => Cow::Borrowed("environment"),
            #[cfg(feature = "args")]
            Self::Args | Self::ArgsGiven { .. } => Cow::Borrowed("arguments"),
            Self::Set { path, .. } => Cow::Borrowed(path),
            Self::Provider(provider) => Cow::Owned((provider.name)()),
            Self::Source(source) => source.name(),
        }
    }

    /// The path of a file, as it was given.
    pub(super) fn path(&self) -> Option<&str> {
        match self {
            Self::File(file) => Some(file.path()),
            Self::Found(finder) => finder.path(),
            #[cfg(feature = "dotenv")]
            Self::Dotenv(file) => Some(file.path()),
            #[cfg(feature = "env")]
            Self::Secrets(directory) => directory.path(),
            _ => None,
        }
    }

    /// The call that adds the same layer where it may be absent.
    pub(super) fn optional(&self) -> &'static str {
        match self {
            #[cfg(feature = "dotenv")]
            Self::Dotenv(_) => "optional_dotenv",
            #[cfg(feature = "env")]
            Self::Secrets(_) => "optional_secrets_dir",
            Self::Found(_) => "optional_dir",
            _ => "optional_file",
        }
    }

    /// What the layer is read from.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            #[cfg(feature = "env")]
            Self::Secrets(_) => "directory",
            Self::Found(_) => "directory",
            _ => "file",
        }
    }

    /// Whether the layer is a file of variables.
    pub(super) fn has_variables(&self) -> bool {
        #[cfg(feature = "dotenv")]
        return matches!(self, Self::Dotenv(_));
        #[cfg(not(feature = "dotenv"))]
        return false;
    }

    /// What the kind of layer says about unknown keys.
    pub(super) fn unknown(&self) -> Unknown {
        match self {
            Self::File(_) | Self::Found(_) | Self::Text { .. } | Self::Set { .. } => Unknown::Deny,
            #[cfg(feature = "args")]
            Self::Args | Self::ArgsGiven { .. } => Unknown::Deny,
            _ => Unknown::Warn,
        }
    }

    /// The layer's place where no position in it is known.
    pub(super) fn origin(&self) -> Origin {
        let name = self.name().into_owned();
        match self {
            Self::File(_) => Origin::new(OriginKind::File, name),
            #[cfg(feature = "dotenv")]
            Self::Dotenv(_) => Origin::new(OriginKind::File, name),
            Self::Found(_) => Origin::new(OriginKind::File, name),
            Self::Text { .. } => Origin::new(OriginKind::Text, name),
            #[cfg(feature = "env")]
            Self::Secrets(_) => Origin::new(OriginKind::File, name),
            #[cfg(feature = "env")]
            Self::Env | Self::EnvVars(_) => Origin::new(OriginKind::Variable, name),
            #[cfg(feature = "args")]
            Self::Args | Self::ArgsGiven { .. } => Origin::new(OriginKind::Argument, name),
            Self::Set { call, path, .. } => Origin::new(OriginKind::Code, format!("{call}(\"{path}\")")),
            Self::Provider(_) => Origin::new(OriginKind::Provider, name),
            Self::Source(_) => Origin::new(OriginKind::Source, name),
        }
    }
}

/// A document that has one value at a path, named after the call that sets it; nothing if the value is.
pub(super) fn set_document(
    call: &str,
    path: &str,
    value: impl Serialize,
) -> Result<Option<Arc<Document>>, Unfit> {
    let segments = path::parse(path).map_err(|error| Unfit::path(path, &error))?;
    let name = format!("{call}(\"{path}\")");
    let document = crate::with_exposed(|| Document::serialized(OriginKind::Code, &name, &segments, &value));
    document.map(|document| document.map(Arc::new)).map_err(|error| Unfit::value(path, &error))
}

/// Reads a section's path.
pub(super) fn section(path: &str) -> Result<Vec<Segment<'_>>, path::PathError> {
    if path.is_empty() { Ok(Vec::new()) } else { path::parse(path) }
}
