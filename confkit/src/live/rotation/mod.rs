//! Secrets that rotate: the value before is accepted beside the new one until its grace ends.

mod list;
mod rotating;
mod slot;
mod valid;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;

pub(super) use self::list::{Rotated, Rotations};
pub use self::rotating::Rotating;
use self::slot::{Part, Slot, Told};
use self::valid::Valid;
use super::handle::Handle;
use super::listeners::Registration;
use crate::config::Config;
use crate::report::Report;

/// Where a rotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Phase {
    /// The new value is in force. The old one is good until its grace ends.
    Begun,
    /// The grace of the old one is over.
    Over,
}

impl Phase {
    /// Returns a stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Over => "over",
        }
    }
}

/// What [`Handle::on_rotate`] tells.
pub struct Rotation<'r, U> {
    path: &'r str,
    old: &'r U,
    new: &'r U,
    ends: SystemTime,
    phase: Phase,
}

impl<'r, U> Rotation<'r, U> {
    /// Returns the path of the setting.
    pub fn path(&self) -> &'r str {
        self.path
    }

    /// Returns the former value.
    pub fn old(&self) -> &'r U {
        self.old
    }

    /// Returns the value in force. When a grace is over that may be a newer one than replaced the former value.
    #[expect(clippy::new_ret_no_self, reason = "it is the side beside `old`")]
    pub fn new(&self) -> &'r U {
        self.new
    }

    /// Returns when the grace of the former value ends, or has ended.
    pub fn ends(&self) -> SystemTime {
        self.ends
    }

    /// Returns where the rotation stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }
}

/// Without the values.
impl<U> fmt::Debug for Rotation<'_, U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rotation")
            .field("path", &self.path)
            .field("ends", &self.ends)
            .field("phase", &self.phase)
            .finish_non_exhaustive()
    }
}

/// # Secrets that rotate
///
/// A secret rotates when its part of the settings differs after a change, whatever led to it: other content,
/// an override, a rollback. Its former value is good for a grace beside the new one; several are, if it rotates
/// again meanwhile, each until its own grace ends. A former value that comes back is the current one again, and
/// not former any more. The path names the setting in events and errors, and what the function selects is to be
/// the value at that path: a secret, or a section with one.
///
/// A grace ends by the [clock](super::Builder::clock), also while the settings are pinned, and stays over if the
/// clock is set back.
impl<T: Config + Send + Sync + 'static> Handle<T> {
    /// Follows a secret that a server accepts or verifies with, until the last clone of what is returned is
    /// dropped.
    ///
    /// A new value is accepted before anybody reads it in the settings.
    ///
    /// # Errors
    ///
    /// There is no setting at the path, or it is not declared secret and none is inside it.
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use confkit::{Config, SecretString};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     #[config(default = 80)]
    ///     port: u16,
    ///     token: SecretString,
    /// }
    ///
    /// let live = Settings::loader().set("token", "hunter2").watch()?;
    /// let tokens = live.rotating("token", Duration::from_secs(3600), |settings| &settings.token)?;
    /// assert!(tokens.accepted().any(|token| *token == "hunter2".into()));
    ///
    /// let report = live.rotating("port", Duration::ZERO, |settings| &settings.port).unwrap_err();
    /// assert_eq!(report.problems()[0].message(), "`port` is not secret");
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn rotating<U: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        path: &str,
        grace: Duration,
        part: impl Fn(&T) -> &U + Send + Sync + 'static,
    ) -> Result<Rotating<U>, Report> {
        let path: Arc<str> = self.shared.secret_path(path)?.into();
        let (valid, registration) = self.follow(Arc::clone(&path), grace, Box::new(part), None);
        let clock = Arc::clone(&self.shared.options.clock);
        Ok(Rotating { path, valid, clock, registration: Arc::new(registration) })
    }

    /// Calls a function when a secret rotates, and again for each former value whose grace is over. It runs on
    /// the thread that makes the change, after [`on_change`](Self::on_change), and is to be short.
    ///
    /// When it panics, that is caught and counted.
    ///
    /// # Errors
    ///
    /// There is no setting at the path, or it is not declared secret and none is inside it.
    ///
    /// # Example
    ///
    /// ```
    /// use std::sync::mpsc;
    /// use std::time::Duration;
    ///
    /// use confkit::live::{Expiry, Phase};
    /// use confkit::{Config, Secret};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {
    ///     password: Secret<String>,
    /// }
    ///
    /// let live = Settings::loader().set("password", "old").watch()?;
    /// let (sender, told) = mpsc::channel();
    /// live.on_rotate("password", Duration::from_secs(600), |settings| &settings.password, move |rotation| {
    ///     let (old, new) = (rotation.old().expose().clone(), rotation.new().expose().clone());
    ///     sender.send((rotation.phase(), old, new)).unwrap();
    /// })?
    /// .detach();
    ///
    /// live.set_override("password", "new", Expiry::Never)?;
    /// assert_eq!(told.recv().unwrap(), (Phase::Begun, "old".to_owned(), "new".to_owned()));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn on_rotate<U: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        path: &str,
        grace: Duration,
        part: impl Fn(&T) -> &U + Send + Sync + 'static,
        function: impl Fn(&Rotation<'_, U>) + Send + Sync + 'static,
    ) -> Result<Registration, Report> {
        let path = self.shared.secret_path(path)?.into();
        Ok(self.follow(path, grace, Box::new(part), Some(Box::new(function))).1)
    }

    /// Adds a secret, with the value that is in force when it is there.
    fn follow<U: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        path: Arc<str>,
        grace: Duration,
        part: Part<T, U>,
        told: Option<Told<U>>,
    ) -> (Arc<ArcSwap<Valid<U>>>, Registration) {
        let mut now = self.get();
        let valid = Arc::new(ArcSwap::from_pointee(Valid::new(part(&now))));
        let slot = Arc::new(Slot { path, grace, part, told, valid: Arc::clone(&valid) });
        let number = loop {
            let added = self.shared.book(|book| {
                let is_current = Arc::ptr_eq(book.current.value(), &now);
                is_current.then(|| book.rotations.add(Arc::clone(&slot) as _))
            });
            if let Some(number) = added {
                break number;
            }
            now = self.get();
            valid.store(Arc::new(Valid::new((slot.part)(&now))));
        };
        let end =
            move |shared: &super::shared::Shared<T>| drop(shared.book(|book| book.rotations.remove(number)));
        (valid, self.registration(end))
    }
}
