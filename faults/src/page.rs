//! A source in memory, whose writers may be heard of.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use confkit::live::Builder;
use confkit::{
    Config, Format, OriginKind, Read, ReadContext, Revision, Signal, Source, SourceError, System, Watch,
    WatchContext,
};

use crate::settings::{Settings, toml};
use crate::time::Time;

/// Has the document that was written last.
#[derive(Clone)]
pub(crate) struct Page(Arc<Mutex<Inside>>);

struct Inside {
    text: String,
    revision: Option<Revision>,
    signal: Option<Signal>,
}

/// Nothing that has to be ended.
struct Heard;

impl Watch for Heard {}

impl Page {
    pub(crate) fn new(number: u64) -> Self {
        Self(Arc::new(Mutex::new(Inside { text: toml(number), revision: None, signal: None })))
    }

    pub(crate) fn write(&self, number: u64) {
        self.write_text(toml(number));
    }

    pub(crate) fn write_text(&self, text: String) {
        self.inside().text = text;
    }

    /// Writes what it had at a revision, as a replica that is behind does.
    pub(crate) fn write_numbered(&self, number: u64) {
        let mut inside = self.inside();
        (inside.text, inside.revision) = (toml(number), Some(Revision::numbered(number)));
    }

    /// Tells that something was written.
    pub(crate) fn signal(&self) {
        let signal = self.inside().signal.clone();
        signal.iter().for_each(Signal::changed);
    }

    /// Live settings over it, which look only when they are told to.
    pub(crate) fn live(&self, time: &Time) -> Builder<Settings> {
        let loader = Settings::loader().system(System::memory()).source(self.clone());
        loader.live().clock(time.clock()).poll(std::time::Duration::MAX)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Source for Page {
    fn name(&self) -> Cow<'_, str> {
        "page.toml".into()
    }

    fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
        let (text, revision) = {
            let inside = self.inside();
            (inside.text.clone(), inside.revision.clone())
        };
        let document = confkit_sources::read_text(Format::Toml, OriginKind::Source, "page.toml", text)?;
        Ok(Read::Document(document, revision))
    }

    fn watch(&self, cx: &WatchContext<'_>) -> Option<Box<dyn Watch>> {
        self.inside().signal = Some(cx.signal().clone());
        Some(Box::new(Heard))
    }
}
