//! What a type accepts, learnt by asking it to read itself from nothing.

use std::cell::{Cell, RefCell};

use confkit_sources::declared::{Kind, ValueKind};
use serde::de::{Deserialize, DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::De;
use super::error::{Error, What};

/// Notes what a type asked its deserializer for.
#[derive(Debug)]
pub(super) struct Probe {
    noted: RefCell<ValueKind>,
    /// Which field of a structure is looked into.
    field: usize,
}

impl Probe {
    fn new(field: usize) -> Self {
        Self { noted: RefCell::new(ValueKind::new(Kind::Other)), field }
    }

    pub(super) fn kind(&self, kind: Kind) {
        self.noted.borrow_mut().kind = kind;
    }

    /// Notes what is said of the names of a choice.
    pub(super) fn docs_of_names(&self, docs: Vec<String>) {
        self.noted.borrow_mut().docs_of_names = docs;
    }

    /// Notes the aliases of the names of a choice, and whether it takes every name.
    pub(super) fn other_names(&self, (names, any): (Vec<String>, bool)) {
        let mut noted = self.noted.borrow_mut();
        (noted.other_names, noted.any_name) = (names, any);
    }

    pub(super) fn path(&self) {
        self.noted.borrow_mut().path = true;
    }

    pub(super) fn optional(&self) {
        self.noted.borrow_mut().optional = true;
    }

    pub(super) fn secret(&self) {
        let mut noted = self.noted.borrow_mut();
        (noted.secret, noted.holds_secret) = (true, true);
    }

    /// Notes what is inside a list, map, structure or variant.
    fn inside(&self, inner: ValueKind) {
        let mut noted = self.noted.borrow_mut();
        noted.holds_secret |= inner.holds_secret;
        noted.unsure |= inner.unsure;
        noted.element = Some(Box::new(inner));
    }

    /// Notes that the type does not tell what is inside.
    pub(super) fn unsure(&self) {
        self.noted.borrow_mut().unsure = true;
    }

    /// Which field, or variant, is looked into.
    pub(super) fn part(&self) -> usize {
        self.field
    }
}

/// Types within types are looked into so deep; recursive ones end there.
const DEPTH: usize = 8;

thread_local! {
    static OPEN: Cell<usize> = const { Cell::new(0) };
}

/// Tells what `T` accepts, as far as its `Deserialize` shows it.
pub(crate) fn kind_of<'de, T: Deserialize<'de>>() -> ValueKind {
    let depth = OPEN.get();
    if depth >= DEPTH {
        return ValueKind { unsure: true, ..ValueKind::new(Kind::Other) };
    }
    OPEN.set(depth + 1);
    let kind = look_at::<T>();
    OPEN.set(depth);
    kind
}

fn look_at<'de, T: Deserialize<'de>>() -> ValueKind {
    let probed = |field| {
        let probe = Probe::new(field);
        // The probe answers every question with an error; what was asked is what counts.
        let _ = T::deserialize(De::probe(&probe));
        probe.noted.into_inner()
    };
    let mut kind = probed(0);
    let parts = match kind.kind {
        Kind::Structure(parts) | Kind::Choice(parts) => parts.len(),
        _ => 0,
    };
    for part in 1..parts {
        let part = probed(part);
        kind.holds_secret |= part.holds_secret;
        kind.unsure |= part.unsure;
    }
    if parts > 0 {
        kind.element = None;
    }
    kind.unsure |= matches!(kind.kind, Kind::Any | Kind::Other);
    kind
}

/// One element or entry, to see what it is.
pub(super) struct Inside<'p> {
    probe: &'p Probe,
    keys: &'static [&'static str],
    done: bool,
}

impl<'p> Inside<'p> {
    pub(super) fn of(probe: &'p Probe, keys: &'static [&'static str]) -> Self {
        Self { probe, keys, done: false }
    }

    fn look<'de, T: Deserialize<'de>>(&mut self) -> Error {
        self.done = true;
        self.probe.inside(kind_of::<T>());
        Error::new(What::Probed)
    }

    /// Seeds are not types: what they read stays unknown.
    fn look_through<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Error {
        self.done = true;
        let inner = Probe::new(0);
        let _ = seed.deserialize(De::probe(&inner));
        let inner = inner.noted.into_inner();
        self.probe.inside(ValueKind { unsure: inner.unsure || inner.kind != Kind::Text, ..inner });
        Error::new(What::Probed)
    }
}

impl<'de> SeqAccess<'de> for Inside<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        Err(self.look_through(seed))
    }

    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Error> {
        Err(self.look::<T>())
    }
}

impl<'de> MapAccess<'de> for Inside<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if self.done {
            return Err(Error::new(What::Probed));
        }
        let key = self.keys.get(self.probe.field).copied().unwrap_or("0");
        seed.deserialize(De::text(key, ',')).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        Err(self.look_through(seed))
    }

    fn next_value<T: Deserialize<'de>>(&mut self) -> Result<T, Error> {
        Err(self.look::<T>())
    }

    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(&mut self) -> Result<Option<(K, V)>, Error> {
        Err(self.look::<V>())
    }
}

/// One variant of an enum, to see whether it has content.
pub(super) struct VariantOf<'p> {
    pub(super) probe: &'p Probe,
    pub(super) name: &'static str,
}

impl<'de> EnumAccess<'de> for VariantOf<'_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let value = seed.deserialize(De::text(self.name, ','))?;
        Ok((value, self))
    }
}

impl<'de> VariantAccess<'de> for VariantOf<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(Error::new(What::Probed))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, _: S) -> Result<S::Value, Error> {
        self.probe.unsure();
        Err(Error::new(What::Probed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Error> {
        self.probe.unsure();
        Err(Error::new(What::Probed))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], _: V) -> Result<V::Value, Error> {
        self.probe.unsure();
        Err(Error::new(What::Probed))
    }
}
