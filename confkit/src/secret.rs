//! Values that are never shown.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use confkit_sources::exposure::{self, Showing};
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};
use zeroize::Zeroize as _;

use crate::resolve::SECRET;

/// What stands in place of a secret wherever one would be written.
pub(crate) const MASK: &str = "[redacted]";

/// A value that is never shown: not in `Debug`, not when it is serialised, not in reports.
///
/// There is no `Display`: a connection string formatted with a secret does not compile, instead of
/// carrying a mask for a password. [`expose`](Self::expose) is the one way to the value.
///
/// A field of this type is secret without any attribute; a nested settings type inside it is
/// secret as a whole. The text `[redacted]` is refused as a value, since it is the mask.
///
/// # Example
///
/// ```
/// use confkit::Secret;
///
/// let token = Secret::from("hunter2".to_owned());
/// assert_eq!(format!("{token:?}"), "[redacted]");
/// assert_eq!(serde_json::to_string(&token).unwrap(), r#""[redacted]""#);
/// assert_eq!(token.expose(), "hunter2");
/// ```
///
/// ```compile_fail
/// let password = confkit::Secret::from("hunter2".to_owned());
/// let url = format!("postgres://app:{password}@db"); // no `Display`
/// ```
#[derive(Clone, Default)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Returns the value in clear.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Secret;
    ///
    /// let password = Secret::from("hunter2".to_owned());
    /// assert_eq!(format!("postgres://app:{}@db", password.expose()), "postgres://app:hunter2@db");
    /// ```
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value up in clear.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Secret;
    ///
    /// assert_eq!(Secret::from(vec![1, 2, 3]).into_exposed(), [1, 2, 3]);
    /// ```
    pub fn into_exposed(self) -> T {
        self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// Writes the mask, except inside [`with_exposed`].
impl<T: Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(&self.0, serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        note_read();
        deserializer.deserialize_newtype_struct(SECRET, Announced(std::marker::PhantomData)).map(Self)
    }
}

/// Reads what the announcement was about.
struct Announced<T>(std::marker::PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Announced<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

impl<T: SecretEq> PartialEq for Secret<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.secret_eq(&other.0)
    }
}

impl<T: SecretEq> Eq for Secret<T> {}

/// Comparison that does not tell by its time how much of two values is equal.
///
/// # Example
///
/// ```
/// use confkit::{Secret, SecretEq};
///
/// #[derive(Clone)]
/// struct Pin(u32);
///
/// impl SecretEq for Pin {
///     fn secret_eq(&self, other: &Self) -> bool {
///         self.0.secret_eq(&other.0)
///     }
/// }
///
/// assert!(Secret::from(Pin(1)) == Secret::from(Pin(1)));
/// assert!(Secret::from(Pin(1)) != Secret::from(Pin(2)));
/// ```
#[diagnostic::on_unimplemented(
    message = "secrets of `{Self}` cannot be compared",
    note = "implement `confkit::SecretEq` for the type, with a comparison of constant time"
)]
pub trait SecretEq {
    /// Returns whether the values are equal. For text and bytes the time depends on the length alone.
    fn secret_eq(&self, other: &Self) -> bool;
}

impl SecretEq for [u8] {
    fn secret_eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        let difference = self.iter().zip(other).fold(0, |difference, (a, b)| difference | (a ^ b));
        std::hint::black_box(difference) == 0
    }
}

macro_rules! secret_eq {
    ($($type:ty, $bytes:expr;)*) => {$(
        impl SecretEq for $type {
            fn secret_eq(&self, other: &Self) -> bool {
                let bytes: fn(&$type) -> &[u8] = $bytes;
                bytes(self).secret_eq(bytes(other))
            }
        }
    )*};
}

secret_eq! {
    str, |text| text.as_bytes();
    String, |text| text.as_bytes();
    Box<str>, |text| text.as_bytes();
    Arc<str>, |text| text.as_bytes();
    Vec<u8>, |bytes| bytes;
    Box<[u8]>, |bytes| bytes;
}

impl<const N: usize> SecretEq for [u8; N] {
    fn secret_eq(&self, other: &Self) -> bool {
        self[..].secret_eq(&other[..])
    }
}

macro_rules! secret_eq_numbers {
    ($($number:ty)*) => {$(
        impl SecretEq for $number {
            fn secret_eq(&self, other: &Self) -> bool {
                self.to_ne_bytes().secret_eq(&other.to_ne_bytes())
            }
        }
    )*};
}

secret_eq_numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

thread_local! {
    /// How many secrets were read on this thread.
    static READ: Cell<u64> = const { Cell::new(0) };
}

fn serialize<T: Serialize + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    match exposure::shown() {
        Showing::Mask => serializer.serialize_str(MASK),
        Showing::Clear => value.serialize(serializer),
        Showing::Nothing => serializer.serialize_newtype_struct(exposure::HIDDEN, MASK),
        Showing::Refusal => Err(S::Error::custom(exposure::REFUSED)),
    }
}

/// How many secrets were read on this thread. serde's buffers swallow the announcement of a type;
/// that one was read shows here all the same.
#[inline]
pub(crate) fn reads() -> u64 {
    READ.get()
}

fn note_read() {
    READ.set(READ.get().wrapping_add(1));
}

/// Runs a function in which secrets are serialised in clear, on this thread alone.
///
/// # Example
///
/// ```
/// use confkit::{Secret, with_exposed};
///
/// let token = Secret::from(7);
/// assert_eq!(with_exposed(|| serde_json::to_string(&token).unwrap()), "7");
/// assert_eq!(serde_json::to_string(&token).unwrap(), r#""[redacted]""#);
/// ```
pub fn with_exposed<T>(run: impl FnOnce() -> T) -> T {
    exposure::showing(Showing::Clear, run)
}

