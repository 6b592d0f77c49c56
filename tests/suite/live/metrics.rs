//! What is measured, held against the table that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use confkit::live::{Event, Expiry, Health, Live, Metrics, Webhook};
use confkit::{Secret, Warnings};
use metrics_util::MetricKind;
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

use super::webhook::{self, Receiver};
use super::{Page, Settings, Time, over};

/// A row of the table in the reference: kind, unit, labels and what it says.
#[derive(Debug, PartialEq, Eq, Clone)]
struct Metric {
    kind: String,
    unit: String,
    labels: BTreeSet<String>,
    what: String,
}

fn documented() -> BTreeMap<String, Metric> {
    let page = include_str!("../../../confkit/docs/metrics.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let cells: Vec<&str> =
            row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [name, kind, unit, label, what] = cells[..] else { panic!("{row}") };
        let further = label.split(", ").map(|label| label.trim_matches('`'));
        let labels = ["settings"].into_iter().chain(further).filter(|label| !label.is_empty());
        let metric = Metric {
            kind: kind.to_owned(),
            unit: unit.to_owned(),
            labels: labels.map(str::to_owned).collect(),
            what: what.to_owned(),
        };
        (name.to_owned(), metric)
    })
    .collect()
}

/// Everything that a recorder was told, as it is at the end.
#[derive(Default)]
struct Told {
    metrics: BTreeMap<String, Metric>,
    values: BTreeMap<String, f64>,
}

#[expect(clippy::cast_precision_loss, reason = "the numbers are small")]
fn told(snapshotter: &Snapshotter) -> Told {
    let mut told = Told::default();
    for (key, unit, what, value) in snapshotter.snapshot().into_vec() {
        let kind = match key.kind() {
            MetricKind::Counter => "counter",
            MetricKind::Gauge => "gauge",
            MetricKind::Histogram => "histogram",
        };
        let labels: BTreeMap<&str, &str> =
            key.key().labels().map(|label| (label.key(), label.value())).collect();
        let metric = Metric {
            kind: kind.to_owned(),
            unit: unit.map_or("none", |unit| unit.as_str()).to_owned(),
            labels: labels.keys().map(|key| (*key).to_owned()).collect(),
            what: what.unwrap_or_default().to_string(),
        };
        let name = key.key().name().to_owned();
        let known = told.metrics.entry(name.clone()).or_insert_with(|| metric.clone());
        assert_eq!(*known, metric, "{name} is not always the same");
        let further: Vec<&str> =
            labels.iter().filter(|(label, _)| **label != "settings").map(|(_, value)| *value).collect();
        let value = match value {
            DebugValue::Counter(count) => count as f64,
            DebugValue::Gauge(value) => value.0,
            DebugValue::Histogram(values) => values.len() as f64,
        };
        assert!(["Settings", "other"].contains(&labels["settings"]));
        let name = name.trim_start_matches("confkit_");
        let whole = [&[name], further.as_slice()].concat().join(" ");
        told.values.insert(whole, value);
    }
    told
}

/// Settings with a life in which everything happens.
fn live_through(page: &Page, time: &Time) -> Live<Settings> {
    let health = Health::new(Duration::from_secs(2)).check(|settings: &Settings| match settings.port {
        13 => Err("bad luck".to_owned()),
        _ => Ok(()),
    });
    let builder = Settings::loader_of(page).warnings(Warnings::Ignore).live().clock(time.clock());
    let webhook = Webhook::builder("http://127.0.0.1:9/", Secret::from("hunter2".to_owned()));
    let webhook = webhook.filter(|_| false).build().unwrap();
    let live = builder
        .health(health)
        .sink(|event: &Event| assert_ne!(event.kind().as_str(), "proven", "on purpose"))
        .sink(Metrics::new().webhook(&webhook))
        .sink(webhook)
        .start()
        .unwrap();
    live.reload().unwrap();
    page.write("port = 2");
    live.reload().unwrap();
    time.pass(2);
    live.tick().unwrap();
    page.write("port = 'x'\nworkers = 65\nname = 1");
    live.reload().unwrap_err();
    live.reload().unwrap_err();
    page.write("port = 2");
    live.reload().unwrap();
    live.set_override("port", 3, Duration::from_secs(60)).unwrap();
    live.set_override("workers", 5, Expiry::Never).unwrap();
    live.set_override("name", "a", Expiry::Never).unwrap();
    live.clear_override("name").unwrap();
    time.pass(60);
    live.tick().unwrap();
    live.pin();
    live.reload().unwrap();
    live.unpin().unwrap();
    page.write("port = 13");
    live.reload().unwrap();
    time.pass(1);
    live.tick().unwrap();
    live.reload().unwrap();
    live.rollback(1).unwrap();
    let tokens = live.rotating("token", Duration::from_secs(9), |settings| &settings.token).unwrap();
    live.set_override("token", "hunter2", Expiry::Never).unwrap();
    live.expose("token", |settings| assert_eq!(*settings.token.expose(), *tokens.current().expose()))
        .unwrap();
    live.on_change(|_| panic!("on purpose")).detach();
    live.set_override("pool.max", 9, Expiry::Never).unwrap();
    live
}

