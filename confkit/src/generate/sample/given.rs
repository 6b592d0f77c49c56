//! What is filled in.

use std::sync::Arc;

use confkit_sources::{Document, NodeKind, NodeRef};

/// What several documents hold at one place, the strongest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Given<'d>(Vec<NodeRef<'d>>);

impl<'d> Given<'d> {
    pub(super) fn of(documents: &'d [Arc<Document>]) -> Self {
        Self(documents.iter().map(|document| document.root()).collect())
    }

    pub(super) fn one(node: NodeRef<'d>) -> Self {
        Self(vec![node])
    }

    /// The strongest value, if it is one.
    pub(super) fn value(&self) -> Option<NodeRef<'d>> {
        self.0.first().copied().filter(|node| node.kind() != NodeKind::Null)
    }

    /// What stands under a key that is meant.
    pub(super) fn under(&self, is_meant: impl Fn(&str) -> bool) -> Self {
        let found = self.tables().filter_map(|table| table.items().find(|inner| is_meant(inner.key())));
        let found: Vec<NodeRef<'d>> = found.collect();
        // What is no table hides what is below it.
        let tables = found.iter().take_while(|node| node.kind() == NodeKind::Table).count();
        Self(found.into_iter().take(tables.max(1)).collect())
    }

    /// The keys of all tables, each once, those of the weakest first.
    pub(super) fn keys(&self) -> Vec<&'d str> {
        let mut keys = Vec::new();
        let tables: Vec<NodeRef<'d>> = self.tables().collect();
        for key in tables.into_iter().rev().flat_map(NodeRef::items).map(NodeRef::key) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    fn tables(&self) -> impl Iterator<Item = NodeRef<'d>> {
        self.0.iter().copied().filter(|node| node.kind() == NodeKind::Table)
    }
}
