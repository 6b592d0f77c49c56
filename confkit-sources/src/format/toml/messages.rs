//! What is wrong in our own words: the parser's are told by kind and never shown.

use std::ops::Range;

use toml_parser::decoder::{IntegerRadix, ScalarKind};
use toml_parser::{ParseError, Span};

use super::super::{SyntaxError, path_of_key};
use super::MAX_DEPTH;

const DUPLICATE: &str = "duplicate";
const CLOSED: &str = "closed";
const TOO_DEEP: &str = "too deep";
const TOO_MANY: &str = "too many values";
const BAD_DATE: &str = "bad date";
/// The line behind such a mistake is most likely the rest of the text.
const OPEN_QUOTE: &str = "the quotation mark is never closed";

/// What those write who know other formats.
const COLON: (&str, Option<&str>) =
    ("the `=` between key and value is missing", Some("write `key = value`, not `key: value`"));

/// A key that is there already.
pub(super) fn duplicate(key: Span, first: Span) -> ParseError {
    ParseError::new(DUPLICATE).with_unexpected(key).with_context(first)
}

/// A key that goes into something closed: a value, a list or a table in braces.
pub(super) fn closed(key: Span, first: Span) -> ParseError {
    ParseError::new(CLOSED).with_unexpected(key).with_context(first)
}

pub(super) fn too_deep(at: Span) -> ParseError {
    ParseError::new(TOO_DEEP).with_unexpected(at)
}

pub(super) fn too_many_values(at: usize) -> ParseError {
    ParseError::new(TOO_MANY).with_unexpected(Span::new_unchecked(at, at))
}

pub(super) fn bad_date(at: Span) -> ParseError {
    ParseError::new(BAD_DATE).with_unexpected(at)
}

pub(super) fn bad_number(at: Span) -> ParseError {
    ParseError::new(ScalarKind::Integer(IntegerRadix::Dec).invalid_description()).with_unexpected(at)
}

/// Whether what follows can only be misread: something was never closed, or a limit passed.
pub(super) fn is_beyond_repair(errors: &[ParseError]) -> bool {
    errors.iter().any(ends_reading)
}

fn ends_reading(error: &ParseError) -> bool {
    matches!(error.description(), TOO_DEEP | TOO_MANY)
        || (error.description().starts_with("unclosed") && !error.description().ends_with("table"))
        || error.description() == "unclosed inline table"
}

/// The errors in the order of the text, one for a line, none behind one that ends the reading.
pub(super) fn translate(text: &str, mut errors: Vec<ParseError>) -> Vec<SyntaxError> {
    errors.sort_by_key(|error| span(error).start);
    let end = errors.iter().position(ends_reading).map_or(errors.len(), |last| last + 1);
    let mut translated: Vec<SyntaxError> = Vec::new();
    for error in &errors[..end] {
        let error = translate_one(text, error);
        let same_line = translated.last().is_some_and(|last| {
            let between = last.span.start.min(text.len())..error.span.start.min(text.len());
            !text.as_bytes()[between].contains(&b'\n')
        });
        let behind_quote = translated.last().is_some_and(|last| {
            let between = last.span.start.min(text.len())..error.span.start.min(text.len());
            let line = text[..between.end].rfind('\n').map_or(0, |end| end + 1);
            last.message == OPEN_QUOTE
                && text[between].matches('\n').count() == 1
                && text[line..].lines().next().is_some_and(|line| line.contains(['"', '\'']))
        });
        if !same_line && !behind_quote {
            translated.push(error);
        }
    }
    translated
}

fn span(error: &ParseError) -> Range<usize> {
    let span = error.unexpected().or(error.context()).unwrap_or_default();
    span.start()..span.end().max(span.start())
}

