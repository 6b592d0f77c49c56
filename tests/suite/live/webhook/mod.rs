//! Events that are posted, to a server of the test's own.

mod receiver;
mod signatures;
mod tls;

use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use confkit::live::{EventKind, Expiry, Live, Sink, Webhook, WebhookBuilder};
use confkit::{Secret, Warnings};
pub(crate) use receiver::{DEADLINE, Receiver};

use super::{Page, Settings, Time, over};

/// A webhook that is quick to try again, and keeps what it warns of.
pub(crate) fn to(url: &str, told: &Arc<Mutex<Vec<String>>>) -> WebhookBuilder {
    let told = Arc::clone(told);
    let tell =
        Warnings::call(move |warnings| told.lock().unwrap().extend(warnings.iter().map(ToString::to_string)));
    let quick = Duration::from_millis(1);
    Webhook::builder(url, Secret::from("hunter2".to_owned())).backoff(quick, quick).warnings(tell)
}

/// Settings with a webhook, and with warnings of their own kept beside its.
fn with(webhook: &Webhook) -> Live<Settings> {
    over(&Page::new("port = 1"), &Time::new()).sink(webhook.clone()).start().unwrap()
}

/// Waits until something is so.
fn until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < DEADLINE, "it never came");
        thread::yield_now();
    }
}

#[test]
fn a_request_says_what_has_happened_and_who_says_so() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook =
        to(&receiver.url(), &told).also_signed_by(Secret::from("hunter3".to_owned())).build().unwrap();
    let live = with(&webhook);
    receiver.answer("204 No Content");
    live.reload().unwrap();
    live.by("alice").because("ORD-12").set_override("port", 2, Expiry::Never).unwrap();
    let request = receiver.answer("200 OK");
    assert!(
        request.is_signed_by("hunter2")
            && request.is_signed_by("hunter3")
            && !request.is_signed_by("hunter4")
    );

    let mut body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(body["id"], request.id());
    body["id"] = "…".into();
    body["content"] = "…".into();
    let address = receiver.address.to_string();
    let shown = [
        (address.as_str(), "127.0.0.1:…"),
        (request.id(), "…"),
        (request.header("confkit-signature"), "t=…,v1=…,v1=…"),
        (request.header("content-length"), "…"),
    ];
    let head = shown.iter().fold(request.head.clone(), |head, (from, to)| head.replace(from, to));
    insta::assert_snapshot!(format!("{head}\n\n{}", serde_json::to_string_pretty(&body).unwrap()));
    receiver.answer("200 OK");
    receiver_closes(&receiver, live);
}

#[test]
fn what_fails_is_sent_again_with_the_same_id_and_in_order() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook = to(&receiver.url(), &told).build().unwrap();
    let live = with(&webhook);
    let first = receiver.answer("500 Internal Server Error");
    live.set_override("port", 2, Expiry::Never).unwrap();
    for answer in
        ["503 Service Unavailable", "429 Too Many Requests", "408 Request Timeout", "no HTTP", "200 OK"]
    {
        let again = receiver.answer(answer);
        assert_eq!((again.id(), &again.body), (first.id(), &first.body));
        assert!(again.is_signed_by("hunter2"));
    }
    // A connection that ends without an answer.
    let second = receiver.request();
    assert_ne!(second.id(), first.id());
    let id = second.id().to_owned();
    drop(second);
    assert_eq!(receiver.answer("201 Created").id(), id);
    assert_eq!(receiver.answer("200 OK").event(), "override_set");
    until(|| webhook.deliveries().delivered == 3);
    let deliveries = webhook.deliveries();
    assert_eq!((deliveries.retries, deliveries.waiting, told.lock().unwrap().len()), (6, 0, 0));
    receiver_closes(&receiver, live);
}

/// Ends the settings, and takes the event that says so.
fn receiver_closes(receiver: &Receiver, live: Live<Settings>) {
    thread::scope(|scope| {
        let closing = scope.spawn(move || drop(live));
        assert_eq!(receiver.answer("200 OK").event(), "closed");
        closing.join().unwrap();
    });
    assert!(receiver.is_quiet());
}

#[test]
fn what_is_refused_is_lost_and_told_once() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook = to(&receiver.url(), &told).build().unwrap();
    let live = with(&webhook);
    let first = receiver.answer("400 Bad Request");
    live.set_override("port", 2, Expiry::Never).unwrap();
    let elsewhere = format!("302 Found\r\nLocation: {}", receiver.url());
    assert_eq!(receiver.answer(&elsewhere).event(), "changed");
    assert_eq!(receiver.answer("200 OK").event(), "override_set");
    live.set_override("port", 3, Expiry::Never).unwrap();
    receiver.answer("410 Gone");
    receiver.answer("200 OK");
    receiver_closes(&receiver, live);
    let deliveries = webhook.deliveries();
    assert_eq!((deliveries.refused, deliveries.delivered, deliveries.retries), (3, 3, 0));
    let told = told.lock().unwrap();
    assert_eq!(told.len(), 2, "{told:?}");
    let expected = format!(
        "the event {} is not delivered to http://{}: the receiver answered 400",
        first.id(),
        receiver.address
    );
    assert!(told[0].contains(&expected), "{told:?}");
    assert!(told[1].contains("410"), "{told:?}");
}

