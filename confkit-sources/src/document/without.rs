//! Documents without a part of another one.

use std::sync::OnceLock;

use super::{Document, NONE};

impl Document {
    /// Makes a document like this one, without some of its nodes and what is inside them. All others
    /// keep their numbers and places; the root is never left out.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Document;
    ///
    /// let document = Document::toml("a.toml", "a = 1\nb = 2\n".to_owned()).unwrap();
    /// let b = document.root().get("b").unwrap();
    /// let without = document.without(&[b.id()]);
    /// assert_eq!(without.root().entries().map(|(key, _)| key).collect::<Vec<_>>(), ["a"]);
    /// assert!(document.root().get("b").is_some());
    /// ```
    #[must_use]
    pub fn without(&self, nodes: &[u32]) -> Self {
        let mut left_out = nodes.to_vec();
        left_out.sort_unstable();
        let mut kept = self.nodes.clone();
        for parent in 0..kept.len() {
            let (mut next, mut last) = (kept[parent].first, NONE);
            while next != NONE {
                let node = next;
                next = kept[node as usize].next;
                if left_out.binary_search(&node).is_ok() {
                    match last {
                        NONE => kept[parent].first = next,
                        before => kept[before as usize].next = next,
                    }
                    kept[parent].count = kept[parent].count.saturating_sub(1);
                } else {
                    last = node;
                }
            }
            kept[parent].last = last;
        }
        Self {
            kind: self.kind,
            format: self.format,
            name: self.name.clone(),
            text: self.text.clone(),
            decoded: self.decoded.clone(),
            nodes: kept,
            origins: self.origins.clone(),
            lines: OnceLock::new(),
            folder: self.folder.clone(),
            in_part: self.in_part,
        }
    }
}
