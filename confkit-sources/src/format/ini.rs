//! INI: sections in brackets, a key and its value on each line.

mod below;

use std::ops::Range;

use super::SyntaxError;
use super::untyped::{self, BEHIND_QUOTE, Fault, NO_KEY, Name, QUOTED_KEY, Stems, Untyped, Way, blanks};
use crate::document::{MAX_DEPTH, Parts, Text};

const NO_SEPARATOR: Fault =
    Fault("the `=` between key and value is missing", Some("write `key = value`, each in one line"));
const LIST_KEY: Fault =
    Fault("a list is one value", Some("write `key = a, b` in one line, without the `[]`"));
const COMMENT: Fault = Fault(
    "this may be a comment or a part of the value",
    Some("put the value in quotation marks, or the comment on a line of its own"),
);
const CONTINUED: Fault = Fault(
    "a value does not go on in the next line",
    Some("write it in one line; if it ends with a backslash, put it in '…'"),
);
const OPEN_HEADER: Fault =
    Fault("the `]` that ends the section's name is missing", Some("write `[section]`"));
const NO_NAME: Fault = Fault("a section's name is missing", Some("write `[section]`, or `[section.inner]`"));
const LIST_HEADER: Fault = Fault("INI has no lists of sections", Some("write `[section]`"));
const STRAY: Fault = Fault(
    "this does not belong into a section's name",
    Some("write `[section]`, or `[section \"any name\"]`"),
);
const BEHIND_HEADER: Fault =
    Fault("this stands behind the section's name", Some("write keys on lines of their own"));

/// What a backslash may stand before, between double quotation marks.
const ESCAPES: [(char, char); 6] =
    [('"', '"'), ('\\', '\\'), ('n', '\n'), ('r', '\r'), ('t', '\t'), ('\'', '\'')];

pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    untyped::read_with_stems(
        text,
        |untyped, stems| Reader::new(untyped, stems).lines(),
        |untyped, names: &Vec<String>| {
            names.iter().map(|name| untyped.decoded_name(Text::Decoded(name), 0..0)).collect()
        },
    )
}

struct Reader<'r, 't> {
    untyped: &'r mut Untyped<'t>,
    text: &'t str,
    /// Where the next line begins.
    at: usize,
    /// The names of the section, with room for a key.
    section: Vec<Name>,
    /// `None` below a header that cannot be understood.
    table: Option<u32>,
    /// Known when the text is read a second time.
    stems: Option<&'r Stems<'r>>,
    /// The names of keys that were found to be stems of sections above.
    below: Vec<Vec<String>>,
}

impl<'r, 't> Reader<'r, 't> {
    fn new(untyped: &'r mut Untyped<'t>, stems: Option<&'r Stems<'r>>) -> Self {
        let (text, at) = (untyped.text, untyped.start());
        Self { untyped, text, at, section: Vec::new(), table: Some(0), stems, below: Vec::new() }
    }

    /// Reads all lines; the names of keys that are stems of sections above.
    fn lines(mut self) -> Vec<Vec<String>> {
        while self.untyped.goes_on() {
            let (line, next) = self.untyped.line(self.untyped.content(self.at));
            self.at = next;
            match self.text.as_bytes()[line.clone()].first() {
                None => break,
                Some(b';' | b'#') => {}
                Some(_) if !self.untyped.is_clean(line.clone()) => {}
                Some(b'[') => self.header(&line),
                Some(_) => self.entry(line),
            }
        }
        self.below
    }

    fn header(&mut self, line: &Range<usize>) {
        self.section.clear();
        self.table = match self.names(line) {
            Some(end) if self.is_end(end, line.end) => self.section_table(),
            Some(end) => {
                let stray = end + blanks(&self.text[end..line.end]);
                self.untyped.fault(&BEHIND_HEADER, stray..line.end);
                None
            }
            None => None,
        };
    }

    /// The section's table. What comes behind a key with a value stays in one name with it.
    fn section_table(&mut self) -> Option<u32> {
        let names = self.section.iter().map(|name| self.untyped.text_of(name));
        let stem = self.stems.and_then(|stems| stems.shortest(names));
        if let Some(stem) = stem.filter(|_| self.section.len() < MAX_DEPTH) {
            self.join(stem);
        }
        match self.untyped.way(&self.section)? {
            Way::Table(table) => Some(table),
            Way::Value { at, .. } => {
                self.join(at);
                self.untyped.table(&self.section)
            }
        }
    }

    fn join(&mut self, stem: usize) {
        let joined = self.untyped.joined_name(&self.section[stem..]);
        self.section.truncate(stem);
        self.section.push(joined);
    }

