//! One revision, whole.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use confkit_sources::path::{self, Segment};

use super::actor::Actor;
use super::outcome::Cause;
use super::overrides::Override;
use super::proposal::Proposal;
use super::since::Since;
use crate::config::Config;
use crate::diff::Differences;
use crate::effective::{Effective, Filling};
use crate::explain::{Explanation, Loaded, normal};
use crate::loader::{Base, Contents, Repeated};
use crate::report::{Problem, Report};

/// One numbered revision of live settings. It never changes; two values read from it belong together.
///
/// It derefs to the settings.
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
/// let snapshot = live.snapshot();
/// assert_eq!((snapshot.revision(), snapshot.port, snapshot.cause().as_str()), (1, 80, "start"));
/// assert_eq!(snapshot.explain("port").unwrap().origin().to_string(), "app.toml:1:8");
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Snapshot<T>(Arc<Entry<T>>);

/// A value that came into force.
pub(super) struct Entry<T> {
    pub(super) number: u64,
    pub(super) cause: Cause,
    pub(super) actor: Option<Arc<Actor>>,
    pub(super) at: SystemTime,
    /// What differs from the revision before it.
    pub(super) since: Arc<Since>,
    pub(super) made: Made<T>,
}

/// A value, and what it was made of.
pub(super) struct Made<T> {
    pub(super) loaded: Loaded<Arc<T>>,
    pub(super) base: Base,
    pub(super) overrides: Vec<Override>,
    repeated: Arc<Repeated>,
    contents: OnceLock<Contents>,
}

impl<T: Config> Made<T> {
    /// Makes the value, after an earlier one.
    pub(super) fn new(
        repeated: &Arc<Repeated>,
        proposal: Proposal,
        before: Option<&Loaded<Arc<T>>>,
    ) -> Result<Self, Report> {
        let loaded = repeated.load(&proposal.base, &proposal.values(), proposal.wanted(), before)?;
        let Proposal { base, overrides, .. } = proposal;
        let (repeated, contents) = (Arc::clone(repeated), OnceLock::new());
        Ok(Self { loaded, base, overrides, repeated, contents })
    }

    /// Marks of what the layers say, made when somebody asks for them first.
    pub(super) fn contents(&self) -> Contents {
        *self.contents.get_or_init(|| self.repeated.contents(&self.base, &self.loaded))
    }
}

impl<T: Config> Clone for Made<T> {
    fn clone(&self) -> Self {
        Self {
            loaded: self.loaded.clone(),
            base: self.base.clone(),
            overrides: self.overrides.clone(),
            repeated: Arc::clone(&self.repeated),
            contents: self.contents.clone(),
        }
    }
}

impl<T> Clone for Snapshot<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Config> Snapshot<T> {
    pub(super) fn new(entry: Entry<T>) -> Self {
        Self(Arc::new(entry))
    }

    /// The same value, made of other layers.
    pub(super) fn with(&self, made: Made<T>) -> Self {
        let Entry { number, cause, actor, at, since, .. } = &*self.0;
        let (cause, actor, since) = (cause.clone(), actor.clone(), Arc::clone(since));
        Self::new(Entry { number: *number, cause, actor, at: *at, since, made })
    }

    pub(super) fn made(&self) -> &Made<T> {
        &self.0.made
    }

    /// Reads a path; returns it in the one spelling that the declaration has for it.
    pub(super) fn path(&self, text: &str) -> Option<Vec<Segment<'static>>> {
        let path = path::parse(text).ok()?;
        Some(normal(T::METADATA, &self.0.made.loaded.kept().section, &path))
    }

    /// Masks the texts of secrets in a text.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        let kept = self.0.made.loaded.kept();
        let effective = Effective::of(kept, T::METADATA, Filling::Values);
        effective.secret_texts(kept).mask(text).into_owned()
    }

    /// Returns the number. The first load is 1, and each change one more.
    pub fn revision(&self) -> u64 {
        self.0.number
    }

    /// Returns the settings.
    pub fn value(&self) -> &Arc<T> {
        &self.0.made.loaded
    }

    /// Returns what led to it.
    pub fn cause(&self) -> &Cause {
        &self.0.cause
    }

    /// Returns who asked for it; `None` if nobody did, or did not say who he is.
    pub fn actor(&self) -> Option<&Actor> {
        self.0.actor.as_deref()
    }

    /// Returns when it came into force.
    pub fn at(&self) -> SystemTime {
        self.0.at
    }

    /// Returns a mark of the content of all layers: equal marks, equal content. It holds within one
    /// process; elsewhere the same content has another mark, so that secrets cannot be guessed from it.
    pub fn content(&self) -> u64 {
        self.0.made.contents().whole
    }

    /// Returns what differs from the revision before it. Secrets are masked. It is put together when
    /// somebody asks for it first, which takes longer than a load.
    pub fn differences(&self) -> &Differences {
        self.0.since.differences()
    }

    /// Returns the overrides that are in it.
    pub fn overrides(&self) -> &[Override] {
        &self.0.made.overrides
    }

    /// Explains the setting at a path; `None` if there is no such setting.
    pub fn explain(&self, path: &str) -> Option<Explanation> {
        self.0.made.loaded.explain(&path::to_string(&self.path(path)?))
    }

    /// Explains every setting, in the order of the declaration.
    pub fn explanations(&self) -> Vec<Explanation> {
        self.0.made.loaded.explanations()
    }

    /// Returns the warnings of the load.
    pub fn warnings(&self) -> &[Problem] {
        self.0.made.loaded.warnings()
    }
}

impl<T> Deref for Snapshot<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.made.loaded
    }
}

/// Without the settings, which need not be `Debug`.
impl<T> fmt::Debug for Snapshot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Entry { number, cause, actor, at, since, .. } = &*self.0;
        let paths: Vec<&str> = since.differences().iter().map(crate::diff::Difference::path).collect();
        f.debug_struct("Snapshot")
            .field("revision", number)
            .field("cause", cause)
            .field("actor", actor)
            .field("at", at)
            .field("paths", &paths)
            .finish_non_exhaustive()
    }
}
