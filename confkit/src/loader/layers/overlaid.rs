//! Layers that are loaded again and again, with single settings on top.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use confkit_sources::Document;
use confkit_sources::declared::{Metadata, Unknown};
use confkit_sources::path::{self, Segment};

use super::super::stack::Step;
use super::{Claims, Content, Layers, ReadLayer};
use crate::report::Severity;
use crate::resolve::{Draft, plainly, trail};

impl Layers {
    /// How many layers the stack has, those that are absent included.
    pub(in crate::loader) fn height(&self) -> usize {
        self.stack.steps.len()
    }

    /// Warns of unknown keys in files instead of refusing them, if nothing else is asked for.
    pub(in crate::loader) fn warn_of_unknown_keys(&mut self) {
        let steps = &self.stack.steps;
        let of_files = self.layers.iter_mut().filter(|layer| matches!(steps[layer.position], Step::File(_)));
        of_files.for_each(|layer| layer.unknown = Unknown::Warn);
    }

    /// The same layers under others, each of which sets one value. What one of them has is wanted, perhaps.
    pub(in crate::loader) fn under(
        &self,
        values: &[(&str, &Arc<Document>)],
        wanted: Option<&Arc<Document>>,
    ) -> Self {
        let mut stack = self.stack.clone();
        let mut layers = self.layers.clone();
        for &(path, document) in values {
            let step = Step::Set {
                call: "set_override",
                path: path.to_owned(),
                document: Ok(Some(Arc::clone(document))),
            };
            let (position, unknown) = (stack.steps.len(), step.unknown());
            layers.push(ReadLayer { position, unknown, content: Content::Document(Arc::clone(document)) });
            stack.steps.push(step);
        }
        Self {
            stack,
            profile: self.profile.clone(),
            layers,
            unreadable: self.unreadable.clone(),
            provided_profiles: BTreeSet::clone(&self.provided_profiles),
            revisions: self.revisions.clone(),
            outrun: self.outrun.clone(),
            unsets: self.unsets,
            wanted: wanted.cloned(),
            claims: Mutex::new(Claims::default()),
        }
    }

    /// Sets nothing aside that has what is wanted in it: what is wrong there is a problem.
    pub(super) fn insist(&self, metadata: &'static Metadata, section: &[Segment<'_>], drafts: &mut [Draft]) {
        let Some(root) = self.wanted.as_ref().and_then(|wanted| plainly(wanted.root(), section)) else {
            return;
        };
        for draft in drafts {
            let path = draft.set_aside.as_deref().and_then(|aside| path::parse(aside).ok());
            let inside = path.as_deref().and_then(|path| path.strip_prefix(section));
            if inside.is_some_and(|inside| trail(metadata, root, inside).len() == inside.len()) {
                (draft.severity, draft.set_aside) = (Severity::Error, None);
            }
        }
    }
}
