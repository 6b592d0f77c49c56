//! Signatures of requests: how they are made, and verified by receivers.

use std::fmt;
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::Webhook;
use crate::live::events::hex::{self, Hexadecimal};
use crate::secret::Secret;

pub(super) const HEADER: &str = "Confkit-Signature";

/// Why a request is not to be trusted.
///
/// # Example
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use confkit::Secret;
/// use confkit::live::{SignatureError, Webhook};
///
/// let secret = Secret::from("hunter2".to_owned());
/// let now = SystemTime::now();
/// let verified = Webhook::verify(&secret, "none", b"{}", now, Duration::from_secs(300));
/// assert_eq!(verified, Err(SignatureError::Malformed));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// The header is not what a webhook sends.
    Malformed,
    /// None of the signatures is that of the body by the secret.
    Wrong,
    /// It is signed by the secret, but too long ago, or in the future.
    Outdated,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "the header `Confkit-Signature` is not of the form `t=…,v1=…`",
            Self::Wrong => {
                "the signature does not fit: verify the bytes of the body as they came, with the secret of the sender"
            }
            Self::Outdated => {
                "the request was not signed within the tolerated time: somebody sent it again, or a clock is wrong"
            }
        })
    }
}

impl std::error::Error for SignatureError {}

/// The value of the header: a time, and a signature by each of the secrets.
pub(super) fn sign(secrets: &[Secret<String>], now: SystemTime, body: &[u8]) -> String {
    let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
    let mut header = format!("t={seconds}");
    for mac in secrets.iter().filter_map(|secret| mac(secret, &seconds, body)) {
        header += &format!(",v1={}", Hexadecimal(&mac.finalize().into_bytes()));
    }
    header
}

/// # For receivers
impl Webhook {
    /// Verifies a request on behalf of a receiver: `header` is that of `Confkit-Signature`, and `body` the bytes as
    /// they came. Signatures are compared in constant time.
    ///
    /// # Errors
    ///
    /// The request is not signed by the secret, or was not signed within `tolerance` of `now`, before or after.
    /// Five minutes are a good tolerance.
    ///
    /// # Example
    ///
    /// ```
    /// use std::time::{Duration, SystemTime};
    ///
    /// use confkit::Secret;
    /// use confkit::live::{SignatureError, Webhook};
    ///
    /// let secret = Secret::from("hunter2".to_owned());
    /// let header = "t=1700000000,v1=ff2f975170d2a2ea3d6177dad44d002ac729fec15c2e1053dc096496e07f8401";
    /// let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_060);
    /// let verify = |header, at| Webhook::verify(&secret, header, b"{}", at, Duration::from_secs(300));
    /// assert_eq!(verify(header, at), Ok(()));
    /// assert_eq!(verify(header, at + Duration::from_secs(600)), Err(SignatureError::Outdated));
    /// assert_eq!(verify(&header.replace("t=17", "t=18"), at), Err(SignatureError::Wrong));
    /// ```
    pub fn verify(
        secret: &Secret<String>,
        header: &str,
        body: &[u8],
        now: SystemTime,
        tolerance: Duration,
    ) -> Result<(), SignatureError> {
        let Signed { seconds, at, codes } = read(header).ok_or(SignatureError::Malformed)?;
        let mac = mac(secret, seconds, body).ok_or(SignatureError::Wrong)?;
        // All are compared, each in constant time.
        if !codes.iter().fold(false, |is_right, code| is_right | mac.clone().verify_slice(code).is_ok()) {
            return Err(SignatureError::Wrong);
        }
        let apart = now.duration_since(at).unwrap_or_else(|future| future.duration());
        if apart > tolerance { Err(SignatureError::Outdated) } else { Ok(()) }
    }
}

/// What is signed is the time as it is written, a dot, and the body. A secret may have any length but 0.
fn mac(secret: &Secret<String>, seconds: &str, body: &[u8]) -> Option<Hmac<Sha256>> {
    let key = Some(secret.expose().as_bytes()).filter(|key| !key.is_empty())?;
    let mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    Some(mac.chain_update(seconds).chain_update(".").chain_update(body))
}

/// A header that was read.
struct Signed<'a> {
    seconds: &'a str,
    at: SystemTime,
    codes: Vec<[u8; 32]>,
}

/// Reads a header. Parts of other versions are for others.
fn read(header: &str) -> Option<Signed<'_>> {
    let (mut seconds, mut codes) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=')? {
            ("t", _) if seconds.is_some() => return None,
            ("t", text) => seconds = Some(text),
            ("v1", text) => codes.push(hex::read(&text.to_ascii_lowercase())?),
            _ => {}
        }
    }
    let seconds = seconds.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let at = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds.parse().ok()?))?;
    (!codes.is_empty()).then_some(Signed { seconds, at, codes })
}
