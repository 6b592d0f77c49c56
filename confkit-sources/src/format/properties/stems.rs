//! Stems: keys with a value of their own that longer keys begin with, such as `a` beside `a.b`.
//!
//! A stem is no table, so what comes behind it stays in one name with it: `a=1` and `a.b.c=2` are `a`
//! and `"a.b.c"`. A stem that stands above its longer keys is met in the document. For those that
//! stand below, the text is read a second time, with all of them known.

use std::collections::HashSet;

use super::super::untyped::Untyped;
use super::Reader;

/// The stems that stand below longer keys.
pub(super) struct Stems<'t> {
    /// Every name of every stem, as tables.
    names: Untyped<'t>,
    /// Where the names of one end.
    ends: HashSet<u32>,
}

impl<'t> Stems<'t> {
    /// Reads the keys that begin at some bytes.
    pub(super) fn read(text: &'t str, starts: &[usize]) -> Self {
        let mut names = Untyped::new(text);
        let mut ends = HashSet::new();
        let mut reader = Reader::new(&mut names, None);
        for &start in starts {
            reader.names.clear();
            reader.at = start;
            reader.key();
            ends.extend(reader.untyped.table(&reader.names));
        }
        Self { names, ends }
    }

    /// The place of the name with which the shortest stem ends that a key begins with.
    pub(super) fn shortest<'n>(&self, key: impl Iterator<Item = &'n str>) -> Option<usize> {
        let mut node = 0;
        for (at, name) in key.enumerate() {
            node = self.names.find(node, name)?;
            if self.ends.contains(&node) {
                return Some(at);
            }
        }
        None
    }
}
