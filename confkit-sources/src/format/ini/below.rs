//! What stands below a key, indented deeper than it: more of its value.

use std::ops::Range;

use super::{COMMENT, CONTINUED, Fault, Reader};
use crate::document::Text;
use crate::format::untyped::blanks;

const KEY_OR_VALUE: Fault = Fault(
    "this may be a key of its own or more of the value above",
    Some("indent it as the key above, or begin that value below its key"),
);

/// A value in the making, line by line.
pub(super) struct Lines {
    /// Of the value as it is written, from its first line on.
    span: Range<usize>,
    /// The text; empty while there is one line.
    text: String,
    is_sound: bool,
    /// Whether nothing stands behind the separator: then all lines below are text.
    is_block: bool,
}

impl Reader<'_, '_> {
    /// A value without quotation marks: the rest of the line, and what is indented deeper below.
    pub(super) fn plain(&mut self, value: &Range<usize>, begins: usize) {
        let key = self.indentation(self.line_start(value.start));
        let mut lines = Lines::new(self.trimmed(begins..value.end));
        lines.is_sound = self.has_no_comment(value.clone());
        while let Some((line, empty)) = self.line_below(key) {
            self.check_below(&line, &mut lines);
            lines.push(self.text, self.trimmed(line), empty);
        }
        if self.ends_with_backslash(&lines.span) {
            self.untyped.fault(&CONTINUED, lines.span.end - 1..lines.span.end);
        } else if lines.is_sound {
            let span = lines.span.clone();
            self.set(lines.content(), span);
        }
    }

    /// Passes a line that belongs to the value above, with how many empty ones stand before it.
    /// Comments may stand in between.
    fn line_below(&mut self, key: usize) -> Option<(Range<usize>, usize)> {
        let (mut at, mut empty) = (self.at, 0);
        loop {
            let content = self.untyped.content(at);
            let (line, next) = self.untyped.line(content);
            let start = self.line_start(content).max(at);
            empty += self.text[at..start].matches('\n').count();
            match self.text.as_bytes()[line.clone()].first()? {
                b';' | b'#' => at = next,
                _ if self.indentation(start) <= key => return None,
                _ => {
                    self.at = next;
                    return Some((line, empty));
                }
            }
        }
    }

    fn check_below(&mut self, line: &Range<usize>, lines: &mut Lines) {
        let text = &self.text[line.clone()];
        let is_clean = self.untyped.is_clean(line.clone());
        let is_other = text.starts_with('[') || (!lines.is_block && is_key(text));
        if is_clean && is_other {
            self.untyped.fault(&KEY_OR_VALUE, line.start..line.start + text.trim_end().len());
        } else if is_clean && !lines.is_block && self.ends_with_backslash(&lines.span) {
            self.untyped.fault(&CONTINUED, lines.span.end - 1..lines.span.end);
        } else if is_clean && self.has_no_comment(line.clone()) {
            return;
        }
        lines.is_sound = false;
    }

    /// Whether no mark of a comment stands behind a blank; says where one does.
    fn has_no_comment(&mut self, range: Range<usize>) -> bool {
        let bytes = &self.text.as_bytes()[range.clone()];
        let is_mark = |pair: &[u8]| matches!(pair, [b' ' | b'\t', b';' | b'#']);
        let Some(at) = bytes.windows(2).position(is_mark) else { return true };
        let at = range.start + at + 1;
        self.untyped.fault(&COMMENT, at..at + 1);
        false
    }

    fn ends_with_backslash(&self, span: &Range<usize>) -> bool {
        let backslashes = self.text[span.clone()].bytes().rev().take_while(|byte| *byte == b'\\').count();
        backslashes % 2 == 1
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let length = self.text[range.clone()].trim_end_matches([' ', '\t']).len();
        range.start..range.start + length
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(self.untyped.start(), |newline| newline + 1)
    }

    fn indentation(&self, line: usize) -> usize {
        blanks(&self.text[line..])
    }
}

impl Lines {
    fn new(first: Range<usize>) -> Self {
        Self { is_block: first.is_empty(), span: first, text: String::new(), is_sound: true }
    }

    fn push(&mut self, text: &str, line: Range<usize>, empty: usize) {
        if self.text.is_empty() {
            self.text.push_str(&text[self.span.clone()]);
        }
        self.text.extend(std::iter::repeat_n('\n', empty + 1));
        self.text.push_str(&text[line.clone()]);
        self.span.end = line.end;
    }

    fn content(&self) -> Text<'_> {
        if self.text.is_empty() { Text::Source(self.span.clone()) } else { Text::Decoded(&self.text) }
    }
}

/// Whether a line begins as a key does, with a name and a separator.
fn is_key(line: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let rest = line.trim_start_matches(is_name);
    rest.len() < line.len() && rest.trim_start_matches([' ', '\t']).starts_with(['=', ':'])
}
