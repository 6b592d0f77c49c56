//! One request, and what its answer means.

use std::io;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use ureq::config::ConfigBuilder;
use ureq::http::uri::Authority;
use ureq::http::{HeaderMap, StatusCode, Uri, header};
use ureq::typestate::AgentScope;
use ureq::{Agent, Error, Timeout};

use super::signature;
use crate::live::events::Event;
use crate::secret::Secret;

const USER_AGENT: &str = concat!("confkit/", env!("CARGO_PKG_VERSION"));

type Configured = ConfigBuilder<AgentScope>;

/// Longer than that nobody is waited for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60 * 60);

/// Where events go.
pub(super) struct Target {
    url: Secret<Uri>,
    /// What may be shown of the URL.
    place: String,
    agent: Agent,
    whole: Duration,
}

/// What became of a request.
pub(super) enum Answer {
    Taken,
    /// Sending it again would change nothing.
    Refused(String),
    /// It may be sent again, after this time if the receiver said so.
    Failed(String, Option<Duration>),
}

impl Target {
    /// Reads the URL. It may have credentials, so that no error shows it. Without roots, in PEM, Mozilla's are
    /// trusted.
    pub(super) fn new(
        url: &Secret<String>,
        roots: Option<&[u8]>,
        connect: Duration,
        whole: Duration,
    ) -> io::Result<Self> {
        let uri: Uri =
            url.expose().parse().map_err(|_| wrong("the URL of the webhook is not one that can be read"))?;
        let scheme = uri.scheme_str().unwrap_or_default();
        if !matches!(scheme, "http" | "https") {
            return Err(wrong("the URL of the webhook has to begin with `https://` or `http://`"));
        }
        if scheme == "https" && !cfg!(feature = "tls-ring") {
            return Err(wrong("webhooks over `https` need the feature `tls-ring` of confkit"));
        }
        let host = uri
            .host()
            .filter(|host| !host.is_empty())
            .ok_or_else(|| wrong("the URL of the webhook has no host"))?;
        if has_wrong_port(&uri, host) {
            return Err(wrong("the port of the webhook's URL is no number from 0 to 65535"));
        }
        let port = uri.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
        let place = format!("{scheme}://{host}{port}");
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_idle_connections(0)
            .timeout_connect(Some(connect))
            .user_agent(USER_AGENT)
            .accept("");
        // A proxy of the environment is for what is outside.
        let config = if is_loopback(host) { config.proxy(None) } else { config };
        let config = match roots {
            Some(roots) => trusting(config, roots)?,
            None => config,
        };
        let agent = config.build().new_agent();
        Ok(Self { url: Secret::from(uri), place, agent, whole })
    }

    /// The address without what may be secret in it.
    pub(super) fn place(&self) -> &str {
        &self.place
    }

    /// Sends an event, signed now, within its time and the time that is left.
    pub(super) fn post(&self, event: &Event, secrets: &[Secret<String>], left: Option<Duration>) -> Answer {
        let body = event.to_json();
        let whole = left.map_or(self.whole, |left| left.min(self.whole));
        let request = self
            .agent
            .post(self.url.expose())
            .config()
            .timeout_global(Some(whole))
            .build()
            .header("Content-Type", "application/json")
            .header("Confkit-Event", event.kind().as_str())
            .header("Idempotency-Key", event.id())
            .header(signature::HEADER, signature::sign(secrets, SystemTime::now(), body.as_bytes()))
            .header("Connection", "close");
        match request.send(body) {
            Ok(response) => answer(response.status(), response.headers()),
            Err(error) => Answer::Failed(words(&error), None),
        }
    }
}

/// The same with certificates to trust.
#[cfg(feature = "tls-ring")]
fn trusting(config: Configured, roots: &[u8]) -> io::Result<Configured> {
    use ureq::tls::{PemItem, TlsConfig, parse_pem};
    let items: Result<Vec<PemItem<'_>>, _> = parse_pem(roots).collect();
    let certificates = items.unwrap_or_default().into_iter().filter_map(|item| match item {
        PemItem::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    let certificates: Vec<_> = certificates.collect();
    if certificates.is_empty() {
        return Err(wrong("the root certificates of the webhook are no certificates in PEM"));
    }
    Ok(config.tls_config(TlsConfig::builder().root_certs(certificates.into()).build()))
}

/// Without TLS nobody is asked for certificates.
#[cfg(not(feature = "tls-ring"))]
#[expect(clippy::unnecessary_wraps, reason = "with TLS they may be none")]
fn trusting(config: Configured, _: &[u8]) -> io::Result<Configured> {
    Ok(config)
}

fn wrong(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message)
}

/// Whether there is something behind the host that is no port; it would be as if nothing stood there.
fn has_wrong_port(uri: &Uri, host: &str) -> bool {
    let authority = uri.authority().map_or("", Authority::as_str);
    let without_user = authority.rsplit_once('@').map_or(authority, |(_, behind)| behind);
    without_user.len() > host.len() + 1 && uri.port_u16().is_none()
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

fn answer(status: StatusCode, headers: &HeaderMap) -> Answer {
    let words = format!("the receiver answered {}", status.as_u16());
    match status.as_u16() {
        200..=299 => Answer::Taken,
        300..=399 => Answer::Refused(format!("{words}, and redirects are not followed")),
        408 | 429 | 500.. => Answer::Failed(words, retry_after(headers, SystemTime::now())),
        _ => Answer::Refused(words),
    }
}

/// How long the receiver wants to be left alone: seconds, or until a time.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => httpdate::parse_http_date(text).ok()?.duration_since(now).unwrap_or_default(),
    };
    Some(wait.min(LONGEST_RETRY_AFTER))
}

const INSECURE: &str =
    "no secure connection can be made: is the certificate of the receiver valid, and trusted?";

/// What went wrong, without the words of the client, which may have the URL.
fn words(error: &Error) -> String {
    match error {
        Error::HostNotFound => "there is no such host".to_owned(),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) | Error::ConnectionFailed => {
            "the receiver cannot be reached".to_owned()
        }
        Error::Timeout(_) => "the receiver takes too long".to_owned(),
        // So rustls says that a certificate is not trusted, or that there is none.
        Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => INSECURE.to_owned(),
        Error::Io(error) if !has_words(error.kind()) => {
            "the receiver cannot be found or reached: is its host spelled right?".to_owned()
        }
        Error::Io(error) => format!("the receiver cannot be talked to: {}", error.kind()),
        #[cfg(feature = "tls-ring")]
        Error::Rustls(_) => INSECURE.to_owned(),
        Error::Tls(_) => INSECURE.to_owned(),
        Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => "the proxy does not work".to_owned(),
        _ => "what answers does not speak HTTP".to_owned(),
    }
}

/// Whether what the standard library calls it says something. A host that is not found has no kind.
fn has_words(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        kind,
        Kind::AddrNotAvailable
            | Kind::BrokenPipe
            | Kind::ConnectionAborted
            | Kind::ConnectionRefused
            | Kind::ConnectionReset
            | Kind::HostUnreachable
            | Kind::NetworkDown
            | Kind::NetworkUnreachable
            | Kind::NotConnected
            | Kind::PermissionDenied
            | Kind::TimedOut
            | Kind::UnexpectedEof
    )
}
