//! What INI, dotenv and properties share: values are text, read as variables are; names lead to
//! tables; a mistake spoils its line and no other.
//!
//! The dialects are argued in `docs/design/0014-untyped-formats.md`.

#[cfg(any(feature = "ini", feature = "properties"))]
mod joined;
mod quoted;
#[cfg(any(feature = "ini", feature = "properties"))]
mod stems;

use std::ops::Range;

#[cfg(any(feature = "ini", feature = "properties"))]
pub(super) use self::stems::Stems;
use super::{SyntaxError, one_for_a_line};
use crate::document::{Builder, DOTTED, MAX_DEPTH, NodeKind, Parts, Slice, Text};
use crate::path;

/// More than this many mistakes help nobody.
const MAX_ERRORS: usize = 100;

/// A rule that can be broken: what is said about it, and what to write instead.
pub(super) struct Fault(pub(super) &'static str, pub(super) Option<&'static str>);

pub(super) const CONTROL: Fault = Fault("a control character stands here", Some("remove it"));
pub(super) const NO_KEY: Fault = Fault("the key is missing", Some("write `key = value`"));
pub(super) const QUOTED_KEY: Fault = Fault("keys stand without quotation marks", Some("write `key = value`"));
pub(super) const BEHIND_QUOTE: Fault = Fault(
    "this stands behind the end of the value",
    Some("write `\\\"` for a quotation mark inside `\"…\"`"),
);

/// A key, or one part of it.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) content: Slice,
    pub(super) span: Range<usize>,
    /// Whether these are several parts with the dots between them.
    pub(super) is_joined: bool,
}

/// Where names lead.
pub(super) enum Way {
    Table(u32),
    /// A value stands in the way, under the name with this number.
    Value {
        at: usize,
        value: u32,
    },
}

/// A document in the making, and what is wrong with its text.
pub(super) struct Untyped<'t> {
    pub(super) text: &'t str,
    builder: Builder<'t>,
    /// More nodes than this are not made for a text of this size.
    most: usize,
    errors: Vec<SyntaxError>,
}

/// Reads a document; `fill` goes through the text and puts in what it finds.
pub(super) fn read<'t>(
    text: &'t str,
    fill: impl FnOnce(&mut Untyped<'t>),
) -> Result<Parts, Vec<SyntaxError>> {
    let mut untyped = Untyped::new(text);
    fill(&mut untyped);
    let Untyped { builder, errors, .. } = untyped;
    if errors.is_empty() { Ok(builder.finish()) } else { Err(one_for_a_line(text, errors)) }
}

/// Reads a document whose keys may be stems of keys above them: `lines` goes through the text, and returns those
/// that it found. If there are any it goes through it once more and knows their names.
#[cfg(any(feature = "ini", feature = "properties"))]
pub(super) fn read_with_stems<'t, F>(
    text: &'t str,
    lines: impl Fn(&mut Untyped<'t>, Option<&Stems<'t>>) -> Vec<F>,
    names: impl FnMut(&mut Untyped<'t>, &F) -> Vec<Name>,
) -> Result<Parts, Vec<SyntaxError>> {
    let mut below = Vec::new();
    let once = read(text, |untyped| below = lines(untyped, None));
    if below.is_empty() {
        return once;
    }
    drop(once);
    let stems = Stems::read(text, &below, names);
    drop(below);
    read(text, |untyped| drop(lines(untyped, Some(&stems))))
}

