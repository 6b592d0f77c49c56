//! Events as signed HTTP requests.

mod backoff;
mod builder;
mod post;
mod queue;
mod signature;
mod worker;

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, ThreadId};
use std::time::Duration;

pub use builder::WebhookBuilder;
pub use queue::Deliveries;
use queue::Queued;
pub use signature::SignatureError;
use worker::Shared;

use super::{Event, Sink};
use crate::live::locked;
use crate::secret::Secret;

/// Says which events are sent.
type Filter = Arc<dyn Fn(&Event) -> bool + Send + Sync>;

/// Events posted to a URL as JSON, signed, in order, on a thread of their own: no change waits for them. A
/// webhook belongs to the settings that it is given to, and ends with them; clones are the same one.
///
/// # What a receiver gets
///
/// | header | has |
/// |---|---|
/// | `Content-Type` | `application/json`: the body is [`Event::to_json`] |
/// | `Confkit-Event` | the [name](super::EventKind::as_str) of its kind |
/// | `Idempotency-Key` | the [id](Event::id) of the event, the same however often it is sent |
/// | `Confkit-Signature` | `t=<seconds>,v1=<signature>`, with one `v1` for each secret |
///
/// `t` is when the request was signed, in seconds since the start of 1970, UTC. `v1` is the HMAC-SHA256 of `t` as
/// it is written, a dot, and the body, by the secret as the key, in 64 hexadecimal digits. A receiver looks for
/// one that fits, and refuses what was signed long ago, so that nobody can send a request again later:
/// [`verify`](Self::verify) does both. Each attempt is signed anew.
///
/// # What becomes of an event
///
/// Each is sent at least once while the program runs: until the receiver answers with 2xx. A receiver that has
/// taken it and could not say so gets it again, with the same id. After other answers:
///
/// | answer | then |
/// |---|---|
/// | 408, 429, 5xx, none | it is sent again after a [while](WebhookBuilder::backoff), up to [so often](WebhookBuilder::attempts) |
/// | other 4xx | it is lost: the same request would be refused again |
/// | 3xx | it is lost: redirects are not followed, since the URL is whom the program trusts |
///
/// Later events wait for earlier ones, in a [queue](WebhookBuilder::queue). When it is full the oldest makes room,
/// because the newest say how things are; numbers are missing in ids and revisions then. That counts as an event that
/// a sink could not keep.
///
/// There is no file behind the queue: what was not sent when the program ends, by a crash or since the
/// [time](WebhookBuilder::flush) to send it was over, is lost to the receiver. What must not be lost belongs in a log
/// of the program's own.
///
/// Losses are counted ([`deliveries`](Self::deliveries)) and told as [warnings](WebhookBuilder::warnings).
///
/// Proxies are taken from the environment (`HTTPS_PROXY`, `NO_PROXY` and the like), but not for addresses of this
/// machine. A user and password in the URL are sent as basic authentication. Nothing that is shown has more of the URL
/// than host and port.
///
/// # Example
///
/// ```
/// use std::io::{Read, Write};
/// use std::net::TcpListener;
/// use std::time::{Duration, SystemTime};
///
/// use confkit::live::Webhook;
/// use confkit::{Config, Secret};
///
/// #[derive(Config, PartialEq)]
/// struct Settings {}
///
/// let receiver = TcpListener::bind("127.0.0.1:0")?;
/// let url = format!("http://{}/hooks", receiver.local_addr()?);
///
/// let secret = Secret::from("hunter2".to_owned());
/// let webhook = Webhook::builder(&url, secret.clone()).build()?;
/// let live = Settings::loader().live().sink(webhook.clone()).start()?;
///
/// let mut request = Vec::new();
/// let mut stream = receiver.accept()?.0;
/// while !request.ends_with(b"}") {
///     let mut some = [0; 1024];
///     let read = stream.read(&mut some)?;
///     request.extend_from_slice(&some[..read]);
/// }
/// stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n")?;
///
/// let text = String::from_utf8(request)?;
/// let (head, body) = text.split_once("\r\n\r\n").unwrap();
/// let header = head.lines().find_map(|line| line.strip_prefix("confkit-signature: ")).unwrap();
/// Webhook::verify(&secret, header, body.as_bytes(), SystemTime::now(), Duration::from_secs(300))?;
/// assert!(body.contains(r#""event":"changed""#));
/// # drop((stream, receiver));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Webhook(Arc<Owner>);

/// Ends the thread when nobody has it any more.
struct Owner {
    shared: Arc<Shared>,
    filter: Filter,
    flush: Duration,
    thread: Mutex<Option<JoinHandle<()>>>,
    thread_id: ThreadId,
}

impl Webhook {
    /// Begins to say where events go, and by which secret they are signed: at least 32 random bytes, in
    /// whatever spelling the receiver has them too.
    pub fn builder(url: &str, secret: Secret<String>) -> WebhookBuilder {
        WebhookBuilder::new(url, secret)
    }

    /// Signs by another secret from now on, and by the newest of those before as well, so that receivers can go
    /// over to the new one meanwhile. An empty secret is none, and changes nothing.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Secret;
    /// use confkit::live::Webhook;
    ///
    /// let webhook = Webhook::builder("http://127.0.0.1:9/hooks", Secret::from("hunter2".to_owned())).build()?;
    /// // Where the program hears of it:
    /// webhook.rotate(Secret::from("hunter3".to_owned()));
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn rotate(&self, secret: Secret<String>) {
        if !secret.expose().is_empty() {
            let mut secrets = locked(&self.0.shared.secrets);
            secrets.truncate(1);
            secrets.insert(0, secret);
        }
    }

    /// Returns what has become of events.
    pub fn deliveries(&self) -> Deliveries {
        self.0.shared.queue.counts()
    }

    /// Where events go, as far as it is shown: scheme, host and port.
    #[cfg(feature = "metrics")]
    pub(super) fn place(&self) -> &str {
        self.0.shared.target.place()
    }

    /// Has every change of what has become of events told, with how it was before, and begins with what has
    /// become of them already.
    #[cfg(feature = "metrics")]
    pub(super) fn observe(&self, observer: impl Fn(&Deliveries, &Deliveries) + Send + Sync + 'static) {
        self.0.shared.queue.observe(observer);
    }
}

impl Sink for Webhook {
    fn record(&self, event: &Event) -> io::Result<()> {
        if !(self.0.filter)(event) {
            return Ok(());
        }
        match self.0.shared.queue.push(event) {
            Queued::Kept => Ok(()),
            Queued::InsteadOfAnother => {
                let place = self.0.shared.target.place();
                Err(io::Error::other(format!("too many wait to be sent to {place}, the oldest made room")))
            }
            Queued::Closed => Err(io::Error::other("the webhook is closed")),
        }
    }

    fn close(&self) {
        self.0.close();
    }
}

impl Owner {
    fn new(shared: Arc<Shared>, filter: Filter, flush: Duration, thread: JoinHandle<()>) -> Self {
        let thread_id = thread.thread().id();
        Self { shared, filter, flush, thread: Mutex::new(Some(thread)), thread_id }
    }

    /// Sends what can be sent in time, and ends the thread. On that thread, which tells warnings, it does not wait.
    fn close(&self) {
        self.shared.queue.close(self.flush);
        if thread::current().id() != self.thread_id
            && let Some(thread) = locked(&self.thread).take()
        {
            // What runs on it catches panics.
            drop(thread.join());
        }
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("place", &self.0.shared.target.place())
            .field("deliveries", &self.deliveries())
            .finish_non_exhaustive()
    }
}
