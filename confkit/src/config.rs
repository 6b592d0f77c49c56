//! The trait that users derive.

use confkit_sources::declared::Metadata;

use crate::loader::Loader;
use crate::report::Report;
use crate::resolve::{Resolve, Unneeded};

/// A type whose values come from layers of settings. Derive it; it is not for writing by hand.
///
/// # Example
///
/// ```
/// use confkit::{Config, System};
///
/// /// Settings of the orders service.
/// #[derive(Debug, Config)]
/// #[config(env_prefix = "ORDERS")]
/// struct Settings {
///     /// Number of worker threads.
///     #[config(default = 4, validate(range(min = 1, max = 64)))]
///     workers: u16,
/// }
///
/// let system = System::memory().var("ORDERS_WORKERS", "8");
/// let settings = Settings::loader().system(system).declared().load().unwrap();
/// assert_eq!(settings.workers, 8);
/// assert_eq!(Settings::metadata().docs(), "Settings of the orders service.");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a settings type",
    label = "this type does not derive `Config`",
    note = "add `#[derive(Config)]` to the type"
)]
pub trait Config: Resolve<Needs = <Self as Config>::Context> {
    /// Facts from outside that the rules of the type use: `()`, unless the type says
    /// `context = …`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// /// What the machine can bear.
    /// struct Machine {
    ///     cores: u16,
    /// }
    ///
    /// #[derive(Config)]
    /// #[config(context = Machine)]
    /// struct Settings {
    ///     #[config(default = 4)]
    ///     workers: u16,
    /// }
    ///
    /// fn load<T: Config<Context = Machine>>() -> T {
    ///     T::loader().context(Machine { cores: 8 }).load().unwrap_or_else(|report| report.exit())
    /// }
    ///
    /// assert_eq!(load::<Settings>().workers, 4);
    /// ```
    type Context: Send + Sync + 'static;

    /// Begins an empty stack over the declared defaults.
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
    /// assert_eq!(Settings::loader().set("port", 80).load()?.port, 80);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    fn loader() -> Loader<Self> {
        Loader::new()
    }

    /// Loads the declared layers: defaults, files as written, environment variables,
    /// then arguments.
    ///
    /// A type with a [`Context`](Self::Context) is loaded by `loader().declared().context(…).load()`.
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
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let settings = Settings::load().unwrap_or_else(|report| report.exit());
    /// assert_eq!(settings.port, 8080);
    /// ```
    fn load() -> Result<Self, Report>
    where
        Self::Needs: Unneeded<Self>,
    {
        Self::loader().declared().load()
    }

    /// Begins settings for a test: defaults, and plausible values for what is required.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Debug, Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    ///     host: String,
    /// }
    ///
    /// let settings = Settings::test().set("port", 80).build();
    /// assert_eq!((settings.port, settings.host.as_str()), (80, "test-host"));
    /// ```
    #[cfg(feature = "testing")]
    fn test() -> crate::testing::Test<Self> {
        crate::testing::Test::new()
    }

    /// Describes the declaration.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config)]
    /// #[config(env_prefix = "APP", rename_all = "kebab-case")]
    /// struct Settings {
    ///     /// Connections at most.
    ///     max_conn: u16,
    /// }
    ///
    /// let metadata = Settings::metadata();
    /// assert_eq!(metadata.loading().env_prefix(), Some("APP"));
    /// assert_eq!(metadata.fields()[0].key(), "max-conn");
    /// assert_eq!(metadata.fields()[0].docs(), "Connections at most.");
    /// ```
    fn metadata() -> &'static Metadata {
        Self::METADATA
    }
}
