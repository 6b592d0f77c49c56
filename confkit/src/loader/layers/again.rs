//! Layers that are read again: what has not changed is not parsed again, and its documents are shared.

use std::sync::Arc;

use confkit_sources::{Document, Revision};

use super::super::problems::unplaced;
use super::super::stack::Step;
use super::Layers;
use crate::report::{Code, Problem, Severity};
use crate::resolve::Draft;

/// What a layer had when it was read before.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub(super) document: &'k Arc<Document>,
    pub(super) revision: Option<&'k Revision>,
}

impl Known<'_> {
    /// Whether what is known is newer than what a source gives now.
    pub(super) fn is_after(self, revision: &Revision) -> bool {
        self.revision.is_some_and(|held| revision.is_before(held))
    }
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

    /// The warning of content that is older than what is known.
    pub(super) fn not_taken(&self, position: usize, revision: &Revision, known: Known<'_>) -> Problem {
        let step = &self.stack.steps[position];
        let (older, held) = (revision.as_str(), known.revision.map_or("", Revision::as_str));
        let message = format!(
            "{} gave revision {older}, which is older than {held}; {held} stays in force",
            step.name()
        );
        let help = "a replica may be behind; where the store was restored from a backup, restart the program";
        let draft = Draft::new(Code::Source, String::new(), message).help(help);
        unplaced(Draft { severity: Severity::Warning, ..draft }, Some(step.origin()))
    }
}
