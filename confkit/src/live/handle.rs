//! What programs hold.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use serde::Serialize;

use super::actor::Actor;
use super::outcome::{Counts, Outcome, State};
use super::overrides::{Expiry, Override};
use super::reader::Reader;
use super::requests::Asked;
use super::shared::Shared;
use super::snapshot::Snapshot;
use super::turns::{Request, Wish};
use crate::config::Config;
use crate::explain::Explanation;
use crate::report::Report;

/// Settings that change while the program runs. Dropping it ends everything, as [`close`](Handle::close)
/// does; what can be asked of it is on [`Handle`], to which it derefs.
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
/// let live = Settings::loader().text(Format::Toml, "app.toml", "port = 80").watch()?;
/// let settings = live.get();
/// assert_eq!(settings.port, 80);
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Live<T: Config + Send + Sync + 'static>(Handle<T>);

impl<T: Config + Send + Sync + 'static> Live<T> {
    pub(super) fn new(shared: Arc<Shared<T>>) -> Self {
        Self(Handle { shared, actor: None })
    }

    /// Returns a handle for other parts of the program, and for callbacks. It does not keep the settings
    /// alive: after the end it serves what was in force last.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// let handle = live.handle();
    /// drop(live);
    /// assert_eq!((handle.get().port, handle.is_closed()), (80, true));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn handle(&self) -> Handle<T> {
        self.0.clone()
    }
}

impl<T: Config + Send + Sync + 'static> Deref for Live<T> {
    type Target = Handle<T>;

    fn deref(&self) -> &Handle<T> {
        &self.0
    }
}

impl<T: Config + Send + Sync + 'static> Drop for Live<T> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl<T: Config + Send + Sync + 'static> fmt::Debug for Live<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Live").field(&self.0.snapshot()).finish()
    }
}

/// Live settings, as any part of the program may use them. Reading never waits.
pub struct Handle<T> {
    pub(super) shared: Arc<Shared<T>>,
    /// For whom changes are made.
    pub(super) actor: Option<Arc<Actor>>,
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), actor: self.actor.clone() }
    }
}

/// # Reading
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Returns the settings in force. They do not change: values that are read from one answer belong
    /// together, and the next call may have a newer answer.
    pub fn get(&self) -> Arc<T> {
        self.shared.value.load_full()
    }

    /// Returns a reader for a hot loop.
    pub fn reader(&self) -> Reader<T> {
        Reader::new(&self.shared)
    }

    /// Returns the revision in force: the settings with their number, cause, time and places.
    pub fn snapshot(&self) -> Snapshot<T> {
        self.shared.current()
    }

    /// Returns the number of the revision in force. The first load is 1.
    pub fn revision(&self) -> u64 {
        self.shared.current().revision()
    }

    /// Returns the revisions that are kept, the oldest first and the one in force last; see
    /// [`Builder::history`](super::Builder::history).
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::live::Expiry;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.set_override("port", 81, Expiry::Never)?;
    /// live.rollback(1)?;
    /// let history = live.history();
    /// let causes: Vec<(u64, &str)> =
    ///     history.iter().map(|revision| (revision.revision(), revision.cause().as_str())).collect();
    /// assert_eq!(causes, [(1, "start"), (2, "override"), (3, "rollback")]);
    /// assert_eq!(history[1].differences().iter().next().unwrap().path(), "port");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn history(&self) -> Vec<Snapshot<T>> {
        self.shared.book(|book| book.history.iter().cloned().collect())
    }

    /// Explains the setting at a path, as it is in force; `None` if there is no such setting.
    pub fn explain(&self, path: &str) -> Option<Explanation> {
        self.shared.current().explain(path)
    }

    /// Returns how the settings are. A value is served in every state.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::live::State;
    /// use confkit::Config;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {}
    ///
    /// assert!(matches!(Settings::loader().watch()?.state(), State::Ready));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn state(&self) -> State {
        self.shared.state()
    }

    /// Returns what has happened since the start.
    pub fn counts(&self) -> Counts {
        self.shared.counts()
    }

    /// Returns the overrides that are set.
    pub fn overrides(&self) -> Vec<Override> {
        self.shared.book(|book| book.overrides.clone())
    }

    /// Returns whether the settings are pinned.
    pub fn is_pinned(&self) -> bool {
        self.shared.book(|book| book.is_pinned)
    }

    /// Returns whether the settings are closed.
    pub fn is_closed(&self) -> bool {
        self.shared.turns.is_closed()
    }
}

