//! What a type accepts, learnt by asking it to read itself from nothing.

use std::cell::RefCell;

use confkit_sources::declared::{Kind, ValueKind};
use serde::Deserialize;

use super::De;

/// Notes what a type asked its deserializer for.
#[derive(Debug)]
pub(super) struct Probe(RefCell<ValueKind>);

impl Probe {
    fn new() -> Self {
        Self(RefCell::new(ValueKind {
            kind: Kind::Other,
            optional: false,
            secret: false,
            holds_secret: false,
        }))
    }

    pub(super) fn kind(&self, kind: Kind) {
        self.0.borrow_mut().kind = kind;
    }

    pub(super) fn optional(&self) {
        self.0.borrow_mut().optional = true;
    }

    pub(super) fn secret(&self) {
        self.0.borrow_mut().secret = true;
    }
}

/// Tells what `T` accepts, as far as its `Deserialize` shows it.
pub fn kind_of<'de, T: Deserialize<'de>>() -> ValueKind {
    let probe = Probe::new();
    // The probe answers every question with an error; what was asked is what counts.
    let _ = T::deserialize(De::probe(&probe));
    probe.0.into_inner()
}