#[test]
fn what_always_fails_is_given_up() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook = to(&receiver.url(), &told).attempts(3).build().unwrap();
    let live = with(&webhook);
    (0..3).for_each(|_| drop(receiver.answer("500 Internal Server Error")));
    until(|| webhook.deliveries().given_up == 1);
    receiver_closes(&receiver, live);
    assert!(told.lock().unwrap()[0].contains("the receiver answered 500, 3 times"));
}

#[test]
fn a_receiver_may_come_later() {
    let told = Arc::default();
    // Its port is free again.
    let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let webhook = to(&format!("http://{address}"), &told).attempts(u32::MAX).build().unwrap();
    let live = with(&webhook);
    until(|| webhook.deliveries().retries > 3);
    let receiver = Receiver::at(address);
    assert_eq!(receiver.answer("200 OK").event(), "changed");
    receiver_closes(&receiver, live);
}

#[test]
fn in_a_full_queue_the_oldest_makes_room_and_no_change_waits() {
    let (receiver, told) = (Receiver::new(), Arc::new(Mutex::new(Vec::new())));
    let only = |event: &confkit::live::Event| !matches!(event.kind(), EventKind::OverrideSet { .. });
    let webhook = to(&receiver.url(), &told).queue(2).filter(only).build().unwrap();
    let live = with(&webhook);
    let mut at_hand = receiver.request();
    for port in 2..=5 {
        live.set_override("port", port, Expiry::Never).unwrap();
    }
    let deliveries = webhook.deliveries();
    assert_eq!((deliveries.dropped, deliveries.waiting, live.counts().unrecorded), (2, 3, 2));
    at_hand.answer("200 OK");
    let revisions: Vec<String> = (0..2).map(|_| receiver.answer("200 OK").body).collect();
    assert!(
        revisions[0].contains(r#""revision":4"#) && revisions[1].contains(r#""revision":5"#),
        "{revisions:?}"
    );
    receiver_closes(&receiver, live);
}

#[test]
fn the_end_sends_what_waits() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    // Without the end it would be tried again tomorrow.
    let tomorrow = Duration::from_secs(86_400);
    let webhook = to(&receiver.url(), &told).backoff(tomorrow, tomorrow).build().unwrap();
    let live = with(&webhook);
    receiver.answer("500 Internal Server Error");
    live.set_override("port", 2, Expiry::Never).unwrap();
    thread::scope(|scope| {
        let closing = scope.spawn(|| live.close());
        let events: Vec<String> = (0..4).map(|_| receiver.answer("200 OK").event().to_owned()).collect();
        assert_eq!(events, ["changed", "changed", "override_set", "closed"]);
        closing.join().unwrap();
    });
    assert_eq!((webhook.deliveries().delivered, webhook.deliveries().unsent), (4, 0));
}

#[test]
fn the_end_comes_in_time_and_says_what_is_left() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let short = Duration::from_millis(50);
    let webhook = to(&receiver.url(), &told).timeout(short).flush(short).build().unwrap();
    let live = with(&webhook);
    let at_hand = receiver.request();
    live.set_override("port", 2, Expiry::Never).unwrap();
    let began = Instant::now();
    live.close();
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let deliveries = webhook.deliveries();
    assert_eq!((deliveries.delivered, deliveries.waiting, deliveries.unsent), (0, 0, 4));
    let expected = format!("4 events were not delivered to http://{} before the end", receiver.address);
    assert!(told.lock().unwrap()[0].contains(&expected), "{told:?}");
    drop(at_hand);

    // Nothing begins after it.
    while !receiver.is_quiet() {}
    let page = Page::new("port = 1");
    let other = over(&page, &Time::new()).sink(webhook.clone()).start().unwrap();
    assert_eq!(other.counts().unrecorded, 1);
    drop(other);
    assert!(receiver.is_quiet() && webhook.deliveries() == deliveries);
}

