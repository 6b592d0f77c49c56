//! What binds each record to the one before it.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

use crate::live::events::hex::{self, Hexadecimal};
use crate::secret::Secret;

/// A SHA-256, written in lowercase hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Hash([u8; 32]);

impl Hash {
    /// How long it is when it is written.
    pub(super) const DIGITS: usize = 64;
    /// What stands before the first record.
    pub(super) const ZERO: Self = Self([0; 32]);

    /// Reads what `Display` writes, and nothing else.
    pub(super) fn read(text: &str) -> Option<Self> {
        hex::read(text).map(Self)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&Hexadecimal(&self.0), f)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The last record of a log: its number and its hash. Kept where the log's writer cannot change it, it shows
/// later whether records were cut off or written anew; see [`Verifier::holds`](super::Verifier::holds).
///
/// It is written as `17:9f86d0…`, and read from that.
///
/// # Example
///
/// ```
/// use confkit::live::audit::Head;
///
/// let head: Head = "0:0000000000000000000000000000000000000000000000000000000000000000".parse()?;
/// assert_eq!(head, Head::START);
/// assert!("17".parse::<Head>().is_err());
/// # Ok::<(), confkit::live::audit::NoHead>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    pub(super) sequence: u64,
    pub(super) hash: Hash,
}

impl Head {
    /// The head of a log without records.
    pub const START: Self = Self { sequence: 0, hash: Hash::ZERO };

    /// Returns the number of the record; 0 if there is none.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// Returns its hash, 64 hexadecimal digits.
    pub fn hash(&self) -> String {
        self.hash.to_string()
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

impl FromStr for Head {
    type Err = NoHead;

    fn from_str(text: &str) -> Result<Self, NoHead> {
        let (sequence, hash) = text.split_once(':').ok_or(NoHead)?;
        Ok(Self { sequence: sequence.parse().map_err(|_| NoHead)?, hash: Hash::read(hash).ok_or(NoHead)? })
    }
}

/// A text is no [`Head`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoHead;

impl fmt::Display for NoHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the head of an audit log is a number, a colon and 64 lowercase hexadecimal digits")
    }
}

impl std::error::Error for NoHead {}

/// How records are hashed.
#[derive(Clone, Default)]
pub(super) enum Chain {
    /// By SHA-256. Everybody can.
    #[default]
    Open,
    /// By HMAC-SHA256, which takes the key.
    Keyed(Box<Hmac<Sha256>>),
}

impl Chain {
    pub(super) fn keyed(key: &Secret<String>) -> Self {
        // A key of any length will do: it never fails.
        Hmac::new_from_slice(key.expose().as_bytes()).map_or(Self::Open, |hmac| Self::Keyed(Box::new(hmac)))
    }

    pub(super) fn hash(&self, body: &str) -> Hash {
        Hash(match self {
            Self::Open => Sha256::digest(body).into(),
            Self::Keyed(hmac) => Hmac::clone(hmac).chain_update(body).finalize().into_bytes().into(),
        })
    }

    pub(super) fn is_keyed(&self) -> bool {
        matches!(self, Self::Keyed(_))
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_keyed() { "keyed" } else { "open" })
    }
}
