//! What rules see of a value: something to compare, to count, to read or to go through.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use super::Inside;
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

/// Values that are text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a rule on text",
    label = "not text",
    note = "use a closure: `validate(|v| …, \"message\")`"
)]
pub trait Text {
    /// Returns the text; `None` where there is none to judge.
    fn text(&self) -> Option<Cow<'_, str>>;
}

macro_rules! plain_text {
    ($($text:ty)*) => {$(
        impl Text for $text {
            #[inline]
            fn text(&self) -> Option<Cow<'_, str>> {
                Some(Cow::Borrowed(self))
            }
        }
    )*};
}

plain_text!(String Box<str> Arc<str> Cow<'_, str>);

impl Text for std::path::PathBuf {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(self.to_string_lossy())
    }
}

impl Text for crate::SecretString {
    fn text(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.expose()))
    }
}

impl<T: Text> Text for Option<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.as_ref().and_then(Text::text)
    }
}

impl<T: Text> Text for Secret<T> {
    fn text(&self) -> Option<Cow<'_, str>> {
        self.expose().text()
    }
}

impl<T: Newtype> Text for T
where
    T::Inner: Text,
{
    fn text(&self) -> Option<Cow<'_, str>> {
        self.inner().text()
    }
}

/// Values that contain parts: text, lists, and maps by their keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `contains` or `does_not_contain` rule",
    label = "neither text, nor a list, set or map of text",
    note = "use a closure: `validate(|v| …, \"message\")`"
)]
pub trait Contains {
    /// Returns whether the part is there; `None` where there is nothing to judge.
    fn contains(&self, part: &str) -> Option<bool>;
}

macro_rules! containing {
    ($($text:ty)*) => {$(
        impl Contains for $text {
            fn contains(&self, part: &str) -> Option<bool> {
                Some(str::contains(self, part))
            }
        }
    )*};
}

containing!(String Box<str> Arc<str> Cow<'_, str>);

impl Contains for std::path::PathBuf {
    fn contains(&self, part: &str) -> Option<bool> {
        Some(str::contains(&self.to_string_lossy(), part))
    }
}

impl Contains for crate::SecretString {
    fn contains(&self, part: &str) -> Option<bool> {
        Some(self.expose().contains(part))
    }
}

impl<T: Contains> Contains for Option<T> {
    fn contains(&self, part: &str) -> Option<bool> {
        self.as_ref().and_then(|value| value.contains(part))
    }
}

impl<T: Contains> Contains for Secret<T> {
    fn contains(&self, part: &str) -> Option<bool> {
        self.expose().contains(part)
    }
}

impl<T: Newtype> Contains for T
where
    T::Inner: Contains,
{
    fn contains(&self, part: &str) -> Option<bool> {
        self.inner().contains(part)
    }
}

/// Collections whose elements, or whose entries' values, have rules of their own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have an `each` rule",
    label = "neither a list, a set nor a map",
    note = "the keys of a map have to implement `Display`, which names them in reports"
)]
pub trait Each {
    /// What it holds.
    type Item;

    /// Whether it goes through them in an order that does not depend on a hash.
    const IS_ORDERED: bool = true;

    /// Calls a function with every element and where it is.
    fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &Self::Item));
}

/// Maps whose keys have rules of their own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `keys` rule",
    label = "not a map",
    note = "the keys have to implement `Display`, which names them in reports"
)]
pub trait Keys {
    /// What its keys are.
    type Key;

    /// Whether it goes through them in an order that does not depend on a hash.
    const IS_ORDERED: bool = true;

    /// Calls a function with every key.
    fn keys(&self, judge: &mut dyn FnMut(Inside<'_>, &Self::Key));
}

macro_rules! lists {
    ($([$($parameters:tt)*] $list:ty)*) => {$(
        impl<$($parameters)*> Each for $list {
            type Item = T;

            fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &T)) {
                self.iter().enumerate().for_each(|(index, item)| judge(Inside::Index(index), item));
            }
        }

        impl<$($parameters)*> Contains for $list
        where
            T: Text,
        {
            fn contains(&self, part: &str) -> Option<bool> {
                Some(self.iter().any(|item| item.text().is_some_and(|text| text == part)))
            }
        }
    )*};
}

