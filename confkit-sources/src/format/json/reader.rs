//! From text to nodes, going on behind mistakes wherever the rest can still be told.

use std::ops::Range;

use super::messages::{Fault, Mistake};
use super::{Dialect, escapes, scan};
use crate::document::{Builder, MAX_DEPTH, NodeKind, Parts, Slice, Text};

/// More than this many mistakes help nobody.
const MAX_MISTAKES: usize = 100;

/// Reads one document.
pub(super) struct Reader<'t> {
    pub(super) dialect: Dialect,
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    pub(super) builder: Builder<'t>,
    /// Lists and tables that are open, with where they began.
    open: Vec<Open>,
    /// What the innermost of them had last.
    pub(super) last: Last,
    /// More nodes than this are not made for a text of this size.
    most: usize,
    mistakes: Vec<Mistake>,
}

#[derive(Clone, Copy)]
struct Open {
    node: u32,
    at: usize,
    is_table: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Last {
    Opened,
    Comma(usize),
    Value,
    /// A string that was never closed: it may have swallowed a comma.
    Lost,
}

/// A key or string: its content, and where it stands with quotation marks.
pub(super) struct Quoted {
    pub(super) content: Slice,
    pub(super) span: Range<usize>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(dialect: Dialect, text: &'t str) -> Self {
        Self {
            dialect,
            text,
            bytes: text.as_bytes(),
            at: 0,
            builder: Builder::new(text),
            open: Vec::new(),
            last: Last::Opened,
            most: Builder::most_nodes(text),
            mistakes: Vec::new(),
        }
    }

