//! Places for documents whose parser tells none. A place is told where it cannot be wrong: a key that
//! the text has once as a key, and the tree once, is the same one.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use super::build::{Builder, Text};
use super::serialize::write_root;
use super::{Document, NodeKind, SerializeError};
use crate::format::{Format, FormatText};

impl Document {
    /// Makes a document of a value that some parser has read from a text, with the places that can be
    /// told from the text itself.
    ///
    /// A key has a place where the text has it once in front of a separator of the format, outside of
    /// comments and quotation marks, and the value has it once. Its value has one where it stands
    /// behind the separator as it is. Whatever else has no place is shown as being somewhere in the
    /// document. Absent fields (`None`) are left out.
    ///
    /// # Errors
    ///
    /// Those of [`serialized`](Self::serialized).
    ///
    /// # Example
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use confkit_sources::{CustomFormat, Document, Format, OriginKind};
    ///
    /// static PAIRS: CustomFormat = CustomFormat::new("pairs", &["pairs"], |text| {
    ///     let pairs = text.text().lines().filter_map(|line| line.split_once('='));
    ///     Ok(Document::located(text, &pairs.collect::<BTreeMap<_, _>>())?)
    /// });
    /// let text = "host=db\nport=80".to_owned();
    /// let document = Format::Custom(&PAIRS).read(OriginKind::File, "app.pairs", text).unwrap();
    /// assert_eq!(document.root().get("port").unwrap().origin().to_string(), "app.pairs:2:6");
    /// ```
    pub fn located<T: Serialize + ?Sized>(text: &FormatText<'_>, value: &T) -> Result<Self, SerializeError> {
        let mut builder = Builder::new("");
        write_root(&mut builder, value)?;
        let places = places(&builder, text.text(), Format::Custom(text.format()));
        for node in (0..).take(builder.len()) {
            builder.set_nowhere(node);
        }
        for Place { node, key, quoted, value } in places {
            let at = key.start - usize::from(quoted);
            builder.set_key(node, Text::Source(key), at);
            if let Some(value) = value {
                builder.set_span(node, value);
            }
        }
        let document =
            builder.finish().into_document(text.origin_kind(), text.name(), text.text().to_owned());
        Ok(Self { in_part: true, ..document })
    }
}

/// Where a node's key stands, and its value where that is told.
struct Place {
    node: u32,
    key: Range<usize>,
    quoted: bool,
    value: Option<Range<usize>>,
}

/// What has one place in the text.
fn places(builder: &Builder<'_>, text: &str, format: Format) -> Vec<Place> {
    let written = keys(text, format);
    let mut nodes = HashMap::<&str, Option<u32>>::new();
    // The root has no key.
    for node in (1..).take(builder.len().saturating_sub(1)) {
        nodes.entry(builder.key(node)).and_modify(|found| *found = None).or_insert(Some(node));
    }
    let place = |(key, node): (&str, Option<u32>)| {
        let (node, found) = (node?, written.get(key)?.as_ref()?);
        let value = value(builder, node, (text, format), found.behind);
        Some(Place { node, key: found.key.clone(), quoted: found.quoted, value })
    };
    nodes.into_iter().filter_map(place).collect()
}

/// The value behind a separator, which may have several characters, if the node's text stands there
/// as it is.
fn value(
    builder: &Builder<'_>,
    node: u32,
    (text, format): (&str, Format),
    behind: usize,
) -> Option<Range<usize>> {
    if matches!(builder.kind(node), NodeKind::Table | NodeKind::Array | NodeKind::Null) {
        return None;
    }
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    let start = |part: &str| text.len() - part.len();
    let whole = text[behind..].trim_start_matches(|c| is_blank(c) || format.separators().contains(&c));
    verbatim(builder.text(node), text, start(text[behind..].trim_start_matches(is_blank)))
        .or_else(|| verbatim(builder.text(node), text, start(whole)))
}

/// Where a value ends that begins at a byte and stands there as it is, perhaps in quotation marks.
fn verbatim(value: &str, text: &str, start: usize) -> Option<Range<usize>> {
    let quote = text[start..].chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = start + quote.map_or(0, char::len_utf8);
    let rest = text[inner..].strip_prefix(value)?;
    let end = text.len() - rest.len();
    if let Some(quote) = quote {
        return rest.starts_with(quote).then(|| start..end + quote.len_utf8());
    }
    let goes_on = |c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | ']' | '}');
    (end > start && !rest.starts_with(goes_on)).then_some(start..end)
}

/// A key in a text, without quotation marks, and where the separator behind it ends.
struct Written {
    key: Range<usize>,
    quoted: bool,
    behind: usize,
}

/// Every text that stands in front of a separator; nothing for one that does so several times.
fn keys(text: &str, format: Format) -> HashMap<&str, Option<Written>> {
    let mut keys = HashMap::<&str, Option<Written>>::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let (length, inner) = if let Some(length) = comment_len(rest, format.comments()) {
            (length, None)
        } else if matches!(c, '"' | '\'') {
            match quoted_len(rest, c) {
                Some(length) => (length, Some(at + 1..at + length - 1)),
                None => (1, None),
            }
        } else {
            let length = rest.find(|c| ends_word(c, format)).unwrap_or(rest.len());
            (length.max(c.len_utf8()), (length > 0).then(|| at..at + length))
        };
        at += length;
        let Some(key) = inner else { continue };
        let behind = text.len() - text[at..].trim_start_matches([' ', '\t']).len();
        let separator = text[behind..].chars().next().filter(|c| format.separators().contains(c));
        if let Some(separator) = separator {
            let quoted = key.end < at;
            let written = Written { key: key.clone(), quoted, behind: behind + separator.len_utf8() };
            keys.entry(&text[key]).and_modify(|found| *found = None).or_insert(Some(written));
        }
    }
    keys
}

/// Whether a character is no part of a word.
fn ends_word(c: char, format: Format) -> bool {
    let is_mark = matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | ',' | ';' | '"');
    is_mark || c.is_whitespace() || format.separators().contains(&c)
}

/// The length of the comment that a text begins with.
fn comment_len(text: &str, comments: &[&str]) -> Option<usize> {
    let begin = comments.iter().find(|begin| text.starts_with(**begin))?;
    let end = if *begin == "/*" { text.find("*/").map(|end| end + 2) } else { text.find('\n') };
    Some(end.unwrap_or(text.len()))
}

/// The length of a text in quotation marks that end in the same line.
fn quoted_len(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
