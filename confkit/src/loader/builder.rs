//! A stack with the type it is for.

#[cfg(any(feature = "args", feature = "env"))]
use std::ffi::OsString;
use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::Arc;
#[cfg(feature = "async")]
use std::time::Duration;

use confkit_sources::declared::Unknown;
use confkit_sources::{Format, Source, System};
use figment::Figment;
use serde::Serialize;

use super::layers::{self, Judging};
use super::stack::{Stack, Step};
use super::warnings::{Moment, Warnings};
use crate::config::Config;
use crate::explain::Loaded;
use crate::report::Report;
use crate::resolve::Facts;
use crate::rules::Memory;

/// Builds a stack of layers over the declared defaults of `T`, and loads `T` from it.
///
/// It only records: nothing is read before [`load`](Self::load). Layers stack in the order of the
/// calls, the last one on top.
///
/// # Example
///
/// ```
/// use confkit::{Config, Format, System};
///
/// #[derive(Config)]
/// #[config(env_prefix = "APP", file = "base.toml")]
/// struct Settings {
///     #[config(default = 8080)]
///     port: u16,
///     host: String,
/// }
///
/// let system = System::memory()
///     .file("base.toml", "host = 'localhost'\nport = 1")
///     .var("APP_PORT", "2");
/// let settings = Settings::loader().system(system).declared().load().unwrap();
/// assert_eq!((settings.host.as_str(), settings.port), ("localhost", 2));
/// ```
pub struct Loader<T> {
    pub(super) stack: Stack,
    pub(super) section: String,
    declared: bool,
    pub(super) context: Option<Arc<Facts>>,
    #[cfg(feature = "async")]
    pub(super) deadline: Duration,
    _type: PhantomData<fn() -> T>,
}

impl<T> Clone for Loader<T> {
    fn clone(&self) -> Self {
        Self {
            stack: self.stack.clone(),
            section: self.section.clone(),
            declared: self.declared,
            context: self.context.clone(),
            #[cfg(feature = "async")]
            deadline: self.deadline,
            _type: PhantomData,
        }
    }
}

impl<T> fmt::Debug for Loader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Loader").field(&self.stack).finish()
    }
}

impl<T: Config> Loader<T> {
    pub(crate) fn new() -> Self {
        Self {
            stack: Stack::new(),
            section: String::new(),
            declared: false,
            context: None,
            #[cfg(feature = "async")]
            deadline: Duration::from_secs(10),
            _type: PhantomData,
        }
    }

    pub(super) fn change(self, change: impl FnOnce(Stack) -> Stack) -> Self {
        Self { stack: change(self.stack), ..self }
    }

    /// Has nothing set aside: what `Lenient` takes elsewhere is a problem.
    #[cfg(feature = "testing")]
    pub(crate) fn strict(self) -> Self {
        self.change(|stack| Stack { strict: true, ..stack })
    }

