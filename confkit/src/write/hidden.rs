//! What of a document nobody may see.

use confkit_sources::declared::Metadata;
use confkit_sources::{Document, Format, NodeRef, path};

use super::Secrets;
use super::along::Along;

/// Tells of every node, by its number, whether it has to be hidden: unless it is certainly a setting
/// that is no secret. `root` is where the settings of the type begin.
pub(crate) fn hidden(document: &Document, root: NodeRef<'_>, metadata: &'static Metadata) -> Vec<bool> {
    let nodes = document.nodes().count();
    if !metadata.may_hold_secret() {
        return vec![false; nodes];
    }
    let format = document.format().or(Format::ALL.first().copied());
    let Some(format) = format else { return vec![true; nodes] };
    let mut along = Along::of_document(format, Secrets::Omit);
    along.section(metadata, root);
    let (fates, told) = along.into_parts(document);
    let mut hidden = vec![true; nodes];
    show(root, &mut hidden);
    for node in document.nodes().filter(|node| fates[node.id() as usize].is_left_out) {
        hide(node, &mut hidden);
    }
    // Keys that are no setting's, and values that have a secret in them.
    for told in told {
        let path = path::parse(&told.path).unwrap_or_default();
        root.at(&path).into_iter().for_each(|node| hide(node, &mut hidden));
    }
    hidden
}

fn show(node: NodeRef<'_>, hidden: &mut [bool]) {
    hidden[node.id() as usize] = false;
    node.items().for_each(|inner| show(inner, hidden));
}

fn hide(node: NodeRef<'_>, hidden: &mut [bool]) {
    hidden[node.id() as usize] = true;
    node.items().for_each(|inner| hide(inner, hidden));
}