    pub(super) fn read(mut self) -> (Parts, Vec<Mistake>) {
        if self.text.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
        }
        self.blank();
        let start = self.at;
        if self.peek() == Some(b'{') {
            self.at += 1;
            self.open.push(Open { node: 0, at: start, is_table: true });
        } else if self.peek().is_some() {
            let root = self.builder.push(0, Text::Stored(Slice::default()), start, NodeKind::Null);
            self.value(root);
        } else {
            self.fault(Fault::Empty, 0..self.at);
        }
        while let Some(&open) = self.open.last() {
            self.item(open);
            if self.mistakes.len() >= MAX_MISTAKES {
                return (self.builder.finish(), self.mistakes);
            }
        }
        self.blank();
        if self.peek().is_some() {
            self.fault(Fault::Behind, self.at..self.text.len());
        } else if self.mistakes.is_empty() && self.bytes.get(start) != Some(&b'{') {
            self.fault(Fault::NotATable, start..self.at);
        }
        (self.builder.finish(), self.mistakes)
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[cold]
    pub(super) fn fault(&mut self, fault: Fault, span: Range<usize>) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(Mistake { fault, span, related: None });
        }
    }

    /// Says that a limit is passed; what follows is not read.
    #[cold]
    fn stop(&mut self, fault: Fault, at: usize) {
        self.fault(fault, at..at + 1);
        self.open.clear();
        self.at = self.text.len();
    }

    /// Passes blanks and comments.
    #[inline]
    fn blank(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => self.at = scan::spaces_end(self.bytes, self.at + 1),
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'!'..=b'.' | b'0'..=b'~' => return,
                _ if self.rare_blank() => {}
                _ => return,
            }
        }
    }

    /// Passes a comment, or a blank that JSON does not have.
    #[cold]
    fn rare_blank(&mut self) -> bool {
        let rest = &self.text[self.at..];
        if rest.starts_with("//") || rest.starts_with("/*") {
            let start = self.at;
            self.comment();
            if !self.dialect.comments {
                self.fault(Fault::Comment, start..self.at);
            }
            return true;
        }
        match rest.chars().next().filter(|&c| scan::is_free_blank(c)) {
            Some(c) => {
                let start = self.at;
                self.at += c.len_utf8();
                if !self.dialect.free_blanks {
                    self.fault(Fault::Blank, start..self.at);
                }
                true
            }
            None => false,
        }
    }

    fn comment(&mut self) {
        let rest = &self.text[self.at..];
        let ends_line: &[char] = &['\n', '\r', '\u{2028}', '\u{2029}'];
        self.at += if rest.starts_with("//") {
            rest.find(ends_line).unwrap_or(rest.len())
        } else if let Some(end) = rest[2..].find("*/") {
            end + 4
        } else {
            self.fault(Fault::OpenComment, self.at..self.at + 2);
            rest.len()
        };
    }

    /// Reads what comes next in a table or list: a comma, the end, or an element.
    fn item(&mut self, open: Open) {
        self.blank();
        let Some(byte) = self.peek() else {
            // What was never closed on this way may have swallowed the bracket.
            let swallows = |mistake: &Mistake| matches!(mistake.fault, Fault::OpenQuote | Fault::OpenComment);
            if !self.mistakes.iter().any(swallows) {
                let fault = if open.is_table { Fault::OpenTable } else { Fault::OpenList };
                self.fault(fault, open.at..open.at + 1);
            }
            return self.open.clear();
        };
        match byte {
            b',' => {
                if !matches!(self.last, Last::Value | Last::Lost) {
                    self.fault(Fault::ExtraComma, self.at..self.at + 1);
                }
                self.last = Last::Comma(self.at);
                self.at += 1;
            }
            b'}' | b']' => self.close(open, byte == b'}'),
            _ => {
                if self.last == Last::Value {
                    self.fault(Fault::NoComma, self.at..self.at + 1);
                }
                self.last = Last::Value;
                if open.is_table {
                    self.member(open.node);
                } else {
                    self.element(open.node);
                }
                // Most commas stand right behind the value.
                if self.last == Last::Value && self.peek() == Some(b',') {
                    self.last = Last::Comma(self.at);
                    self.at += 1;
                }
            }
        }
    }

    fn close(&mut self, open: Open, is_table: bool) {
        if let (Last::Comma(comma), false) = (self.last, self.dialect.trailing_commas) {
            self.fault(Fault::LastComma, comma..comma + 1);
        }
        let (start, end) = (self.at, self.at + 1);
        self.at = end;
        self.last = Last::Value;
        if open.is_table == is_table {
            self.open.pop();
            return self.builder.set_span(open.node, open.at..end);
        }
        // What is open outside may be meant: then what is open inside ends here too.
        if let Some(outer) = self.open.iter().rposition(|outer| outer.is_table == is_table) {
            let fault = if open.is_table { Fault::OpenTable } else { Fault::OpenList };
            self.fault(fault, open.at..open.at + 1);
            self.open.truncate(outer);
        } else {
            self.fault(Fault::WrongEnd, start..end);
            self.open.pop();
        }
    }

    fn member(&mut self, table: u32) {
        let Some(key) = self.key() else { return self.stray(Fault::NoKey) };
        if self.last == Last::Lost {
            return;
        }
        let twice = self.builder.find(table, self.builder.slice(key.content));
        if let Some(first) = twice {
            let first = self.builder.key_at(first);
            let related = Some(first..first + key.span.len());
            self.mistakes.push(Mistake { fault: Fault::Duplicate, span: key.span.clone(), related });
        }
        let node = self.builder.push(table, Text::Stored(key.content), key.span.start, NodeKind::Null);
        if self.peek() != Some(b':') {
            self.blank();
        }
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                self.fault(Fault::EqualsSign, self.at..self.at + 1);
                self.at += 1;
            }
            Some(b',' | b'}' | b']') | None => return self.fault(Fault::NoValue, key.span),
            Some(_) => self.fault(Fault::NoColon, self.at..self.at + 1),
        }
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        self.blank();
        if matches!(self.peek(), Some(b',' | b'}' | b']') | None) {
            return self.fault(Fault::NoValue, key.span);
        }
        self.value(node);
    }

    fn element(&mut self, list: u32) {
        let node = self.builder.push(list, Text::Stored(Slice::default()), self.at, NodeKind::Null);
        self.value(node);
    }

    fn key(&mut self) -> Option<Quoted> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => Some(self.string(quote)),
            _ => self.bare_key(),
        }
    }

    #[cold]
    fn bare_key(&mut self) -> Option<Quoted> {
        let start = self.at;
        let mut decoded = String::new();
        while let Some(c) = self.text[self.at..].chars().next() {
            let fits = |c| if decoded.is_empty() { scan::begins_name(c) } else { scan::continues_name(c) };
            if fits(c) {
                decoded.push(c);
                self.at += c.len_utf8();
            } else if c == '\\' && self.dialect.bare_keys {
                let escape = escapes::read(&self.text[self.at..], self.dialect).ok()?;
                let is_unicode = self.text[self.at..].starts_with("\\u");
                decoded.push(escape.stands_for.filter(|&c| is_unicode && fits(c))?);
                self.at += escape.len;
            } else {
                break;
            }
        }
        let span = start..self.at;
        if decoded.is_empty() {
            return None;
        }
        if !self.dialect.bare_keys {
            self.fault(Fault::BareKey, span.clone());
        }
        let is_written = decoded == self.text[span.clone()];
        let text = if is_written { Text::Source(span.clone()) } else { Text::Decoded(&decoded) };
        Some(Quoted { content: self.builder.store(text), span })
    }

    fn value(&mut self, node: u32) {
        if self.builder.len() > self.most {
            return self.stop(Fault::TooMany, self.at);
        }
        let start = self.at;
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let string = self.string(quote);
                self.builder.fill(node, (NodeKind::String, 0), string.content, string.span);
            }
            Some(byte @ (b'{' | b'[')) => {
                let is_table = byte == b'{';
                self.at += 1;
                self.builder.set_kind(node, if is_table { NodeKind::Table } else { NodeKind::Array });
                self.builder.set_span(node, start..self.at);
                self.open.push(Open { node, at: start, is_table });
                self.last = Last::Opened;
                if self.open.len() > MAX_DEPTH {
                    self.stop(Fault::TooDeep, start);
                }
            }
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => self.number(node),
            Some(_) => self.word(node),
            None => self.fault(Fault::NoValue, start..start),
        }
    }

    fn word(&mut self, node: u32) {
        let start = self.at;
        let length = self.text[start..].find(|c| !scan::continues_name(c)).unwrap_or(self.text.len() - start);
        let word = &self.text[start..start + length];
        let kind = match word {
            "true" | "false" => NodeKind::Bool,
            "null" => NodeKind::Null,
            "Infinity" | "NaN" => return self.number(node),
            "" => return self.stray(Fault::Stray),
            _ => {
                let is_known = ["true", "false", "null", "none", "nil"].iter();
                let fault = if is_known.clone().any(|known| known.eq_ignore_ascii_case(word)) {
                    Fault::Word
                } else {
                    Fault::BareText
                };
                return self.stray(fault);
            }
        };
        self.at += length;
        self.builder.set_value(node, kind, Text::Source(start..self.at));
        self.builder.set_span(node, start..self.at);
    }

    /// Passes what cannot be read, up to something that can.
    #[cold]
    fn stray(&mut self, fault: Fault) {
        let start = self.at;
        let rest = &self.text[start..];
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest[first..].find([',', '{', '}', '[', ']', '"', '\n', '\r']);
        self.at += length.map_or(rest.len(), |length| first + length);
        let shown = start + self.text[start..self.at].trim_end().len();
        self.fault(fault, start..shown);
    }

    fn number(&mut self, node: u32) {
        let start = self.at;
        let digits = self.bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = start + digits;
        let is_plain = matches!(self.bytes.get(end), Some(b',' | b'\n' | b'\r' | b' ' | b'}' | b']'))
            && (digits == 1 || digits > 1 && self.bytes[start] != b'0');
        if is_plain {
            self.at = end;
            let digits = self.builder.store(Text::Source(start..end));
            return self.builder.fill(node, (NodeKind::Integer, 0), digits, start..end);
        }
        self.any_number(node);
    }
}
