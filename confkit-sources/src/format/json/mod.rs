//! JSON, JSON with comments, and JSON5: one reader, whose dialects differ in what they allow.
//!
//! Text becomes nodes without tokens in between; a published parser's tokens alone cost as much as
//! the whole may (`docs/design/0011-own-json-reader.md`).

mod escapes;
mod messages;
mod numbers;
mod reader;
mod scan;
mod strings;

use self::reader::Reader;
use super::SyntaxError;
use crate::document::Parts;

/// What is allowed beyond JSON. Every rule is said for every dialect.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    /// The dialect's name in messages.
    name: &'static str,
    /// `// …` and `/* … */`.
    comments: bool,
    trailing_commas: bool,
    /// Keys that are identifiers, without quotation marks.
    bare_keys: bool,
    single_quotes: bool,
    /// `0xFF`.
    hexadecimal: bool,
    plus_sign: bool,
    /// `.5` and `5.`.
    open_fractions: bool,
    /// `Infinity` and `NaN`.
    non_finite: bool,
    /// `\v`, `\0`, `\x41`, `\` at a line's end, and any other character after a backslash.
    free_escapes: bool,
    /// Control characters in strings, line ends aside.
    raw_controls: bool,
    /// Blanks of ECMAScript and Unicode besides JSON's four.
    free_blanks: bool,
}

impl Dialect {
    /// RFC 8259.
    pub(super) const JSON: Self = Self {
        name: "JSON",
        comments: false,
        trailing_commas: false,
        bare_keys: false,
        single_quotes: false,
        hexadecimal: false,
        plus_sign: false,
        open_fractions: false,
        non_finite: false,
        free_escapes: false,
        raw_controls: false,
        free_blanks: false,
    };
    /// As editors read their settings.
    pub(super) const JSONC: Self =
        Self { name: "JSON with comments", comments: true, trailing_commas: true, ..Self::JSON };
    /// JSON5 1.0.
    pub(super) const JSON5: Self = Self {
        name: "JSON5",
        comments: true,
        trailing_commas: true,
        bare_keys: true,
        single_quotes: true,
        hexadecimal: true,
        plus_sign: true,
        open_fractions: true,
        non_finite: true,
        free_escapes: true,
        raw_controls: true,
        free_blanks: true,
    };
}

/// Reads a document in a dialect.
pub(super) fn read(dialect: Dialect, text: &str) -> Result<Parts, Vec<SyntaxError>> {
    let (parts, mistakes) = Reader::new(dialect, text).read();
    if mistakes.is_empty() { Ok(parts) } else { Err(messages::translate(dialect, text, mistakes)) }
}
