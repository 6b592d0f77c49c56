//! The line around a problem, with everything hidden that is not to be shown.

use std::ops::Range;

use confkit_sources::{Document, Format, Nesting, NodeKind, position_in};

use super::clean::is_unsafe;

/// What a shortened or hidden part looks like.
const HIDDEN: &str = "…";
/// Columns of the line that are shown before and behind the caret's start.
const BEFORE: usize = 30;
const BEHIND: usize = 50;

/// One line of a source, ready to be shown.
#[derive(Debug, Clone)]
pub(crate) struct Snippet {
    pub(crate) source: String,
    pub(crate) line: usize,
    /// The column in the source; the caret may stand elsewhere in the shown text.
    pub(crate) column: usize,
    pub(crate) text: String,
    /// The bytes of the shown text that are marked.
    pub(crate) mark: Range<usize>,
    pub(crate) label: Option<String>,
}

/// What of a line may be shown besides its keys.
#[derive(Clone, Copy)]
pub(crate) enum Reveal<'a> {
    /// Of a document that was read: the values in one range at most, and no keys in tables that are
    /// secret as a whole.
    Value(&'a Document, Option<&'a Range<usize>>, &'a [Range<usize>]),
    /// Of a text with a syntax error: the part before the separator, if it is a known key.
    KnownKey(&'a dyn Fn(&str) -> bool, Format),
}

impl Snippet {
    /// Makes the snippet for a range of a text.
    pub(crate) fn new(source: &str, text: &str, span: &Range<usize>, reveal: Reveal<'_>) -> Self {
        let position = match reveal {
            // It counts the lines once for all that is told about it.
            Reveal::Value(document, ..) => document.position(span.start),
            Reveal::KnownKey(..) => position_in(text, span.start),
        };
        let line = line_at(text, span.start);
        let marked = span.start.clamp(line.start, line.end)..span.end.clamp(line.start, line.end);
        let mut shown = Shown::default();
        match reveal {
            Reveal::Value(document, node, _) if !document.knows_places() => {
                shown.alone(text, &line, &marked, document, node.is_some());
            }
            Reveal::Value(document, node, secret) => {
                let values = values_on(document, &line);
                let mut hidden = hidden_values(&values, &line, node);
                hidden.extend(hidden_tables(secret, &line, &marked));
                let last = values.iter().map(|span| span.end.min(line.end)).max().unwrap_or(line.start);
                shown.values(text, &line, &marked, document, (hidden, last));
            }
            Reveal::KnownKey(is_known, format) => shown.key(text, &line, &marked, (is_known, format)),
        }
        let (text, mark) = shown.finish();
        Self {
            source: super::clean(source).into_owned(),
            line: position.line,
            column: position.column,
            text,
            mark,
            label: None,
        }
    }
}

/// The line around a byte, as far as it is worth looking at.
fn line_at(text: &str, at: usize) -> Range<usize> {
    const FAR: usize = 2048;
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let from = at.saturating_sub(FAR);
    let mut start =
        bytes[from..at].iter().rposition(|&b| b == b'\n').map_or(from, |newline| from + newline + 1);
    let to = (at + FAR).min(bytes.len());
    let mut end = bytes[at..to].iter().position(|&b| b == b'\n').map_or(to, |newline| at + newline);
    if end > start && bytes[end - 1] == b'\r' {
        end -= 1;
    }
    while !text.is_char_boundary(start) {
        start += 1;
    }
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    if text[start..].starts_with('\u{feff}') {
        start += '\u{feff}'.len_utf8();
    }
    start..end.max(start)
}

/// A line in the making, and where its mark begins and ends.
#[derive(Default)]
struct Shown {
    text: String,
    start: Option<usize>,
    end: Option<usize>,
}

impl Shown {
    /// Copies a range of the source, noting the mark on the way.
    fn copy(&mut self, source: &str, range: Range<usize>, mark: &Range<usize>) {
        for (offset, c) in source[range.clone()].char_indices() {
            self.note(range.start + offset, mark);
            match c {
                '\t' => self.text.push(' '),
                c if is_unsafe(c) => self.text.push('\u{fffd}'),
                c => self.text.push(c),
            }
        }
        self.note(range.end, mark);
    }

    /// Stands for a range of the source.
    fn hide(&mut self, range: &Range<usize>, mark: &Range<usize>) {
        self.note(range.start, mark);
        if (range.start..range.end).contains(&mark.start) && self.start.is_none() {
            self.start = Some(self.text.len());
        }
        self.text.push_str(HIDDEN);
        if range.end >= mark.end && self.start.is_some() && self.end.is_none() {
            self.end = Some(self.text.len());
        }
    }

    fn note(&mut self, at: usize, mark: &Range<usize>) {
        if at >= mark.start && self.start.is_none() {
            self.start = Some(self.text.len());
        }
        if at >= mark.end && at > mark.start && self.end.is_none() {
            self.end = Some(self.text.len());
        }
    }

    /// A line of a document: values other than the one in question are hidden, comments left out.
    fn values(
        &mut self,
        text: &str,
        line: &Range<usize>,
        mark: &Range<usize>,
        document: &Document,
        (mut hidden, last): (Vec<Range<usize>>, usize),
    ) {
        super::by_rank(&mut hidden, |range| (range.start, usize::MAX - range.end));
        let comments = document.format().map_or(&["#"][..], Format::comments);
        let mut at = line.start;
        for range in hidden {
            if range.start < at {
                continue;
            }
            self.between(text, at..range.start, mark, comments);
            self.hide(&range, mark);
            at = range.end;
        }
        let last = last.max(at).max(mark.end.min(line.end));
        let tail = &text[last..line.end];
        let end = comments.iter().filter_map(|begin| tail.find(begin)).min();
        let end = last + tail[..end.unwrap_or(tail.len())].trim_end().len();
        self.between(text, at..end.max(at), mark, comments);
    }

    /// A line of a document that does not know where all its values stand: what is marked, with the
    /// key before it, and nothing else.
    fn alone(
        &mut self,
        text: &str,
        line: &Range<usize>,
        mark: &Range<usize>,
        document: &Document,
        is_shown: bool,
    ) {
        let key = document.nodes().find(|node| node.span().is_some_and(|span| span == *mark));
        let key = key.and_then(confkit_sources::NodeRef::key_span);
        let is_key = document.nodes().any(|node| node.key_span().is_some_and(|key| key == *mark));
        let start = key.filter(|key| line.contains(&key.start) && key.end <= mark.start);
        let start = start.map_or(mark.start, |key| key.start);
        let indent = start - text[line.start..start].trim_start().len();
        self.copy(text, line.start..indent, mark);
        if indent < start {
            self.hide(&(indent..start), mark);
        }
        if is_key || is_shown {
            self.copy(text, start..mark.end, mark);
        } else {
            self.copy(text, start..mark.start, mark);
            self.hide(mark, mark);
        }
        if !text[mark.end..line.end].trim().is_empty() {
            self.hide(&(mark.end..line.end), mark);
        }
    }

    /// What stands before and between values, which may be more than keys.
    fn between(&mut self, text: &str, range: Range<usize>, mark: &Range<usize>, comments: &[&str]) {
        let mut at = range.start;
        let part = &text[range.clone()];
        for aside in if comments.contains(&"/*") { block_comments(part) } else { anchors(part) } {
            // One may begin inside another that has no end of its own.
            let aside = (range.start + aside.start).max(at)..(range.start + aside.end).max(at);
            if aside.is_empty() {
                continue;
            }
            self.copy(text, at..aside.start, mark);
            self.hide(&aside, mark);
            at = aside.end;
        }
        self.copy(text, at..range.end, mark);
    }

    /// A line that could not be read: what stands before its separator, and nothing else.
    fn key(
        &mut self,
        text: &str,
        line: &Range<usize>,
        mark: &Range<usize>,
        (is_known, format): (&dyn Fn(&str) -> bool, Format),
    ) {
        let whole = &text[line.clone()];
        let indent = whole.len() - whole.trim_start().len();
        let has_headers = format.nesting() == Nesting::Headers;
        let (key, tail) = match whole[indent..].find(format.separators()) {
            Some(at) => {
                let separator = whole[indent + at..].chars().next();
                let tail = match separator {
                    Some('=') => " = ",
                    Some(':') => ": ",
                    _ => " ",
                };
                (&whole[..indent + at], tail)
            }
            None if has_headers && whole.trim_start().starts_with('[') => (whole, ""),
            None => ("", ""),
        };
        if !self::is_known(key.trim(), format.nesting(), is_known) {
            return self.hide(line, mark);
        }
        let end = line.start + key.trim_end().len();
        self.copy(text, line.start..end, mark);
        if !tail.is_empty() {
            self.text.push_str(tail);
            let rest = end..line.end.max(mark.end);
            if self.start == Some(end) || mark.start >= end {
                self.start = None;
                self.end = None;
            }
            self.hide(&rest, mark);
        }
    }

    /// Cuts a window around the mark.
    fn finish(self) -> (String, Range<usize>) {
        let len = self.text.len();
        let start = self.start.unwrap_or(len).min(len);
        let end = self.end.unwrap_or(len).clamp(start, len);
        let from = back(&self.text, start, BEFORE);
        let to = forth(&self.text, start, BEHIND);
        // What is hidden there looks the same as what is cut.
        let before = from > 0 && !self.text[from..].starts_with(HIDDEN);
        let behind = to < len && !self.text[..to].ends_with(HIDDEN);
        let mut text = String::new();
        if before {
            text.push_str(HIDDEN);
        }
        let shift = text.len();
        text.push_str(&self.text[from..to]);
        if behind {
            text.push_str(HIDDEN);
        }
        let end = end.min(to);
        (text, start - from + shift..end - from + shift)
    }
}

/// Whether what stands before a separator is a key that is declared.
fn is_known(key: &str, nesting: Nesting, is_known: &dyn Fn(&str) -> bool) -> bool {
    let is_known = |name: &str| {
        let name = name.trim().trim_matches(['"', '\'']);
        !name.is_empty() && is_known(name)
    };
    match nesting {
        Nesting::Headers => is_known(key.trim_matches(['[', ']']).rsplit('.').next().unwrap_or_default()),
        Nesting::Paths => key.split('.').all(is_known),
        Nesting::Flat => is_known(key.strip_prefix("export ").unwrap_or(key)),
        _ => is_known(key.trim_start_matches([' ', '\t', '{', '[', '(', ',', '-', '?'])),
    }
}

/// Names of YAML's anchors, which may be a password that begins with `&`. TOML's keys have no `&`
/// behind a blank, unless they are quoted.
fn anchors(text: &str) -> Vec<Range<usize>> {
    let begins = |at: &usize| text[..*at].ends_with([' ', '\t', '[', '{', ',']);
    let starts = text.match_indices('&').map(|(at, _)| at).filter(begins);
    let len = |at: usize| text[at..].find([' ', '\t', ',', ']', '}']).unwrap_or(text.len() - at);
    starts.map(|at| at..at + len(at)).collect()
}

/// Comments in a part of a line, keys aside: those with both ends, and those cut off.
fn block_comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    let (mut quote, mut escaped, mut opened) = (None, false, None);
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        match (opened, quote) {
            (Some(start), _) if rest.starts_with("*/") => {
                comments.push(start..at + 2);
                opened = None;
            }
            (None, Some(_)) if escaped => escaped = false,
            (None, Some(_)) if c == '\\' => escaped = true,
            (None, Some(open)) if c == open => quote = None,
            (None, None) if rest.starts_with("/*") => opened = Some(at),
            // It began on a line above: nothing before its end is a key.
            (None, None) if rest.starts_with("*/") => {
                comments.clear();
                comments.push(0..at + 2);
            }
            (None, None) if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
    }
    comments.extend(opened.map(|start| start..text.len()));
    comments
}

