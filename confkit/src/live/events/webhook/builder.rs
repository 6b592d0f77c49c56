//! What can be said about a webhook before it begins.

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::backoff::Backoff;
use super::post::Target;
use super::queue::Queue;
use super::worker::{self, Shared};
use super::{Filter, Owner, Webhook};
use crate::live::events::{Event, EventKind};
use crate::loader::Warnings;
use crate::secret::Secret;

/// Times that are said to be longer are as long as this.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// What can be said about a [`Webhook`] before it begins.
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use confkit::Secret;
/// use confkit::live::{EventKind, Webhook};
///
/// let secret = Secret::from("hunter2".to_owned());
/// let webhook = Webhook::builder("http://127.0.0.1:9/hooks", secret)
///     .filter(|event| matches!(event.kind(), EventKind::Changed { .. } | EventKind::Refused { .. }))
///     .attempts(5)
///     .flush(Duration::from_secs(2))
///     .build()?;
/// assert_eq!(webhook.deliveries().waiting, 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[must_use = "nothing is sent before `build`"]
pub struct WebhookBuilder {
    url: Secret<String>,
    secrets: Vec<Secret<String>>,
    /// None without TLS.
    roots: Option<Vec<u8>>,
    filter: Filter,
    queue: usize,
    backoff: Backoff,
    connect_timeout: Duration,
    timeout: Duration,
    flush: Duration,
    warnings: Warnings,
}

impl WebhookBuilder {
    pub(super) fn new(url: &str, secret: Secret<String>) -> Self {
        Self {
            url: Secret::from(url.to_owned()),
            secrets: vec![secret],
            roots: None,
            filter: Arc::new(|event| !matches!(event.kind(), EventKind::Loaded { .. })),
            queue: 256,
            backoff: Backoff {
                attempts: 12,
                base: Duration::from_millis(500),
                longest: Duration::from_secs(60),
            },
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(10),
            flush: Duration::from_secs(10),
            warnings: Warnings::default(),
        }
    }

    /// Sets which events are sent; by default all are, but for loads. It is called on the thread of what
    /// happens.
    pub fn filter(self, sends: impl Fn(&Event) -> bool + Send + Sync + 'static) -> Self {
        Self { filter: Arc::new(sends), ..self }
    }

    /// Signs by another secret as well, while receivers go over from one to the other. See
    /// [`Webhook::rotate`] for a program that runs.
    pub fn also_signed_by(mut self, secret: Secret<String>) -> Self {
        self.secrets.push(secret);
        self
    }

    /// Trusts these certificates, in PEM, and no others: those of the authority that signs for receivers of
    /// one's own. By default Mozilla's are trusted.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Secret;
    /// use confkit::live::Webhook;
    ///
    /// let secret = Secret::from("hunter2".to_owned());
    /// let webhook = Webhook::builder("https://hooks.internal/", secret).root_certificates(b"no certificate");
    /// let error = webhook.build().unwrap_err();
    /// assert_eq!(error.to_string(), "the root certificates of the webhook are no certificates in PEM");
    /// ```
    #[cfg(feature = "tls-ring")]
    pub fn root_certificates(self, pem: &[u8]) -> Self {
        Self { roots: Some(pem.to_owned()), ..self }
    }

    /// Sets how many events may wait, beside the one that is being sent; 256 by default, and at least one. In
    /// a full queue the oldest makes room.
    pub fn queue(self, events: usize) -> Self {
        Self { queue: events.max(1), ..self }
    }

    /// Sets how often an event is sent at most, the first time included; 12 by default, and at least one.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.backoff.attempts = attempts.max(1);
        self
    }

    /// Sets how long it waits before it sends an event again: a random time up to the base, which doubles
    /// with each failure up to the longest. By default these are half a second and a minute. What the
    /// receiver asks for by `Retry-After` is waited for as well, an hour at most.
    pub fn backoff(mut self, base: Duration, longest: Duration) -> Self {
        (self.backoff.base, self.backoff.longest) = (base, longest.min(LONGEST));
        self
    }

    /// Sets how long it may take to connect; five seconds by default.
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        Self { connect_timeout: timeout.min(LONGEST), ..self }
    }

    /// Sets how long one request may take as a whole, from looking the host up to the answer; ten seconds by
    /// default.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: timeout.min(LONGEST), ..self }
    }

    /// Sets how long events may still be sent when the settings are closed; ten seconds by default. A request
    /// that is on its way then is waited for, so with a longer [`timeout`](Self::timeout) the end may take
    /// that long.
    pub fn flush(self, flush: Duration) -> Self {
        Self { flush: flush.min(LONGEST), ..self }
    }

    /// Sets who is told of events that are not delivered; by default it is as for
    /// [`Loader::warnings`](crate::Loader::warnings). `Deny` has nothing to refuse here, and is as `Ignore`.
    /// A function is called on the thread that sends.
    pub fn warnings(self, warnings: Warnings) -> Self {
        Self { warnings, ..self }
    }

    /// Begins. Nothing is sent before there is an event.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for a URL that is none, has neither `http` nor `https`, or `https` without the feature
    /// `tls-ring`, for an empty secret, and for root certificates that are none; else what keeps the thread from
    /// starting.
    pub fn build(self) -> io::Result<Webhook> {
        let secrets = self.secrets;
        if secrets.iter().any(|secret| secret.expose().is_empty()) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the secret of the webhook is empty"));
        }
        let shared = Arc::new(Shared {
            target: Target::new(&self.url, self.roots.as_deref(), self.connect_timeout, self.timeout)?,
            secrets: Mutex::new(secrets),
            queue: Queue::new(self.queue),
            backoff: self.backoff,
            warnings: self.warnings,
        });
        let run = {
            let shared = Arc::clone(&shared);
            move || worker::run(&shared)
        };
        let thread = thread::Builder::new().name("confkit-webhook".to_owned()).spawn(run)?;
        Ok(Webhook(Arc::new(Owner::new(shared, self.filter, self.flush, thread))))
    }
}

impl fmt::Debug for WebhookBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookBuilder")
            .field("url", &self.url)
            .field("secrets", &self.secrets)
            .field("queue", &self.queue)
            .field("backoff", &self.backoff)
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("flush", &self.flush)
            .field("warnings", &self.warnings)
            .finish_non_exhaustive()
    }
}
