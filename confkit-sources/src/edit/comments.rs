//! Comments, and the entries that they are about.

use std::ops::Range;

use super::{inline, scope};
use crate::document::{Document, NodeRef};
use crate::format::Format;
use crate::path::Segment;

/// The comments of one entry, each as it is written.
#[derive(Debug, Default)]
pub(super) struct Comments {
    /// Those in lines of their own, directly above.
    pub(super) above: Vec<String>,
    /// The one at its line's end.
    pub(super) behind: Option<String>,
}

/// The comments of what a path leads to, unless it shares its line with something else.
pub(super) fn of(document: &Document, path: &[Segment<'_>]) -> Comments {
    let entry = scope::node(document, path).and_then(Entry::of).filter(|entry| !entry.is_dotted);
    let Some(entry) = entry else { return Comments::default() };
    let text = document.text();
    let marks = marks(document);
    let is_comment = |line: &&str| marks.iter().any(|mark| line.trim_start().starts_with(mark));
    let before = text[..entry.line].trim_start_matches('\u{feff}').lines().rev();
    let mut above: Vec<String> = before.take_while(is_comment).map(|line| line.trim().to_owned()).collect();
    above.reverse();
    let behind = text[entry.end..].lines().next().unwrap_or_default();
    let behind = behind.trim_start_matches([' ', '\t', ',', ':', ']']).trim_end();
    let behind = is_comment(&behind).then(|| behind.to_owned());
    Comments { above, behind }
}

impl Comments {
    /// Those that a text does not have any more. What removes an entry leaves its comments where they may
    /// be about something else.
    pub(super) fn gone(self, before: &Document, now: &Document) -> Self {
        let mut gone = texts(before);
        for there in texts(now) {
            gone.iter().position(|text| *text == there).map(|at| gone.swap_remove(at));
        }
        let mut is_gone =
            |text: &String| gone.iter().position(|gone| gone == text).map(|at| gone.swap_remove(at));
        let above = self.above.into_iter().filter(|text| is_gone(text).is_some()).collect();
        let behind = self.behind.filter(|text| is_gone(text).is_some());
        Self { above, behind }
    }

    /// The text with these comments at an entry, unless that shares its line with something else.
    pub(super) fn attached(&self, document: &Document, path: &[Segment<'_>]) -> Option<String> {
        let entry = Entry::of(scope::node(document, path)?)?;
        if self.above.is_empty() && self.behind.is_none() {
            return None;
        }
        let text = document.text();
        let end_of_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let indent = indent(text, entry.line);
        let lines: String = self.above.iter().flat_map(|line| [indent, line.as_str(), end_of_line]).collect();
        let rest = text[entry.end..].lines().next().unwrap_or_default();
        let close = entry.end + rest.trim_end().len();
        let behind = self.behind.iter().flat_map(|comment| [" ", comment.as_str()]).collect::<String>();
        Some(format!("{}{lines}{}{behind}{}", &text[..entry.line], &text[entry.line..close], &text[close..]))
    }
}

/// The line in which a comment stands that another text does not have.
pub(super) fn lost(before: &Document, after: &Document) -> Option<usize> {
    let mut kept = texts(after);
    let lost = ranges(before).into_iter().zip(texts(before)).find(|(_, text)| {
        let there = kept.iter().position(|kept| kept == text);
        there.map(|at| kept.swap_remove(at)).is_none()
    });
    lost.map(|(range, _)| before.position(range.start).line)
}

/// All comments as they are written.
fn texts(document: &Document) -> Vec<String> {
    ranges(document).into_iter().map(|range| document.text()[range].trim().to_owned()).collect()
}

/// Where comments stand: at marks outside of keys and values.
pub(super) fn ranges(document: &Document) -> Vec<Range<usize>> {
    let (text, marks) = (document.text(), marks(document));
    let single = |node: &NodeRef<'_>| !node.is_container();
    let values = document.nodes().filter(single).filter_map(NodeRef::span);
    let mut taken: Vec<Range<usize>> = values
        .chain(document.nodes().filter_map(NodeRef::key_span))
        .filter(|range| !range.is_empty())
        .collect();
    taken.sort_by_key(|range| range.start);
    let mut taken = taken.into_iter().peekable();
    let (mut comments, mut at) = (Vec::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        while taken.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = taken.peek().filter(|range| range.contains(&at)) {
            at = range.end;
            continue;
        }
        let rest = &text[at..];
        let Some(mark) = marks.iter().find(|mark| rest.starts_with(**mark)) else {
            at += c.len_utf8();
            continue;
        };
        let end = if *mark == "/*" { rest.find("*/").map(|end| end + 2) } else { rest.find('\n') };
        let end = at + end.unwrap_or(rest.len());
        comments.push(at..end);
        at = end;
    }
    comments
}

/// What the line of a byte begins with.
pub(super) fn indent(text: &str, at: usize) -> &str {
    let line = &text[text[..at].rfind('\n').map_or(0, |newline| newline + 1)..];
    let line = line.trim_start_matches('\u{feff}');
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

fn marks(document: &Document) -> &'static [&'static str] {
    document.format().map_or(&[][..], Format::comments)
}

/// An entry that has its lines for itself.
struct Entry {
    /// Where its first line begins.
    line: usize,
    /// Where its value ends, or its key where the value stands in lines below.
    end: usize,
    /// Whether tables around it are named in its line; their comments would be taken for its own.
    is_dotted: bool,
}

impl Entry {
    fn of(node: NodeRef<'_>) -> Option<Self> {
        let text = node.document().text();
        let key = node.key_span()?;
        let start = text[..key.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = if text[start..].starts_with('\u{feff}') { start + '\u{feff}'.len_utf8() } else { start };
        let is_block = node.is_container() && inline::brackets(node).is_none();
        let end = if is_block { key.end } else { node.span()?.end.max(key.end) };
        // A table may stand on the line of one inside, as `a` in `[a.b]`.
        let is_part = is_block && text[key.end..].trim_start_matches([' ', '\t']).starts_with('.');
        let before = &text[line..key.start];
        let is_below_header = !is_block && text[line..].trim_start().starts_with('[');
        let is_alone = !is_part && !is_below_header && !before.contains(['{', ',', '=']);
        let is_dotted = before.ends_with('.') && !is_block;
        is_alone.then_some(Self { line, end, is_dotted })
    }
}
