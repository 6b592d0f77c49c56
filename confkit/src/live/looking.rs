//! Reading again because something may have changed.

use std::sync::Arc;
#[cfg(feature = "watch")]
use std::time::Duration;
use std::time::Instant;

use confkit_sources::{Looked, Signal, Stamps, Watch};
#[cfg(feature = "watch")]
use confkit_sources::{Unwatched, Watching};

use super::eye::Occasion;
use super::locked;
use super::outcome::Outcome;
use super::shared::{Shared, count};
use crate::config::Config;
use crate::loader::Base;
#[cfg(feature = "watch")]
use crate::loader::{self, Moment};
use crate::report::Report;

/// What signals changes. Dropping it ends it.
#[derive(Default)]
pub(super) struct Watches {
    sources: Vec<Box<dyn Watch>>,
    #[cfg(feature = "watch")]
    files: Option<Watching>,
    /// Whether it was told that files are not watched.
    #[cfg(feature = "watch")]
    is_told: bool,
}

/// The layers, and how their files were when they had been read.
pub(super) struct Reading {
    pub(super) base: Base,
    pub(super) stamps: Stamps,
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// Has sources and files tell when they have changed.
    pub(super) fn begin_watching(&self) {
        let (eye, alarm) = (Arc::clone(&self.eye), Arc::clone(&self.alarm));
        let signal = Signal::new(move || {
            eye.signal();
            alarm.ring();
        });
        let current = self.current();
        let sources = self.options.repeated.watch(current.made().loaded.profile(), &signal);
        locked(&self.watches).sources = sources;
        #[cfg(feature = "watch")]
        if self.options.repeated.is_real() {
            self.begin_watching_files(signal);
        }
    }

    #[cfg(feature = "watch")]
    fn begin_watching_files(&self, signal: Signal) {
        match Watching::new(move || signal.changed()) {
            Ok(files) => locked(&self.watches).files = Some(files),
            Err(error) => return self.tell_unwatched(&error),
        }
        let (looked, stamps) = self.book(|book| (book.looked.clone(), book.stamps.clone()));
        let has_files = !looked.paths().is_empty();
        self.follow(looked, stamps);
        if has_files {
            // Somebody may have written while the first revision was made.
            self.eye.signal();
        }
    }

    /// Reads the layers because something may have changed, and takes them if nobody writes meanwhile.
    pub(super) fn look(&self) -> Result<Outcome, Report> {
        let occasion = self.eye.begin();
        if self.book(|book| book.is_pinned) {
            return Ok(Outcome::Pinned);
        }
        let (looked, known) = self.book(|book| (book.looked.clone(), book.stamps.clone()));
        let before = looked.stamps();
        if before.lost_something_since(&known) && occasion != Occasion::Patience {
            self.eye.be_patient();
            return Ok(Outcome::Unchanged);
        }
        if occasion == Occasion::Time && !before.agree_with(&known) && !self.rests(&before) {
            self.eye.look_again();
            return Ok(Outcome::Unchanged);
        }
        let began = Instant::now();
        let read = self.read();
        if !before.agree_with(&looked.stamps()) {
            self.eye.signal();
            return Ok(Outcome::Unchanged);
        }
        self.take_read(read, began)
    }

    /// Whether nobody has written into a file since the last glance; if there was none, it is not known.
    fn rests(&self, now: &Stamps) -> bool {
        let before = self.book(|book| book.glance.replace(now.clone()));
        before.is_some_and(|before| !now.written_since(&before))
    }

    /// Reads every layer.
    pub(super) fn read(&self) -> Result<Reading, Report> {
        count(&self.counters.reloads);
        let current = self.current();
        let base = self.options.repeated.read(Some(&current.made().base), T::METADATA);
        let base = base.map_err(Report::while_in_force)?;
        // Before anybody is told: who is told may write again at once.
        let stamps = base.looked().stamps();
        Ok(Reading { base, stamps })
    }

    /// Watches the files that were looked at.
    pub(super) fn follow(&self, looked: Looked, mut stamps: Stamps) {
        // Values may have named files, too.
        stamps.fill_in(&looked);
        if self.arm(&looked) && !stamps.agree_with(&looked.stamps()) {
            // It has changed before it was watched.
            self.eye.signal();
            self.alarm.ring();
        }
        self.book(|book| (book.looked, book.stamps, book.glance) = (looked, stamps, None));
    }

    /// Returns whether anything is watched that was not before.
    #[cfg(feature = "watch")]
    fn arm(&self, looked: &Looked) -> bool {
        let mut watches = locked(&self.watches);
        let Some(files) = &mut watches.files else { return false };
        match files.follow(looked) {
            Ok(is_new) => is_new,
            Err(error) => {
                let is_told = std::mem::replace(&mut watches.is_told, true);
                drop(watches);
                if !is_told {
                    self.tell_unwatched(&error);
                }
                true
            }
        }
    }

    #[cfg(not(feature = "watch"))]
    fn arm(&self, _: &Looked) -> bool {
        false
    }

    #[cfg(feature = "watch")]
    fn tell_unwatched(&self, error: &Unwatched) {
        let message = format!("changes of files are not signalled: {error}");
        let help = match self.eye.poll {
            Duration::MAX => "call `reload` after a change".to_owned(),
            poll => format!("they are found by reading all layers every {} s", poll.as_secs_f32()),
        };
        self.tell_warnings(Moment::Meanwhile, &[loader::warning(message, help)]);
    }
}