impl Settings {
    fn loader_of(page: &Page) -> confkit::Loader<Self> {
        use confkit::Config;
        Self::loader().system(confkit::System::memory()).source(page.clone())
    }
}

#[test]
fn the_table_says_what_is_measured() {
    let recorder = DebuggingRecorder::new();
    let (page, time) = (Page::new("port = 1"), Time::new());
    let live = metrics::with_local_recorder(&recorder, || live_through(&page, &time));
    let Told { metrics, values } = told(&recorder.snapshotter());
    assert_eq!(documented(), metrics);
    let values: Vec<String> = values.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    insta::assert_snapshot!(values.join("\n"));

    let counts = live.counts();
    let value = |name: &str| {
        let line = values.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap().parse::<u64>().unwrap()
    };
    assert_eq!(value("revision"), live.revision());
    // The same content was refused twice.
    assert_eq!((value("refusals_total"), counts.refusals), (1, 2));
    assert_eq!(value("changes_total unhealthy"), counts.returns);
    assert_eq!(value("panics_total") + value("events_missed_total"), counts.panics);
    assert_eq!(value("overrides"), live.overrides().len() as u64);
    assert_eq!(live.state().as_str() == "ready", value("state ready") == 1);
}

#[test]
fn gauges_follow_the_settings() {
    let recorder = DebuggingRecorder::new();
    let (page, time) = (Page::new("port = 1"), Time::new());
    metrics::with_local_recorder(&recorder, || {
        let live = over(&page, &time).sink(Metrics::named("other")).start().unwrap();
        let gauge = |name: &str| told(&recorder.snapshotter()).values[name];
        live.pin();
        assert!((gauge("pinned") - 1.0).abs() < 1e-9);
        live.unpin().unwrap();
        time.pass(5);
        page.write("port = ");
        live.reload().unwrap_err();
        assert!((gauge("stale_since_timestamp_seconds") - 1_000_005.0).abs() < 1e-9);
        page.write("port = 2");
        live.reload().unwrap();
        let Told { values, .. } = told(&recorder.snapshotter());
        assert!(values["stale_since_timestamp_seconds"].abs() < 1e-9 && values["state stale"].abs() < 1e-9);
        assert!((values["state ready"] - 1.0).abs() < 1e-9);
    });
}

#[test]
fn what_becomes_of_the_events_of_a_webhook_is_measured() {
    let recorder = DebuggingRecorder::new();
    let receiver = Receiver::new();
    let webhook = webhook::to(&receiver.url(), &Arc::default()).queue(2).build().unwrap();
    let live = metrics::with_local_recorder(&recorder, || {
        let sinks = over(&Page::new("port = 1"), &Time::new()).sink(webhook.clone());
        let live = sinks.sink(Metrics::named("other").webhook(&webhook)).start().unwrap();
        let first = receiver.request();
        live.set_override("port", 2, Expiry::Never).unwrap();
        live.set_override("port", 3, Expiry::Never).unwrap();
        // Two of four made room, and the one at hand waits too.
        assert_eq!((webhook.deliveries().dropped, webhook.deliveries().waiting), (2, 3));
        drop(first);
        live
    });
    receiver.answer("200 OK");
    receiver.answer("400 Bad Request");
    std::thread::scope(|scope| {
        receiver.answer("500 Internal Server Error");
        let closing = scope.spawn(|| live.close());
        receiver.answer("200 OK");
        receiver.answer("410 Gone");
        closing.join().unwrap();
    });
    // They were told on the thread that sends, too.
    let Told { values, .. } = told(&recorder.snapshotter());
    let place = receiver.address.to_string();
    let values = values.iter().filter(|(name, _)| name.starts_with("webhook_"));
    let values: Vec<String> = values.map(|(name, value)| format!("{name}: {value}")).collect();
    insta::assert_snapshot!(values.join("\n").replace(&place, "127.0.0.1:…"));
    let all = webhook.deliveries();
    assert_eq!((all.delivered, all.refused, all.retries, all.waiting), (2, 2, 2, 0));
}

#[test]
fn without_a_recorder_nothing_happens() {
    let (page, time) = (Page::new("port = 1"), Time::new());
    assert_eq!(live_through(&page, &time).counts().panics, 2);
}
