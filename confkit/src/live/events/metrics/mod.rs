//! Events as metrics, of whatever recorder the program has.

#[cfg(feature = "webhook")]
mod webhooks;

use std::collections::BTreeSet;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use metrics::{
    SharedString, Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram,
};

#[cfg(feature = "webhook")]
use super::Webhook;
use super::{Event, EventKind, Sink};
use crate::live::locked;
use crate::live::outcome::Outcome;

const LOADS: &str = "confkit_loads_total";
const LOAD_DURATION: &str = "confkit_load_duration_seconds";
const CHANGES: &str = "confkit_changes_total";
const REFUSALS: &str = "confkit_refusals_total";
const REFUSED_PROBLEMS: &str = "confkit_refused_problems_total";
const REVISION: &str = "confkit_revision";
const LAST_CHANGE: &str = "confkit_last_change_timestamp_seconds";
const STATE: &str = "confkit_state";
const STALE_SINCE: &str = "confkit_stale_since_timestamp_seconds";
const OVERRIDES: &str = "confkit_overrides";
const PINNED: &str = "confkit_pinned";
const ON_PROBATION: &str = "confkit_on_probation";
const ROTATIONS: &str = "confkit_rotations_total";
const SECRET_READS: &str = "confkit_secret_reads_total";
const PANICS: &str = "confkit_panics_total";
const MISSED: &str = "confkit_events_missed_total";

/// Says what each is, in the words of the table in `docs/metrics.md`.
fn describe() {
    describe_counter!(
        LOADS,
        Unit::Count,
        "Times the layers were read after the start, by what became of it."
    );
    describe_histogram!(
        LOAD_DURATION,
        Unit::Seconds,
        "Time from reading the layers to the end of the change."
    );
    describe_counter!(CHANGES, Unit::Count, "Revisions that came into force, by what led to them.");
    describe_counter!(
        REFUSALS,
        Unit::Count,
        "Refusals of content, overrides and rollbacks; the same is counted once."
    );
    describe_counter!(REFUSED_PROBLEMS, Unit::Count, "Problems in the reports of refusals, by their code.");
    describe_gauge!(REVISION, Unit::Count, "Number of the revision in force; 0 if there is none.");
    describe_gauge!(LAST_CHANGE, Unit::Seconds, "When the revision in force came into force.");
    describe_gauge!(STATE, Unit::Count, "1 for the state that the settings are in, 0 for the other.");
    describe_gauge!(STALE_SINCE, Unit::Seconds, "Since when the settings are stale; 0 if they are ready.");
    describe_gauge!(OVERRIDES, Unit::Count, "Overrides that are set.");
    describe_gauge!(PINNED, Unit::Count, "1 while the settings are pinned.");
    describe_gauge!(ON_PROBATION, Unit::Count, "1 while the revision in force has to do well.");
    describe_counter!(ROTATIONS, Unit::Count, "Secrets that were followed and became others, by their path.");
    describe_counter!(SECRET_READS, Unit::Count, "Secrets that were read on the record, by their path.");
    describe_counter!(
        PANICS,
        Unit::Count,
        "Panics of listeners, hooks, health checks and subscribers that were caught."
    );
    describe_counter!(
        MISSED,
        Unit::Count,
        "Events that a sink failed with or panicked on, once for each such sink."
    );
}

/// Events as metrics of the [`metrics`](https://docs.rs/metrics) facade. Install the program's recorder before the
/// settings start: what happens earlier goes to none.
///
/// What an operator looks at first: `confkit_state{state="stale"}` is 1 while newer content is refused.
///
#[doc = include_str!("../../../../docs/metrics.md")]
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::live::Metrics;
///
/// #[derive(Config, PartialEq)]
/// struct Settings {}
///
/// let live = Settings::loader().live().sink(Metrics::new()).start()?;
/// assert_eq!(live.revision(), 1);
/// # Ok::<(), confkit::Report>(())
/// ```
#[derive(Debug, Default)]
pub struct Metrics {
    name: Option<SharedString>,
    has_begun: AtomicBool,
    /// The paths of overrides that are set.
    overrides: Mutex<BTreeSet<String>>,
    #[cfg(feature = "webhook")]
    webhooks: Vec<Webhook>,
}

