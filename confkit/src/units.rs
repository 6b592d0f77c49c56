//! Values with units.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::resolve::BYTE_SIZE;

/// A number of bytes, read from `10MiB` (1024), `10MB` (1000) or a plain number.
///
/// # Example
///
/// ```
/// use confkit::{ByteSize, Config, Format};
///
/// #[derive(Config)]
/// struct Cache {
///     #[config(default = "64MiB")]
///     limit: ByteSize,
/// }
///
/// let cache = Cache::loader().load().unwrap();
/// assert_eq!(cache.limit.bytes(), 64 * 1024 * 1024);
/// assert_eq!(cache.limit.to_string(), "64MiB");
/// # let cache = Cache::loader().text(Format::Toml, "t", "limit = 1000").load().unwrap();
/// # assert_eq!(cache.limit.to_string(), "1kB");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSize(u64);

impl ByteSize {
    /// Makes a size of so many bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::ByteSize;
    ///
    /// const LIMIT: ByteSize = ByteSize::new(64 * 1024);
    /// assert_eq!(LIMIT.to_string(), "64KiB");
    /// ```
    pub const fn new(bytes: u64) -> Self {
        Self(bytes)
    }

    /// Returns the number of bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::ByteSize;
    ///
    /// let size: ByteSize = "10MB".parse().unwrap();
    /// assert_eq!(size.bytes(), 10_000_000);
    /// ```
    pub const fn bytes(self) -> u64 {
        self.0
    }
}

impl From<u64> for ByteSize {
    fn from(bytes: u64) -> Self {
        Self(bytes)
    }
}

/// Writes the largest unit that leaves a whole number, so that reading it gives the same size.
impl fmt::Display for ByteSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 8] = [
            (1 << 40, "TiB"),
            (1_000_000_000_000, "TB"),
            (1 << 30, "GiB"),
            (1_000_000_000, "GB"),
            (1 << 20, "MiB"),
            (1_000_000, "MB"),
            (1 << 10, "KiB"),
            (1_000, "kB"),
        ];
        let unit = UNITS.iter().find(|(unit, _)| self.0 >= *unit && self.0.is_multiple_of(*unit));
        match unit {
            Some((unit, name)) => write!(f, "{}{name}", self.0 / unit),
            None => write!(f, "{}B", self.0),
        }
    }
}

/// Text that is not a number of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByteSizeError(());

impl fmt::Display for ByteSizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a size is written as `10MiB`, `512kB` or a number of bytes")
    }
}

impl std::error::Error for ByteSizeError {}

/// The digits of the largest size.
const LARGEST: &str = "18446744073709551615";

impl FromStr for ByteSize {
    type Err = ByteSizeError;

    fn from_str(text: &str) -> Result<Self, ByteSizeError> {
        let text = text.trim();
        let size: bytesize::ByteSize = text.parse().map_err(|_| ByteSizeError(()))?;
        match size.as_u64() {
            // What is larger than all sizes is read as the largest one.
            u64::MAX if !text.starts_with(LARGEST) => Err(ByteSizeError(())),
            bytes => Ok(Self(bytes)),
        }
    }
}

impl Serialize for ByteSize {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ByteSize {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(BYTE_SIZE, SizeVisitor)
    }
}

struct SizeVisitor;

impl<'de> Visitor<'de> for SizeVisitor {
    type Value = ByteSize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a size such as `10MiB`")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<ByteSize, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_u64<E: serde::de::Error>(self, bytes: u64) -> Result<ByteSize, E> {
        Ok(ByteSize(bytes))
    }

    fn visit_i64<E: serde::de::Error>(self, bytes: i64) -> Result<ByteSize, E> {
        u64::try_from(bytes).map(ByteSize).map_err(|_| E::custom("a size is not negative"))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<ByteSize, E> {
        text.parse().map_err(E::custom)
    }
}
