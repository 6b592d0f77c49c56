//! Documents in which something stands elsewhere than in their text, or is something else.
//!
//! A document that is being migrated is nobody else's yet, so it is changed in place. Nodes keep their
//! numbers and their places in the text; what is computed has the place of what it was computed from.

use super::build::{DERIVED, IMPLICIT, NOWHERE, RADIX_2, RADIX_8, RADIX_16};
use super::{DECODED, Document, NONE, Node, NodeKind, NodeRef, Slice};
use crate::edit::{Content, Value};
use crate::path::Segment;

impl<'d> NodeRef<'d> {
    /// Returns what a path leads to from here.
    #[doc(hidden)]
    pub fn at(self, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
        crate::edit::node_at(self, path)
    }

    /// Returns whether the value was computed, so that the text at its place is another one.
    #[doc(hidden)]
    pub fn is_derived(self) -> bool {
        self.node.flags & DERIVED != 0
    }
}

impl Document {
    /// Puts a node under another path. Tables on the way are made, tables that become empty go. `None`
    /// if there is nothing, or something is in the way.
    #[doc(hidden)]
    pub fn relocate(&mut self, from: &[Segment<'_>], to: &[Segment<'_>]) -> Option<()> {
        let (Segment::Key(key), table) = to.split_last()? else { return None };
        let node = self.root().at(from)?.id();
        let parent = self.root().at(&from[..from.len() - 1])?.id();
        let target = self.table(table, node)?;
        if self.node(target).get(key).is_some_and(|there| there.id() != node) {
            return None;
        }
        self.nodes[node as usize].key = self.kept(key);
        if parent != target {
            self.unlink(parent, node);
            self.link(target, node);
            self.prune(&from[..from.len() - 1]);
        }
        Some(())
    }

    /// Takes a node out, with the tables that become empty.
    #[doc(hidden)]
    pub fn remove(&mut self, path: &[Segment<'_>]) -> Option<()> {
        let (_, parents) = path.split_last()?;
        let (parent, node) = (self.root().at(parents)?.id(), self.root().at(path)?.id());
        self.unlink(parent, node);
        self.prune(parents);
        Some(())
    }

    /// Makes a path hold a value. What is not there yet has the place of `near`.
    #[doc(hidden)]
    pub fn set(&mut self, path: &[Segment<'_>], value: &Value, near: u32) -> Option<()> {
        let there = self.root().at(path).map(NodeRef::id);
        let node = match (there, path.split_last()?) {
            (Some(node), _) => node,
            (None, (Segment::Key(key), table)) => {
                let table = self.table(table, near)?;
                self.push(table, key, near)
            }
            (None, _) => return None,
        };
        self.fill(node, &value.0);
        Some(())
    }

    /// The table of a path; what is missing of it is made, in the place of `near`.
    fn table(&mut self, path: &[Segment<'_>], near: u32) -> Option<u32> {
        let mut table = 0;
        for segment in path {
            let node = self.node(table);
            let inner = node.at(std::slice::from_ref(segment)).map(NodeRef::id);
            table = match (inner, segment) {
                (Some(inner), _) => inner,
                (None, Segment::Key(key)) if node.kind() == NodeKind::Table => self.push(table, key, near),
                _ => return None,
            };
        }
        (self.node(table).kind() == NodeKind::Table).then_some(table)
    }

    /// Takes tables out that have become empty, the innermost first. An element of a list stays, since
    /// the others would move up.
    fn prune(&mut self, path: &[Segment<'_>]) {
        let Some((Segment::Key(_), parents)) = path.split_last() else { return };
        let nodes = (self.root().at(parents), self.root().at(path));
        let (Some(parent), Some(node)) = nodes else { return };
        if node.kind() != NodeKind::Table || node.items().next().is_some() {
            return;
        }
        let (parent, node) = (parent.id(), node.id());
        self.unlink(parent, node);
        self.prune(parents);
    }

    fn push(&mut self, table: u32, key: &str, near: u32) -> u32 {
        let id = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let key = self.kept(key);
        let Node { mut key_at, mut span, .. } = self.nodes[near as usize];
        if near == 0 && self.origins.is_empty() {
            // The root has no place in the text.
            (key_at, span) = (NOWHERE, (NOWHERE, NOWHERE));
        }
        self.nodes.push(Node {
            key,
            value: Slice::default(),
            key_at,
            span,
            first: NONE,
            last: NONE,
            next: NONE,
            kind: NodeKind::Table,
            flags: IMPLICIT,
            count: 0,
        });
        self.link(table, id);
        id
    }

    fn fill(&mut self, node: u32, value: &Content) {
        let (kind, text, flags) = match value {
            Content::Table(_) => (NodeKind::Table, "", 0),
            Content::List(_) => (NodeKind::Array, "", 0),
            Content::Scalar(scalar) => (scalar.kind, &*scalar.text, radix_flag(scalar.radix)),
        };
        let text = self.kept(text);
        let new = &mut self.nodes[node as usize];
        (new.kind, new.value, new.first, new.last, new.count) = (kind, text, NONE, NONE, 0);
        new.flags = flags | DERIVED;
        match value {
            Content::Scalar(_) => {}
            Content::List(items) => items.iter().for_each(|item| self.fill_inner(node, "", item)),
            Content::Table(entries) => {
                entries.iter().for_each(|(key, inner)| self.fill_inner(node, key, inner));
            }
        }
    }

    fn fill_inner(&mut self, parent: u32, key: &str, value: &Content) {
        let inner = self.push(parent, key, parent);
        self.fill(inner, value);
    }

    fn link(&mut self, parent: u32, node: u32) {
        self.nodes[node as usize].next = NONE;
        let table = &mut self.nodes[parent as usize];
        let previous = std::mem::replace(&mut table.last, node);
        table.count = table.count.saturating_add(1);
        match previous {
            NONE => table.first = node,
            previous => self.nodes[previous as usize].next = node,
        }
    }

    fn unlink(&mut self, parent: u32, node: u32) {
        let next = self.nodes[node as usize].next;
        let previous = self.node(parent).items().take_while(|child| child.id() != node).last();
        let previous = previous.map(NodeRef::id);
        match previous {
            Some(previous) => self.nodes[previous as usize].next = next,
            None => self.nodes[parent as usize].first = next,
        }
        let table = &mut self.nodes[parent as usize];
        table.count = table.count.saturating_sub(1);
        if table.last == node {
            table.last = previous.unwrap_or(NONE);
        }
    }

    fn kept(&mut self, text: &str) -> Slice {
        let start = u32::try_from(self.decoded.len()).unwrap_or(u32::MAX) | DECODED;
        self.decoded.push_str(text);
        Slice { start, len: u32::try_from(text.len()).unwrap_or(u32::MAX) }
    }
}

fn radix_flag(radix: u32) -> u8 {
    match radix {
        2 => RADIX_2,
        8 => RADIX_8,
        16 => RADIX_16,
        _ => 0,
    }
}