macro_rules! sets {
    ($([$($parameters:ident),*] $set:ty, $ordered:literal)*) => {$(
        impl<$($parameters),*> Each for $set {
            type Item = T;

            const IS_ORDERED: bool = $ordered;

            fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &T)) {
                self.iter().enumerate().for_each(|(at, item)| judge(Inside::Somewhere(at), item));
            }
        }

        impl<$($parameters),*> Contains for $set
        where
            T: Text,
        {
            fn contains(&self, part: &str) -> Option<bool> {
                Some(self.iter().any(|item| item.text().is_some_and(|text| text == part)))
            }
        }
    )*};
}

macro_rules! maps {
    ($([$($parameters:ident),*] $map:ty, $ordered:literal)*) => {$(
        impl<K: Display, $($parameters),*> Each for $map {
            type Item = V;

            const IS_ORDERED: bool = $ordered;

            fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &V)) {
                self.iter().for_each(|(key, value)| judge(Inside::Key(key), value));
            }
        }

        impl<K: Display, $($parameters),*> Keys for $map {
            type Key = K;

            const IS_ORDERED: bool = $ordered;

            fn keys(&self, judge: &mut dyn FnMut(Inside<'_>, &K)) {
                self.keys().for_each(|key| judge(Inside::Key(key), key));
            }
        }

        impl<K: Text, $($parameters),*> Contains for $map {
            fn contains(&self, part: &str) -> Option<bool> {
                Some(self.keys().any(|key| key.text().is_some_and(|text| text == part)))
            }
        }
    )*};
}

lists! { [T] Vec<T> [T] VecDeque<T> [T, const N: usize] [T; N] }
sets! { [T] BTreeSet<T>, true [T, S] HashSet<T, S>, false }
maps! { [V] BTreeMap<K, V>, true [V, S] HashMap<K, V, S>, false }
#[cfg(feature = "indexmap")]
maps! { [V, S] indexmap::IndexMap<K, V, S>, true }

macro_rules! seen_through {
    ($([$($parameters:tt)*] $outer:ty, $it:ident => $inner:expr;)*) => {$(
        impl<$($parameters)*: Each> Each for $outer {
            type Item = T::Item;

            const IS_ORDERED: bool = T::IS_ORDERED;

            fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &T::Item)) {
                let $it = self;
                if let Some(inner) = $inner {
                    inner.each(judge);
                }
            }
        }

        impl<$($parameters)*: Keys> Keys for $outer {
            type Key = T::Key;

            const IS_ORDERED: bool = T::IS_ORDERED;

            fn keys(&self, judge: &mut dyn FnMut(Inside<'_>, &T::Key)) {
                let $it = self;
                if let Some(inner) = $inner {
                    inner.keys(judge);
                }
            }
        }
    )*};
}

seen_through! {
    [T] Option<T>, it => it.as_ref();
    [T] Secret<T>, it => Some(it.expose());
}

impl<T: Newtype> Each for T
where
    T::Inner: Each,
{
    type Item = <T::Inner as Each>::Item;

    const IS_ORDERED: bool = <T::Inner as Each>::IS_ORDERED;

    fn each(&self, judge: &mut dyn FnMut(Inside<'_>, &Self::Item)) {
        self.inner().each(judge);
    }
}

impl<T: Newtype> Keys for T
where
    T::Inner: Keys,
{
    type Key = <T::Inner as Keys>::Key;

    const IS_ORDERED: bool = <T::Inner as Keys>::IS_ORDERED;

    fn keys(&self, judge: &mut dyn FnMut(Inside<'_>, &Self::Key)) {
        self.inner().keys(judge);
    }
}
