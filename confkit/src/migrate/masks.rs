//! What nobody may see of a text before and after a migration.

use std::collections::HashSet;

use confkit_sources::declared::Metadata;
use confkit_sources::{Document, NodeRef};

use super::run::Versions;

/// Whether each node is hidden, by its number.
#[derive(Debug, Clone)]
pub(super) struct Masks {
    pub(super) before: Vec<bool>,
    pub(super) after: Vec<bool>,
}

/// The documents of one migration: as it was read, as it was made in memory, as it was written. The first
/// two have the same numbers for the same nodes.
pub(super) struct Documents<'d> {
    pub(super) before: &'d Document,
    pub(super) made: &'d Document,
    pub(super) after: &'d Document,
}

impl Documents<'_> {
    /// Only one of the versions is declared, the newer one. What is secret in the other is told by what
    /// became of it, or what it came from; where that is not known, it is hidden.
    pub(super) fn masks(&self, versions: &Versions, metadata: &'static Metadata, is_up: bool) -> Masks {
        let Self { before, made, after } = self;
        if !metadata.may_hold_secret() {
            let shown = |document: &Document| vec![false; document.nodes().count()];
            return Masks { before: shown(before), after: shown(after) };
        }
        let declared = if is_up { made } else { before };
        let root = declared.root().at(versions.section());
        let hidden = root.map(|root| crate::write::hidden(declared, root, metadata)).unwrap_or_default();
        let is_hidden = |node: NodeRef<'_>| {
            let is_own = is_up || !node.is_derived();
            !is_own || hidden.get(node.id() as usize).copied().unwrap_or(true)
        };
        let spans: HashSet<_> =
            made.nodes().filter(|node| is_hidden(*node)).filter_map(NodeRef::span).collect();
        let at_place = |node: NodeRef<'_>| {
            is_hidden(node) || is_up && node.span().is_some_and(|span| spans.contains(&span))
        };
        let mut masks = Masks {
            before: before.nodes().map(at_place).collect(),
            after: vec![true; after.nodes().count()],
        };
        by_path(after.root(), made.root(), &is_hidden, &mut masks.after);
        // A version is no secret.
        let version = versions.path();
        for (document, mask) in [(before, &mut masks.before), (after, &mut masks.after)] {
            if let Some(node) = document.root().at(&version) {
                mask[node.id() as usize] = false;
            }
        }
        masks
    }
}

/// Shows what another document shows at the same path.
fn by_path(
    node: NodeRef<'_>,
    other: NodeRef<'_>,
    is_hidden: &impl Fn(NodeRef<'_>) -> bool,
    mask: &mut [bool],
) {
    mask[node.id() as usize] = is_hidden(other);
    for (index, inner) in node.items().enumerate() {
        let same = if inner.key().is_empty() { other.items().nth(index) } else { other.get(inner.key()) };
        if let Some(same) = same {
            by_path(inner, same, is_hidden, mask);
        }
    }
}
