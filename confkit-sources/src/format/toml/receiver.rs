//! From the parser's events to nodes, by TOML's rules on tables.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::decoder::{Encoding, IntegerRadix, ScalarKind};
use toml_parser::parser::EventReceiver;
use toml_parser::{ErrorSink, ParseError, Raw, Source, Span};

use super::bytes::{BARE, BASIC, COMMENT, LITERAL, are_plain};
use super::{MAX_DEPTH, messages};
use crate::document::{
    Builder, DOTTED, IMPLICIT, INLINE, Key as StoredKey, NodeKind, Parts, RADIX_2, RADIX_8, RADIX_16, Slice,
    Text,
};

/// Fills a [`Builder`] as the parser goes through the document.
pub(super) struct Receiver<'t> {
    source: Source<'t>,
    text: &'t str,
    builder: Builder<'t>,
    /// The table that the last header opened.
    table: u32,
    /// Lists and tables in brackets that are open.
    open: Vec<u32>,
    /// The keys of the header or pair that is being read.
    path: Vec<Key>,
    /// Whether a header was begun and not ended: its keys belong to a table that nobody knows.
    headless: bool,
    /// The node that the next value fills; in lists a new one is made.
    target: Option<u32>,
}

#[derive(Clone, Copy)]
struct Key {
    key: StoredKey,
    end: usize,
}

impl Key {
    fn span(self) -> Span {
        Span::new_unchecked(self.start(), self.end)
    }

    fn start(self) -> usize {
        self.key.at()
    }
}

