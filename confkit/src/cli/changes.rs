//! What an edit changes in a text, without what must not be shown.

use std::ops::Range;

use confkit_sources::path::Segment;
use confkit_sources::{Document, Format, Nesting, NodeKind, NodeRef};
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::report::clean;
use crate::secret::MASK;

/// What stands for a part that may hold anything.
const HIDDEN: &str = "…";
/// Signs between keys and values that say nothing of either.
const SIGNS: &str = " \t=:,[]{}()\"'.-";

/// What of a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// All of it.
    All,
    /// The keys in it; each value is asked about by itself.
    Keys,
    /// Neither its keys nor its values.
    Nothing,
}

/// Tells what may be shown of the value at a path.
type Showing<'a> = &'a dyn Fn(&[Segment<'_>]) -> Shown;

/// The lines that differ, as a unified diff without lines around them. Secrets, values of unknown keys
/// and comments are hidden: a comment may be an old password.
pub(super) fn shown(name: &str, old: &Document, new: &Document, showing: Showing<'_>) -> String {
    let (before, after) = (lines(old.text()), lines(new.text()));
    let (hidden_before, hidden_after) = (masked(old, showing), masked(new, showing));
    let name = clean(name);
    let mut text = format!("--- {name}\n+++ {name}\n");
    for change in capture_diff_slices(Algorithm::Patience, &before, &after) {
        if change.tag() == DiffTag::Equal {
            continue;
        }
        let (taken, added) = (change.old_range(), change.new_range());
        text.push_str(&format!("@@ -{} +{} @@\n", place(&taken), place(&added)));
        hidden_before[taken].iter().for_each(|line| text.push_str(&format!("-{line}\n")));
        hidden_after[added].iter().for_each(|line| text.push_str(&format!("+{line}\n")));
    }
    text
}

/// Lines of a range as a diff names them: the first, and how many.
fn place(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => (range.start + 1).to_string(),
        count => format!("{},{count}", range.start + 1),
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// A part of a text that may be shown, or is replaced.
struct Span {
    range: Range<usize>,
    is_open: bool,
    is_key: bool,
}

/// The lines of a document with everything hidden that is neither a key nor an open value.
fn masked(document: &Document, showing: Showing<'_>) -> Vec<String> {
    let mut spans = Vec::new();
    collect(document.root(), true, &mut Vec::new(), showing, &mut spans);
    spans.sort_by_key(|span| (span.range.start, span.range.end));
    let mut start = 0;
    let of_line = |line: &&str| {
        let range = start..start + line.len();
        start = range.end;
        clean(masked_line(document, line.trim_end(), range.start, &spans).trim_end()).into_owned()
    };
    lines(document.text()).iter().map(of_line).collect()
}

/// Keys and values below a node, whose keys are open or not.
fn collect<'d>(
    node: NodeRef<'d>,
    has_open_keys: bool,
    path: &mut Vec<Segment<'d>>,
    showing: Showing<'_>,
    spans: &mut Vec<Span>,
) {
    let is_list = node.kind() == NodeKind::Array;
    for (index, inside) in node.items().enumerate() {
        path.push(if is_list { Segment::Index(index) } else { Segment::key(inside.key()) });
        let shown = if has_open_keys { showing(path) } else { Shown::Nothing };
        spans.extend(inside.key_span().map(|range| Span { range, is_open: has_open_keys, is_key: true }));
        if inside.is_container() {
            collect(inside, shown != Shown::Nothing, path, showing, spans);
        } else if let Some(range) = inside.span() {
            spans.push(Span { range, is_open: shown == Shown::All, is_key: false });
        }
        path.pop();
    }
}

fn masked_line(document: &Document, line: &str, start: usize, spans: &[Span]) -> String {
    let end = start + line.len();
    let on_line = spans.iter().filter(|span| span.range.start < end && span.range.end > start);
    let format = document.format();
    let comments = format.map(Format::comments).unwrap_or_default();
    // The tables around the last one of a header may have their places in other headers.
    let holds_open_keys = on_line.clone().all(|span| span.is_key && span.is_open);
    if holds_open_keys && format.is_some_and(|format| is_header(format, line)) {
        return line.to_owned();
    }
    let mut shown = String::new();
    let mut at = start;
    for span in on_line {
        let (from, to) = (span.range.start.max(at), span.range.end.min(end));
        if from >= to {
            continue;
        }
        shown.push_str(&between(&line[at - start..from - start], comments));
        shown.push_str(if span.is_open { &line[from - start..to - start] } else { MASK });
        at = to;
    }
    shown.push_str(&between(&line[at - start..], comments));
    shown
}

/// A header and nothing else.
fn is_header(format: Format, line: &str) -> bool {
    let is_mark = |begin: &&str| line.contains(begin);
    format.nesting() == Nesting::Headers
        && line.starts_with('[')
        && line.ends_with(']')
        && !format.comments().iter().any(is_mark)
}

/// What stands between keys and values: signs, and anything from the first other letter on hidden. Of
/// a comment its mark is left.
fn between(text: &str, comments: &[&str]) -> String {
    let end = text.find(|sign| !SIGNS.contains(sign)).unwrap_or(text.len());
    let (shown, rest) = text.split_at(end);
    match comments.iter().find(|mark| rest.starts_with(**mark)) {
        _ if rest.is_empty() => shown.to_owned(),
        Some(mark) => format!("{shown}{mark} {HIDDEN}"),
        None => format!("{shown}{HIDDEN}"),
    }
}