/// Secret text whose buffer is wiped when it is dropped.
///
/// What cannot be wiped: the text of the file, variable or message that it was read from, copies
/// made by [`expose`](Self::expose) and its callers, and what the allocator or the operating system
/// kept of earlier buffers.
///
/// # Example
///
/// ```
/// use confkit::SecretString;
///
/// let key = SecretString::from("hunter2");
/// assert_eq!(format!("{key:?}"), "[redacted]");
/// assert_eq!(key.expose(), "hunter2");
/// assert!(key == SecretString::from("hunter2"));
/// ```
#[derive(Clone, Default)]
pub struct SecretString(String);

/// Secret bytes whose buffer is wiped when it is dropped; the limits of [`SecretString`] apply.
///
/// In files it is a string, whose bytes it takes, or a list of numbers.
///
/// # Example
///
/// ```
/// use confkit::SecretBytes;
///
/// let key = SecretBytes::from(vec![1, 2, 3]);
/// assert_eq!(format!("{key:?}"), "[redacted]");
/// assert_eq!(key.expose(), [1, 2, 3]);
/// ```
#[derive(Clone, Default)]
pub struct SecretBytes(Vec<u8>);

macro_rules! wiped {
    ($type:ident, $owned:ty, $borrowed:ty, $visitor:ident) => {
        impl $type {
            /// Returns the value in clear.
            pub fn expose(&self) -> &$borrowed {
                &self.0
            }
        }

        impl From<$owned> for $type {
            fn from(value: $owned) -> Self {
                Self(value)
            }
        }

        impl From<&$borrowed> for $type {
            fn from(value: &$borrowed) -> Self {
                Self(value.to_owned())
            }
        }

        impl Drop for $type {
            fn drop(&mut self) {
                self.0.zeroize();
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(MASK)
            }
        }

        impl PartialEq for $type {
            fn eq(&self, other: &Self) -> bool {
                self.0.secret_eq(&other.0)
            }
        }

        impl Eq for $type {}

        /// Writes the mask, except inside [`with_exposed`].
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(&self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                note_read();
                deserializer.deserialize_newtype_struct(SECRET, $visitor)
            }
        }
    };
}

wiped!(SecretString, String, str, TextVisitor);
wiped!(SecretBytes, Vec<u8>, [u8], BytesVisitor);

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = SecretString;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<SecretString, D::Error> {
        String::deserialize(deserializer).map(SecretString)
    }
}

struct BytesVisitor;

impl<'de> Visitor<'de> for BytesVisitor {
    type Value = SecretBytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<SecretBytes, D::Error> {
        deserializer.deserialize_byte_buf(self)
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<SecretBytes, E> {
        Ok(SecretBytes(bytes.to_vec()))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<SecretBytes, E> {
        self.visit_bytes(text.as_bytes())
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut access: A) -> Result<SecretBytes, A::Error> {
        let mut bytes = Vec::new();
        while let Some(byte) = access.next_element()? {
            bytes.push(byte);
        }
        if bytes.is_empty() { Err(A::Error::custom("there are no bytes")) } else { Ok(SecretBytes(bytes)) }
    }
}

/// Types that do not show what they hold; `secret` asks a field's type for it.
///
/// # Example
///
/// ```
/// use std::fmt;
///
/// use confkit::{Config, Redacted};
///
/// struct Token(String);
///
/// impl Redacted for Token {}
///
/// impl fmt::Debug for Token {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         f.write_str("Token(…)")
///     }
/// }
///
/// fn token(text: &str) -> Result<Token, std::convert::Infallible> {
///     Ok(Token(text.to_owned()))
/// }
///
/// #[derive(Debug, Config)]
/// struct Settings {
///     #[config(secret, parse = token)]
///     token: Token,
/// }
///
/// let settings = Settings::loader().set("token", "hunter2").load_traced()?;
/// assert_eq!(settings.token.0, "hunter2");
/// assert_eq!(settings.explain("token").unwrap().value(), Some("[redacted]"));
/// # Ok::<(), confkit::Report>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` would print this secret",
    label = "this type shows its value in `Debug` or when serialised",
    note = "write `Secret<{Self}>`, or `secret(plain)` to mask it in confkit's output only"
)]
pub trait Redacted {}

impl<T> Redacted for Secret<T> {}
impl Redacted for SecretString {}
impl Redacted for SecretBytes {}
impl<T: Redacted> Redacted for Option<T> {}
impl<T: Redacted + ?Sized> Redacted for Box<T> {}
impl<T: Redacted + ?Sized> Redacted for Arc<T> {}
impl<T: Redacted> Redacted for Vec<T> {}
impl<T: Redacted, const N: usize> Redacted for [T; N] {}
impl<T: Redacted> Redacted for BTreeSet<T> {}
impl<T: Redacted, S> Redacted for HashSet<T, S> {}
impl<K, T: Redacted> Redacted for BTreeMap<K, T> {}
impl<K, T: Redacted, S> Redacted for HashMap<K, T, S> {}
#[cfg(feature = "indexmap")]
impl<K, T: Redacted, S> Redacted for indexmap::IndexMap<K, T, S> {}
#[cfg(feature = "secrecy")]
impl<T: zeroize::Zeroize + ?Sized> Redacted for secrecy::SecretBox<T> {}

/// Asks at compile time whether a type hides its value.
pub fn assert_redacted<T: Redacted>() {}
