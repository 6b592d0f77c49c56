//! Lists and tables in brackets on one line, in formats that write them with commas.

use std::ops::Range;

use super::scope;
use crate::document::{Document, NodeKind, NodeRef};
use crate::path::Segment;

/// The text without an entry and one comma, if nothing but blanks stands around it and it shares
/// its line with what is before or behind it.
pub(super) fn without(document: &Document, path: &[Segment<'_>]) -> Option<String> {
    let text = document.text();
    let parent = scope::node(document, path.split_last()?.1)?;
    let inside = brackets(parent)?;
    let node = scope::node(document, path)?;
    let entry = entry(node);
    let before = parent.items().take_while(|inner| inner.id() != node.id()).last().map(self::entry);
    let behind = parent.items().skip_while(|inner| inner.id() != node.id()).nth(1).map(self::entry);
    let has_comma = |range: Range<usize>| {
        let between = text.get(range)?.trim();
        Some(between == ",")
    };
    let is_end = |at: usize| text.get(at..inside.end).is_some_and(|rest| matches!(rest.trim(), "" | ","));
    let is_blank = |range: Range<usize>| text.get(range).is_some_and(|between| between.trim().is_empty());
    let is_line = |range: Range<usize>| text.get(range).is_some_and(|between| !between.contains('\n'));
    if behind.as_ref().is_some_and(|behind| has_comma(entry.end..behind.start) != Some(true))
        || (behind.is_none() && !is_end(entry.end))
    {
        return None;
    }
    let gone = match (before, behind) {
        (Some(before), _)
            if has_comma(before.end..entry.start) == Some(true) && is_line(before.end..entry.start) =>
        {
            before.end..entry.end
        }
        (None, Some(behind)) if is_line(entry.end..behind.start) => entry.start..behind.start,
        (None, None) if is_line(inside.clone()) && is_blank(inside.start..entry.start) => inside,
        _ => return None,
    };
    Some(format!("{}{}", &text[..gone.start], &text[gone.end..]))
}

/// What stands between the brackets of a list or table, if it has any.
pub(super) fn brackets(node: NodeRef<'_>) -> Option<Range<usize>> {
    let span = node.span()?;
    let written = node.document().text().get(span.clone())?;
    let has_them = match node.kind() {
        NodeKind::Table => written.starts_with('{') && written.ends_with('}'),
        NodeKind::Array => written.starts_with('[') && written.ends_with(']'),
        _ => false,
    };
    let inside = span.start + 1..span.end.saturating_sub(1);
    // The span of a block in YAML may be that of the one thing in it.
    let holds = |inner: NodeRef<'_>| inside.start <= entry(inner).start && entry(inner).end <= inside.end;
    (has_them && inside.start <= inside.end && node.items().all(holds)).then_some(inside)
}

/// Key and value.
pub(super) fn entry(node: NodeRef<'_>) -> Range<usize> {
    let value = node.span().unwrap_or_default();
    let start = node.key_span().map_or(value.start, |key| key.start);
    start..value.end.max(start)
}
