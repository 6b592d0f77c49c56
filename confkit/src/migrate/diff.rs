//! What would change in a file, without what nobody may see.

use std::ops::Range;

use confkit_sources::exposure::{self, Showing};
use confkit_sources::{Document, NodeRef, comments_in};
use similar::TextDiff;

use crate::secret::MASK;

/// Lines around a change.
const CONTEXT: usize = 3;

/// A text to be compared, and what of it is hidden.
pub(super) struct Side<'d> {
    pub(super) document: &'d Document,
    /// By the number of a node.
    pub(super) hidden: &'d [bool],
}

impl Side<'_> {
    /// The text with the mask for hidden values, and without comments if anything can be a secret. Lines
    /// keep their numbers.
    fn masked(&self, has_secrets: bool) -> String {
        let text = self.document.text();
        let is_hidden = |node: &NodeRef<'_>| !node.is_container() && self.hidden[node.id() as usize];
        let values = self.document.nodes().filter(is_hidden).filter_map(NodeRef::span);
        let mut gone: Vec<(Range<usize>, &str)> = values.map(|span| (span, MASK)).collect();
        if has_secrets {
            gone.extend(comments_in(self.document).into_iter().map(|range| (range, "")));
        }
        gone.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut masked, mut at) = (String::new(), 0);
        for (range, stand_in) in gone.into_iter().filter(|(range, _)| !range.is_empty()) {
            if range.start < at {
                continue;
            }
            masked.push_str(&text[at..range.start]);
            let part = &text[range.clone()];
            if stand_in.is_empty() {
                let mark = part.trim_start_matches(|c: char| c.is_ascii_punctuation());
                masked.push_str(&part[..part.len() - mark.len()]);
                masked.push_str(" …");
            } else {
                masked.push_str(stand_in);
            }
            masked.extend(part.matches('\n'));
            at = range.end;
        }
        masked.push_str(&text[at..]);
        masked
    }
}

/// The lines that differ, as `diff -u` writes them; empty if none do.
pub(super) fn unified(name: &str, before: &Side<'_>, after: &Side<'_>, has_secrets: bool) -> String {
    let text = |side: &Side<'_>| {
        if exposure::shown() == Showing::Clear {
            side.document.text().to_owned()
        } else {
            side.masked(has_secrets)
        }
    };
    let (before, after) = (text(before), text(after));
    let diff = TextDiff::from_lines(&before, &after);
    let mut unified = diff.unified_diff();
    unified.context_radius(CONTEXT).header(name, name).to_string()
}