impl<'t> Untyped<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, builder: Builder::new(text), most: Builder::most_nodes(text), errors: Vec::new() }
    }

    /// Where the text begins behind a byte order mark.
    pub(super) fn start(&self) -> usize {
        if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
    }

    /// Whether it is worth reading on.
    pub(super) fn goes_on(&self) -> bool {
        self.errors.len() < MAX_ERRORS && self.errors.last().is_none_or(|error| !error.is_limit)
    }

    #[cold]
    pub(super) fn fault(&mut self, fault: &Fault, span: Range<usize>) {
        if !self.goes_on() {
            return;
        }
        let help = fault.1.map(str::to_owned);
        self.errors.push(SyntaxError { help, ..SyntaxError::new(span, fault.0) });
    }

    #[cold]
    fn limit(&mut self, message: String, at: usize) {
        self.errors.push(SyntaxError::limit(at..at + 1, message));
    }

    /// Where the next line begins that has something besides blanks.
    pub(super) fn content(&self, start: usize) -> usize {
        let bytes = &self.text.as_bytes()[start..];
        let is_content = |at: &usize| match bytes[*at] {
            b' ' | b'\t' | b'\n' => false,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => true,
        };
        start + (0..bytes.len()).find(is_content).unwrap_or(bytes.len())
    }

    /// The line that begins at a byte, without its end; and where the next one begins.
    pub(super) fn line(&self, start: usize) -> (Range<usize>, usize) {
        let newline = self.text[start..].find('\n').map(|length| start + length);
        let next = newline.map_or(self.text.len(), |newline| newline + 1);
        let line = &self.text[start..newline.unwrap_or(next)];
        let line = line.strip_suffix('\r').filter(|_| newline.is_some()).unwrap_or(line);
        (start..start + line.len(), next)
    }

    /// Whether a range has no control characters besides tabs and ends of lines; says where the
    /// first one is.
    pub(super) fn is_clean(&mut self, range: Range<usize>) -> bool {
        let bytes = &self.text.as_bytes()[range.clone()];
        let ends_line = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        let suspects = bytes.iter().enumerate().filter(|(_, byte)| **byte < b' ' || **byte == 0x7f);
        let mut controls = suspects.filter(|(at, byte)| !matches!(byte, b'\t' | b'\n') && !ends_line(*at));
        let Some((at, _)) = controls.next() else { return true };
        self.fault(&CONTROL, range.start + at..range.start + at + 1);
        false
    }

    /// A name that stands in the text as it is.
    pub(super) fn name(&mut self, span: Range<usize>) -> Name {
        self.decoded_name(Text::Source(span.clone()), span)
    }

    /// A name in quotation marks, or with escapes.
    pub(super) fn decoded_name(&mut self, content: Text<'_>, span: Range<usize>) -> Name {
        Name { content: self.builder.store(content), span, is_joined: false }
    }

    pub(super) fn is_table(&self, node: u32) -> bool {
        self.builder.kind(node) == NodeKind::Table
    }

    /// The table that names lead to, made where it is not there yet. A value on the way is a mistake.
    pub(super) fn table(&mut self, names: &[Name]) -> Option<u32> {
        match self.way(names)? {
            Way::Table(table) => Some(table),
            Way::Value { at, value } => {
                self.blocked(&names[..=at], value);
                None
            }
        }
    }

    /// Where names lead, by tables that are made where they are not there yet.
    pub(super) fn way(&mut self, names: &[Name]) -> Option<Way> {
        if names.len() >= MAX_DEPTH {
            self.limit(format!("values are nested deeper than {MAX_DEPTH} levels"), names[0].span.start);
            return None;
        }
        let mut table = 0;
        for (at, name) in names.iter().enumerate() {
            table = match self.builder.find(table, name.content) {
                None => {
                    let made = self.push(table, name, NodeKind::Table)?;
                    self.builder.set_span(made, name.span.clone());
                    made
                }
                Some(node) if self.is_table(node) => node,
                Some(value) => return Some(Way::Value { at, value }),
            };
        }
        Some(Way::Table(table))
    }

    /// A value that stands where names lead on.
    #[cold]
    pub(super) fn blocked(&mut self, names: &[Name], value: u32) {
        let path = self.path(names);
        let message = format!("`{path}` is a value already and cannot hold settings");
        self.twice(message, path, names, value);
    }

    /// Puts a value into a table; `names` lead to it from the root. A name that is there already
    /// with another value is a mistake.
    pub(super) fn set(&mut self, table: u32, names: &[Name], value: Text<'_>, span: Range<usize>) {
        if let Err(first) = self.put(table, names, value, span) {
            self.set_before(names, first);
        }
    }

    /// Puts a value into a table; what else is there already under the name.
    pub(super) fn put(
        &mut self,
        table: u32,
        names: &[Name],
        value: Text<'_>,
        span: Range<usize>,
    ) -> Result<(), u32> {
        let Some(name) = names.last() else { return Ok(()) };
        if let Some(first) = self.builder.find(table, name.content) {
            return if self.holds(first, value) { Ok(()) } else { Err(first) };
        }
        if let Some(node) = self.push(table, name, NodeKind::Text) {
            self.builder.set_value(node, NodeKind::Text, value);
            self.builder.set_span(node, span);
            self.builder.add_flags(node, if name.is_joined { DOTTED } else { 0 });
        }
        Ok(())
    }

    /// Whether a node is this value: to set it again changes nothing, whichever of the two counts.
    #[cold]
    fn holds(&self, node: u32, value: Text<'_>) -> bool {
        !self.is_table(node) && self.builder.text(node) == self.builder.text_of(value)
    }

    /// A value whose name is taken.
    #[cold]
    pub(super) fn set_before(&mut self, names: &[Name], first: u32) {
        let path = self.path(names);
        let message = if self.is_table(first) {
            format!("`{path}` holds settings already and cannot be a value")
        } else {
            format!("`{path}` is set twice")
        };
        self.twice(message, path, names, first);
    }

    fn push(&mut self, table: u32, name: &Name, kind: NodeKind) -> Option<u32> {
        if self.builder.len() > self.most {
            self.limit("the document holds too many values for its size".to_owned(), name.span.start);
            return None;
        }
        Some(self.builder.push(table, Text::Stored(name.content), name.span.start, kind))
    }

    /// A name that is there already, as another thing or as the same.
    #[cold]
    fn twice(&mut self, message: String, path: String, names: &[Name], first: u32) {
        let Some(name) = names.last() else { return };
        let start = self.builder.key_at(first);
        let key = self.builder.key(first);
        let length = match key == self.builder.slice(name.content) {
            true if self.text[start..].starts_with(key) => key.len(),
            true => name.span.len(),
            false => 1,
        };
        let related = Some(start..(start + length).min(self.text.len()));
        self.errors.push(SyntaxError {
            related,
            is_duplicate: true,
            key: Some(path),
            ..SyntaxError::new(name.span.clone(), message)
        });
    }

    fn path(&self, names: &[Name]) -> String {
        let mut whole = String::new();
        for name in names {
            path::push_key(&mut whole, self.builder.slice(name.content));
        }
        whole
    }
}

/// How many blanks a text begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}
