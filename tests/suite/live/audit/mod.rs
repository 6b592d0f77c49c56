//! Events in a file, each bound to the one before it.

mod crashes;
mod faults;
mod files;
#[cfg(unix)]
mod processes;
mod tampering;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use confkit::Secret;
use confkit::live::audit::{Head, Verifier};
use confkit::live::{Audit, Event, Expiry, Health, Live};
use serde_json::Value;
use tempfile::TempDir;

use super::{Page, Settings, Time, over};

/// Where a test keeps its log.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn log(&self) -> PathBuf {
        self.path("audit.jsonl")
    }
}

/// Settings that keep a log, and a clock that stands.
fn kept(audit: &Audit) -> Live<Settings> {
    over(&Page::new("port = 1\ntoken = 'hunter2'"), &Time::new()).sink(audit.clone()).start().unwrap()
}

/// Writes a log with some records; returns its text.
fn sample(path: &Path) -> String {
    let audit = Audit::open(path).unwrap();
    let live = kept(&audit);
    live.pin();
    live.unpin().unwrap();
    live.close();
    fs::read_to_string(path).unwrap()
}

fn records(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn key(text: &str) -> Secret<String> {
    Secret::from(text.to_owned())
}

#[test]
fn every_kind_of_event_is_kept_as_it_was_told() {
    let (folder, page, time) = (Folder::new(), Page::new("port = 1"), Time::new());
    let audit = Audit::options().filter(|_| true).open(folder.log()).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let sink = {
        let told = Arc::clone(&told);
        move |event: &Event| told.lock().unwrap().push(event.clone())
    };
    let health = Health::new(Duration::from_secs(2)).check(|settings: &Settings| match settings.port {
        13 => Err("bad luck".to_owned()),
        _ => Ok(()),
    });
    let live = over(&page, &time).health(health).sink(sink).sink(audit.clone()).start().unwrap();
    page.write("port = 'x'");
    live.reload().unwrap_err();
    page.write("port = 13");
    live.by("deploy").because("a \"quoted\" reason\n").reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    page.write("port = 2\nname = \"\\u0000\\u007f\\u2028é\\n\"");
    live.reload().unwrap();
    time.pass(2);
    live.tick().unwrap();
    live.set_override("port", 3, Duration::from_secs(60)).unwrap();
    live.set_override("workers", 3, Expiry::Never).unwrap();
    live.clear_override("workers").unwrap();
    time.pass(60);
    live.tick().unwrap();
    live.pin();
    live.unpin().unwrap();
    live.on_change(|_| panic!("on purpose")).detach();
    live.rollback(1).unwrap();
    live.close();

    let (told, records) = (told.lock().unwrap(), records(&folder.log()));
    let kinds = [
        "changed",
        "closed",
        "loaded",
        "on_probation",
        "override_cleared",
        "override_expired",
        "override_set",
        "panicked",
        "pinned",
        "proven",
        "ready",
        "refused",
        "stale",
        "unpinned",
    ];
    let mut found: Vec<&str> = told.iter().map(|event| event.kind().as_str()).collect();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, kinds);
    assert_eq!(records.len(), told.len());
    for (number, (record, event)) in records.iter().zip(told.iter()).enumerate() {
        assert_eq!(record["sequence"], number + 1);
        assert_eq!(record["event"], serde_json::from_str::<Value>(&event.to_json()).unwrap());
    }
    let verified = Audit::verify(folder.log()).unwrap();
    assert_eq!(verified.records(), told.len() as u64);
    assert_eq!((verified.first(), verified.repairs(), verified.head()), (Some(1), 0, audit.head()));
}

#[test]
fn a_record_says_who_why_when_and_from_what_to_what() {
    let folder = Folder::new();
    let live = kept(&Audit::open(folder.log()).unwrap());
    live.by("alice").because("ORD-12").set_override("port", 81, Expiry::Never).unwrap();
    live.by("alice").set_override("token", "hunter3", Expiry::Never).unwrap();

    let records = records(&folder.log());
    let event = &records[1]["event"];
    assert_eq!((&event["by"], &event["because"]), (&"alice".into(), &"ORD-12".into()));
    assert_eq!((&event["at"], &event["revision"]), (&"1970-01-12T13:46:40.000Z".into(), &2.into()));
    let difference = &event["differences"][0];
    let shown = (&difference["path"], &difference["old"]["value"], &difference["new"]["value"]);
    assert_eq!(shown, (&"port".into(), &"1".into(), &"81".into()));
    let secret = &records[3]["event"]["differences"][0];
    assert_eq!((&secret["path"], &secret["secret"]), (&"token".into(), &true.into()));
    let text = fs::read_to_string(folder.log()).unwrap();
    assert!(!text.contains("hunter"), "{text}");
}

