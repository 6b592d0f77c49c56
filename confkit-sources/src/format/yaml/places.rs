//! Where values stand, for people: not always where the parser says.

use std::ops::Range;

use super::reader::Reader;

impl Reader<'_> {
    /// A block scalar with what introduces it.
    pub(super) fn block(&self, span: &Range<usize>) -> Range<usize> {
        let between = &self.text[self.passed.min(span.start)..span.start];
        let start = between.find(['|', '>']).map_or(span.start, |at| span.start - between.len() + at);
        let end = span.start + self.text[span.clone()].trim_end().len();
        start..end
    }

    /// The place of a value that is not written: behind what stands before it.
    pub(super) fn absent(&self, at: usize) -> Range<usize> {
        let at = self.text[..at].trim_end().len();
        at..at
    }

    /// The part of a range that is worth marking: its first line.
    pub(super) fn shown(&self, span: &Range<usize>) -> Range<usize> {
        let line = self.text[span.start..].lines().next().unwrap_or_default();
        let end = span.start + line.trim_end().len();
        span.start..if span.is_empty() { end } else { span.end.min(end) }
    }
}
