//! Settings that change while the program runs. Time is a clock of the test's own, and sources are texts
//! that it changes: nothing here sleeps.

mod access;
mod audit;
mod closing;
mod events;
mod files;
mod health;
mod hooks;
mod lenient;
mod metrics;
mod overrides;
mod refusals;
mod revisions;
mod rotation;
mod secrets;
mod sources;
mod subscribers;
mod warnings;
mod webhook;

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use confkit::live::Builder;
use confkit::{Config, Format, OriginKind, Read, ReadContext, Secret, Source, SourceError, System};

#[derive(Debug, PartialEq, Config)]
pub(crate) struct Settings {
    #[config(default = 80)]
    port: u16,
    #[config(default = 4, validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(default, validate(|name| { assert!(name != "panic"); true }, "must be a name"))]
    name: String,
    #[config(default)]
    token: Secret<String>,
    #[config(nested)]
    pool: Pool,
}

#[derive(Debug, PartialEq, Config)]
pub(crate) struct Pool {
    #[config(default = 1)]
    min: u32,
    #[config(default = 8)]
    max: u32,
}

/// A source whose text is what the test last said.
#[derive(Clone)]
pub(crate) struct Page(Arc<Mutex<String>>);

impl Page {
    pub(crate) fn new(text: &str) -> Self {
        Self(Arc::new(Mutex::new(text.to_owned())))
    }

    pub(crate) fn write(&self, text: impl Into<String>) {
        *self.0.lock().unwrap() = text.into();
    }
}

impl Source for Page {
    fn name(&self) -> Cow<'_, str> {
        "page.toml".into()
    }

    fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
        let text = self.0.lock().unwrap().clone();
        Ok(confkit_sources::read_text(Format::Toml, OriginKind::Source, "page.toml", text)?.into())
    }
}

/// A time that passes when the test says so.
#[derive(Clone)]
pub(crate) struct Time(Arc<Mutex<SystemTime>>);

impl Time {
    pub(crate) fn new() -> Self {
        Self(Arc::new(Mutex::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000))))
    }

    pub(crate) fn pass(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }

    pub(crate) fn step_back(&self, seconds: u64) {
        *self.0.lock().unwrap() -= Duration::from_secs(seconds);
    }

    pub(crate) fn clock(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static {
        let time = self.clone();
        move || *time.0.lock().unwrap()
    }
}

/// Live settings over a page, with a clock.
pub(crate) fn over(page: &Page, time: &Time) -> Builder<Settings> {
    Settings::loader().system(System::memory()).source(page.clone()).live().clock(time.clock())
}
