//! A marker in secrets of live settings, and not in any output.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use confkit::Secret;
use confkit::live::audit::Verifier;
use confkit::live::{Audit, Event, Expiry, Health, Hook, Metrics, Update};
use metrics_util::debugging::DebuggingRecorder;

use super::webhook::{self, Receiver};
use super::{Page, Settings, Time, over};

const MARKER: &str = "marker-7f3a";

/// Tells the secret in its refusal.
struct Talkative;

impl Hook<Settings> for Talkative {
    fn prepare(&self, update: &Update<Settings>) -> Result<(), String> {
        match update.new().port {
            99 => Err(format!("{} over {}", update.new().token.expose(), update.old().token.expose())),
            _ => Ok(()),
        }
    }
}

#[test]
fn no_output_has_the_marker() {
    let (page, time) = (Page::new(&format!("token = '{MARKER}-0'\n")), Time::new());
    let health = Health::new(Duration::from_secs(9)).check(|settings: &Settings| match settings.port {
        98 => Err(format!("bad with {}", settings.token.expose())),
        _ => Ok(()),
    });
    let all = Arc::new(Mutex::new(String::new()));
    let sink = {
        let all = Arc::clone(&all);
        move |event: &Event| all.lock().unwrap().push_str(&format!("{event} {event:?} {}", event.to_json()))
    };
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("audit.jsonl");
    let audit = Audit::keyed(&Secret::from(format!("{MARKER}-key")));
    all.lock().unwrap().push_str(&format!("{audit:?}"));
    let audit = audit.filter(|_| true).open(&log).unwrap();
    let receiver = Receiver::new();
    let url = format!("http://{MARKER}:{MARKER}@{}/{MARKER}?{MARKER}", receiver.address);
    let bodies = receiver.serve(["400 Bad Request", "200 OK"]);
    let told = Arc::default();
    let webhook = webhook::to(&url, &told).also_signed_by(Secret::from(MARKER.to_owned()));
    let webhook = webhook.build().unwrap();
    let builder = over(&page, &time).health(health).sink(sink).sink(audit.clone());
    let builder = builder.sink(webhook.clone()).sink(Metrics::new().webhook(&webhook));
    all.lock().unwrap().push_str(&format!("{builder:?}"));
    let recorder = DebuggingRecorder::new();
    let _measured = metrics::set_default_local_recorder(&recorder);
    let live = builder.start().unwrap();
    let note = |text: String| all.lock().unwrap().push_str(&text);
    live.hook("talkative", Talkative).detach();
    let tokens = live.rotating("token", Duration::from_secs(2), |settings| &settings.token).unwrap();
    live.on_rotate("token", Duration::from_secs(2), |settings| &settings.token, {
        let all = Arc::clone(&all);
        move |rotation| all.lock().unwrap().push_str(&format!("{rotation:?} {:?}", rotation.new()))
    })
    .unwrap()
    .detach();
    live.on_change({
        let all = Arc::clone(&all);
        move |update| {
            let differences = update.differences();
            let told = format!("{update:?} {differences} {differences:?} {}", differences.to_json());
            all.lock().unwrap().push_str(&told);
        }
    })
    .detach();
    live.on_refused({
        let all = Arc::clone(&all);
        move |report| all.lock().unwrap().push_str(&format!("{report} {report:?} {}", report.to_json()))
    })
    .detach();

    let texts = ["port = 97", "port = 99", "port = 98", "port = 'x'", "port = ", "workers = 65"];
    for (number, text) in texts.iter().enumerate() {
        page.write(format!("token = '{MARKER}-{number}'\n{text}\n"));
        let result = live.reload();
        note(format!("{result:?} {}", live.state()));
        time.pass(1);
        note(format!("{:?} {:?}", live.tick(), live.state()));
    }
    let length = live.by("alice").expose("token", |settings| settings.token.expose().len());
    note(format!("{length:?} {:?}", live.expose("port", |settings| settings.token.clone())));
    note(format!("{tokens:?} {:?} {:?}", tokens.accepted().collect::<Vec<_>>(), live.accesses()));
    note(format!("{:?}", live.set_override("token", format!("{MARKER}-o"), Expiry::Never)));
    note(format!("{:?}", live.set_override("token", [MARKER], Expiry::Never)));
    note(format!("{:?}", live.set_override("port", 99, Expiry::Never)));
    note(format!("{:?} {:?} {:?}", live.overrides(), live.history(), *live));
    for snapshot in live.history() {
        note(format!("{snapshot:?} {:?} {:?}", snapshot.cause(), snapshot.overrides()));
        snapshot.explanations().iter().for_each(|one| note(format!("{one} {one:?}")));
    }
    note(format!("{:?} {:?} {:?}", live.subscribe(), live.reader(), live.rollback(1)));
    live.close();
    note(bodies.lock().unwrap().clone());
    note(format!("{webhook:?} {:?} {:?}", told.lock().unwrap(), recorder.snapshotter().snapshot()));

    let wrong = Verifier::new().key(&Secret::from(format!("{MARKER}-other")));
    note(format!("{audit:?} {wrong:?} {:?} {}", wrong.files([&log]), wrong.files([&log]).unwrap_err()));
    let kept = std::fs::read_to_string(&log).unwrap();
    assert!(kept.lines().count() > 20);
    note(kept);

    let all = all.lock().unwrap();
    assert!(
        all.contains("is not delivered")
            && ["confkit_changes_total", "confkit_webhook_events_total"]
                .iter()
                .all(|name| all.contains(name))
    );
    assert!(all.contains("the hook `talkative` refuses") && all.contains("bad with [redacted]"));
    assert!(["Rotated", "RotationOver", "Accessed"].iter().all(|event| all.contains(event)));
    let shown: Vec<&str> = all.lines().filter(|line| line.contains(MARKER)).collect();
    assert!(shown.is_empty(), "the marker is shown:\n{}", shown.join("\n"));
}
