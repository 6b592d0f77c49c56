//! The record of who has read which secret.

use std::sync::{Arc, Mutex};

use confkit::Code;
use confkit::live::{Event, EventKind, Expiry};

use super::{Page, Time, over};

#[test]
fn who_reads_a_secret_on_the_record_is_told_and_counted() {
    let (page, time) = (Page::new("token = 'hunter2'"), Time::new());
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = {
        let told = Arc::clone(&told);
        move |event: &Event| {
            if let EventKind::Accessed { path, .. } = event.kind() {
                told.lock().unwrap().push((path.clone(), event.actor().map(ToString::to_string)));
            }
        }
    };
    let live = over(&page, &time).sink(sink).start().unwrap();
    let worker = live.by("worker-3").because("connects");
    let read = |settings: &super::Settings| settings.token.expose().len();
    assert_eq!(worker.expose("token", read).unwrap(), 7);
    time.pass(5);
    assert_eq!(worker.expose("token", read).unwrap(), 7);
    live.expose("token", |_| ()).unwrap();
    // Not on the record.
    assert_eq!((live.get().token.expose().len(), live.reader().get().token.expose().len()), (7, 7));

    let by = Some("by worker-3 because connects".to_owned());
    let expected = [by.clone(), by, None].map(|by| ("token".to_owned(), by));
    assert_eq!(*told.lock().unwrap(), expected);
    let accesses = live.accesses();
    let counted: Vec<_> =
        accesses.iter().map(|one| (one.path.as_str(), one.actor.as_deref(), one.times)).collect();
    assert_eq!(counted, [("token", None, 1), ("token", Some("worker-3"), 2)]);
    assert_eq!(accesses[1].last, time.clock()());
}

#[test]
fn what_is_no_secret_is_not_read() {
    let (page, time) = (Page::new(""), Time::new());
    let live = over(&page, &time).start().unwrap();
    for (path, code) in [("port", Code::Invalid), ("tokens", Code::UnknownKey), ("token[", Code::Invalid)] {
        let report = live.expose(path, |_| unreachable!("{path}")).unwrap_err();
        assert_eq!(report.problems()[0].code(), code);
    }
    assert!(live.accesses().is_empty());
}

#[test]
fn the_latest_thousand_are_counted() {
    let (page, time) = (Page::new(""), Time::new());
    let live = over(&page, &time).start().unwrap();
    for number in 0..1500 {
        time.pass(1);
        live.by(format!("{number:04}")).expose("token", |_| ()).unwrap();
        live.by("always").expose("token", |_| ()).unwrap();
    }
    let accesses = live.accesses();
    assert_eq!((accesses.len(), accesses[0].actor.as_deref()), (1000, Some("0501")));
    assert_eq!((accesses[999].actor.as_deref(), accesses[999].times), (Some("always"), 1500));
}

#[test]
fn an_access_from_inside_a_change_is_his_who_reads() {
    let (page, time) = (Page::new("token = 'a'"), Time::new());
    let live = over(&page, &time).start().unwrap();
    let pool = live.by("pool");
    live.on_change(move |update| {
        assert!(pool.expose("token", |settings| settings.port == update.new().port).unwrap());
    })
    .detach();
    live.by("alice").set_override("port", 81, Expiry::Never).unwrap();
    assert_eq!(live.accesses()[0].actor.as_deref(), Some("pool"));
    assert_eq!(live.counts().panics, 0);
    live.close();
    assert_eq!(live.expose("token", |settings| settings.port).unwrap(), 81);
}
