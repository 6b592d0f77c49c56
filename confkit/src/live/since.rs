//! What differs from the revision before.

use std::sync::{Mutex, OnceLock};

use confkit_sources::declared::Metadata;

use super::locked;
use crate::diff::Differences;
use crate::effective::{Effective, Filling};
use crate::loader::Kept;

/// What differs between two revisions. It is put together when somebody asks for it first, which costs more
/// than the change itself.
pub(super) struct Since {
    metadata: &'static Metadata,
    told: OnceLock<Differences>,
    /// What both were made of, until somebody asks.
    sides: Mutex<Option<[Kept; 2]>>,
}

impl Since {
    /// Since nothing: that of the first revision.
    pub(super) fn start(metadata: &'static Metadata) -> Self {
        Self { metadata, told: OnceLock::new(), sides: Mutex::default() }
    }

    pub(super) fn between(metadata: &'static Metadata, old: &Kept, new: &Kept) -> Self {
        let sides = [old, new].map(documents);
        Self { sides: Mutex::new(Some(sides)), ..Self::start(metadata) }
    }

    pub(super) fn differences(&self) -> &Differences {
        self.told.get_or_init(|| {
            let Some(sides) = locked(&self.sides).take() else {
                return Differences::none(self.metadata.name());
            };
            let [old, new] = sides.map(|side| Effective::of(&side, self.metadata, Filling::Words));
            Differences::between(self.metadata.name(), &old, &new)
        })
    }
}

/// The documents, without what only the load after them needs.
fn documents(kept: &Kept) -> Kept {
    let mut kept = kept.clone();
    kept.judged = None;
    kept.warnings.clear();
    kept
}
