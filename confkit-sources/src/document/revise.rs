//! Documents made from others: parts left out, keys and texts replaced.

use super::build::{AMBIGUOUS, Builder, RADIX, Text, WITHHELD};
use super::{Document, NodeKind, NodeRef, Slice};
use crate::origin::Origin;

/// What becomes of a node.
#[derive(Debug, Clone, Default)]
pub struct Fate {
    /// Whether it is left out, with all that is inside.
    pub is_left_out: bool,
    /// Another key to stand under.
    pub key: Option<String>,
    /// A string to be instead.
    pub text: Option<String>,
}

impl Document {
    /// A copy in which every node has its fate; nodes know the document's own place alone. A list that
    /// loses an element is left out as a whole, since the others would move up; so is a table that
    /// loses all it had, since it would say that there is nothing.
    #[doc(hidden)]
    pub fn revised(&self, fate: &mut dyn FnMut(NodeRef<'_>) -> Fate) -> Self {
        let mut builder = Builder::without_text(Origin::new(self.kind, self.name.to_string()));
        let mut losses = vec![false; self.nodes.len()];
        let mut fates: Vec<Fate> = vec![Fate::default(); self.nodes.len()];
        // Parents stand before what is inside them; backwards, losses are known before they are asked for.
        let mut order = vec![self.root()];
        let mut at = 0;
        while let Some(&node) = order.get(at) {
            let own = fate(node);
            if !own.is_left_out && own.text.is_none() {
                order.extend(node.items());
            }
            fates[node.id() as usize] = own;
            at += 1;
        }
        for node in order.iter().rev() {
            let lost = |inner: NodeRef<'_>| losses[inner.id() as usize];
            let fate = &fates[node.id() as usize];
            losses[node.id() as usize] = fate.is_left_out
                || node.node.flags & WITHHELD != 0
                || fate.text.is_none()
                    && match node.kind() {
                        NodeKind::Array => node.items().any(lost),
                        NodeKind::Table => node.items().next().is_some() && node.items().all(lost),
                        _ => false,
                    };
        }
        let mut copies: Vec<Option<u32>> = vec![None; self.nodes.len()];
        copies[0] = Some(0);
        for node in order {
            let Some(copy) = copies[node.id() as usize] else { continue };
            if let Some(text) = &fates[node.id() as usize].text {
                builder.set_value(copy, NodeKind::String, Text::Decoded(text));
            } else if !node.is_container() {
                copy_scalar(&mut builder, copy, node);
            } else {
                builder.set_kind(copy, node.kind());
                for inner in node.items().filter(|inner| !losses[inner.id() as usize]) {
                    let key = fates[inner.id() as usize].key.as_deref().unwrap_or(inner.key());
                    copies[inner.id() as usize] =
                        Some(builder.push(copy, Text::Decoded(key), 0, NodeKind::Null));
                }
            }
        }
        builder.finish().into_document(self.kind, self.name.clone(), String::new())
    }
}

pub(super) fn copy_scalar(builder: &mut Builder<'static>, copy: u32, node: NodeRef<'_>) {
    let (text, written) = (node.text(), node.as_written().unwrap_or(node.text()));
    let Slice { start, len } = builder.store(Text::Decoded(written));
    // What was written may have a prefix that is no part of the value.
    let skipped = u32::try_from(written.len() - text.len()).unwrap_or_default();
    builder.set_value(copy, node.kind(), Text::Stored(Slice { start: start + skipped, len: len - skipped }));
    builder.set_flags(copy, node.node.flags & (RADIX | AMBIGUOUS));
}
