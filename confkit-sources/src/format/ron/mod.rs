//! RON, from its crate. The crate judges the whole text and hands out each value as the part of the
//! text it stands in; we walk from part to part, so that every node knows its place.

mod messages;
mod value;

use std::ops::Range;

use ron::Options;
use ron::de::Deserializer;
use serde::Deserialize;

use self::messages::Fault;
use self::value::{Content, Inside, Key, Raw};
use super::{SyntaxError, one_for_a_line};
use crate::document::{Builder, MAX_DEPTH, NodeKind, Parts, Slice, Text};

/// The crate is slower than the readers of other formats, and reads each part several times.
pub(crate) const MAX_BYTES: usize = 1 << 20;
/// More than this many mistakes help nobody.
const MAX_ERRORS: usize = 100;
/// A value is looked at once for each level it stands on; such a multiple of the text is enough for
/// all that people write.
const MAX_WORK: usize = 8;

pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    if text.len() > MAX_BYTES {
        return Err(vec![SyntaxError::limit(0..0, "a RON document has at most 1 MiB")]);
    }
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = &text[start..];
    // Two steps of the crate's lead into a table: its braces, and the value behind the colon.
    let options = Options::default().with_recursion_limit(2 * MAX_DEPTH + 8);
    let refused = |error| vec![messages::translate(start, body, &error)];
    let mut whole = Deserializer::from_str_with_options(body, &options).map_err(refused)?;
    let Raw(raw) = Raw::deserialize(&mut whole).map_err(|error| refused(whole.span_error(error)))?;
    whole.end().map_err(|error| refused(whole.span_error(error)))?;

    let options = options.with_default_extension(whole.extensions());
    let mut reader = Reader {
        text,
        options,
        builder: Builder::new(text),
        most: Builder::most_nodes(text),
        work: most_work(text),
        errors: Vec::new(),
    };
    reader.root(raw);
    if reader.errors.is_empty() {
        return Ok(reader.builder.finish());
    }
    Err(one_for_a_line(text, reader.errors))
}

/// How many bytes of a text are looked at, those on several levels several times.
pub(crate) fn most_work(text: &str) -> usize {
    MAX_WORK * text.len() + (1 << 20)
}

struct Reader<'t> {
    text: &'t str,
    options: Options,
    builder: Builder<'t>,
    /// More nodes than this are not made for a text of this size.
    most: usize,
    /// How many bytes may still be looked at.
    work: usize,
    errors: Vec<SyntaxError>,
}