    /// Adds the layers that the type declares, once: its files and directories as written, its secrets,
    /// its `.env` files, its variables, and the arguments.
    /// What was added before lies below them.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP", file = "app.toml")]
    /// struct Settings {
    ///     port: u16,
    ///     workers: u16,
    /// }
    ///
    /// let system = System::memory().file("app.toml", "port = 80\nworkers = 2").var("APP_PORT", "81");
    /// let settings = Settings::loader().system(system).declared().set("workers", 3).load()?;
    /// assert_eq!((settings.port, settings.workers), (81, 3));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn declared(mut self) -> Self {
        if std::mem::replace(&mut self.declared, true) {
            return self;
        }
        let loading = T::METADATA.loading();
        self.stack.steps.extend(loading.files().iter().map(Step::declared));
        loading.secrets_dirs().iter().for_each(|path| self.stack.steps.push(Step::secrets(path)));
        loading.dotenv().iter().for_each(|path| self.stack.steps.push(Step::dotenv(path)));
        #[cfg(feature = "env")]
        if loading.env_prefix().is_some()
            || self.stack.prefix.is_some()
            || confkit_sources::env::has_own_names(T::METADATA)
        {
            self.stack.steps.push(Step::Env);
        }
        #[cfg(feature = "args")]
        if loading.reads_args() {
            self.stack.steps.push(Step::Args);
        }
        self
    }

    /// Adds a file that has to be there. The format follows from the extension; `{profile}` in the
    /// path stands for the chosen profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Config, System};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().system(System::memory().file("app.toml", "port = 80"));
    /// assert_eq!(loader.clone().file("app.toml").load()?.port, 80);
    ///
    /// let report = loader.file("other.toml").load().unwrap_err();
    /// assert_eq!(report.problems()[0].code(), Code::NotFound);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn file(self, path: impl AsRef<Path>) -> Self {
        self.change(|stack| stack.file(path))
    }

    /// Adds a file that may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let settings = Settings::loader().system(System::memory()).optional_file("local.toml").load()?;
    /// assert_eq!(settings.port, 8080);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn optional_file(self, path: impl AsRef<Path>) -> Self {
        self.change(|stack| stack.optional_file(path))
    }

    /// Adds a document in memory, shown in reports under a name.
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
    /// let settings = Settings::loader().text(Format::Toml, "built in", "port = 80").load().unwrap();
    /// assert_eq!(settings.port, 80);
    /// ```
    pub fn text(self, format: Format, name: &str, text: impl Into<String>) -> Self {
        self.change(|stack| stack.text(format, name, text))
    }

    /// Makes a format known whose files tell it by their extensions, whether they are named before
    /// or after this. It goes before built-in formats, and before those made known earlier.
    ///
    /// # Example
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use confkit::{Config, CustomFormat, Document, Format, System};
    ///
    /// #[derive(Config)]
    /// #[config(file = "app.pairs")]
    /// struct Settings {
    ///     host: String,
    /// }
    ///
    /// static PAIRS: CustomFormat = CustomFormat::new("pairs", &["pairs"], |text| {
    ///     let pairs = text.text().lines().filter_map(|line| line.split_once('='));
    ///     Ok(Document::located(text, &pairs.collect::<BTreeMap<_, _>>())?)
    /// });
    ///
    /// let system = System::memory().file("app.pairs", "host=db\n");
    /// let loader = Settings::loader().system(system).format(Format::Custom(&PAIRS)).declared();
    /// assert_eq!(loader.load()?.host, "db");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn format(self, format: Format) -> Self {
        self.change(|stack| stack.format(format))
    }

    /// Adds the system's environment variables, looked up by the declared names.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let settings = Settings::loader().system(System::memory().var("APP_PORT", "80")).env().load()?;
    /// assert_eq!(settings.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "env")]
    pub fn env(self) -> Self {
        self.change(Stack::env)
    }

    /// Adds variables from anywhere, read as environment variables are.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     hosts: Vec<String>,
    /// }
    ///
    /// let settings = Settings::loader().env_vars([("APP_HOSTS", "a, b")]).load().unwrap();
    /// assert_eq!(settings.hosts, ["a", "b"]);
    /// ```
    #[cfg(feature = "env")]
    pub fn env_vars<K: Into<OsString>, V: Into<OsString>>(
        self,
        vars: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        self.change(|stack| stack.env_vars(vars))
    }

    /// Adds command-line arguments, without the program's name. `args` on the type adds those of the
    /// process as the highest declared layer; this is for a program that takes some words itself.
    ///
    /// `--help` and `-h` among them ask for the options: see [`load`](Self::load).
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(arg(short = 'p'), default = 8080)]
    ///     port: u16,
    ///     #[config(default)]
    ///     hosts: Vec<String>,
    /// }
    ///
    /// let words = ["-p80", "--hosts", "a", "--hosts=b"];
    /// let settings = Settings::loader().args(words).load()?;
    /// assert_eq!((settings.port, settings.hosts), (80, vec!["a".to_owned(), "b".to_owned()]));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "args")]
    pub fn args<A: Into<OsString>>(self, args: impl IntoIterator<Item = A>) -> Self {
        self.change(|stack| stack.args(args))
    }

    /// Adds what the user typed, as clap found it: matches of a command that
    /// [`clap::augment`](crate::clap::augment) completed, those of its subcommands included, or a
    /// flattened [`clap::ConfigArgs`](crate::clap::ConfigArgs). clap's defaults are not taken.
    ///
    /// The program's arguments are clap's then: the key `args` on the type reads them no more.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(arg(short), default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let command = confkit::clap::augment::<Settings>(clap::Command::new("orders"));
    /// let matches = command.try_get_matches_from(["orders", "-p80"]).unwrap();
    /// let loaded = Settings::loader().declared().matches(&matches).load_traced()?;
    /// assert_eq!(loaded.port, 80);
    /// assert_eq!(loaded.explain("port").unwrap().origin().to_string(), "--port");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "clap")]
    pub fn matches(self, matches: impl Into<crate::clap::Typed>) -> Self {
        self.change(|stack| stack.matches(matches))
    }

    /// Returns what `--help` prints, 80 columns wide.
    ///
    /// Variables are named where they are among the layers. Secrets have no argument and no default
    /// there, and hidden fields are left out.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// /// Serves orders.
    /// #[derive(Config)]
    /// #[config(args)]
    /// struct Settings {
    ///     /// Where to listen.
    ///     #[config(arg(short = 'p'), default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let help = Settings::loader().system(System::memory()).declared().help();
    /// assert_eq!(help, "\
    /// Serves orders.
    ///
    /// Usage: program [OPTIONS]
    ///
    /// Options:
    ///   -p, --port <INTEGER>  Where to listen. [default: 8080]
    ///   -h, --help            Print these options.
    /// ");
    /// ```
    #[cfg(feature = "args")]
    pub fn help(&self) -> String {
        layers::help(&self.stack, T::METADATA, &self.section).to_string()
    }

    /// Sets the prefix of variables, over the declared one. A trailing underscore does not matter.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().env_vars([("BLUE_PORT", "80")]).env_prefix("BLUE_");
    /// assert_eq!(loader.load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    #[cfg(feature = "env")]
    pub fn env_prefix(self, prefix: &str) -> Self {
        self.change(|stack| stack.env_prefix(prefix))
    }

    /// Sets one value at a path such as `servers[0].host`, above all layers so far.
    ///
    /// A path or value that cannot be used is a problem at load; `None` sets nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let from_arguments: Option<u16> = Some(80);
    /// let settings = Settings::loader().set("port", from_arguments).load().unwrap();
    /// assert_eq!(settings.port, 80);
    /// ```
    pub fn set(self, path: &str, value: impl Serialize) -> Self {
        self.change(|stack| stack.set(path, value))
    }

    /// Takes away what all layers so far have at a path, so that the default stands there, or the
    /// setting is missing. What later layers have counts.
    ///
    /// A file does the same with `"$unset" = ["database.pool"]` at its root.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80").unset("port");
    /// let loaded = loader.load_traced()?;
    /// assert_eq!(loaded.port, 8080);
    /// let steps = loaded.explain("port").unwrap().steps().join("");
    /// assert_eq!(steps, "unset(\"port\") takes away what app.toml:1:8 gave");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn unset(self, path: &str) -> Self {
        self.change(|stack| stack.unset(path))
    }

    /// Adds any figment provider, a whole `Figment` included, as one layer. Figment's `default`
    /// profile, the chosen one and its `global` one go into it, in this order.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use figment::providers::Serialized;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let settings = Settings::loader().provider(Serialized::default("port", 80)).load().unwrap();
    /// assert_eq!(settings.port, 80);
    /// ```
    pub fn provider(self, provider: impl figment::Provider + Send + Sync + 'static) -> Self {
        self.change(|stack| stack.provider(provider))
    }

    /// Adds a source.
    ///
    /// # Example
    ///
    /// ```
    /// use std::borrow::Cow;
    ///
    /// use confkit::{Config, Document, OriginKind, Read, ReadContext, Source, SourceError};
    ///
    /// struct Fixed;
    ///
    /// impl Source for Fixed {
    ///     fn name(&self) -> Cow<'_, str> {
    ///         Cow::Borrowed("fixed")
    ///     }
    ///
    ///     fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
    ///         let path = confkit_sources::path::parse("port").unwrap();
    ///         let document = Document::serialized(OriginKind::Source, "fixed", &path, &80);
    ///         Ok(document.unwrap().map_or(Read::Absent, Read::from))
    ///     }
    /// }
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// assert_eq!(Settings::loader().source(Fixed).load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn source(self, source: impl Source) -> Self {
        self.change(|stack| stack.source(source))
    }

    /// Chooses the profile, over everything else that chooses one.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(file = "{profile}.toml")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let system = System::memory().file("default.toml", "port = 8080").file("live.toml", "port = 80");
    /// let loader = Settings::loader().system(system).declared();
    /// assert_eq!(loader.load()?.port, 8080);
    /// assert_eq!(loader.profile("live").load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn profile(self, name: &str) -> Self {
        self.change(|stack| stack.profile(name))
    }

    /// Sets the profile for when nothing chooses one; else it is `default`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(profile_env = "APP_PROFILE", profiles("dev", "live"))]
    /// struct Settings {}
    ///
    /// let loader = Settings::loader().default_profile("dev");
    /// assert_eq!(loader.clone().system(System::memory()).load_traced()?.profile(), "dev");
    /// let system = System::memory().var("APP_PROFILE", "live");
    /// assert_eq!(loader.system(system).load_traced()?.profile(), "live");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn default_profile(self, name: &str) -> Self {
        self.change(|stack| stack.default_profile(name))
    }

    /// Names the variable that chooses the profile, over the declared one.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(profiles("live"))]
    /// struct Settings {}
    ///
    /// let system = System::memory().var("STAGE", "live");
    /// let loaded = Settings::loader().system(system).profile_env("STAGE").load_traced()?;
    /// assert_eq!(loaded.profile(), "live");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn profile_env(self, variable: &str) -> Self {
        self.change(|stack| stack.profile_env(variable))
    }

    /// Sets where relative paths start. Without it that is the working directory; parent
    /// directories are searched by `upwards` alone.
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
    /// let system = System::memory().file("/etc/app/app.toml", "port = 80");
    /// let settings = Settings::loader().system(system).root("/etc/app").file("app.toml").load()?;
    /// assert_eq!(settings.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn root(self, directory: impl Into<PathBuf>) -> Self {
        self.change(|stack| stack.root(directory))
    }

    /// Sets where files, variables and arguments are looked up, for tests without any.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, System};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP", file = "app.toml")]
    /// struct Settings {
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let system = System::memory().file("app.toml", "host = 'db'").var("APP_PORT", "80");
    /// let settings = Settings::loader().system(system).declared().load()?;
    /// assert_eq!((settings.host.as_str(), settings.port), ("db", 80));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn system(self, system: System) -> Self {
        self.change(|stack| stack.system(system))
    }

    /// Takes the type from a part of the settings. Names and places stay full; keys outside the
    /// part are not looked at.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Database {
    ///     host: String,
    /// }
    ///
    /// let text = "name = 'orders'\n[database]\nhost = 'db'\n";
    /// let loader = Database::loader().text(Format::Toml, "app.toml", text);
    /// let database = loader.section("database").load().unwrap();
    /// assert_eq!(database.host, "db");
    /// ```
    pub fn section(self, path: &str) -> Self {
        Self { section: path.to_owned(), ..self }
    }

    /// Hands over the context: facts from outside that the rules of the type use. A type that
    /// declares `context = …` cannot be loaded without it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Code, Config};
    ///
    /// struct Machine {
    ///     cores: u16,
    /// }
    ///
    /// #[derive(Debug, Config)]
    /// #[config(context = Machine)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// let loader = Settings::loader();
    /// assert_eq!(loader.clone().context(Machine { cores: 8 }).load()?.workers, 4);
    ///
    /// let report = loader.load().unwrap_err();
    /// assert_eq!(report.problems()[0].code(), Code::Declaration);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn context(self, context: T::Context) -> Self {
        Self { context: Some(Arc::new(context)), ..self }
    }

    /// Hands over no context, for checks of the declaration alone: what needs one is not judged.
    #[cfg(feature = "testing")]
    pub(crate) fn without_context(self) -> Self {
        Self { context: Some(Arc::new(())), ..self }
    }

    /// Sets what happens to keys that no field takes, for all layers. Containers that say
    /// something themselves go before it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format, Unknown};
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80\nhost = 'db'");
    /// assert!(loader.load().is_err());
    /// assert_eq!(loader.unknown_keys(Unknown::Allow).load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn unknown_keys(self, policy: Unknown) -> Self {
        self.change(|stack| stack.unknown_keys(policy))
    }

    /// Sets what happens to warnings.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Warnings};
    ///
    /// #[derive(Debug, Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loader = Settings::loader().env_vars([("APP_PROT", "80")]);
    /// assert!(loader.clone().warnings(Warnings::Ignore).load().is_ok());
    /// assert!(loader.warnings(Warnings::Deny).load().is_err());
    /// ```
    pub fn warnings(self, policy: Warnings) -> Self {
        self.change(|stack| stack.warnings(policy))
    }

    /// Reads all layers and makes the value.
    ///
    /// With the feature `args`, `--help` and `-h` among the arguments print the options to standard
    /// output and end the process with status 0, if the [`system`](Self::system) is the real one. On
    /// a system in memory, and for [`load_traced`](Self::load_traced), the answer is a [`Report`]
    /// without problems whose [`help`](Report::help) has the options.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in one [`Report`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     host: String,
    ///     port: u16,
    /// }
    ///
    /// let report = Settings::loader().set("port", "http").load().unwrap_err();
    /// assert_eq!(report.problems().len(), 2);
    /// ```
    pub fn load(&self) -> Result<T, Report> {
        self.deliver(self.read(None))
    }

    /// Does what [`load`](Self::load) does, and keeps what explains each value. Warnings are in
    /// the result and not printed.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in one [`Report`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader()
    ///     .text(Format::Toml, "base.toml", "port = 1")
    ///     .env_vars([("APP_PORT", "2")])
    ///     .load_traced()
    ///     .unwrap();
    /// let port = loaded.explain("port").unwrap();
    /// assert_eq!(port.origin().to_string(), "environment variable APP_PORT");
    /// assert_eq!(port.shadowed()[0].origin().to_string(), "base.toml:1:8");
    /// assert_eq!(loaded.port, 2);
    /// ```
    pub fn load_traced(&self) -> Result<Loaded<T>, Report> {
        self.read(Some(Memory::after(None, self.context.clone())))
    }

    /// Does what [`load_traced`](Self::load_traced) does, after it was done before: rules that were
    /// kept then, and whose inputs are still the same, are not judged again. Comparisons are, since
    /// they cost less than finding out: `range`, `length`, `non_empty`, `one_of`, and rules on what is
    /// given.
    ///
    /// A rule's inputs are the settings it is about, the profile and the context. One that looks at
    /// anything else, such as the time, has to be judged by a whole load.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in one [`Report`], as of a whole load.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use confkit::{Config, Format};
    ///
    /// static JUDGED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// fn is_known(_: &str) -> bool {
    ///     JUDGED.fetch_add(1, Ordering::Relaxed);
    ///     true
    /// }
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(validate(|region| is_known(region), "must be a region"))]
    ///     region: String,
    ///     port: u16,
    /// }
    ///
    /// let load = |text| Settings::loader().text(Format::Toml, "app.toml", text);
    /// let first = load("region = 'eu'\nport = 80").load_traced()?;
    /// let second = load("region = 'eu'\nport = 81").reload(&first)?;
    /// assert_eq!((second.port, JUDGED.load(Ordering::Relaxed)), (81, 1));
    /// let third = load("region = 'us'\nport = 81").reload(&second)?;
    /// assert_eq!((third.port, JUDGED.load(Ordering::Relaxed)), (81, 2));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn reload(&self, before: &Loaded<T>) -> Result<Loaded<T>, Report> {
        self.read(Some(Memory::after(before.judged(), self.context.clone())))
    }

    fn read(&self, memory: Option<Memory>) -> Result<Loaded<T>, Report> {
        let mut judging = Judging::new(self.context.as_deref(), memory);
        layers::read(&self.stack, Some(T::METADATA)).load_whole(&self.section, &mut judging)
    }

    /// Hands the value to the program, and warnings to whom the stack tells them. Help is printed
    /// and ends the process, if that is what was asked for.
    pub(super) fn deliver(&self, loaded: Result<Loaded<T>, Report>) -> Result<T, Report> {
        #[cfg(feature = "args")]
        if let Err(report) = &loaded
            && report.help().is_some()
            && self.stack.system.is_real()
        {
            report.exit();
        }
        let loaded = loaded?;
        self.stack.warnings.tell(T::METADATA.name(), Moment::Load, loaded.warnings());
        Ok(Loaded::into_inner(loaded))
    }

    /// Hands the stack over as a `Figment`, with secrets **in clear**: whoever has it can print them.
    ///
    /// Text of variables and arguments is typed by the declared fields, defaults included. Figment cannot carry
    /// positions, nor numbers over 64 bits to serde.
    ///
    /// # Errors
    ///
    /// Layers that cannot be read. Values are not judged; that is the receiver's business.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP")]
    /// struct Settings {
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let figment = Settings::loader()
    ///     .text(Format::Toml, "base.toml", "host = 'localhost'")
    ///     .env_vars([("APP_PORT", "80")])
    ///     .figment()
    ///     .unwrap();
    /// assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 80);
    /// assert_eq!(figment.extract_inner::<String>("host").unwrap(), "localhost");
    /// ```
    pub fn figment(&self) -> Result<Figment, Report> {
        crate::figment::export(&self.stack, T::METADATA, &self.section)
    }
}
