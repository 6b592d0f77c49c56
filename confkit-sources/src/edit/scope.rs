//! Which lines belong to what is edited.

use std::ops::Range;

use super::headers::{self, Header};
use super::inline;
use super::lines::{Lines, Scope};
use super::plan::Step;
use crate::document::{Document, NodeKind, NodeRef};
use crate::format::{Format, Nesting};
use crate::path::Segment;

/// The lines that a step may touch.
pub(super) fn of(step: &Step, document: &Document, lines: &Lines<'_>) -> Scope {
    let finder = Finder { document, lines };
    let mut scope = Scope::default();
    let node = finder.node(step.path());
    match (step, node) {
        (Step::Append(..), Some(list)) => finder.ends(list, &mut scope),
        (Step::Put(..), Some(node)) if finder.has_header(node) => {
            finder.whole(node, &mut scope);
            finder.blank_lines(&mut scope);
        }
        (Step::Put(..) | Step::Rename(..), Some(node)) => {
            finder.whole(node, &mut scope);
            scope.gone.clear();
        }
        (Step::Remove(path), Some(node)) => {
            finder.whole(node, &mut scope);
            finder.removed(path, node, &mut scope);
        }
        (step, _) => {
            let (_, parents) = step.path().split_last().unwrap_or((&Segment::Index(0), &[]));
            if let Some(parent) = finder.node(parents) {
                finder.ends(parent, &mut scope);
            }
        }
    }
    scope
}

/// The node that a path leads to.
pub(super) fn node<'d>(document: &'d Document, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
    node_at(document.root(), path)
}

/// The node that a path leads to from another one.
pub(crate) fn node_at<'d>(from: NodeRef<'d>, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
    path.iter().try_fold(from, |node, segment| match segment {
        Segment::Key(key) => node.get(key),
        Segment::Index(index) if node.kind() == NodeKind::Array => node.items().nth(*index),
        Segment::Index(_) => None,
    })
}

struct Finder<'d, 't> {
    document: &'d Document,
    lines: &'d Lines<'t>,
}

