//! Defaults that are in force. No document has them, so that what is secret among them is known only here.

use confkit_sources::declared::Field;

use super::Cx;

/// A field that got its default.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Defaulted {
    pub(crate) field: &'static Field,
    /// Whether all of the section around it is secret.
    pub(crate) secret: bool,
}

impl Defaulted {
    /// What it is found by: fields are constants, each with its own address.
    fn key(self) -> (usize, bool) {
        (std::ptr::from_ref(self.field).addr(), self.secret)
    }
}

impl Cx<'_> {
    /// Notes that a field gets its default; once, however many elements of a list have the field.
    pub(super) fn note_default(&mut self, field: &'static Field) {
        let this = Defaulted { field, secret: self.secret > 0 };
        if let Err(at) = self.defaults.binary_search_by_key(&this.key(), |known| known.key()) {
            self.defaults.insert(at, this);
        }
    }
}
