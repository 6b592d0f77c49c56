//! How a table's node is found by its key, and how it is told at once that there is none: whoever
//! reads a document asks that before every key.
//!
//! Small tables show by a bit for each key most often that a key is new, large ones by their order. Others
//! are searched: small ones from node to node, large ones through the index.

use super::hash::{Glance, Seed};
use super::{Builder, Key, Slice};

/// Tables up to this size are searched from node to node.
pub(super) const SCANNED: u16 = 12;
/// The count of a larger table whose keys have come in ascending order: a greater one is new.
const ASCENDING: u16 = SCANNED + 1;
/// The count of any other larger table: its keys are in the index.
const INDEXED: u16 = SCANNED + 2;

impl Builder<'_> {
    /// Finds a table's node by key.
    pub(crate) fn find(&mut self, parent: u32, key: Slice) -> Option<u32> {
        self.find_key(parent, self.stored_key(key, 0))
    }

    /// Finds a table's node by a key that is about to become one of its.
    #[inline]
    pub(crate) fn find_key(&mut self, parent: u32, key: Key) -> Option<u32> {
        if self.lacks_at_a_glance(parent, key.looks) { None } else { self.look_for(parent, key.text) }
    }

    #[inline(never)]
    fn look_for(&mut self, parent: u32, key: Slice) -> Option<u32> {
        if self.is_beyond(parent, self.bytes(key)) {
            return None;
        }
        self.see_to_index(parent);
        self.search(parent, self.bytes(key))
    }

    /// Finds a table's node by a key that may be nowhere in the document.
    pub(crate) fn find_text(&mut self, parent: u32, key: &str) -> Option<u32> {
        let key = key.as_bytes();
        // Paths come sorted: most often it is the key that was met last.
        if let Some(last) = self.last_child(parent)
            && self.is_called(last, key)
        {
            return Some(last);
        }
        if self.lacks_at_a_glance(parent, Glance::at(key)) || self.is_beyond(parent, key) {
            return None;
        }
        self.see_to_index(parent);
        self.search(parent, key)
    }

    /// The same once all keys are there. A table that is searched often should be indexed by now.
    #[cfg(any(feature = "ini", feature = "properties"))]
    pub(crate) fn find_in_whole(&self, parent: u32, key: &str) -> Option<u32> {
        self.search(parent, key.as_bytes())
    }

    /// Sees to it that large tables are indexed.
    #[cfg(any(feature = "ini", feature = "properties"))]
    pub(crate) fn index_all(&mut self) {
        for node in (0..).take(self.len()) {
            self.see_to_index(node);
        }
    }

    /// Whether a small table shows at once that it has no such key.
    #[inline]
    fn lacks_at_a_glance(&self, parent: u32, looks: Glance) -> bool {
        let table = &self.parts.nodes[parent as usize];
        table.count <= SCANNED && (table.count == 0 || !self.glance_at(parent).has(looks))
    }

    /// Whether a key is greater than all of a large table whose keys ascend.
    fn is_beyond(&self, parent: u32, key: &[u8]) -> bool {
        let ascends = self.parts.nodes[parent as usize].count == ASCENDING;
        ascends && self.last_child(parent).is_none_or(|last| self.key_bytes(last) < key)
    }

    /// What the keys of a small table look like.
    #[inline]
    fn glance_at(&self, table: u32) -> Glance {
        let (known, glance) = self.glance.get();
        if known == table { glance } else { self.glance_again(table) }
    }

    #[inline(never)]
    fn glance_again(&self, table: u32) -> Glance {
        let keys = self.children(table).map(|child| Glance::at(self.key_bytes(child)));
        let glance = keys.fold(Glance::default(), Glance::and);
        self.glance.set((table, glance));
        glance
    }

    #[inline(never)]
    fn search(&self, parent: u32, key: &[u8]) -> Option<u32> {
        // Most often it is the key that was met last.
        let last = self.last_child(parent)?;
        if self.is_called(last, key) {
            return Some(last);
        }
        if self.parts.nodes[parent as usize].count < INDEXED {
            return self.children(parent).find(|&child| self.is_called(child, key));
        }
        let mut hash = self.hash(parent, key);
        while let Some(&(table, node)) = self.index.get(&hash) {
            // A node that was taken back may still be noted.
            let exists = (node as usize) < self.parts.nodes.len();
            if table == parent && exists && self.is_called(node, key) {
                return Some(node);
            }
            hash = hash.wrapping_add(1);
        }
        None
    }

    /// Most keys differ in length or in their first byte; only others are looked at.
    #[inline]
    fn is_called(&self, node: u32, key: &[u8]) -> bool {
        let own = self.parts.nodes[node as usize].key;
        if own.len as usize != key.len() {
            return false;
        }
        let own = self.bytes(own);
        own.first() == key.first() && own == key
    }

    #[inline]
    fn key_bytes(&self, node: u32) -> &[u8] {
        self.bytes(self.parts.nodes[node as usize].key)
    }

    #[inline]
    pub(super) fn bytes(&self, slice: Slice) -> &[u8] {
        slice.bytes_of(self.text, &self.parts.decoded)
    }

    /// Sees to it that the next key of a large table is told apart.
    #[inline(never)]
    pub(super) fn note_large(&mut self, parent: u32, previous: u32, node: u32) {
        let ascends = self.key_bytes(previous) < self.key_bytes(node);
        match self.parts.nodes[parent as usize].count {
            ASCENDING if ascends => {}
            SCANNED if ascends && self.has_ascending(parent) => {
                self.parts.nodes[parent as usize].count = ASCENDING;
            }
            INDEXED => self.insert(parent, node),
            _ => self.index(parent),
        }
    }

    fn has_ascending(&self, table: u32) -> bool {
        self.children(table).map(|child| self.key_bytes(child)).is_sorted()
    }

    /// A large table that is searched in earnest needs the index, whatever the order of its keys.
    fn see_to_index(&mut self, table: u32) {
        if self.parts.nodes[table as usize].count == ASCENDING {
            self.index(table);
        }
    }

    #[inline(never)]
    fn index(&mut self, table: u32) {
        self.seed.get_or_insert_with(Seed::new);
        self.parts.nodes[table as usize].count = INDEXED;
        let children: Vec<u32> = self.children(table).collect();
        for child in children {
            self.insert(table, child);
        }
    }

    fn insert(&mut self, parent: u32, node: u32) {
        let mut hash = self.hash(parent, self.key_bytes(node));
        while self.index.contains_key(&hash) {
            hash = hash.wrapping_add(1);
        }
        self.index.insert(hash, (parent, node));
    }

    fn hash(&self, parent: u32, key: &[u8]) -> u64 {
        self.seed.as_ref().map_or(0, |seed| seed.hash(parent, key))
    }
}
