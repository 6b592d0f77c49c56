//! What all handles share.

use std::collections::VecDeque;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use arc_swap::ArcSwap;
use confkit_sources::{Looked, Stamps};

use super::access::Accesses;
use super::actor::Actor;
use super::bell::Bell;
use super::clock::Clock;
use super::events::{EventKind, Frame, Sinks};
use super::eye::Eye;
use super::health::{Health, Outcomes};
use super::hooks::{Named, guarded};
use super::listeners::Listeners;
use super::locked;
use super::looking::Watches;
use super::outcome::{Counts, State, Why};
use super::overrides::Override;
use super::rotation::{Rotated, Rotations};
use super::snapshot::Snapshot;
use super::threads::Threads;
use super::turns::Turns;
use super::update::Update;
use crate::config::Config;
use crate::loader::{self, Moment, Repeated};
use crate::report::{Problem, Report};

/// Says whether two values are the same.
pub(super) type Same<T> = Arc<dyn Fn(&T, &T) -> bool + Send + Sync>;

/// What is decided at the start.
pub(super) struct Options<T> {
    pub(super) repeated: Arc<Repeated>,
    pub(super) same: Same<T>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) history: usize,
    pub(super) grace: Duration,
    pub(super) health: Option<Health<T>>,
    /// Whether revisions with former secrets are forgotten.
    pub(super) forgets: bool,
}

pub(super) struct Shared<T> {
    pub(super) options: Options<T>,
    /// The value in force, for readers that look at nothing else.
    pub(super) value: ArcSwap<T>,
    book: Mutex<Book<T>>,
    /// When the layers are to be read.
    pub(super) eye: Arc<Eye>,
    pub(super) watches: Mutex<Watches>,
    pub(super) turns: Turns,
    /// Rings after each change and at the end.
    pub(super) bell: Bell,
    /// Rings when something may be due at another time than before, and at the end.
    pub(super) alarm: Arc<Bell>,
    pub(super) threads: Threads,
    pub(super) hooks: Listeners<Named<T>>,
    pub(super) on_change: Listeners<dyn Fn(&Update<T>) + Send + Sync>,
    pub(super) on_refused: Listeners<dyn Fn(&Report) + Send + Sync>,
    pub(super) outcomes: Outcomes,
    pub(super) counters: Counters,
    pub(super) sinks: Sinks,
    pub(super) accesses: Accesses,
}

/// Where things stand. It is locked for looking up and noting down, and never while anything of the
/// program is called.
pub(super) struct Book<T> {
    pub(super) current: Snapshot<T>,
    pub(super) history: VecDeque<Snapshot<T>>,
    pub(super) overrides: Vec<Override>,
    pub(super) is_pinned: bool,
    /// Who asked for the change at hand.
    pub(super) actor: Option<Arc<Actor>>,
    pub(super) trouble: Option<Trouble>,
    /// The refusal that was told last, since the last one that was none.
    pub(super) told: Option<String>,
    /// Content that was taken back, until newer content is in force.
    pub(super) given_up: Vec<GivenUp>,
    pub(super) probation: Option<Probation<T>>,
    pub(super) rotations: Rotations<T>,
    /// The files that the last reading looked at, and how they were after it.
    pub(super) looked: Looked,
    pub(super) stamps: Stamps,
    /// How they were when somebody seemed to be writing, and they were not read.
    pub(super) glance: Option<Stamps>,
}

/// Newer content that is not in force.
pub(super) struct Trouble {
    pub(super) since: SystemTime,
    pub(super) why: Why,
}

/// Content that was taken back.
#[derive(Clone)]
pub(super) struct GivenUp {
    pub(super) content: u64,
    /// `None` if somebody wanted it so.
    pub(super) why: Option<Why>,
}

/// The time in which a revision has to do well.
pub(super) struct Probation<T> {
    /// What did well.
    pub(super) proven: Snapshot<T>,
    pub(super) ends: SystemTime,
    pub(super) next: SystemTime,
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) reloads: AtomicU64,
    pub(super) refusals: AtomicU64,
    pub(super) returns: AtomicU64,
    pub(super) panics: AtomicU64,
}

pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}