/// Where a window of so many columns begins that ends at a byte.
fn back(text: &str, at: usize, columns: usize) -> usize {
    let mut left = columns;
    for (start, c) in text[..at].char_indices().rev() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return start + c.len_utf8(),
        }
    }
    0
}

/// Where a window of so many columns ends that begins at a byte.
fn forth(text: &str, at: usize, columns: usize) -> usize {
    let mut left = columns;
    for (offset, c) in text[at..].char_indices() {
        match left.checked_sub(width(c)) {
            Some(rest) => left = rest,
            None => return at + offset,
        }
    }
    text.len()
}

fn width(c: char) -> usize {
    super::render::columns(c.encode_utf8(&mut [0; 4]))
}

/// Scalars of a line, besides the one that may be shown.
fn hidden_values(
    values: &[Range<usize>],
    line: &Range<usize>,
    reveal: Option<&Range<usize>>,
) -> Vec<Range<usize>> {
    values
        .iter()
        .filter(|span| reveal.is_none_or(|shown| span.start < shown.start || span.end > shown.end))
        .map(|span| span.start.max(line.start)..span.end.min(line.end))
        .collect()
}

/// Secret tables and lists on a line: a password that begins with a bracket has become their keys.
/// One stays where a part of it is marked, which then is a section with settings of its own.
fn hidden_tables(secret: &[Range<usize>], line: &Range<usize>, mark: &Range<usize>) -> Vec<Range<usize>> {
    let on_line = secret.iter().map(|span| span.start.max(line.start)..span.end.min(line.end));
    let is_within = |span: &Range<usize>| span.start <= mark.start && mark.end < span.end;
    on_line.filter(|span| span.start < span.end && !is_within(span)).collect()
}

/// Scalars of which a part stands on a line.
fn values_on(document: &Document, line: &Range<usize>) -> Vec<Range<usize>> {
    document
        .nodes()
        .filter(|node| !matches!(node.kind(), NodeKind::Table | NodeKind::Array))
        .filter_map(confkit_sources::NodeRef::span)
        .filter(|span| span.start < line.end && span.end > line.start)
        .collect()
}