#[test]
fn the_receiver_says_when_to_come_again() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook = to(&receiver.url(), &told).build().unwrap();
    let live = with(&webhook);
    receiver.answer("503 Service Unavailable\r\nRetry-After: 1");
    let began = Instant::now();
    receiver.answer("429 Too Many Requests\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT");
    assert!(began.elapsed() > Duration::from_millis(900), "{:?}", began.elapsed());
    receiver.answer("503 Service Unavailable\r\nRetry-After: 600");
    // The end does not wait for what cannot be in time, nor does it ask before it may.
    until(|| webhook.deliveries().retries == 2);
    let began = Instant::now();
    thread::scope(|scope| {
        let closing = scope.spawn(|| live.close());
        assert_eq!(receiver.answer("200 OK").event(), "closed");
        closing.join().unwrap();
    });
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert_eq!((webhook.deliveries().unsent, webhook.deliveries().delivered), (1, 1));
    assert!(told.lock().unwrap()[0].contains("1 event was not delivered"), "{told:?}");
}

#[test]
fn a_function_that_is_warned_may_end_it_and_may_panic() {
    let receiver = Receiver::new();
    let handle: Arc<OnceLock<confkit::live::Handle<Settings>>> = Arc::default();
    let warned = {
        let handle = Arc::clone(&handle);
        Warnings::call(move |_| {
            handle.wait().close();
            panic!("on purpose");
        })
    };
    let secret = Secret::from("hunter2".to_owned());
    let webhook = Webhook::builder(&receiver.url(), secret).warnings(warned).build().unwrap();
    let live = with(&webhook);
    handle.set(live.handle()).unwrap();
    receiver.answer("404 Not Found");
    assert_eq!(receiver.answer("200 OK").event(), "closed");
    until(|| webhook.deliveries().delivered == 1);
    drop(live);
    assert!(receiver.is_quiet());
}

#[test]
fn secrets_change_while_it_runs() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let webhook = to(&receiver.url(), &told).build().unwrap();
    let live = with(&webhook);
    receiver.answer("200 OK");
    for (new, gone) in [("hunter3", "hunter1"), ("hunter4", "hunter2"), ("", "hunter2")] {
        webhook.rotate(Secret::from(new.to_owned()));
        live.pin();
        let request = receiver.answer("200 OK");
        let kept = if gone == "hunter1" { "hunter2" } else { "hunter3" };
        assert!(request.is_signed_by(kept) && !request.is_signed_by(gone), "{}", request.head);
        assert!(new.is_empty() || request.is_signed_by(new));
        live.unpin().unwrap();
        receiver.answer("200 OK");
    }
    receiver_closes(&receiver, live);
}

#[test]
fn credentials_of_the_url_are_sent_and_not_shown() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let url = format!("http://alice:marker-7f3a@{}/marker-7f3a?token=marker-7f3a", receiver.address);
    let builder = to(&url, &told);
    let mut shown = format!("{builder:?}");
    let webhook = builder.build().unwrap();
    let live = with(&webhook);
    let request = receiver.answer("403 Forbidden");
    assert_eq!(request.header("authorization"), "Basic YWxpY2U6bWFya2VyLTdmM2E=");
    assert!(request.head.starts_with("POST /marker-7f3a?token=marker-7f3a HTTP/1.1"));
    receiver_closes(&receiver, live);
    shown.push_str(&format!("{webhook:?} {told:?}"));
    for url in
        ["marker-7f3a", "ftp://marker-7f3a/", "http://", "http:///marker-7f3a", "http://a b/marker-7f3a", ""]
    {
        let error = to(url, &told).build().unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
        shown.push_str(&error.to_string());
    }
    assert!(!shown.contains("marker") && shown.contains(&receiver.address.to_string()), "{shown}");
    let empty = Webhook::builder("http://localhost", Secret::from(String::new())).build();
    assert_eq!(empty.unwrap_err().to_string(), "the secret of the webhook is empty");
}

#[test]
fn times_may_be_as_long_as_one_likes() {
    let (receiver, told) = (Receiver::new(), Arc::default());
    let builder = to(&receiver.url(), &told).backoff(Duration::MAX, Duration::MAX).timeout(Duration::MAX);
    let webhook = builder.connect_timeout(Duration::MAX).flush(Duration::MAX).build().unwrap();
    let live = with(&webhook);
    receiver.answer("500 Internal Server Error");
    thread::scope(|scope| {
        let closing = scope.spawn(|| live.close());
        assert_eq!(receiver.answer("200 OK").event(), "changed");
        assert_eq!(receiver.answer("200 OK").event(), "closed");
        closing.join().unwrap();
    });
    assert_eq!(webhook.deliveries().delivered, 2);
}

#[test]
fn starts_and_ends_leave_nothing_behind() {
    for _ in 0..200 {
        let told = Arc::default();
        // The thread may be waiting for an event, or have none yet.
        let webhook = to("http://127.0.0.1:9", &told).flush(Duration::ZERO).build().unwrap();
        let clone = webhook.clone();
        drop(webhook);
        clone.close();
        assert_eq!(clone.deliveries(), confkit::live::Deliveries::default());
    }
}