/// # Changing
///
/// One change is made at a time. Who asks for another one from inside a change (in a rule, a hook or
/// a listener) gets [`Outcome::Queued`], and it is made after the one at hand.
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Reads all layers, and has what they make in force if it is another value and nobody refuses it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong, in one [`Report`]. The settings are [stale](super::State::Stale) then, and
    /// what was in force stays.
    pub fn reload(&self) -> Result<Outcome, Report> {
        self.ask(Request::Reload)
    }

    /// Sets one value at a path such as `servers[0].host` over all layers, until it expires or is
    /// [taken away](Self::clear_override). It replaces an override of the same setting, in whatever spelling of the
    /// path: `servers.0.host` is the same one. `None` takes one away.
    ///
    /// Once it has expired it stays so, whatever becomes of the clock. While the settings are pinned it is
    /// checked by the rules, and kept for later.
    ///
    /// # Errors
    ///
    /// A path or value that cannot be used, or that the rules or a hook refuse. Also what is wrong with an entry in
    /// [`Lenient`](crate::Lenient) that the value is in: nothing is set aside for it. Nothing is set then.
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
    ///     #[config(default = 4, validate(range(max = 64)))]
    ///     workers: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.set_override("workers", 8, Duration::from_secs(600))?;
    /// assert_eq!(live.get().workers, 8);
    /// assert_eq!(live.explain("workers").unwrap().origin().to_string(), "set_override(\"workers\")");
    ///
    /// assert!(live.set_override("workers", 65, Duration::from_secs(600)).is_err());
    /// live.clear_override("workers")?;
    /// assert_eq!(live.get().workers, 4);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn set_override(
        &self,
        path: &str,
        value: impl Serialize,
        expiry: impl Into<Expiry>,
    ) -> Result<Outcome, Report> {
        self.ask(self.shared.to_set(path, value, expiry.into()).unwrap_or_else(Request::Refuse))
    }

    /// Takes an override away, so that what is below it is in force.
    ///
    /// # Errors
    ///
    /// The path is none, or what is below may not keep the rules any more. The override stays then.
    pub fn clear_override(&self, path: &str) -> Result<Outcome, Report> {
        self.ask(self.shared.to_clear(path).unwrap_or_else(Request::Refuse))
    }

    /// Has an earlier revision in force again, as a new revision. The content that was in force is not
    /// taken again by reloads until newer content appears.
    ///
    /// Overrides are those of the earlier revision, without those that have expired since.
    ///
    /// # Errors
    ///
    /// The history does not have the revision, or a hook refuses it.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::live::{Cause, Expiry, Outcome};
    /// use confkit::Config;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.set_override("port", 81, Expiry::Never)?;
    /// assert_eq!(live.rollback(1)?, Outcome::Changed(3));
    /// assert_eq!((live.get().port, live.snapshot().cause()), (80, &Cause::Rollback { to: 1 }));
    /// assert!(live.rollback(9).is_err());
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn rollback(&self, revision: u64) -> Result<Outcome, Report> {
        self.ask(Request::Rollback(revision))
    }

    /// Stays at the revision in force: reloads and overrides wait, expiries too, and health is not asked
    /// for. A [rollback](Self::rollback) is made all the same.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::live::{Expiry, Outcome};
    /// use confkit::Config;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    /// }
    ///
    /// let live = Settings::loader().watch()?;
    /// live.pin();
    /// assert_eq!(live.reload()?, Outcome::Pinned);
    /// live.set_override("port", 81, Expiry::Never)?;
    /// assert_eq!(live.get().port, 80);
    /// assert_eq!(live.unpin()?, Outcome::Changed(2));
    /// assert_eq!(live.get().port, 81);
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn pin(&self) {
        // There is nothing to refuse.
        let _ = self.ask(Request::Pin);
    }

    /// Ends a [pin](Self::pin) and reloads.
    ///
    /// # Errors
    ///
    /// Those of [`reload`](Self::reload). The pin has ended all the same, and overrides that were set or have expired
    /// meanwhile take effect on the layers in force.
    pub fn unpin(&self) -> Result<Outcome, Report> {
        self.ask(Request::Unpin)
    }

    /// Does what is due by the clock: overrides expire, former secrets [end](Self::rotating), and
    /// [health](super::Health) is asked for. A thread of the settings calls it when the time comes; tests with a
    /// clock of their own do it by hand.
    ///
    /// # Errors
    ///
    /// What is below an expired override may not keep the rules any more, and nothing in the history does without it.
    /// What was in force stays then. Otherwise what did last is in force, and what was refused is told to those who
    /// listen. In both cases the settings are stale.
    pub fn tick(&self) -> Result<Outcome, Report> {
        self.ask(Request::Tick)
    }

    /// Counts an outcome of the program's work, for [`Health::error_rate`](super::Health::error_rate).
    pub fn record(&self, is_good: bool) {
        self.shared.outcomes.record(is_good);
    }

    fn ask(&self, request: Request) -> Result<Outcome, Report> {
        self.shared.request(Wish { request, actor: self.actor.clone() }, Asked::ByCaller)
    }
}

/// # Ending
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Ends everything: waits for a change at hand and for callbacks, and ends all threads. Nothing of the
    /// program's is called after it returns. What was in force last can still be read.
    ///
    /// From inside a change or a callback it does not wait for that one, nor for others that run; no further
    /// one begins.
    pub fn close(&self) {
        self.shared.close();
    }
}

impl<T: Config + Send + Sync + 'static> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.snapshot()).finish()
    }
}