impl Metrics {
    /// Takes the name of the settings' type for the label `settings`.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes another name for the label `settings`, so that two settings of one type are told apart.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::live::Metrics;
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Tenant {}
    ///
    /// let flowers = Tenant::loader().live().sink(Metrics::named("flowers")).start()?;
    /// let books = Tenant::loader().live().sink(Metrics::named("books")).start()?;
    /// assert_eq!((flowers.revision(), books.revision()), (1, 1));
    /// # Ok::<(), confkit::Report>(())
    /// ```
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: Some(name.into().into()), ..Self::default() }
    }

    /// Measures as well what becomes of the events that a webhook sends, from the first event on.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::live::{Metrics, Webhook};
    /// use confkit::{Config, Secret};
    ///
    /// #[derive(Config, PartialEq)]
    /// struct Settings {}
    ///
    /// let webhook = Webhook::builder("http://127.0.0.1:9/hooks", Secret::from("hunter2".to_owned()));
    /// let webhook = webhook.filter(|event| event.kind().as_str() == "refused").build()?;
    /// let metrics = Metrics::new().webhook(&webhook);
    /// let live = Settings::loader().live().sink(webhook).sink(metrics).start()?;
    /// assert_eq!(live.counts().unrecorded, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(feature = "webhook")]
    #[must_use]
    pub fn webhook(mut self, webhook: &Webhook) -> Self {
        self.webhooks.push(webhook.clone());
        self
    }

    fn settings(&self, event: &Event) -> SharedString {
        self.name.clone().unwrap_or(SharedString::const_str(event.type_name()))
    }

    /// Describes all, and has those without further labels there from the first event on.
    fn begin(&self, settings: &SharedString) {
        if self.has_begun.swap(true, Ordering::Relaxed) {
            return;
        }
        describe();
        for name in [REFUSALS, PANICS, MISSED] {
            counter!(name, "settings" => settings.clone()).increment(0);
        }
        for name in [REVISION, LAST_CHANGE, OVERRIDES, PINNED, ON_PROBATION] {
            set(name, settings, 0.0);
        }
        set_stale(settings, None);
        #[cfg(feature = "webhook")]
        self.webhooks.iter().for_each(|webhook| webhooks::follow(webhook, settings));
    }

    fn count_overrides(&self, settings: &SharedString, change: impl FnOnce(&mut BTreeSet<String>)) {
        let mut overrides = locked(&self.overrides);
        change(&mut overrides);
        let count = overrides.len();
        drop(overrides);
        #[expect(clippy::cast_precision_loss, reason = "so many overrides there are never")]
        set(OVERRIDES, settings, count as f64);
    }
}

impl Sink for Metrics {
    fn record(&self, event: &Event) -> io::Result<()> {
        let settings = &self.settings(event);
        self.begin(settings);
        match event.kind() {
            EventKind::Loaded { outcome, took } => {
                let outcome = outcome.map_or("refused", Outcome::as_str);
                counter!(LOADS, "settings" => settings.clone(), "outcome" => outcome).increment(1);
                histogram!(LOAD_DURATION, "settings" => settings.clone()).record(*took);
            }
            EventKind::Changed { cause, .. } => {
                counter!(CHANGES, "settings" => settings.clone(), "cause" => cause.as_str()).increment(1);
                #[expect(clippy::cast_precision_loss, reason = "so many revisions there are never")]
                set(REVISION, settings, event.revision() as f64);
                set(LAST_CHANGE, settings, timestamp(event.at()));
                // An event says so if the new one is.
                set(ON_PROBATION, settings, 0.0);
            }
            EventKind::Refused { report } => {
                counter!(REFUSALS, "settings" => settings.clone()).increment(1);
                for problem in report.problems() {
                    let code = problem.code().as_str();
                    counter!(REFUSED_PROBLEMS, "settings" => settings.clone(), "code" => code).increment(1);
                }
            }
            EventKind::OverrideSet { path, .. } => {
                self.count_overrides(settings, |overrides| _ = overrides.insert(path.clone()));
            }
            EventKind::OverrideCleared { path } | EventKind::OverrideExpired { path } => {
                self.count_overrides(settings, |overrides| _ = overrides.remove(path));
            }
            EventKind::Stale { .. } => set_stale(settings, Some(event.at())),
            EventKind::Ready => set_stale(settings, None),
            EventKind::Pinned => set(PINNED, settings, 1.0),
            EventKind::Unpinned => set(PINNED, settings, 0.0),
            EventKind::OnProbation { .. } => set(ON_PROBATION, settings, 1.0),
            EventKind::Proven => set(ON_PROBATION, settings, 0.0),
            EventKind::Rotated { path, .. } => count_path(ROTATIONS, settings, path),
            EventKind::Accessed { path } => count_path(SECRET_READS, settings, path),
            EventKind::Panicked => counter!(PANICS, "settings" => settings.clone()).increment(1),
            EventKind::RotationOver { .. } | EventKind::Closed => {}
        }
        Ok(())
    }

    fn missed(&self, event: &Event) {
        let settings = &self.settings(event);
        self.begin(settings);
        counter!(MISSED, "settings" => settings.clone()).increment(1);
    }
}

fn count_path(name: &'static str, settings: &SharedString, path: &str) {
    counter!(name, "settings" => settings.clone(), "path" => path.to_owned()).increment(1);
}

fn set(name: &'static str, settings: &SharedString, value: f64) {
    gauge!(name, "settings" => settings.clone()).set(value);
}

fn set_stale(settings: &SharedString, since: Option<SystemTime>) {
    for (state, is_it) in [("ready", since.is_none()), ("stale", since.is_some())] {
        gauge!(STATE, "settings" => settings.clone(), "state" => state).set(f64::from(u8::from(is_it)));
    }
    set(STALE_SINCE, settings, since.map_or(0.0, timestamp));
}

/// Seconds since the start of 1970.
fn timestamp(time: SystemTime) -> f64 {
    time.duration_since(SystemTime::UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}
