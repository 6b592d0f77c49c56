//! How live settings begin.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::clock::Clock;
use super::events::{EventKind, Frame, Sink, Sinks};
use super::eye::Eye;
use super::handle::Live;
use super::health::Health;
use super::outcome::Cause;
use super::proposal::Proposal;
use super::shared::{Options, Same, Shared};
use super::since::Since;
use super::snapshot::{Entry, Made, Snapshot};
use super::worker;
use crate::config::Config;
use crate::loader::{self, Loader, Moment, Repeated};
use crate::report::{Code, Report};

/// Says how settings live, before the first load: made by [`Loader::live`].
///
/// # Example
///
/// ```
/// use confkit::{Config, Format};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {
///     port: u16,
/// }
///
/// let loader = Settings::loader().text(Format::Toml, "app.toml", "port = 80");
/// let live = loader.live().history(4).start()?;
/// assert_eq!(live.get().port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
#[must_use = "nothing is loaded before `start`"]
pub struct Builder<T> {
    loader: Loader<T>,
    clock: Arc<dyn Clock>,
    history: usize,
    grace: Duration,
    health: Option<Health<T>>,
    quiet: Duration,
    poll: Duration,
    sinks: Sinks,
    forgets: bool,
}

impl<T: Config + Send + Sync + 'static> Loader<T> {
    /// Loads, and keeps the settings alive: they follow their layers, as [`live`](crate::live) says. What can
    /// be said about that is as [`live`](Self::live) has it by default; a type without `PartialEq` has
    /// [`Builder::start_by`].
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the first load, in one [`Report`]. Where the arguments ask for help, it has
    /// that, as that of [`load_traced`](Self::load_traced) does.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Debug, Config, PartialEq)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().text(Format::Toml, "app.toml", "port = 80").watch()?;
    /// assert_eq!((live.get().port, live.revision()), (80, 1));
    /// assert!(Settings::loader().watch().is_err());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn watch(&self) -> Result<Live<T>, Report>
    where
        T: PartialEq,
    {
        self.clone().live().start()
    }

    /// Begins to say how the settings live. Nothing is loaded before [`Builder::start`].
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use confkit::Config;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().live().grace(Duration::from_secs(60)).start()?;
    /// assert_eq!(live.state().as_str(), "ready");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn live(self) -> Builder<T> {
        Builder {
            loader: self,
            clock: Arc::new(SystemTime::now),
            history: 16,
            grace: Duration::from_secs(10),
            health: None,
            quiet: Duration::from_millis(100),
            poll: Duration::from_secs(30),
            sinks: Sinks::default(),
            forgets: false,
        }
    }
}

