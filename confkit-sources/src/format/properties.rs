//! Properties as `java.util.Properties` reads them, with keys whose dots nest.

use std::ops::Range;

use super::SyntaxError;
use super::untyped::{self, CONTROL, Fault, NO_KEY, Name, QUOTED_KEY, Stems, Untyped, Way};
use crate::document::{MAX_DEPTH, Parts, Text};

const NO_NAME: Fault = Fault(
    "a name is missing between the dots of the key",
    Some("write `\\.` for a dot that is part of a name"),
);
const NO_VALUE: Fault =
    Fault("the value is missing", Some("write `key = value`, or `key =` for an empty one"));
const ESCAPE: Fault = Fault("there is no such escape sequence", Some("write `\\\\` for a backslash"));
const SURROGATE: Fault =
    Fault("this is half of a character", Some("write both halves, or the character itself"));
const CONTINUED: Fault =
    Fault("the line goes on in the next one, and there is none", Some("write `\\\\` for a backslash"));

const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];

pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    untyped::read_with_stems(
        text,
        |untyped, stems| Reader::new(untyped, stems).lines(),
        |untyped, start| {
            let mut reader = Reader::new(untyped, None);
            reader.at = *start;
            reader.key();
            reader.names
        },
    )
}

struct Reader<'r, 't> {
    untyped: &'r mut Untyped<'t>,
    text: &'t str,
    at: usize,
    /// The names that the dots of a key part.
    names: Vec<Name>,
    /// Whether nothing was wrong with the entry so far.
    is_sound: bool,
    /// Known when the text is read a second time.
    stems: Option<&'r Stems<'r>>,
    /// Where the keys begin that were found to be stems too late.
    below: Vec<usize>,
}

/// What was read up to one of some characters.
struct Part {
    span: Range<usize>,
    /// The text, where it has escapes.
    decoded: Option<String>,
}

impl Part {
    /// Whether it says nothing, whatever lines it goes over.
    fn is_empty(&self) -> bool {
        self.decoded.as_deref().map_or(self.span.is_empty(), str::is_empty)
    }

    fn content(&self) -> Text<'_> {
        self.decoded.as_deref().map_or(Text::Source(self.span.clone()), Text::Decoded)
    }
}

impl<'r, 't> Reader<'r, 't> {
    fn new(untyped: &'r mut Untyped<'t>, stems: Option<&'r Stems<'r>>) -> Self {
        let (text, at) = (untyped.text, untyped.start());
        Self { untyped, text, at, names: Vec::new(), is_sound: true, stems, below: Vec::new() }
    }

    /// Reads all entries; where the keys begin that are stems of keys above.
    fn lines(mut self) -> Vec<usize> {
        while self.at < self.text.len() && self.untyped.goes_on() {
            let rest = &self.text[self.at..];
            let content = rest.trim_start_matches(['\n', ' ', '\t', '\u{c}']);
            self.at += rest.len() - content.len();
            if content.starts_with(['#', '!']) {
                self.at += content.find('\n').unwrap_or(content.len());
            } else if content.starts_with("\r\n") {
                self.at += 2;
            } else if !content.is_empty() {
                self.entry();
            }
        }
        self.below
    }

    fn entry(&mut self) {
        self.is_sound = true;
        self.names.clear();
        self.blanks();
        let start = self.at;
        self.key();
        let end = self.at;
        self.blanks();
        if self.text[self.at..].starts_with(['=', ':']) {
            self.at += 1;
            self.blanks();
        }
        if self.at == end {
            self.fault(&NO_VALUE, start..end);
        }
        let value = self.part(&[]);
        if self.is_sound
            && let Some(table) = self.table()
            && let Err(first) = self.untyped.put(table, &self.names, value.content(), value.span.clone())
        {
            let is_joined = self.names.last().is_some_and(|name| name.is_joined);
            if self.stems.is_none() && !is_joined && self.untyped.is_table(first) {
                self.below.push(start);
            } else {
                self.untyped.set_before(&self.names, first);
            }
        }
    }

    /// The table that the entry belongs to. From a stem on the names of its key become one.
    fn table(&mut self) -> Option<u32> {
        let names = self.names.iter().map(|name| self.untyped.text_of(name));
        let last = self.names.len().checked_sub(1)?;
        let stem = self.stems.and_then(|stems| stems.shortest(names)).filter(|stem| *stem < last);
        if let Some(stem) = stem.filter(|_| last < MAX_DEPTH) {
            self.join(stem);
        }
        match self.untyped.way(self.names.split_last()?.1)? {
            Way::Table(table) => Some(table),
            Way::Value { at, value } if self.untyped.is_joined(value) => {
                self.untyped.blocked(&self.names[..=at], value);
                None
            }
            Way::Value { at, .. } => {
                self.join(at);
                self.untyped.table(&self.names[..at])
            }
        }
    }