    /// Reads the names between the brackets; where what is behind them begins.
    fn names(&mut self, line: &Range<usize>) -> Option<usize> {
        let text = self.text;
        let mut at = line.start + 1;
        if text[at..line.end].starts_with('[') {
            self.untyped.fault(&LIST_HEADER, line.start..at + 1);
            return None;
        }
        loop {
            at += blanks(&text[at..line.end]);
            let is_quoted = text[at..line.end].starts_with('"');
            at = if is_quoted { self.quoted_name(at, line.end)? } else { self.bare_name(at, line)? };
            at += blanks(&text[at..line.end]);
            match text[at..line.end].chars().next() {
                // So many names are too deep, whatever they are.
                _ if self.section.len() > MAX_DEPTH => return Some(line.end),
                Some(']') => return Some(at + 1),
                Some('.') => at += 1,
                Some('"') if !is_quoted => {}
                Some(c) => {
                    self.untyped.fault(&STRAY, at..at + c.len_utf8());
                    return None;
                }
                None => {
                    self.untyped.fault(&OPEN_HEADER, line.start..line.start + 1);
                    return None;
                }
            }
        }
    }

    fn bare_name(&mut self, at: usize, line: &Range<usize>) -> Option<usize> {
        let rest = &self.text[at..line.end];
        let name = rest[..rest.find(['.', '"', ']']).unwrap_or(rest.len())].trim_end_matches([' ', '\t']);
        let fault = match name.chars().next() {
            None if rest.is_empty() => (&OPEN_HEADER, line.start..line.start + 1),
            None => (&NO_NAME, at..at + 1),
            Some('\'') => (&STRAY, at..at + 1),
            Some(_) => {
                let name = self.untyped.name(at..at + name.len());
                let end = name.span.end;
                self.section.push(name);
                return Some(end);
            }
        };
        self.untyped.fault(fault.0, fault.1);
        None
    }

    fn quoted_name(&mut self, at: usize, limit: usize) -> Option<usize> {
        let quoted = self.untyped.quoted(at, limit, &ESCAPES)?;
        if quoted.is_empty() {
            self.untyped.fault(&NO_NAME, at..quoted.end);
            return None;
        }
        let name = self.untyped.decoded_name(quoted.content(), at..quoted.end);
        self.section.push(name);
        Some(quoted.end)
    }

    fn entry(&mut self, line: Range<usize>) {
        let rest = &self.text[line.clone()];
        let Some(separator) = rest.find(['=', ':']) else {
            return self.untyped.fault(&NO_SEPARATOR, line.start..line.start + rest.trim_end().len());
        };
        let key = rest[..separator].trim_end_matches([' ', '\t']);
        let span = line.start..line.start + key.len();
        if key.is_empty() {
            return self.untyped.fault(&NO_KEY, line.start..line.start + 1);
        } else if key.starts_with(['"', '\'']) {
            return self.untyped.fault(&QUOTED_KEY, span);
        } else if key.ends_with("[]") {
            return self.untyped.fault(&LIST_KEY, span);
        }
        let value = line.start + separator + 1..line.end;
        let begins = value.start + blanks(&self.text[value.clone()]);
        let name = self.untyped.name(span);
        self.section.push(name);
        if self.text[begins..line.end].starts_with(['"', '\'']) {
            self.quoted(begins, line.end);
        } else {
            self.plain(&value, begins);
        }
        self.section.pop();
    }

    fn quoted(&mut self, start: usize, limit: usize) {
        let Some(quoted) = self.untyped.quoted(start, limit, &ESCAPES) else { return };
        if self.is_end(quoted.end, limit) {
            self.set(quoted.content(), start..quoted.end);
        } else {
            self.untyped.fault(&BEHIND_QUOTE, quoted.end..limit);
        }
    }

    fn set(&mut self, value: Text<'_>, span: Range<usize>) {
        if let Some(table) = self.table
            && let Err(first) = self.untyped.put(table, &self.section, value, span)
        {
            if self.stems.is_none() && self.untyped.is_table(first) {
                let names = self.section.iter().map(|name| self.untyped.text_of(name).to_owned());
                self.below.push(names.collect());
            } else {
                self.untyped.set_before(&self.section, first);
            }
        }
    }

    /// Whether a line has nothing more but a comment.
    fn is_end(&self, at: usize, end: usize) -> bool {
        let rest = self.text[at..end].trim_start_matches([' ', '\t']);
        rest.is_empty() || rest.starts_with([';', '#'])
    }
}
