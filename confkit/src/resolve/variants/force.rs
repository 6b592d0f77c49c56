//! Which layers belong to the variant that is in force.

use confkit_sources::declared::{Tagging, Variants};
use confkit_sources::{NodeKind, NodeRef};

use super::Named;

/// The variant that each layer's table belongs to, topmost first: the one it names; else the one
/// that is in force below it; else the first that is named above it.
pub(super) fn belonging(named: &[Named]) -> Vec<Option<usize>> {
    // A wrong name belongs to no variant.
    let own = |named: &Named| match named {
        Named::Variant(index) => Some(Some(*index)),
        Named::Wrong => Some(None),
        Named::Nothing => None,
    };
    (0..named.len())
        .map(|layer| {
            let below = named[layer..].iter().find_map(own);
            below.or_else(|| named[..layer].iter().rev().find_map(own)).flatten()
        })
        .collect()
}

/// Which variant is in force where layers have these nodes, topmost first, and which of them belong
/// to it. For explanations, where nothing is told and everything was read already.
pub(crate) fn in_force(variants: &'static Variants, nodes: &[NodeRef<'_>]) -> (Option<usize>, Vec<bool>) {
    let by_name = |node: NodeRef<'_>| match node.kind() {
        NodeKind::Null => Named::Nothing,
        NodeKind::Text if node.text().trim().is_empty() => Named::Nothing,
        _ => variants.position(node.text()).or(variants.other()).map_or(Named::Wrong, Named::Variant),
    };
    if variants.tagging() == Tagging::Untagged {
        let is_table = |node: &NodeRef<'_>| node.kind() == NodeKind::Table;
        let kept = nodes.iter().take_while(|node| is_table(node)).count().max(1);
        return (None, (0..nodes.len()).map(|layer| layer < kept).collect());
    }
    let by_key = |node: NodeRef<'_>| {
        let variant = node.items().find_map(|inside| variants.position(inside.key()));
        variant.map_or(Named::Nothing, Named::Variant)
    };
    let named = nodes.iter().map(|&node| match (variants.tagging().tag(), node.kind()) {
        (Some(tag), _) => node.get(tag).map_or(Named::Nothing, by_name),
        (None, NodeKind::Table) => by_key(node),
        (None, _) => by_name(node),
    });
    let named: Vec<Named> = named.collect();
    let chosen = named.iter().find_map(|named| match named {
        Named::Variant(index) => Some(*index),
        _ => None,
    });
    let belongs = match variants.tagging() {
        Tagging::External => named.iter().map(|_| true).collect(),
        _ => belonging(&named).into_iter().map(|one| one == chosen).collect(),
    };
    (chosen, belongs)
}