/// A name in front of brackets, and what stands in them.
struct Named<'t> {
    name: &'t str,
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn root(&mut self, raw: &'t str) {
        self.value(0, raw, 0);
        if self.errors.is_empty() && self.builder.kind(0) != NodeKind::Table {
            let span = self.range(raw);
            self.fault(Fault::NotATable, span);
        }
    }

    /// Where a part stands in the text.
    fn range(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let start = start.min(self.text.len());
        start..(start + part.len()).min(self.text.len())
    }

    #[cold]
    fn fault(&mut self, fault: Fault, span: Range<usize>) {
        if self.goes_on() {
            self.errors.push(messages::tell(fault, span));
        }
    }

    fn goes_on(&self) -> bool {
        self.errors.len() < MAX_ERRORS && !self.errors.last().is_some_and(|error| error.is_limit)
    }

    /// Reads a value into a node. `raw` begins with it, or with blanks and comments before it.
    fn value(&mut self, node: u32, raw: &'t str, depth: usize) {
        if !self.goes_on() {
            return;
        }
        let raw = value::trim_start(raw);
        let Some(work) = self.work.checked_sub(raw.len()) else {
            return self.fault(Fault::TooNested, self.start_of(raw));
        };
        self.work = work;
        if self.builder.len() > self.most {
            return self.fault(Fault::TooMany, self.start_of(raw));
        }
        if depth > MAX_DEPTH {
            return self.fault(Fault::TooDeep, self.start_of(raw));
        }
        match self.named(raw) {
            Some(Named { name, rest }) => self.word(node, raw, name, rest, depth),
            None => match self.content(raw) {
                Some((content, written)) => self.fill(node, content, written, depth),
                None => self.fault(Fault::Unread, self.start_of(raw)),
            },
        }
    }

    fn start_of(&self, part: &str) -> Range<usize> {
        let range = self.range(part);
        range.start..range.start + part.chars().next().map_or(0, char::len_utf8)
    }

    /// What the crate makes of the value at the beginning of a part, and how it is written.
    fn content(&self, part: &'t str) -> Option<(Content<'t>, &'t str)> {
        let mut value = Deserializer::from_str_with_options(part, &self.options).ok()?;
        let content = Inside::new(part).read(&mut value).ok()?;
        let written = &part[..part.len() - value.remainder().len()];
        Some((content, written))
    }

    /// The name with which a value begins.
    fn named(&self, part: &'t str) -> Option<Named<'t>> {
        let literals = ["b\"", "b'", "br\"", "br#", "r\"", "r#\"", "r##"];
        if literals.iter().any(|begin| part.starts_with(begin)) {
            return None;
        }
        if !part.starts_with(|c: char| c == '_' || c.is_alphabetic()) {
            return None;
        }
        let mut value = Deserializer::from_str_with_options(part, &self.options).ok()?;
        let name = value::identifier(&mut value)?;
        Some(Named { name, rest: value.remainder() })
    }

    /// A value that begins with a name: a word of RON, a variant, or the name of a struct.
    fn word(&mut self, node: u32, raw: &'t str, name: &'t str, rest: &'t str, depth: usize) {
        let span = self.range(&raw[..raw.len() - rest.len()]);
        let inner = value::trim_start(rest);
        if inner.starts_with("..") {
            return self.fault(Fault::Range, span);
        }
        if !inner.starts_with('(') {
            let (kind, text) = match name {
                "true" | "false" => (NodeKind::Bool, name),
                "None" => (NodeKind::Null, ""),
                "inf" | "inff32" | "inff64" => (NodeKind::Float, "inf"),
                "NaN" | "NaNf32" | "NaNf64" => (NodeKind::Float, "NaN"),
                _ => (NodeKind::String, name),
            };
            let text = self.builder.keep(text);
            return self.builder.fill(node, (kind, 0), text, span);
        }
        let Some((content, written)) = self.content(inner) else {
            return self.fault(Fault::Unread, span);
        };
        let whole = span.start..self.range(written).end;
        match content {
            // The name of a struct says nothing that its fields do not.
            Content::Entries(_) | Content::Nothing => self.fill(node, content, written, depth),
            Content::List(elements) if name == "Some" && elements.len() == 1 => {
                self.value(node, elements[0], depth);
                return;
            }
            Content::List(elements) => {
                self.builder.set_kind(node, NodeKind::Table);
                let key = self.builder.keep(name);
                let held = self.builder.push(node, Text::Stored(key), span.end - name.len(), NodeKind::Null);
                self.list(held, &elements, written, depth + 1);
            }
            _ => self.fault(Fault::Unread, span),
        }
        self.builder.set_span(node, whole);
    }

    fn fill(&mut self, node: u32, content: Content<'t>, written: &'t str, depth: usize) {
        let span = self.range(written);
        match content {
            Content::Nothing => {
                self.builder.set_kind(node, NodeKind::Table);
                self.builder.set_span(node, span);
            }
            Content::Single(kind, text) => {
                let number = matches!(kind, NodeKind::Integer | NodeKind::Float);
                let text = if number { value::as_written(written).unwrap_or(&text) } else { &text };
                let kind = if number && value::is_whole(text) { NodeKind::Integer } else { kind };
                let text = self.builder.keep(text);
                self.builder.fill(node, (kind, 0), text, span);
            }
            Content::Bytes(bytes) => {
                self.builder.set_kind(node, NodeKind::Array);
                self.builder.set_span(node, span.clone());
                for byte in bytes {
                    let digits = self.builder.store(Text::Decoded(&byte.to_string()));
                    let element =
                        self.builder.push(node, Text::Stored(Slice::default()), span.start, NodeKind::Null);
                    self.builder.fill(element, (NodeKind::Integer, 0), digits, span.clone());
                }
            }
            Content::List(elements) => self.list(node, &elements, written, depth),
            Content::Entries(entries) => self.table(node, &entries, span, depth),
            Content::Range => self.fault(Fault::Range, span),
        }
    }

    /// A list; of one value in parentheses there is only the value, as in a newtype.
    fn list(&mut self, node: u32, elements: &[&'t str], written: &'t str, depth: usize) {
        if let ([only], true) = (elements, written.starts_with('(')) {
            return self.value(node, only, depth);
        }
        let span = self.range(written);
        self.builder.set_kind(node, NodeKind::Array);
        self.builder.set_span(node, span);
        for element in elements {
            let at = self.range(element).start;
            let inside = self.builder.push(node, Text::Stored(Slice::default()), at, NodeKind::Null);
            self.value(inside, element, depth + 1);
            if !self.goes_on() {
                return;
            }
        }
    }

    fn table(&mut self, node: u32, entries: &[(&'t str, &'t str)], span: Range<usize>, depth: usize) {
        self.builder.set_kind(node, NodeKind::Table);
        self.builder.set_span(node, span);
        for (key, value) in entries {
            let Some(Key { content, span }) = self.key(key) else {
                let span = self.start_of(value::trim_start(key));
                self.fault(Fault::BadKey, span);
                continue;
            };
            if let Some(first) = self.builder.find(node, content) {
                let first = self.builder.key_at(first);
                let related = first..first + span.len();
                self.errors.push(SyntaxError::duplicate(self.text, span.clone(), Some(related)));
            }
            let inside = self.builder.push(node, Text::Stored(content), span.start, NodeKind::Null);
            self.value(inside, value, depth + 1);
            if !self.goes_on() {
                return;
            }
        }
    }

    /// A key: a field's name, or a single value.
    fn key(&mut self, raw: &'t str) -> Option<Key> {
        let raw = value::trim_start(raw);
        if let Some(Named { name, rest }) = self.named(raw) {
            let is_alone = value::trim_start(rest).is_empty();
            let at = self.range(name);
            return is_alone.then(|| Key { content: self.builder.keep(name), span: at });
        }
        let (content, written) = self.content(raw)?;
        let Content::Single(_, text) = content else { return None };
        let mut span = self.range(written);
        let content = self.builder.keep(&text);
        // Marks of raw text are no part of the key's place, which begins where the text does.
        if !written.starts_with(['"', '\'']) && written.contains('"') {
            span = self.range(&written[written.find('"')?..]);
        }
        Some(Key { content, span })
    }
}
