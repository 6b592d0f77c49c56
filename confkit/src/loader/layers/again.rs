//! Layers that are read again: what has not changed is not parsed again, and its documents are shared.

use std::sync::Arc;

use confkit_sources::{Document, Revision};

use super::super::stack::Step;
use super::Layers;

/// What a layer had when it was read before.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) document: &'k Arc<Document>,
    pub(super) revision: Option<&'k Revision>,
}

impl Layers {
    /// What is known of a step that stands at a position again.
    pub(super) fn known(&self, position: usize, step: &Step, profile: &str) -> Option<Known<'_>> {
        let is_same = match (self.stack.steps.get(position)?, step) {
            // Files are told apart by what they have.
            (Step::File(_), Step::File(_)) => true,
            (Step::Source(one), Step::Source(other)) => Arc::ptr_eq(one, other),
            (Step::Text { text: one, .. }, Step::Text { text: other, .. }) => Arc::ptr_eq(one, other),
            _ => false,
        };
        if !is_same || self.profile.name != profile {
            return None;
        }
        let document = self.layers.iter().find(|layer| layer.position == position)?.document()?;
        let revision = self.revisions.iter().find(|(of, _)| *of == position).map(|(_, revision)| revision);
        Some(Known { document, revision })
    }
}
