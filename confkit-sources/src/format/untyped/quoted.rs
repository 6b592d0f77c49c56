//! Values and names in quotation marks.

use super::{Fault, Untyped};
use crate::document::Text;

pub(in super::super) const OPEN_QUOTE: Fault =
    Fault("the quotation mark is never closed", Some("a value that begins with one ends with one"));
const ESCAPE: Fault =
    Fault("there is no such escape sequence", Some("write `\\\\` for a backslash, or use '…'"));

/// Text in quotation marks that stood at `start`.
pub(in super::super) struct Quoted {
    start: usize,
    /// Behind the closing mark.
    pub(in super::super) end: usize,
    /// The content, where it is not simply what stands between the marks.
    decoded: Option<String>,
}

impl Quoted {
    pub(in super::super) fn content(&self) -> Text<'_> {
        self.decoded.as_deref().map_or(Text::Source(self.start + 1..self.end - 1), Text::Decoded)
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.end == self.start + 2
    }
}

impl Untyped<'_> {
    /// Reads from a quotation mark up to its second one, at most to `limit`. Between single marks
    /// text is taken as it is, between double ones a backslash begins one of the `escapes`.
    /// Lines in it end with `\n`, whatever the file has.
    pub(in super::super) fn quoted(
        &mut self,
        start: usize,
        limit: usize,
        escapes: &[(char, char)],
    ) -> Option<Quoted> {
        let text = self.text;
        let quote = text[start..].chars().next()?;
        let stops = if quote == '"' { [b'"', b'\\', b'\r'] } else { [b'\'', b'\'', b'\r'] };
        let next = |at: usize| text.as_bytes()[at..limit].iter().position(|byte| stops.contains(byte));
        let (mut decoded, mut from, mut at) = (String::new(), start + 1, start + 1);
        while let Some(offset) = next(at) {
            at += offset;
            let rest = &text[at..limit];
            if rest.starts_with(quote) {
                let is_written = from == start + 1;
                decoded.push_str(&text[from..at]);
                return Some(Quoted { start, end: at + 1, decoded: (!is_written).then_some(decoded) });
            }
            if rest.starts_with("\r\n") {
                decoded.push_str(&text[from..at]);
                while text[at..limit].starts_with("\r\n") {
                    decoded.push('\n');
                    at += 2;
                }
                from = at;
            } else if let Some(behind) = rest.strip_prefix('\\') {
                decoded.push_str(&text[from..at]);
                let escaped = behind.chars().next();
                match escapes.iter().find(|(written, _)| Some(*written) == escaped) {
                    Some((_, meant)) => decoded.push(*meant),
                    None => self.fault(&ESCAPE, at..at + 1),
                }
                // An end of line is no part of an escape.
                at += 1 + escaped.filter(|&c| c != '\r' && c != '\n').map_or(0, char::len_utf8);
                from = at;
            } else {
                at += 1;
            }
        }
        self.fault(&OPEN_QUOTE, start..start + 1);
        None
    }
}