fn translate_one(text: &str, error: &ParseError) -> SyntaxError {
    let mut span = span(error);
    let description = error.description();
    if description == TOO_DEEP {
        let message = format!("values are nested deeper than {MAX_DEPTH} levels");
        return SyntaxError::limit(span, message);
    }
    if description == TOO_MANY {
        return SyntaxError::limit(span, "the document holds too many values for its size");
    }
    if matches!(description, DUPLICATE | CLOSED) {
        return repeated(text, error, span);
    }
    if description == BAD_DATE {
        return SyntaxError::new(span, "this date or time does not exist");
    }
    if description == "string values must be quoted" || description == "missing opening quote" {
        // The whole value, not only where the quotation mark is missing.
        span = error.context().map_or(span, |context| context.start()..context.end());
        let value = text.get(span.clone()).unwrap_or_default().trim();
        if value.is_empty() {
            return missing_value(span);
        }
        if value.starts_with(|c: char| c.is_ascii_digit()) {
            return SyntaxError::new(
                span,
                "this is neither a number nor a date; perhaps a `,` or a line break is missing",
            );
        }
    }
    let word = text.get(span.clone()).unwrap_or_default();
    let value = error.context().and_then(|context| text.get(context.start()..context.end()));
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let (message, help) = match value.unwrap_or(word).trim() {
        text if text.contains(is_control) && !description.contains("comment") => {
            ("a control character stands here", Some("write it as an escape such as `\\u0007`"))
        }
        "null" | "nil" | "none" | "None" => ("TOML has no word for nothing", Some("leave the key out")),
        key if description == "invalid unquoted key" && key.contains(':') => COLON,
        _ if description == "key with no value" && behind(text, &span).starts_with(':') => COLON,
        _ => words(description),
    };
    SyntaxError { help: help.map(str::to_owned), ..SyntaxError::new(span, message) }
}

/// What stands where a mistake begins, and behind it.
fn behind<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    text.get(span.start..).unwrap_or_default().trim_start()
}

fn missing_value(span: Range<usize>) -> SyntaxError {
    let (message, help) = words("missing value");
    SyntaxError { help: help.map(str::to_owned), ..SyntaxError::new(span, message) }
}

fn repeated(text: &str, error: &ParseError, span: Range<usize>) -> SyntaxError {
    let key = path_of_key(text.get(span.clone()).unwrap_or_default());
    let message = if error.description() == DUPLICATE {
        format!("`{key}` is set twice")
    } else {
        format!("`{key}` is a complete value and cannot be extended")
    };
    SyntaxError {
        related: error.context().map(|first| first.start()..first.end()),
        is_duplicate: true,
        key: Some(key),
        ..SyntaxError::new(span, message)
    }
}

/// The parser's kinds of mistake, as someone needs to hear them.
fn words(description: &str) -> (&'static str, Option<&'static str>) {
    match description {
        "string values must be quoted" => {
            ("text has to stand in quotation marks", Some("write `key = \"…\"`"))
        }
        "missing value" | "missing value for key" | "key with no value" => {
            ("the value is missing", Some("write `key = value`"))
        }
        "missing assignment between key-value pairs" | "invalid key-value pair" => {
            ("the `=` between key and value is missing", None)
        }
        "extra `=`" => ("there is one `=` too many", None),
        "unclosed array" => ("this `[` is never closed", Some("add the `]` that is missing")),
        "unclosed inline table" => ("this `{` is never closed", Some("add the `}` that is missing")),
        "unclosed table" => ("the `]` that ends the table's name is missing", None),
        "unclosed array table" => ("the `]]` that ends the table's name is missing", None),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            ("a `,` is missing", None)
        }
        "extra comma in array" | "extra comma in inline table" => ("there is one `,` too many", None),
        "invalid unquoted key" => {
            ("this key needs quotation marks", Some("bare keys consist of A-Z, a-z, 0-9, `_` and `-`"))
        }
        "unquoted keys cannot be empty" | "missing key for inline table element" => {
            ("the key is missing", None)
        }
        "unexpected leading zero" => {
            ("a number cannot begin with zero", Some("put text such as a code in quotation marks"))
        }
        "`_` may only go between digits" => ("a `_` in a number has to stand between digits", None),
        "radix must be lowercase" => ("write `0x`, `0o` or `0b` in lower case", None),
        "integers with a radix cannot be signed" => ("a number with `0x`, `0o` or `0b` has no sign", None),
        "redundant numeric sign" | "unexpected sign" => ("there is one sign too many", None),
        "carriage return must be followed by newline" => ("a carriage return stands alone", None),
        "invalid comment character" => ("the comment contains a control character", None),
        "missing escaped value" | "too few unicode value digits" => (
            "this escape sequence does not exist or is not complete",
            Some("write `\\\\` for a backslash, or use '…'"),
        ),
        d if d.contains("escape") => {
            ("there is no such escape sequence", Some("write `\\\\` for a backslash, or use '…'"))
        }
        d if d.contains("string") || d.contains("quote") => (OPEN_QUOTE, None),
        d if d.contains("float") || d.contains("integer") || d.contains("number") => {
            ("this is not a number", None)
        }
        d if d.contains("boolean") => ("write `true` or `false`", None),
        d if d.contains("date") => ("this is not a date or time", None),
        _ => ("this does not belong here", None),
    }
}