#[test]
fn loads_that_change_nothing_are_kept_if_somebody_asked_by_name() {
    let folder = Folder::new();
    let page = Page::new("port = 1");
    let audit = Audit::open(folder.log()).unwrap();
    let live = over(&page, &Time::new()).sink(audit).start().unwrap();
    let mut seen = 0;
    let mut new = || {
        let records = records(&folder.log());
        let names: Vec<_> = records[seen..].iter().map(|record| record["event"]["event"].clone()).collect();
        seen = records.len();
        names
    };
    live.reload().unwrap();
    assert_eq!(new(), ["changed"]);
    live.by("alice").reload().unwrap();
    assert_eq!(new(), ["loaded"]);
    page.write("port = 2");
    live.reload().unwrap();
    assert_eq!(new(), ["changed", "loaded"]);
    page.write("port = 'x'");
    live.reload().unwrap_err();
    live.reload().unwrap_err();
    assert_eq!(new(), ["stale", "refused"]);
}

#[test]
fn a_filter_says_what_is_kept() {
    let folder = Folder::new();
    let options = Audit::options().filter(|event| event.kind().as_str() == "pinned");
    let live = kept(&options.open(folder.log()).unwrap());
    live.pin();
    live.close();
    let records = records(&folder.log());
    assert_eq!(records.len(), 1);
    assert_eq!(records[0]["event"]["event"], "pinned");
}

#[test]
fn several_settings_share_a_log() {
    let folder = Folder::new();
    let audit = Audit::options().sync(false).open(folder.log()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let live = kept(&audit);
                for port in 2..52_u16 {
                    live.set_override("port", port, Expiry::Never).unwrap();
                }
                assert_eq!(live.counts().unrecorded, 0);
            });
        }
    });
    let verified = Audit::verify(folder.log()).unwrap();
    assert_eq!(verified.head(), audit.head());
    // The start, two for each override that changed something, and the end.
    assert_eq!(verified.records(), 4 * (1 + 2 * 50 + 1));
}

#[test]
fn only_who_has_the_key_verifies_and_goes_on() {
    let folder = Folder::new();
    let open = |text| Audit::keyed(&key(text)).open(folder.log());
    let verify = |text| Verifier::new().key(&key(text)).files([folder.log()]);
    kept(&open("key").unwrap()).close();
    assert_eq!(verify("key").unwrap().records(), 2);
    verify("yek").unwrap_err();
    Audit::verify(folder.log()).unwrap_err();

    assert_eq!(open("yek").unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(Audit::open(folder.log()).unwrap_err().kind(), std::io::ErrorKind::InvalidData);
    assert_eq!(open("").unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
    kept(&open("key").unwrap()).close();
    assert_eq!(verify("key").unwrap().records(), 4);
}

/// Logs whose hashes another program has made.
#[test]
fn a_log_is_what_its_description_says() {
    const OPEN: &str = r#"{"sequence":1,"previous":"0000000000000000000000000000000000000000000000000000000000000000","event":{"a":"é"},"hash":"92018deb10fc748141f458cf991bce0f1174d2b8376d02e7c99f7796e0393a78"}
{"sequence":2,"previous":"92018deb10fc748141f458cf991bce0f1174d2b8376d02e7c99f7796e0393a78","event":{},"hash":"bc7dd6aeecb260c580ac75b1eb921b6b698bcbef28425b62b6c75dab63055808"}
"#;
    const KEYED: &str = r#"{"sequence":1,"previous":"0000000000000000000000000000000000000000000000000000000000000000","event":{"a":"é"},"mac":"9a7fd0713e889454637bb2a7e70a7cfe4f9887e1a7ff380270bb491b45d0c186"}
{"sequence":2,"previous":"9a7fd0713e889454637bb2a7e70a7cfe4f9887e1a7ff380270bb491b45d0c186","event":{},"mac":"5f35f208af27a0b4423207cffd5ff5219e58fc26bf33468212e956d099419a8e"}
"#;
    let open = Verifier::new().read("open", OPEN.as_bytes()).unwrap();
    assert_eq!(open.records(), 2);
    assert_eq!(open.head().hash(), "bc7dd6aeecb260c580ac75b1eb921b6b698bcbef28425b62b6c75dab63055808");
    let keyed = Verifier::new().key(&key("key")).read("keyed", KEYED.as_bytes()).unwrap();
    assert_eq!(keyed.records(), 2);
}

#[test]
fn a_head_is_read_as_it_is_written() {
    let folder = Folder::new();
    sample(&folder.log());
    let head = Audit::verify(folder.log()).unwrap().head();
    assert_eq!(head.to_string(), format!("4:{}", head.hash()));
    assert_eq!(head.to_string().parse::<Head>().unwrap(), head);
    for wrong in [
        String::new(),
        "4".to_owned(),
        format!("4:{}", &head.hash()[1..]),
        head.to_string().to_uppercase() + "G",
    ] {
        let error = wrong.parse::<Head>().unwrap_err();
        assert!(error.to_string().contains("64 lowercase hexadecimal digits"));
    }
}