impl<T: Config + Send + Sync + 'static> Builder<T> {
    /// Sets how many revisions are kept to be looked at and gone back to, the one in force included. It is
    /// at least one, and 16 by default. Each keeps the documents that it was made of, and so the secrets in them.
    pub fn history(self, revisions: usize) -> Self {
        Self { history: revisions.max(1), ..self }
    }

    /// Forgets revisions when the grace of a [former secret](super::Handle::rotating) that they have is over, and
    /// those before them. Without it they stay in the history, with the secret, and can be gone back to.
    ///
    /// The revision in force stays, and the one that did well last while a newer one is on probation.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use std::time::{Duration, SystemTime};
    ///
    /// use confkit::live::Expiry;
    /// use confkit::{Config, SecretString};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     token: SecretString,
    /// }
    ///
    /// let time = Arc::new(Mutex::new(SystemTime::UNIX_EPOCH));
    /// let clock = { let time = Arc::clone(&time); move || *time.lock().unwrap() };
    /// let loader = Settings::loader().set("token", "t1");
    /// let live = loader.live().clock(clock).forget_former_secrets().start()?;
    /// let tokens = live.rotating("token", Duration::from_secs(60), |settings| &settings.token)?;
    ///
    /// live.set_override("token", "t2", Expiry::Never)?;
    /// assert_eq!(live.history().len(), 2);
    /// *time.lock().unwrap() += Duration::from_secs(60);
    /// live.tick()?;
    /// assert_eq!(live.history().len(), 1);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn forget_former_secrets(self) -> Self {
        Self { forgets: true, ..self }
    }

    /// Sets how long the settings may be stale before the [state](super::Handle::state) is `Failed`; ten
    /// seconds by default.
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Sets the clock; else it is the system's.
    pub fn clock(self, clock: impl Clock) -> Self {
        Self { clock: Arc::new(clock), ..self }
    }

    /// Has a look at how new revisions do. Without it every revision that is taken stays.
    pub fn health(self, health: Health<T>) -> Self {
        Self { health: Some(health), ..self }
    }

    /// Sets how long nothing may happen to the files before they are read; 100 milliseconds by default. Who
    /// writes a file in parts with longer pauses is read in between. Who writes with shorter ones is waited
    /// for, however long that takes, also where nobody signals it.
    ///
    /// It does not hold up [`poll`](Self::poll): when that is due, everything is read, and files that have changed as
    /// soon as nobody has written into them for the quiet time, of which two seconds are enough then.
    pub fn quiet(self, quiet: Duration) -> Self {
        Self { quiet, ..self }
    }

    /// Sets how often the layers are read in any case, at most a hundred times a second; every 30 seconds by
    /// default. `Duration::MAX` is never.
    ///
    /// It finds what nobody signals: changes on network drives, in single files that containers mount, and in
    /// sources that do not tell.
    pub fn poll(self, poll: Duration) -> Self {
        Self { poll: poll.max(Duration::from_millis(10)), ..self }
    }

    /// Tells a sink everything that happens, the first load included. There may be several.
    pub fn sink(mut self, sink: impl Sink) -> Self {
        self.sinks.add(sink);
        self
    }

    /// Loads, and keeps the settings alive. Equal values are no change.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the first load, in one [`Report`].
    pub fn start(self) -> Result<Live<T>, Report>
    where
        T: PartialEq,
    {
        self.start_by(|old, new| old == new)
    }

    /// The same for a type without `PartialEq`, or for which another likeness counts: the function says
    /// whether two values are the same, so that there is no change.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the first load, in one [`Report`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::live::{Expiry, Outcome};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 0.5)]
    ///     share: f64,
    /// }
    ///
    /// let live = Settings::loader().live().start_by(|old, new| (old.share - new.share).abs() < 0.1)?;
    /// assert_eq!(live.set_override("share", 0.51, Expiry::Never)?, Outcome::Unchanged);
    /// assert_eq!(live.set_override("share", 0.75, Expiry::Never)?, Outcome::Changed(2));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn start_by(self, same: impl Fn(&T, &T) -> bool + Send + Sync + 'static) -> Result<Live<T>, Report> {
        let Self { loader, clock, history, grace, health, quiet, poll, sinks, forgets } = self;
        let (repeated, same): (_, Same<T>) = (Arc::new(Repeated::of(loader)), Arc::new(same));
        let first =
            first(&repeated, &*clock).inspect_err(|report| tell_refusal::<T>(&sinks, &*clock, report))?;
        let options = Options { repeated, same, clock, history, grace, health, forgets };
        let shared = Arc::new(Shared::new(options, Eye::new(quiet, poll), sinks, first));
        shared.emit(|| EventKind::of(&shared.current()));
        shared.begin_watching();
        let worker = Arc::clone(&shared);
        shared.threads.start("confkit-live", move || worker::run(&worker)).map_err(|error| {
            shared.close();
            let message = format!("the thread of live settings cannot be started: {}", error.kind());
            loader::refusal(T::METADATA, Code::Source, message, None)
        })?;
        Ok(Live::new(shared))
    }
}

/// Makes the first revision.
fn first<T: Config>(repeated: &Arc<Repeated>, clock: &dyn Clock) -> Result<Snapshot<T>, Report> {
    let made = Made::<T>::new(repeated, Proposal::of(repeated.read(None, T::METADATA)?, Vec::new()), None)?;
    repeated.tell_warnings(T::METADATA, Moment::Load, made.loaded.warnings());
    let (actor, since) = (None, Arc::new(Since::start(T::METADATA)));
    Ok(Snapshot::new(Entry { number: 1, cause: Cause::Start, actor, at: clock.now(), since, made }))
}

/// Tells that there is nothing to begin with.
fn tell_refusal<T: Config>(sinks: &Sinks, clock: &dyn Clock, report: &Report) {
    let frame = || Frame { type_name: T::METADATA.name(), at: clock.now(), revision: 0, actor: None };
    if !sinks.is_empty() {
        sinks.record(frame(), EventKind::Refused { report: report.clone() });
        sinks.record(frame(), EventKind::Closed);
    }
}

impl<T> fmt::Debug for Builder<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("loader", &self.loader)
            .field("history", &self.history)
            .field("grace", &self.grace)
            .field("health", &self.health)
            .field("quiet", &self.quiet)
            .field("poll", &self.poll)
            .field("sinks", &self.sinks)
            .field("forgets", &self.forgets)
            .finish_non_exhaustive()
    }
}