    fn join(&mut self, stem: usize) {
        let joined = self.untyped.joined_name(&self.names[stem..]);
        self.names.truncate(stem);
        self.names.push(joined);
    }

    fn key(&mut self) {
        let start = self.at;
        loop {
            let part = self.name(start);
            let has_more = self.text[self.at..].starts_with('.');
            if part.is_empty() {
                let fault = if self.at == start && !has_more { &NO_KEY } else { &NO_NAME };
                self.fault(fault, self.at..self.at + 1);
            } else if self.text[part.span.clone()].starts_with(['"', '\'']) {
                self.fault(&QUOTED_KEY, part.span);
            } else if self.names.len() <= MAX_DEPTH {
                let name = self.untyped.decoded_name(part.content(), part.span.clone());
                self.names.push(name);
            }
            if !has_more {
                return;
            }
            self.at += 1;
        }
    }

    /// Reads up to the next dot. One at the front of the key is a part of the name: there is nothing
    /// that the name could be inside of.
    fn name(&mut self, start: usize) -> Part {
        let is_front = self.at == start && self.text[start..].starts_with('.');
        self.at += usize::from(is_front);
        let part = self.part(b"=: \t\x0c.");
        if !is_front || part.is_empty() {
            return part;
        }
        Part { span: start..part.span.end, decoded: part.decoded.map(|name| format!(".{name}")) }
    }

    /// Reads up to one of some characters that no backslash stands before, or to the line's end.
    fn part(&mut self, stops: &[u8]) -> Part {
        let (start, mut from) = (self.at, self.at);
        let mut decoded = String::new();
        let is_control = |byte: u8| (byte < b' ' && byte != b'\t' && byte != b'\x0c') || byte == 0x7f;
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let ends = |byte: &u8| *byte == b'\\' || is_control(*byte) || stops.contains(byte);
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            match &self.text.as_bytes()[self.at..] {
                [b'\\', ..] => {
                    decoded.push_str(&self.text[from..self.at]);
                    decoded.extend(self.escape());
                    from = self.at;
                }
                [] | [b'\n', ..] | [b'\r', b'\n', ..] => break,
                [byte, ..] if stops.contains(byte) => break,
                _ => {
                    self.fault(&CONTROL, self.at..self.at + 1);
                    let rest = &self.text[self.at..];
                    self.at += rest.find('\n').unwrap_or(rest.len());
                }
            }
        }
        let is_written = from == start;
        decoded.push_str(&self.text[from..self.at]);
        Part { span: start..self.at, decoded: (!is_written).then_some(decoded) }
    }

    /// Passes a backslash with what belongs to it; the character that it stands for.
    fn escape(&mut self) -> Option<char> {
        let start = self.at;
        let rest = &self.text[start + 1..];
        let line_end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
        if line_end > 0 {
            let next = &rest[line_end..];
            self.at += 1 + line_end + (next.len() - next.trim_start_matches(BLANKS).len());
            return None;
        }
        let Some(c) = rest.chars().next() else {
            self.at += 1;
            self.fault(&CONTINUED, start..start + 1);
            return None;
        };
        self.at += 1 + c.len_utf8();
        match c {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'f' => Some('\u{c}'),
            'u' => self.unicode(start),
            _ if c.is_alphanumeric() || c.is_control() => {
                self.fault(&ESCAPE, start..start + 1);
                None
            }
            _ => Some(c),
        }
    }

    /// Reads the digits behind `\u`; those of a second half too, if this is a first.
    fn unicode(&mut self, start: usize) -> Option<char> {
        let Some(unit) = hex(&self.text[self.at..]) else {
            self.fault(&ESCAPE, start..self.at);
            return None;
        };
        self.at += 4;
        let second = self.text[self.at..].strip_prefix("\\u").and_then(hex);
        let units = [Some(unit), second.filter(|_| (0xd800..0xdc00).contains(&unit))];
        if let Some(Ok(c)) = char::decode_utf16(units.into_iter().flatten()).next() {
            self.at += if c.len_utf16() == 2 { 6 } else { 0 };
            Some(c)
        } else {
            self.fault(&SURROGATE, start..self.at);
            None
        }
    }

    /// Passes blanks, also those that go on in the next line.
    fn blanks(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let content = rest.trim_start_matches(BLANKS);
            self.at += rest.len() - content.len();
            if !content.starts_with("\\\n") && !content.starts_with("\\\r\n") {
                return;
            }
            self.escape();
        }
    }

    fn fault(&mut self, fault: &Fault, span: Range<usize>) {
        self.is_sound = false;
        self.untyped.fault(fault, span);
    }
}

/// Four hexadecimal digits.
fn hex(text: &str) -> Option<u16> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    u16::from_str_radix(digits, 16).ok()
}