impl<'t> Receiver<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            source: Source::new(text),
            text,
            builder: Builder::new(text),
            table: 0,
            open: Vec::new(),
            path: Vec::with_capacity(4),
            headless: false,
            target: None,
        }
    }

    pub(super) fn finish(self) -> Parts {
        self.builder.finish()
    }

    /// The bytes that the nodes take.
    pub(super) fn size(&self) -> usize {
        self.builder.size()
    }

    fn raw(&self, span: Span, encoding: Option<Encoding>) -> Raw<'t> {
        let text = self.text.get(span.start()..span.end()).unwrap_or_default();
        Raw::new_unchecked(text, encoding, span)
    }

    /// The content of a quoted text in which nothing has to be decoded.
    fn plain(&self, span: Span, encoding: Option<Encoding>) -> Option<Range<usize>> {
        let range = span.start() + 1..span.end().checked_sub(1)?;
        let bytes = self.text.as_bytes().get(range.clone())?;
        let (quote, place) = match encoding {
            Some(Encoding::BasicString) => (b'"', BASIC),
            Some(Encoding::LiteralString) => (b'\'', LITERAL),
            _ => return None,
        };
        (self.text.as_bytes()[range.end] == quote && are_plain(bytes, place)).then_some(range)
    }

    fn key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) -> Slice {
        let range = span.start()..span.end();
        if encoding.is_none() && !range.is_empty() && are_plain(&self.text.as_bytes()[range.clone()], BARE) {
            return self.builder.store(Text::Source(range));
        }
        if let Some(range) = self.plain(span, encoding) {
            return self.builder.store(Text::Source(range));
        }
        let mut decoded = Cow::Borrowed("");
        self.raw(span, encoding).decode_key(&mut decoded, errors);
        self.store(&decoded, span)
    }

    fn store(&mut self, decoded: &str, span: Span) -> Slice {
        // Most text is a part of the source itself; it is found again by where it lies.
        match offset_in(self.text, decoded, span) {
            Some(range) => self.builder.store(Text::Source(range)),
            None => self.builder.store(Text::Decoded(decoded)),
        }
    }

    /// Goes down to the table that holds the last key of the path, making tables on the way.
    fn descend(&mut self, from: u32, dotted: bool, errors: &mut dyn ErrorSink) -> Option<u32> {
        let inline = !self.open.is_empty();
        let mut table = from;
        for at in 0..self.path.len() - 1 {
            let key = self.path[at];
            table = match self.builder.find_key(table, key.key) {
                None => {
                    let flags = IMPLICIT | if dotted { DOTTED } else { 0 } | if inline { INLINE } else { 0 };
                    self.table(table, key, flags)
                }
                Some(node) => self.enter(node, key, dotted, inline, errors)?,
            };
        }
        Some(table)
    }

    fn enter(
        &mut self,
        node: u32,
        key: Key,
        dotted: bool,
        inline: bool,
        errors: &mut dyn ErrorSink,
    ) -> Option<u32> {
        match self.builder.kind(node) {
            NodeKind::Table if !inline && self.builder.has(node, INLINE) => {
                errors.report_error(messages::closed(key.span(), self.key_span(node)));
                None
            }
            NodeKind::Table if dotted && !self.builder.has(node, IMPLICIT) => {
                errors.report_error(messages::duplicate(key.span(), self.key_span(node)));
                None
            }
            NodeKind::Table => {
                if dotted && !inline {
                    self.builder.add_flags(node, DOTTED);
                }
                Some(node)
            }
            NodeKind::Array if !inline && !self.builder.has(node, INLINE) => self.builder.last_child(node),
            _ => {
                errors.report_error(messages::closed(key.span(), self.key_span(node)));
                None
            }
        }
    }

    fn table(&mut self, parent: u32, key: Key, flags: u8) -> u32 {
        let node = self.builder.push_key(parent, key.key, NodeKind::Table);
        self.builder.set_flags(node, flags);
        self.builder.set_span(node, key.start()..key.end);
        node
    }

    fn key_span(&self, node: u32) -> Span {
        let start = self.builder.key_at(node);
        Span::new_unchecked(start, start + self.builder.key(node).len())
    }

    fn header(&mut self, is_array: bool, errors: &mut dyn ErrorSink) {
        self.headless = false;
        let Some(&key) = self.path.last() else { return };
        let Some(parent) = self.descend(0, false, errors) else {
            self.headless = true;
            return;
        };
        let existing = self.builder.find_key(parent, key.key);
        self.table = match (existing, is_array) {
            (None, false) => self.table(parent, key, 0),
            (None, true) => {
                let list = self.builder.push_key(parent, key.key, NodeKind::Array);
                self.builder.set_span(list, key.start()..key.end);
                self.element(list, key)
            }
            (Some(list), true) if self.builder.is(list, NodeKind::Array, INLINE, 0) => {
                self.element(list, key)
            }
            (Some(table), false)
                if self.builder.is(table, NodeKind::Table, IMPLICIT | DOTTED | INLINE, IMPLICIT) =>
            {
                // Only longer headers named it so far; this one defines it and gives it its place.
                self.builder.set_flags(table, 0);
                self.builder.set_span(table, key.start()..key.end);
                self.builder.set_key_at(table, key.start());
                table
            }
            (Some(other), _) => {
                errors.report_error(messages::duplicate(key.span(), self.key_span(other)));
                self.table(parent, key, 0)
            }
        };
    }

    fn element(&mut self, list: u32, key: Key) -> u32 {
        let node = self.builder.push_key(list, StoredKey::none(key.start()), NodeKind::Table);
        self.builder.set_span(node, key.start()..key.end);
        node
    }

    fn pair(&mut self, errors: &mut dyn ErrorSink) {
        self.target = None;
        let Some(&key) = self.path.last() else { return };
        if std::mem::take(&mut self.headless) {
            self.table = self.builder.push(0, Text::Stored(Slice::default()), key.start(), NodeKind::Table);
        }
        let inline = self.open.last().copied();
        let from = inline.unwrap_or(self.table);
        let dotted = self.path.len() > 1;
        let table = if dotted { self.descend(from, dotted, errors) } else { Some(from) };
        let Some(table) = table else { return };
        let reopened = if inline.is_some() {
            dotted && !self.builder.has(table, DOTTED)
        } else {
            dotted && !self.builder.has(table, IMPLICIT)
        };
        let existing = self.builder.find_key(table, key.key);
        if reopened || existing.is_some() {
            let first = self.key_span(existing.unwrap_or(table));
            errors.report_error(messages::duplicate(key.span(), first));
        }
        self.target = Some(self.builder.push_key(table, key.key, NodeKind::Null));
    }

    /// The node for the value that begins here.
    fn value(&mut self) -> Option<u32> {
        match self.open.last() {
            Some(&list) if self.builder.kind(list) == NodeKind::Array => {
                Some(self.builder.push_key(list, StoredKey::none(0), NodeKind::Null))
            }
            _ => self.target.take(),
        }
    }

    fn open(&mut self, kind: NodeKind, span: Span, errors: &mut dyn ErrorSink) -> bool {
        let node = self.value().unwrap_or_else(|| {
            // The key was refused; what belongs to it is read all the same.
            self.builder.push(0, Text::Stored(Slice::default()), span.start(), NodeKind::Null)
        });
        self.builder.set_kind(node, kind);
        self.builder.set_flags(node, INLINE);
        self.builder.set_span(node, span.start()..span.end());
        self.open.push(node);
        self.path.clear();
        if self.open.len() > MAX_DEPTH {
            errors.report_error(messages::too_deep(span));
            return false;
        }
        true
    }

    fn close(&mut self, span: Span) {
        if let Some(node) = self.open.pop() {
            let start = self.builder.span(node).start;
            self.builder.set_span(node, start..span.end());
        }
        self.path.clear();
    }

    fn number(&mut self, node: u32, span: Span, errors: &mut dyn ErrorSink) {
        let mut decoded = Cow::Borrowed("");
        let kind = match self.raw(span, None).decode_scalar(&mut decoded, errors) {
            ScalarKind::Boolean(_) => NodeKind::Bool,
            ScalarKind::Float => NodeKind::Float,
            ScalarKind::String => NodeKind::String,
            ScalarKind::DateTime => {
                if decoded.parse::<toml_datetime::Datetime>().is_err() {
                    errors.report_error(messages::bad_date(span));
                }
                NodeKind::Datetime
            }
            ScalarKind::Integer(radix) => {
                let flags = match radix {
                    IntegerRadix::Bin => RADIX_2,
                    IntegerRadix::Oct => RADIX_8,
                    IntegerRadix::Hex => RADIX_16,
                    IntegerRadix::Dec => 0,
                };
                self.builder.add_flags(node, flags);
                let digits = decoded.trim_start_matches(['+', '-']);
                if digits.is_empty() || !digits.chars().all(|c| c.is_ascii() && c.is_digit(radix.value())) {
                    errors.report_error(messages::bad_number(span));
                }
                NodeKind::Integer
            }
        };
        let slice = self.store(&decoded, span);
        self.builder.set_value(node, kind, Text::Stored(slice));
    }
}