impl<T: Config + Send + Sync + 'static> Shared<T> {
    pub(super) fn new(options: Options<T>, eye: Eye, sinks: Sinks, first: Snapshot<T>) -> Self {
        let looked = first.made().base.looked().clone();
        Self {
            eye: Arc::new(eye),
            watches: Mutex::default(),
            options,
            value: ArcSwap::new(Arc::clone(first.value())),
            book: Mutex::new(Book {
                current: first.clone(),
                history: VecDeque::from([first]),
                overrides: Vec::new(),
                is_pinned: false,
                actor: None,
                trouble: None,
                told: None,
                given_up: Vec::new(),
                probation: None,
                rotations: Rotations::default(),
                stamps: looked.stamps(),
                glance: None,
                looked,
            }),
            turns: Turns::default(),
            bell: Bell::default(),
            alarm: Arc::default(),
            threads: Threads::default(),
            hooks: Listeners::default(),
            on_change: Listeners::default(),
            on_refused: Listeners::default(),
            outcomes: Outcomes::default(),
            counters: Counters::default(),
            sinks,
            accesses: Accesses::default(),
        }
    }

    /// Looks something up, or notes something down.
    pub(super) fn book<R>(&self, look: impl FnOnce(&mut Book<T>) -> R) -> R {
        look(&mut locked(&self.book))
    }

    pub(super) fn current(&self) -> Snapshot<T> {
        self.book(|book| book.current.clone())
    }

    /// Puts a revision into force: for readers and in the book at once. Secrets that rotate with it have to
    /// be all of them, else nothing is done. Returns the overrides before it.
    pub(super) fn put_in_force(&self, new: &Snapshot<T>, rotated: &Rotated) -> Option<Vec<Override>> {
        let most = self.options.history.max(1);
        let (overrides, _forgotten) = self.swap(new, rotated, |history| {
            history.push_back(new.clone());
            let more = history.len().saturating_sub(most);
            history.drain(..more).collect::<Vec<_>>()
        })?;
        Some(overrides)
    }

    /// Takes other layers for the revision in force, which have the same value, in the same way.
    pub(super) fn refresh(&self, new: &Snapshot<T>, rotated: &Rotated) -> Option<Vec<Override>> {
        let (overrides, _last) = self.swap(new, rotated, |history| {
            history.back_mut().map(|last| std::mem::replace(last, new.clone()))
        })?;
        Some(overrides)
    }

    /// Swaps, and returns the overrides before and what goes out of the history: values of the program's are
    /// dropped outside the lock.
    fn swap<R>(
        &self,
        new: &Snapshot<T>,
        rotated: &Rotated,
        note: impl FnOnce(&mut VecDeque<Snapshot<T>>) -> R,
    ) -> Option<(Vec<Override>, R)> {
        let (overrides, _current, noted) = self.book(|book| {
            rotated.commit(&book.rotations).then(|| {
                self.value.store(Arc::clone(new.value()));
                let overrides = std::mem::replace(&mut book.overrides, new.overrides().to_vec());
                (overrides, std::mem::replace(&mut book.current, new.clone()), note(&mut book.history))
            })
        })?;
        Some((overrides, noted))
    }

    pub(super) fn now(&self) -> SystemTime {
        self.options.clock.now()
    }

    pub(super) fn state(&self) -> State {
        let Some((since, why)) =
            self.book(|book| book.trouble.as_ref().map(|trouble| (trouble.since, trouble.why.clone())))
        else {
            return State::Ready;
        };
        let lasts = self.now().duration_since(since).unwrap_or_default();
        if lasts > self.options.grace { State::Failed { since, why } } else { State::Stale { since, why } }
    }

    pub(super) fn counts(&self) -> Counts {
        let Counters { reloads, refusals, returns, panics } = &self.counters;
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            reloads: read(reloads),
            refusals: read(refusals),
            returns: read(returns),
            panics: read(panics) + read(&self.sinks.panics),
            unrecorded: read(&self.sinks.failures),
        }
    }

    /// Tells sinks what has happened. If there are none, it is not even put together.
    pub(super) fn emit(&self, kind: impl FnOnce() -> EventKind) {
        if self.sinks.is_empty() {
            return;
        }
        // What happens beside a change is nobody's.
        let actor = if self.turns.is_mine() { self.book(|book| book.actor.clone()) } else { None };
        self.emit_by(actor, kind);
    }

    /// The same for what somebody has done.
    pub(super) fn emit_by(&self, actor: Option<Arc<Actor>>, kind: impl FnOnce() -> EventKind) {
        if self.sinks.is_empty() {
            return;
        }
        let revision = self.book(|book| book.current.revision());
        let frame = Frame { type_name: T::METADATA.name(), at: self.now(), revision, actor };
        self.tell_unrecorded(&self.sinks.record(frame, kind()));
    }

    fn tell_unrecorded(&self, failures: &[io::Error]) {
        for error in failures {
            let message = format!("an event could not be recorded: {error}");
            let help = "the settings go on; it is told again when recording has worked in between".to_owned();
            self.tell_warnings(Moment::Meanwhile, &[loader::warning(message, help)]);
        }
    }

    /// Tells warnings to whom the loader tells them. A panic there is no event: what is told may be that there
    /// is nobody to keep events.
    pub(super) fn tell_warnings(&self, moment: Moment, warnings: &[Problem]) {
        let tell = || self.options.repeated.tell_warnings(T::METADATA, moment, warnings);
        guarded(tell, &|| count(&self.counters.panics));
    }

    /// How long it is until something is due.
    pub(super) fn due_in(&self) -> Option<Duration> {
        let next = self.book(|book| {
            let expiries = book.overrides.iter().filter_map(Override::expires_at);
            let probation = book.probation.as_ref().filter(|_| !book.is_pinned);
            expiries.chain(probation.map(|probation| probation.next)).min()
        });
        let next = next.into_iter().chain(self.next_end_of_grace()).min()?;
        Some(next.duration_since(self.now()).unwrap_or_default())
    }

    /// Ends everything. From outside it waits until nothing of the program's runs any more; from
    /// inside a change or a callback that would never be.
    pub(super) fn close(&self) {
        let is_inside = self.turns.is_mine() || self.threads.has_current();
        self.turns.close();
        self.alarm.ring();
        self.bell.ring();
        if is_inside {
            self.emit(|| EventKind::Closed);
            return;
        }
        self.turns.wait_until_free();
        let watches = std::mem::take(&mut *locked(&self.watches));
        drop(watches);
        self.threads.join();
        self.hooks.clear();
        self.on_change.clear();
        self.on_refused.clear();
        let rotations = self.book(|book| std::mem::take(&mut book.rotations));
        drop(rotations);
        self.emit(|| EventKind::Closed);
    }
}
