//! Sources that tell of changes by themselves.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confkit::live::Wait;
use confkit::{Config, Read, ReadContext, Signal, Source, SourceError, Watch, WatchContext};

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
