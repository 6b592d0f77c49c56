//! Sources that tell of changes by themselves.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confkit::live::{Expiry, Outcome, State, Wait};
use confkit::{
    Config, Read, ReadContext, Revision, Signal, Source, SourceError, System, Warnings, Watch, WatchContext,
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

#[test]
fn layers_are_read_every_so_often_while_it_does_not_get_quiet() {
    let (page, signal) = (Page::new("port = 1\n"), Arc::default());
    let store = Store { page: page.clone(), signal: Arc::clone(&signal) };
    let builder = Settings::loader().system(System::memory()).source(store).live();
    let live = builder.quiet(Duration::from_secs(3600)).poll(Duration::from_millis(10)).start().unwrap();
    let mut updates = live.subscribe();
    for port in 2..5 {
        // Another hour of quiet is waited for.
        signal.lock().unwrap().as_ref().unwrap().changed();
        page.write(format!("port = {port}\n"));
        let Wait::Update(update) = updates.wait(Duration::from_secs(60)) else { panic!("it is not read") };
        assert_eq!(update.new().port, port);
    }
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

/// A page whose writers say what revision it is.
#[derive(Clone)]
struct Replica {
    page: Page,
    revision: Arc<Mutex<Revision>>,
}

impl Replica {
    fn answer(&self, revision: Revision, port: u16) {
        self.page.write(format!("port = {port}\n"));
        *self.revision.lock().unwrap() = revision;
    }
}

impl Source for Replica {
    fn name(&self) -> Cow<'_, str> {
        "store".into()
    }

    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        let revision = self.revision.lock().unwrap().clone();
        match self.page.read(cx)? {
            Read::Document(document, _) => Ok(Read::Document(document, Some(revision))),
            other => Ok(other),
        }
    }
}

/// Live settings over a replica, and the warnings that were told.
fn replica(first: Revision) -> (Replica, confkit::live::Live<Settings>, Arc<Mutex<Vec<String>>>) {
    let store = Replica { page: Page::new("port = 1\n"), revision: Arc::new(Mutex::new(first)) };
    let told = Arc::new(Mutex::new(Vec::new()));
    let warnings = {
        let told = Arc::clone(&told);
        Warnings::call(move |warnings| told.lock().unwrap().extend(warnings.iter().map(ToString::to_string)))
    };
    let loader = Settings::loader().system(System::memory()).source(store.clone()).warnings(warnings);
    (store, loader.live().poll(Duration::MAX).start().unwrap(), told)
}

#[test]
fn an_older_number_than_the_one_in_force_is_not_taken_and_said_once() {
    let (store, live, told) = replica(Revision::numbered(3));
    store.answer(Revision::numbered(10), 10);
    assert_eq!(live.reload().unwrap(), Outcome::Changed(2));
    // As text, 9 is the greater one.
    store.answer(Revision::numbered(9), 9);
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    store.answer(Revision::numbered(10), 10);
    assert_eq!(live.reload().unwrap(), Outcome::Unchanged);
    assert_eq!((live.get().port, live.revision()), (10, 2));
    assert!(matches!(live.state(), State::Ready), "{}", live.state());
    insta::assert_snapshot!(told.lock().unwrap().join("\n"));

    store.answer(Revision::numbered(11), 11);
    assert_eq!(live.reload().unwrap(), Outcome::Changed(3));
    assert_eq!(live.get().port, 11);
}

#[test]
fn marks_that_are_no_numbers_have_no_order() {
    let (store, live, told) = replica(Revision::new("10"));
    for (mark, port) in [(Revision::new("9"), 9), (Revision::numbered(8), 8), (Revision::new("7"), 7)] {
        store.answer(mark, port);
        live.reload().unwrap();
        assert_eq!(live.get().port, port);
    }
    assert!(told.lock().unwrap().is_empty());
}

#[test]
fn what_was_taken_back_does_not_count() {
    let (store, live, _) = replica(Revision::numbered(1));
    store.answer(Revision::numbered(5), 5);
    live.reload().unwrap();
    live.rollback(1).unwrap();
    // Newer than what is in force now.
    store.answer(Revision::numbered(4), 4);
    live.reload().unwrap();
    assert_eq!(live.get().port, 4);
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
