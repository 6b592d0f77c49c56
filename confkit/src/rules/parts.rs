//! What rules read in a value, and what they go through: its text, its parts, its elements and keys.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::fmt::Display;
use std::sync::Arc;

use super::{Inside, Newtype};
use crate::secret::Secret;

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
