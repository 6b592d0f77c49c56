//! What a change costs those who publish it and those who receive it, by the number of subscribers.

use bench_input::BoxError;
use confkit::Config;
use confkit::live::{Expiry, Live, Subscription};
use tokio::sync::watch;

#[derive(Config, PartialEq)]
struct Settings {
    #[config(default = 0)]
    workers: u64,
}

/// Somebody who publishes, and all who have subscribed.
enum Published {
    Live(Live<Settings>, Vec<Subscription<Settings>>),
    Watch(watch::Sender<u64>, Vec<watch::Receiver<u64>>),
}

impl Published {
    fn new(publisher: &str, subscribers: usize) -> Result<Self, BoxError> {
        match publisher {
            "confkit" => {
                let live = Settings::loader().watch()?;
                let subscriptions = (0..subscribers).map(|_| live.subscribe()).collect();
                Ok(Self::Live(live, subscriptions))
            }
            "tokio" => {
                let (sender, _) = watch::channel(0);
                let receivers = (0..subscribers).map(|_| sender.subscribe()).collect();
                Ok(Self::Watch(sender, receivers))
            }
            _ => Err(format!("there is no publisher `{publisher}`").into()),
        }
    }

    fn send(&self, value: u64) -> Result<(), BoxError> {
        match self {
            Self::Live(live, _) => {
                live.set_override("workers", value, Expiry::Never)?;
            }
            Self::Watch(sender, _) => {
                sender.send_replace(value);
            }
        }
        Ok(())
    }

    /// Has everybody take what is there; returns the sum.
    fn take(&mut self) -> u64 {
        match self {
            Self::Live(_, subscriptions) => {
                let taken = |one: &mut Subscription<Settings>| Some(one.latest()?.new().workers);
                subscriptions.iter_mut().filter_map(taken).sum()
            }
            Self::Watch(_, receivers) => {
                let taken = |one: &mut watch::Receiver<u64>| {
                    one.has_changed().ok()?.then(|| *one.borrow_and_update())
                };
                receivers.iter_mut().filter_map(taken).sum()
            }
        }
    }
}

/// Publishes one change that is counted; nobody waits.
pub fn publish(publisher: &str, subscribers: usize) -> Result<String, BoxError> {
    let published = Published::new(publisher, subscribers)?;
    published.send(1)?;
    publish_once(&published)?;
    Ok("published".to_owned())
}

#[inline(never)]
fn publish_once(published: &Published) -> Result<(), BoxError> {
    published.send(2)
}

/// Has all subscribers take one change, which is counted; tells the sum of what they found.
pub fn receive(publisher: &str, subscribers: usize) -> Result<String, BoxError> {
    let mut published = Published::new(publisher, subscribers)?;
    for value in [1, 2] {
        published.send(value)?;
        published.take();
    }
    published.send(3)?;
    Ok(receive_once(&mut published).to_string())
}

#[inline(never)]
fn receive_once(published: &mut Published) -> u64 {
    published.take()
}
