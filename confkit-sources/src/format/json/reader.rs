//! From text to nodes, going on behind mistakes wherever the rest can still be told.

use std::ops::Range;

use super::messages::{Fault, Mistake};
use super::{Dialect, escapes, scan};
use crate::document::{Builder, Key, MAX_DEPTH, NodeKind, Parts, Slice, Text};

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

/// Where a value goes: a table with a key, or a list.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    parent: u32,
    key: Key,
}

/// A value that has been read: what of it becomes a node.
pub(super) struct Value {
    kind: NodeKind,
    content: Slice,
    span: Range<usize>,
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
            self.lone_value();
        } else {
            self.fault(Fault::Empty, 0..self.at);
        }
        while let Some(&open) = self.open.last() {
            while self.item(open) {}
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
        self.tell(Mistake { fault, span, related: None });
    }

    fn tell(&mut self, mistake: Mistake) {
        if self.mistakes.len() < MAX_MISTAKES {
            self.mistakes.push(mistake);
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
        if self.peek() == Some(b'\n') {
            self.at = scan::spaces_end(self.bytes, self.at + 1);
        }
        if !matches!(self.peek(), Some(b'!'..=b'.' | b'0'..=b'~')) {
            self.blanks();
        }
    }

    #[inline(never)]
    fn blanks(&mut self) {
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

    /// Reads what comes next in a table or list: a comma, the end, or an element. Returns whether more
    /// comes in the same one.
    fn item(&mut self, open: Open) -> bool {
        self.blank();
        let Some(byte) = self.peek() else {
            // What was never closed on this way may have swallowed the bracket.
            let swallows = |mistake: &Mistake| matches!(mistake.fault, Fault::OpenQuote | Fault::OpenComment);
            if !self.mistakes.iter().any(swallows) {
                let fault = if open.is_table { Fault::OpenTable } else { Fault::OpenList };
                self.fault(fault, open.at..open.at + 1);
            }
            self.open.clear();
            return false;
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
                let entry = if open.is_table {
                    self.member(open.node)
                } else {
                    Some(Entry { parent: open.node, key: Key::none(self.at) })
                };
                if let Some(entry) = entry {
                    self.value(entry);
                }
                // Most commas stand right behind the value.
                if self.last == Last::Value && self.peek() == Some(b',') {
                    self.last = Last::Comma(self.at);
                    self.at += 1;
                    return true;
                }
            }
        }
        false
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

    /// Reads a key up to its value, if there is one.
    fn member(&mut self, table: u32) -> Option<Entry> {
        let start = self.at;
        let (key, span) = if let Some(end) = self.plain_string() {
            self.at = end + 1;
            (self.builder.source_key(start + 1..end, start), start..end + 1)
        } else {
            let Some(Quoted { content, span }) = self.odd_key() else {
                self.stray(Fault::NoKey);
                return None;
            };
            if self.last == Last::Lost {
                return None;
            }
            (self.builder.stored_key(content, span.start), span)
        };
        let entry = Entry { parent: table, key };
        if let Some(first) = self.builder.find_key(table, key) {
            self.twice(first, span.clone());
        }
        // Most often it is a colon and a space.
        if let [b':', b' ', byte, ..] = self.bytes[self.at..]
            && scan::begins_value(byte)
        {
            self.at += 2;
        } else if !self.colon() {
            self.nothing(entry);
            self.fault(Fault::NoValue, span);
            return None;
        }
        Some(entry)
    }

    #[cold]
    fn twice(&mut self, first: u32, key: Range<usize>) {
        let first = self.builder.key_at(first);
        let related = Some(first..first + key.len());
        self.tell(Mistake { fault: Fault::Duplicate, span: key, related });
    }

    /// Passes the colon and what is around it; false if no value follows.
    fn colon(&mut self) -> bool {
        self.blank();
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                self.fault(Fault::EqualsSign, self.at..self.at + 1);
                self.at += 1;
            }
            Some(b',' | b'}' | b']') | None => return false,
            Some(_) => self.fault(Fault::NoColon, self.at..self.at + 1),
        }
        self.blank();
        !matches!(self.peek(), Some(b',' | b'}' | b']') | None)
    }

    /// Makes a node without a value: of a key that is told if it comes again, too.
    pub(super) fn nothing(&mut self, entry: Entry) -> u32 {
        self.builder.push_value(entry.parent, entry.key, NodeKind::Null, Slice::default(), 0..0)
    }

    /// A key with escapes, without quotation marks, or with mistakes.
    #[cold]
    fn odd_key(&mut self) -> Option<Quoted> {
        match self.peek()? {
            quote @ (b'"' | b'\'') => Some(self.decoded_string(quote, self.at + 1)),
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

    /// Reads a value that stands alone in the document.
    #[cold]
    fn lone_value(&mut self) {
        self.value(Entry { parent: 0, key: Key::none(self.at) });
    }

    #[expect(
        clippy::inline_always,
        reason = "a call would save and restore all that is known, for each value"
    )]
    #[inline(always)]
    fn value(&mut self, entry: Entry) {
        if self.builder.len() >= self.most {
            return self.stop(Fault::TooMany, self.at);
        }
        let Some(Value { kind, content, span }) = self.plain_value() else {
            // The parts of an entry stay in registers, where the whole would be written to memory each time.
            let Entry { parent, key } = entry;
            return self.odd_value(parent, key.text(), key.at());
        };
        let start = span.start;
        let node = self.builder.push_value(entry.parent, entry.key, kind, content, span);
        if matches!(kind, NodeKind::Table | NodeKind::Array) {
            self.enter(Open { node, at: start, is_table: kind == NodeKind::Table });
        }
    }

    /// Reads a value that is written as it is kept, or how a table or list begins.
    #[expect(clippy::inline_always, reason = "what it returns would go through memory, for each value")]
    #[inline(always)]
    fn plain_value(&mut self) -> Option<Value> {
        let start = self.at;
        let (kind, end) = match self.peek()? {
            b'"' => {
                let end = self.plain_string()?;
                self.at = end + 1;
                let content = self.builder.store(Text::Source(start + 1..end));
                return Some(Value { kind: NodeKind::String, content, span: start..end + 1 });
            }
            byte @ (b'{' | b'[') => {
                self.at += 1;
                let kind = if byte == b'{' { NodeKind::Table } else { NodeKind::Array };
                return Some(Value { kind, content: Slice::default(), span: start..self.at });
            }
            b'0'..=b'9' | b'-' => scan::plain_number(self.bytes, start)?,
            _ => scan::plain_word(&self.bytes[start..]).map(|(kind, len)| (kind, start + len))?,
        };
        self.at = end;
        Some(Value { kind, content: self.builder.store(Text::Source(start..end)), span: start..end })
    }

    fn enter(&mut self, open: Open) {
        self.open.push(open);
        self.last = Last::Opened;
        if self.open.len() > MAX_DEPTH {
            self.stop(Fault::TooDeep, open.at);
        }
    }

    #[cold]
    fn odd_value(&mut self, parent: u32, key: Slice, key_at: usize) {
        let entry = Entry { parent, key: self.builder.stored_key(key, key_at) };
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let Quoted { content, span } = self.decoded_string(quote, self.at + 1);
                self.builder.push_value(entry.parent, entry.key, NodeKind::String, content, span);
            }
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => self.any_number(entry),
            Some(_) => self.any_word(entry),
            None => {
                self.nothing(entry);
                self.fault(Fault::NoValue, self.at..self.at);
            }
        }
    }

    /// Words that are no value by themselves, or that an unusual character follows.
    fn any_word(&mut self, entry: Entry) {
        let start = self.at;
        let length = self.text[start..].find(|c| !scan::continues_name(c)).unwrap_or(self.text.len() - start);
        let word = &self.text[start..start + length];
        let kind = match word {
            "true" | "false" => NodeKind::Bool,
            "null" => NodeKind::Null,
            "Infinity" | "NaN" => return self.any_number(entry),
            _ => {
                let is_known = ["true", "false", "null", "none", "nil"].iter();
                let fault = if word.is_empty() {
                    Fault::Stray
                } else if is_known.clone().any(|known| known.eq_ignore_ascii_case(word)) {
                    Fault::Word
                } else {
                    Fault::BareText
                };
                self.nothing(entry);
                return self.stray(fault);
            }
        };
        self.at += length;
        let content = self.builder.store(Text::Source(start..self.at));
        self.builder.push_value(entry.parent, entry.key, kind, content, start..self.at);
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
}
