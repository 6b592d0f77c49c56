//! What is to be in force.

use super::overrides::Override;
use crate::loader::{self, Base};

/// What a value is to be made of.
#[derive(Clone)]
pub(super) struct Proposal {
    pub(super) base: Base,
    pub(super) overrides: Vec<Override>,
    /// The override that somebody has just asked for.
    wanted: Option<Override>,
}

impl Proposal {
    pub(super) fn of(base: Base, overrides: Vec<Override>) -> Self {
        Self { base, overrides, wanted: None }
    }

    /// With one more override, in place of that of the same path. Who asks for it is to have it, or a refusal:
    /// nothing that it is in is set aside.
    pub(super) fn wanting(base: Base, mut overrides: Vec<Override>, one: Override) -> Self {
        overrides.retain(|other| other.path() != one.path());
        overrides.push(one.clone());
        Self { base, overrides, wanted: Some(one) }
    }

    /// The overrides as layers.
    pub(super) fn values(&self) -> Vec<&loader::Override> {
        self.overrides.iter().map(Override::layer).collect()
    }

    /// The layer that is wanted.
    pub(super) fn wanted(&self) -> Option<&loader::Override> {
        self.wanted.as_ref().map(Override::layer)
    }
}
