//! What becomes of the events that webhooks send, as metrics.

use metrics::{Counter, SharedString, Unit, counter, describe_counter, describe_gauge, gauge};

use crate::live::events::{Deliveries, Webhook};

const EVENTS: &str = "confkit_webhook_events_total";
const RETRIES: &str = "confkit_webhook_retries_total";
const WAITING: &str = "confkit_webhook_waiting";

/// One of the numbers of a webhook.
type Number = fn(&Deliveries) -> u64;

/// What may become of an event.
const OUTCOMES: [(&str, Number); 5] = [
    ("delivered", |deliveries| deliveries.delivered),
    ("dropped", |deliveries| deliveries.dropped),
    ("refused", |deliveries| deliveries.refused),
    ("given_up", |deliveries| deliveries.given_up),
    ("unsent", |deliveries| deliveries.unsent),
];

fn describe() {
    describe_counter!(EVENTS, Unit::Count, "Events that a webhook took, by what became of them.");
    describe_counter!(RETRIES, Unit::Count, "Requests that a webhook sent again.");
    describe_gauge!(WAITING, Unit::Count, "Events that wait to be sent, the one at hand included.");
}

/// Measures what becomes of the events of a webhook, what has happened before included.
pub(super) fn follow(webhook: &Webhook, settings: &SharedString) {
    describe();
    let receiver: SharedString = webhook.place().to_owned().into();
    let waiting = gauge!(WAITING, "settings" => settings.clone(), "receiver" => receiver.clone());
    let retries = counter!(RETRIES, "settings" => settings.clone(), "receiver" => receiver.clone());
    let mut counters: Vec<(Counter, Number)> = vec![(retries, |deliveries| deliveries.retries)];
    counters.extend(OUTCOMES.map(|(outcome, number)| {
        let (settings, receiver) = (settings.clone(), receiver.clone());
        let counter = counter!(EVENTS, "settings" => settings, "receiver" => receiver, "outcome" => outcome);
        (counter, number)
    }));
    // Threads may tell of changes in another order than they made them, which sums do not mind.
    webhook.observe(move |before, now| {
        for (counter, number) in &counters {
            counter.increment(number(now) - number(before));
        }
        #[expect(clippy::cast_precision_loss, reason = "so many events there are never")]
        waiting.increment(now.waiting as f64 - before.waiting as f64);
    });
}