impl EventReceiver for Receiver<'_> {
    fn std_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.headless = true;
        self.path.clear();
    }

    fn std_table_close(&mut self, _: Span, errors: &mut dyn ErrorSink) {
        self.header(false, errors);
        self.path.clear();
    }

    fn array_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.headless = true;
        self.path.clear();
    }

    fn array_table_close(&mut self, _: Span, errors: &mut dyn ErrorSink) {
        self.header(true, errors);
        self.path.clear();
    }

    fn inline_table_open(&mut self, span: Span, errors: &mut dyn ErrorSink) -> bool {
        self.open(NodeKind::Table, span, errors)
    }

    fn inline_table_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn array_open(&mut self, span: Span, errors: &mut dyn ErrorSink) -> bool {
        self.open(NodeKind::Array, span, errors)
    }

    fn array_close(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.close(span);
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let slice = self.key(span, encoding, errors);
        let key = self.builder.stored_key(slice, span.start());
        self.path.push(Key { key, end: span.end() });
        if self.path.len() > MAX_DEPTH {
            errors.report_error(messages::too_deep(span));
            self.path.clear();
        }
    }

    fn key_val_sep(&mut self, _: Span, errors: &mut dyn ErrorSink) {
        self.pair(errors);
        self.path.clear();
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, errors: &mut dyn ErrorSink) {
        let Some(node) = self.value() else {
            // Its key was refused; the value's own mistakes are told all the same.
            let _ = self.raw(span, encoding).decode_scalar(&mut (), errors);
            return;
        };
        let written = span.start()..span.end();
        let plain = match encoding {
            Some(_) => self.plain(span, encoding).map(|range| (NodeKind::String, range)),
            None => plain_kind(&self.text.as_bytes()[written.clone()]).map(|kind| (kind, written.clone())),
        };
        if let Some((kind, range)) = plain {
            let value = self.builder.store(Text::Source(range));
            return self.builder.fill(node, (kind, 0), value, written);
        }
        self.builder.set_span(node, written);
        if encoding.is_some() || span.is_empty() {
            let mut decoded = Cow::Borrowed("");
            let _ = self.raw(span, encoding).decode_scalar(&mut decoded, errors);
            let slice = self.store(&decoded, span);
            self.builder.set_value(node, NodeKind::String, Text::Stored(slice));
        } else {
            self.number(node, span, errors);
        }
    }

    fn comment(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        let bytes = &self.text.as_bytes()[span.start()..span.end()];
        if !are_plain(bytes, COMMENT) {
            self.raw(span, None).decode_comment(&mut |error: ParseError| errors.report_error(error));
        }
    }

    fn newline(&mut self, span: Span, errors: &mut dyn ErrorSink) {
        if self.text.as_bytes().get(span.start()) == Some(&b'\n') {
            return;
        }
        if let Some(raw) = self.source.get(span) {
            raw.decode_newline(errors);
        }
    }
}

/// The kind of a value without quotation marks in which nothing has to be decoded.
fn plain_kind(bytes: &[u8]) -> Option<NodeKind> {
    match bytes {
        b"true" | b"false" => Some(NodeKind::Bool),
        b"0" => Some(NodeKind::Integer),
        [b'1'..=b'9', rest @ ..] if rest.len() < 17 && rest.iter().all(u8::is_ascii_digit) => {
            Some(NodeKind::Integer)
        }
        _ => None,
    }
}

/// Where a part that the decoder handed back lies in the text; `None` for words of its own.
fn offset_in(text: &str, part: &str, span: Span) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let range = start..start.checked_add(part.len())?;
    (!part.is_empty() && range.start >= span.start() && range.end <= span.end()).then_some(range)
}
