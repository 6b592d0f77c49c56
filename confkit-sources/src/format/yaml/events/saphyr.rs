//! The same face made from saphyr-parser: the spare, built for tests alone.
//!
//! Its places count characters, and its errors tell no kinds.

use std::borrow::Cow;
use std::ops::Range;

use saphyr_parser::{Event as Theirs, Parser, ScalarStyle, Span, StrInput};

use super::super::messages::{Fault, Mistake};
use super::{Collection, Event, Step, Style, Tag};

/// The events of a text, from some byte on.
pub(in super::super) struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    text: &'t str,
    offset: usize,
    /// Where each character begins; empty where each is one byte.
    bytes: Vec<usize>,
}

impl<'t> Events<'t> {
    /// Begins at a byte of the text.
    pub(in super::super) fn new(text: &'t str, offset: usize) -> Self {
        let rest = &text[offset..];
        let bytes = if rest.is_ascii() {
            Vec::new()
        } else {
            rest.char_indices().map(|(at, _)| at).chain([rest.len()]).collect()
        };
        Self { parser: Parser::new_from_str(rest), text, offset, bytes }
    }

    fn byte(&self, index: usize) -> usize {
        let at = if self.bytes.is_empty() {
            index
        } else {
            self.bytes.get(index).or(self.bytes.last()).copied().unwrap_or_default()
        };
        (self.offset + at).min(self.text.len())
    }

    fn range(&self, span: &Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn collection(&self, span: &Range<usize>, anchor: usize, tag: Option<Tag>) -> Collection {
        let is_flow = self.text[span.start..].starts_with(['[', '{']);
        Collection { is_flow, anchor, tag }
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Step<'t>;

    fn next(&mut self) -> Option<Step<'t>> {
        loop {
            let (event, span) = match self.parser.next_event()? {
                Ok(next) => next,
                Err(error) => {
                    let at = self.byte(error.marker().index());
                    return Some(Err(Mistake::new(Fault::Stray, at..at)));
                }
            };
            let span = self.range(&span);
            let tag =
                |tag: Option<Cow<'_, saphyr_parser::Tag>>| tag.map(|tag| Tag::new(&tag.handle, &tag.suffix));
            let event = match event {
                Theirs::Scalar(value, style, anchor, given) => {
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    };
                    Event::Scalar { value, style, anchor, tag: tag(given) }
                }
                Theirs::MappingStart(anchor, given) => {
                    Event::Table(self.collection(&span, anchor, tag(given)))
                }
                Theirs::SequenceStart(anchor, given) => {
                    Event::List(self.collection(&span, anchor, tag(given)))
                }
                Theirs::MappingEnd | Theirs::SequenceEnd => Event::End,
                Theirs::Alias(anchor) => Event::Alias(anchor),
                Theirs::DocumentStart(..) => Event::Document,
                _ => continue,
            };
            return Some(Ok((event, span)));
        }
    }
}
