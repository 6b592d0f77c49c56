//! Sources that tell of changes by themselves.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confkit::live::{Expiry, Outcome, Wait};
use confkit::{
    Config, Read, ReadContext, Revision, Signal, Source, SourceError, System, Watch, WatchContext,
};

use super::{Page, Settings};

/// A page whose writers are heard of.
struct Store {
    page: Page,
    signal: Arc<Mutex<Option<Signal>>>,
}

/// Takes the signal away when it ends.
struct Listening(Arc<Mutex<Option<Signal>>>);

impl Watch for Listening {}

impl Drop for Listening {
    fn drop(&mut self) {
        *self.0.lock().unwrap() = None;
    }
}

impl Source for Store {
    fn name(&self) -> Cow<'_, str> {
        "store".into()
    }

    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        self.page.read(cx)
    }

    fn watch(&self, cx: &WatchContext<'_>) -> Option<Box<dyn Watch>> {
        *self.signal.lock().unwrap() = Some(cx.signal().clone());
        Some(Box::new(Listening(Arc::clone(&self.signal))))
    }
}

#[test]
fn a_signal_has_the_layers_read_again_and_the_end_ends_the_watch() {
    let (page, signal) = (Page::new("port = 1\n"), Arc::default());
    let store = Store { page: page.clone(), signal: Arc::clone(&signal) };
    let builder = Settings::loader().source(store).live().quiet(Duration::from_millis(1)).poll(Duration::MAX);
    let live = builder.start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..10 {
        page.write(format!("port = {port}\n"));
        signal.lock().unwrap().as_ref().unwrap().changed();
        let Wait::Update(update) = updates.wait(Duration::from_secs(60)) else { panic!() };
        assert_eq!(update.new().port, port);
    }
    live.close();
    assert!(signal.lock().unwrap().is_none());
}

/// A page that knows its revision, and notes what it was asked with and whether it gave its content.
#[derive(Clone)]
struct Numbered {
    page: Page,
    number: Arc<Mutex<u32>>,
    asked: Arc<Mutex<Vec<(Option<String>, bool)>>>,
}

impl Source for Numbered {
    fn name(&self) -> Cow<'_, str> {
        "store".into()
    }

    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        let (now, before) = (Revision::new(format!("r{}", self.number.lock().unwrap())), cx.previous());
        let is_same = before == Some(&now);
        self.asked.lock().unwrap().push((before.map(|before| before.as_str().to_owned()), !is_same));
        if is_same {
            return Ok(Read::Unchanged);
        }
        match self.page.read(cx)? {
            Read::Document(document, _) => Ok(Read::Document(document, Some(now))),
            other => Ok(other),
        }
    }
}

#[test]
fn a_source_is_asked_with_the_revision_that_is_held_and_may_say_that_nothing_has_changed() {
    let (page, number) = (Page::new("port = 1\n"), Arc::new(Mutex::new(1)));
    let store = Numbered { page: page.clone(), number: Arc::clone(&number), asked: Arc::default() };
    let loader = Settings::loader().system(System::memory()).source(store.clone());
    let live = loader.live().poll(Duration::MAX).start().unwrap();
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    live.set_override("workers", 8, Expiry::Never).unwrap();
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!((live.get().port, live.get().workers), (1, 8));

    page.write("port = 2\n");
    *number.lock().unwrap() = 2;
    assert_eq!(live.reload().unwrap(), Outcome::Changed(3));
    assert_eq!((live.get().port, live.get().workers), (2, 8));

    // What was refused is not held: the content is given again.
    page.write("port = 'http'\n");
    *number.lock().unwrap() = 3;
    live.reload().unwrap_err();
    live.reload().unwrap_err();
    live.rollback(1).unwrap();
    live.reload().unwrap_err();

    let asked = [(None, true), (Some("r1"), false), (Some("r1"), false), (Some("r1"), true)];
    let asked = asked.into_iter().chain([(Some("r2"), true), (Some("r2"), true), (Some("r1"), true)]);
    let asked: Vec<_> = asked.map(|(before, gave)| (before.map(str::to_owned), gave)).collect();
    assert_eq!(*store.asked.lock().unwrap(), asked);
}

#[test]
fn a_source_that_was_given_no_revision_cannot_say_that_nothing_has_changed() {
    let store = Store { page: Page::new("port = 1\n"), signal: Arc::default() };
    let is_silent = Arc::new(Mutex::new(false));
    let live = Settings::loader()
        .system(System::memory())
        .source(Mute { store, is_silent: Arc::clone(&is_silent) })
        .live()
        .poll(Duration::MAX)
        .start()
        .unwrap();
    *is_silent.lock().unwrap() = true;
    let report = live.reload().unwrap_err();
    assert!(report.problems()[0].message().contains("it says that nothing has changed"), "{report}");
    assert_eq!(live.get().port, 1);
}

/// Says that nothing has changed, whatever it was asked with.
struct Mute {
    store: Store,
    is_silent: Arc<Mutex<bool>>,
}

impl Source for Mute {
    fn name(&self) -> Cow<'_, str> {
        "mute".into()
    }

    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        if *self.is_silent.lock().unwrap() { Ok(Read::Unchanged) } else { self.store.read(cx) }
    }
}
