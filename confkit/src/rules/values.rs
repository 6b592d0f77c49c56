//! What rules compare and count.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::secret::Secret;

/// Values that can be compared with limits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `range` rule",
    label = "not a number or a duration",
    note = "use `length` for text and collections, or a closure: `validate(|v| …, \"message\")`"
)]
pub trait Ranged {
    /// What the limits are given as.
    type Bound: PartialOrd;

    /// Returns the value to compare; `None` where there is none to judge.
    fn bound(&self) -> Option<Self::Bound>;

    /// Writes a limit as it is written in settings.
    fn show(bound: &Self::Bound) -> String;
}

/// Values that have a number of characters, elements or entries.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `length` or `non_empty` rule",
    label = "neither text nor a collection",
    note = "use `range` for numbers, or a closure: `validate(|v| …, \"message\")`"
)]
pub trait Length {
    /// What is counted: one of it, and several.
    const UNIT: [&'static str; 2];

    /// Returns the number of characters, elements or entries; `None` where there is nothing to judge.
    fn length(&self) -> Option<usize>;

    /// Returns whether that number is zero; counts nothing where that can be told without.
    fn is_nothing(&self) -> bool {
        self.length() == Some(0)
    }
}

/// A newtype with `#[derive(Config)]`: rules see through it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have this rule",
    label = "neither a number, a duration, text nor a collection",
    note = "use a closure: `validate(|v| …, \"message\")`"
)]
pub trait Newtype {
    /// What it holds.
    type Inner;

    /// Returns what it holds.
    fn inner(&self) -> &Self::Inner;
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Ranged for $number {
            type Bound = $number;

            #[inline]
            fn bound(&self) -> Option<$number> {
                Some(*self)
            }

            fn show(bound: &$number) -> String {
                bound.to_string()
            }
        }
    )*};
}

macro_rules! non_zero {
    ($($number:ty)*) => {$(
        impl Ranged for std::num::NonZero<$number> {
            type Bound = $number;

            #[inline]
            fn bound(&self) -> Option<$number> {
                Some(self.get())
            }

            fn show(bound: &$number) -> String {
                bound.to_string()
            }
        }
    )*};
}

numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 char);
non_zero!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Ranged for Duration {
    type Bound = Duration;

    fn bound(&self) -> Option<Duration> {
        Some(*self)
    }

    fn show(bound: &Duration) -> String {
        humantime::format_duration(*bound).to_string()
    }
}

impl Ranged for crate::ByteSize {
    type Bound = crate::ByteSize;

    fn bound(&self) -> Option<Self> {
        Some(*self)
    }

    fn show(bound: &Self) -> String {
        bound.to_string()
    }
}

impl<T: Ranged> Ranged for Option<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        self.as_ref().and_then(Ranged::bound)
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Ranged> Ranged for Secret<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        self.expose().bound()
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Ranged> Ranged for Arc<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        (**self).bound()
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Newtype> Ranged for T
where
    T::Inner: Ranged,
{
    type Bound = <T::Inner as Ranged>::Bound;

    fn bound(&self) -> Option<Self::Bound> {
        self.inner().bound()
    }

    fn show(bound: &Self::Bound) -> String {
        T::Inner::show(bound)
    }
}

const CHARACTERS: [&str; 2] = ["character", "characters"];
const ELEMENTS: [&str; 2] = ["element", "elements"];
const ENTRIES: [&str; 2] = ["entry", "entries"];

macro_rules! text {
    ($($text:ty)*) => {$(
        impl Length for $text {
            const UNIT: [&'static str; 2] = CHARACTERS;

            #[inline]
            fn length(&self) -> Option<usize> {
                Some(self.chars().count())
            }

            #[inline]
            fn is_nothing(&self) -> bool {
                self.is_empty()
            }
        }
    )*};
}

text!(String Box<str> Arc<str> Cow<'_, str>);

macro_rules! collections {
    ($([$($parameters:ident),*] $collection:ty, $unit:ident;)*) => {$(
        impl<$($parameters),*> Length for $collection {
            const UNIT: [&'static str; 2] = $unit;

            #[inline]
            fn length(&self) -> Option<usize> {
                Some(self.len())
            }
        }
    )*};
}

collections! {
    [T] Vec<T>, ELEMENTS;
    [T] VecDeque<T>, ELEMENTS;
    [T] BTreeSet<T>, ELEMENTS;
    [T, S] HashSet<T, S>, ELEMENTS;
    [K, V] BTreeMap<K, V>, ENTRIES;
    [K, V, S] HashMap<K, V, S>, ENTRIES;
}

#[cfg(feature = "indexmap")]
collections! { [K, V, S] indexmap::IndexMap<K, V, S>, ENTRIES; }

impl<T, const N: usize> Length for [T; N] {
    const UNIT: [&'static str; 2] = ELEMENTS;

    fn length(&self) -> Option<usize> {
        Some(N)
    }
}

impl Length for std::path::PathBuf {
    const UNIT: [&'static str; 2] = CHARACTERS;

    fn length(&self) -> Option<usize> {
        Some(self.to_string_lossy().chars().count())
    }
}

impl Length for crate::SecretString {
    const UNIT: [&'static str; 2] = CHARACTERS;

    fn length(&self) -> Option<usize> {
        Some(self.expose().chars().count())
    }
}

impl Length for crate::SecretBytes {
    const UNIT: [&'static str; 2] = ["byte", "bytes"];

    fn length(&self) -> Option<usize> {
        Some(self.expose().len())
    }
}

impl<T: Length> Length for Option<T> {
    const UNIT: [&'static str; 2] = T::UNIT;

    fn length(&self) -> Option<usize> {
        self.as_ref().and_then(Length::length)
    }
}

impl<T: Length> Length for Secret<T> {
    const UNIT: [&'static str; 2] = T::UNIT;

    fn length(&self) -> Option<usize> {
        self.expose().length()
    }
}

impl<T: Newtype> Length for T
where
    T::Inner: Length,
{
    const UNIT: [&'static str; 2] = T::Inner::UNIT;

    fn length(&self) -> Option<usize> {
        self.inner().length()
    }
}
