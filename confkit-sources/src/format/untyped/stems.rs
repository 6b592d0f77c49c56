//! Stems: keys with a value of their own that longer keys begin with, such as `a` beside `a.b`.
//!
//! A stem is no table, so what comes behind it stays in one name with it: `a` and `"a.b.c"`. A stem that
//! stands above its longer keys is met in the document. For those that stand below, the text is read
//! a second time, with all of them known.

use std::collections::HashSet;

use super::{Name, Untyped};

/// The stems that stand below longer keys.
pub(in super::super) struct Stems<'t> {
    /// Every name of every stem, as tables.
    names: Untyped<'t>,
    /// Where the names of one end.
    ends: HashSet<u32>,
}

impl<'t> Stems<'t> {
    /// Collects the stems that were found; `names` makes the names of each.
    pub(in super::super) fn read<F>(
        text: &'t str,
        found: &[F],
        mut names: impl FnMut(&mut Untyped<'t>, &F) -> Vec<Name>,
    ) -> Self {
        let mut tables = Untyped::new(text);
        let mut ends = HashSet::new();
        for stem in found {
            let names = names(&mut tables, stem);
            ends.extend(tables.table(&names));
        }
        tables.builder.index_all();
        Self { names: tables, ends }
    }

    /// The place of the name with which the shortest stem ends that names begin with.
    pub(in super::super) fn shortest<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<usize> {
        let mut node = 0;
        for (at, name) in names.enumerate() {
            node = self.names.find(node, name)?;
            if self.ends.contains(&node) {
                return Some(at);
            }
        }
        None
    }
}