impl<'d> Finder<'d, '_> {
    fn node(&self, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
        node(self.document, path)
    }

    fn number(&self, at: usize) -> usize {
        self.document.position(at).line - 1
    }

    /// The lines of a range; its end may stand behind the last line's end.
    fn range(&self, span: Range<usize>) -> std::ops::RangeInclusive<usize> {
        let text = &self.document.text()[span.clone()];
        let end = span.start + text.trim_end_matches([' ', '\t', '\n', '\r']).len();
        self.number(span.start)..=self.number(end.max(span.start))
    }

    /// Every line of an entry. Below a header that is everything up to the last key.
    fn whole(&self, node: NodeRef<'_>, scope: &mut Scope) {
        let (first, mut last) = self.lines_of(node);
        if !self.has_header(node) {
            scope.own.extend(first..=last);
            return node.items().for_each(|inner| self.whole(inner, scope));
        }
        if self.document.format().is_some_and(|format| format.as_str() == "ini") {
            return self.sections(node, scope);
        }
        let is_below_it = self.lines.line(first).trim_start().starts_with('[');
        for inner in node.items() {
            if self.has_header(inner) || !is_below_it {
                let mut part = Scope::default();
                self.whole(inner, &mut part);
                self.comments(&mut part);
                scope.own.extend(part.own);
                scope.gone.extend(part.gone);
            } else {
                last = last.max(self.lines_of(inner).1);
            }
        }
        self.section(first, last, scope);
    }

    /// Every section of INI that belongs to a table: each may come again.
    fn sections(&self, node: NodeRef<'_>, scope: &mut Scope) {
        let path = headers::path_of(node);
        let numbered = |header: Header| (self.number(header.line.start), header.is_in(&path));
        let headers: Vec<(usize, bool)> = headers::of(self.document).map(numbered).collect();
        for (at, (first, is_own)) in headers.iter().enumerate() {
            let end = headers.get(at + 1).map_or(self.lines.len(), |(next, _)| *next);
            let is_entry = |at: &usize| !self.lines.is_blank(*at) && !self.is_comment(self.lines.line(*at));
            if *is_own {
                let mut part = Scope::default();
                self.section(*first, (*first..end).rev().find(is_entry).unwrap_or(*first), &mut part);
                self.comments(&mut part);
                scope.own.extend(part.own);
                scope.gone.extend(part.gone);
            }
        }
    }

    /// From a header to the last key below it, with the comments in between.
    fn section(&self, first: usize, last: usize, scope: &mut Scope) {
        scope.own.extend(first..=last);
        let is_layout = |at: &usize| self.lines.is_blank(*at) || self.is_comment(self.lines.line(*at));
        scope.gone.extend((first..=last).filter(is_layout));
    }

    /// The first and the last line of an entry, without what headers say to be in it.
    fn lines_of(&self, node: NodeRef<'_>) -> (usize, usize) {
        let value = node.span().unwrap_or_default();
        let start = node.key_span().map_or(value.start, |key| key.start.min(value.start));
        let lines = self.range(start..value.end.max(start));
        let first = if node.key_span().is_none() { self.dash(start) } else { None };
        (first.unwrap_or(*lines.start()), *lines.end())
    }

    /// The line of YAML's `-` where it stands above the element.
    fn dash(&self, start: usize) -> Option<usize> {
        let number = self.number(start);
        let text = self.document.text();
        let line_start = text[..start].rfind('\n')? + 1;
        if !text[line_start..start].trim().is_empty() {
            return None;
        }
        let is_layout = |at: &usize| self.lines.is_blank(*at) || self.is_comment(self.lines.line(*at));
        let above = (0..number).rev().find(|at| !is_layout(at))?;
        let rest = self.lines.line(above).trim().strip_prefix('-')?.trim_start();
        (rest.is_empty() || self.is_comment(rest)).then_some(above)
    }

    /// Whether a table or list is made by a header or a longer key, as against by brackets.
    fn has_header(&self, node: NodeRef<'_>) -> bool {
        let value = node.span().unwrap_or_default();
        let is_nested = matches!(self.document.format().map(Format::nesting), Some(Nesting::Inside) | None);
        !is_nested && node.is_container() && !self.document.text()[value].starts_with(['{', '['])
    }

    /// Where something can be added to a list or table: the lines at its two ends, and that of the
    /// last thing inside.
    fn ends(&self, node: NodeRef<'_>, scope: &mut Scope) {
        let brackets = inline::brackets(node).map(|inside| inside.start - 1..inside.end + 1);
        for span in [node.key_span(), brackets].into_iter().flatten() {
            let range = self.range(span);
            scope.own.extend([*range.start(), *range.end()]);
        }
        if let Some(last) = node.items().last()
            && let Some(span) = last.span()
        {
            scope.own.insert(*self.range(span).end());
        }
    }

    /// What else goes when an entry is removed: the comma of the entry before it, the lines at both
    /// ends of what is empty then, and one of two blank lines that would meet.
    fn removed(&self, path: &[Segment<'_>], node: NodeRef<'_>, scope: &mut Scope) {
        let Some(parent) = path.split_last().and_then(|(_, parents)| self.node(parents)) else { return };
        if self.is_alone(path, node) {
            self.comments(scope);
            self.blank_lines(scope);
        } else if let Some(behind) = parent.items().skip_while(|inner| inner.id() != node.id()).nth(1) {
            // What is behind it may have to move up to its line.
            scope.own.insert(self.lines_of(behind).0);
        }
        let before = parent.items().take_while(|inner| inner.id() != node.id()).last();
        if let Some(span) = before.and_then(NodeRef::span) {
            scope.own.insert(*self.range(span).end());
        }
        if parent.items().count() == 1 {
            self.ends(parent, scope);
        }
    }

    /// Whether an entry has its lines for itself, so that comments above them are about it.
    fn is_alone(&self, path: &[Segment<'_>], node: NodeRef<'_>) -> bool {
        let text = self.document.text();
        let value = node.span().unwrap_or_default();
        let start = node.key_span().map_or(value.start, |key| key.start.min(value.start));
        let before = &text[text[..start].rfind('\n').map_or(0, |newline| newline + 1)..start];
        let before = before.trim_start_matches('\u{feff}').trim();
        let is_front = match path.last() {
            Some(Segment::Index(_)) => matches!(before, "" | "-" | "[["),
            _ => matches!(before, "" | "export" | "?") || (before.starts_with('[') && self.has_header(node)),
        };
        let end = value.end.max(start);
        let behind = text[end..].lines().next().unwrap_or_default();
        let behind = behind.trim_start_matches([' ', '\t', ',', ']']);
        is_front
            && (self.has_header(node)
                || behind.is_empty()
                || self.is_comment(behind)
                || text[..end].ends_with('\n'))
    }

    fn is_comment(&self, line: &str) -> bool {
        let marks = self.document.format().map_or(&[][..], Format::comments);
        marks.iter().any(|mark| line.trim_start().starts_with(mark))
    }

    /// Comment lines directly above, which go with what they are about.
    fn comments(&self, scope: &mut Scope) {
        let Some(&first) = scope.own.first() else { return };
        let above: Vec<usize> =
            (0..first).rev().take_while(|at| self.is_comment(self.lines.line(*at))).collect();
        scope.own.extend(&above);
        scope.gone.extend(above);
    }

    /// Blank lines inside of what goes, and one of two that would meet.
    fn blank_lines(&self, scope: &mut Scope) {
        let own: Vec<usize> = scope.own.iter().copied().collect();
        for pair in own.windows(2) {
            if (pair[0] + 1..pair[1]).all(|at| self.lines.is_blank(at)) {
                scope.own.extend(pair[0] + 1..pair[1]);
                scope.gone.extend(pair[0] + 1..pair[1]);
            }
        }
        let (Some(&first), Some(&last)) = (scope.own.first(), scope.own.last()) else { return };
        let above = first.checked_sub(1).filter(|above| self.lines.is_blank(*above));
        if let Some(above) =
            above.filter(|_| last - first + 1 == scope.own.len() && self.lines.is_blank(last + 1))
        {
            scope.own.insert(above);
            scope.gone.insert(above);
        }
    }
}
