//! What a type accepts, learnt by asking it to read itself from nothing.

use std::cell::RefCell;

use confkit_sources::declared::{Kind, ValueKind};
use serde::de::{Deserialize, DeserializeSeed, MapAccess, SeqAccess};

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

    pub(super) fn optional(&self) {
        self.noted.borrow_mut().optional = true;
    }

    pub(super) fn secret(&self) {
        let mut noted = self.noted.borrow_mut();
        (noted.secret, noted.holds_secret) = (true, true);
    }

    /// Notes what is inside a list, map or structure.
    fn inside(&self, inner: ValueKind) {
        let mut noted = self.noted.borrow_mut();
        noted.holds_secret |= inner.holds_secret;
        noted.element = Some(Box::new(inner));
    }
}

/// Tells what `T` accepts, as far as its `Deserialize` shows it.
pub fn kind_of<'de, T: Deserialize<'de>>() -> ValueKind {
    let probed = |field| {
        let probe = Probe::new(field);
        // The probe answers every question with an error; what was asked is what counts.
        let _ = T::deserialize(De::probe(&probe));
        probe.noted.into_inner()
    };
    let mut kind = probed(0);
    if let Kind::Structure(fields) = kind.kind {
        kind.holds_secret |= (1..fields.len()).any(|field| probed(field).holds_secret);
        kind.element = None;
    }
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

    fn look<'de, S: DeserializeSeed<'de>>(&mut self, seed: S) -> Error {
        self.done = true;
        let inner = Probe::new(0);
        let _ = seed.deserialize(De::probe(&inner));
        self.probe.inside(inner.noted.into_inner());
        Error::new(What::Probed)
    }
}

impl<'de> SeqAccess<'de> for Inside<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        Err(self.look(seed))
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
        Err(self.look(seed))
    }
}
