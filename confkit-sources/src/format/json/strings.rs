//! Keys and strings in quotation marks.

use super::messages::Fault;
use super::reader::{Last, Quoted, Reader};
use super::{escapes, scan};
use crate::document::Text;

impl Reader<'_> {
    /// Finds the quotation mark that ends a key or string, if double ones are around it and nothing in
    /// it has to be decoded.
    #[inline]
    pub(super) fn plain_string(&self) -> Option<usize> {
        if self.bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        let end = scan::plain_end(self.bytes, self.at + 1, b'"');
        (self.bytes.get(end) == Some(&b'"')).then_some(end)
    }

    /// Reads a key or string from its quotation mark; `at` is the first byte that may not simply be
    /// part of it.
    pub(super) fn decoded_string(&mut self, quote: u8, mut at: usize) -> Quoted {
        let start = self.at;
        let mut decoded = String::new();
        let (mut from, mut told) = (start + 1, self.dialect.raw_controls);
        let closed = loop {
            match self.bytes.get(at) {
                Some(&byte) if byte == quote => break true,
                None | Some(b'\n' | b'\r') => break false,
                Some(b'\\') => {
                    decoded.push_str(&self.text[from..at]);
                    match escapes::read(&self.text[at..], self.dialect) {
                        Ok(escape) => {
                            decoded.extend(escape.stands_for);
                            at += escape.len;
                        }
                        Err((fault, length)) => {
                            self.fault(fault, at..at + length);
                            at += length;
                        }
                    }
                    from = at;
                }
                Some(byte) if *byte < b' ' => {
                    if !std::mem::replace(&mut told, true) {
                        self.fault(Fault::Control, at..at + 1);
                    }
                    at += 1;
                }
                Some(_) => at = scan::plain_end(self.bytes, at, quote),
            }
        };
        decoded.push_str(&self.text[from..at]);
        self.at = at + usize::from(closed);
        if !closed {
            self.fault(Fault::OpenQuote, start..start + 1);
            self.last = Last::Lost;
        } else if quote == b'\'' && !self.dialect.single_quotes {
            self.fault(Fault::SingleQuotes, start..self.at);
        }
        let is_written = decoded == self.text[start + 1..at];
        let text = if is_written { Text::Source(start + 1..at) } else { Text::Decoded(&decoded) };
        Quoted { content: self.builder.store(text), span: start..self.at }
    }
}
