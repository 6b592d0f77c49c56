//! What is wrong in our own words: the crate's are told by kind and never shown.

use std::ops::Range;

use ron::error::{Error, Position, SpannedError};

use super::super::{SyntaxError, brackets};
use super::MAX_DEPTH;

/// What the crate reads and settings cannot be.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    NotATable,
    BadKey,
    Range,
    Unread,
    TooDeep,
    TooMany,
    TooNested,
}

pub(super) fn tell(fault: Fault, span: Range<usize>) -> SyntaxError {
    let (message, help) = match fault {
        Fault::TooDeep => return too_deep(span),
        Fault::TooMany => {
            return SyntaxError::limit(span, "the document holds too many values for its size");
        }
        Fault::TooNested => {
            return SyntaxError::limit(span, "the document is nested too deeply for its size");
        }
        Fault::NotATable => ("settings have to stand in `(…)` or `{…}`", Some("write `(key: value, …)`")),
        Fault::BadKey => ("keys have to be single values", Some("write a name or text")),
        Fault::Range => ("a range is no setting", Some("write `(start: 1, end: 5)`")),
        Fault::Unread => ("this does not belong here", None),
    };
    with_help(span, message, help)
}

fn too_deep(span: Range<usize>) -> SyntaxError {
    SyntaxError::limit(span, format!("values are nested deeper than {MAX_DEPTH} levels"))
}

fn with_help(span: Range<usize>, message: impl Into<String>, help: Option<&str>) -> SyntaxError {
    SyntaxError { help: help.map(str::to_owned), ..SyntaxError::new(span, message) }
}

/// An error of the crate in a text that begins at a byte of the document.
pub(super) fn translate(start: usize, text: &str, error: &SpannedError) -> SyntaxError {
    let from = offset(text, error.span.start);
    let to = offset(text, error.span.end).max(from);
    let here = to..to + text[to..].chars().next().map_or(0, char::len_utf8);
    let shift = |span: Range<usize>| span.start + start..span.end + start;
    if matches!(error.code, Error::ExceededRecursionLimit) {
        return too_deep(shift(here));
    }
    // What was never closed is told where it begins, not where the text ends.
    if is_about_the_end(&error.code)
        && text[to..].trim().is_empty()
        && let Some((at, opened)) = brackets::unclosed(text, &["//"])
    {
        let message = format!("this `{opened}` is never closed");
        let help = format!("add the `{}` that is missing", brackets::closing(opened));
        return with_help(shift(at..at + 1), message, Some(&help));
    }
    let (message, help) = words(&error.code, text, to);
    let span = match error.code {
        Error::IntegerOutOfBounds | Error::InvalidEscape(_) | Error::NoSuchExtension(_) if from < to => {
            from..to
        }
        Error::ExpectedStringEnd => from..from + 1,
        Error::UnclosedBlockComment => text[..to].rfind("/*").map_or(here, |at| at..at + 2),
        _ => here,
    };
    with_help(shift(span), message, help)
}

fn is_about_the_end(error: &Error) -> bool {
    matches!(
        error,
        Error::Eof
            | Error::ExpectedComma
            | Error::ExpectedArrayEnd
            | Error::ExpectedMapEnd
            | Error::ExpectedStructLikeEnd
            | Error::ExpectedOptionEnd
            | Error::ExpectedMapColon
    )
}

fn words(error: &Error, text: &str, at: usize) -> (&'static str, Option<&'static str>) {
    match error {
        Error::Eof if super::value::trim_start(text).is_empty() => {
            ("the document is empty", Some("write `()` for no settings"))
        }
        Error::Eof => ("the document ends too early", None),
        Error::TrailingCharacters if text[at..].starts_with(['=', ':']) => {
            ("settings have to stand in `(…)` or `{…}`", Some("write `(key: value, …)`"))
        }
        Error::TrailingCharacters => {
            ("the document ends before this", Some("keep one `(…)`, with everything inside"))
        }
        Error::ExpectedComma if text[at..].starts_with(':') => (
            "a name has to stand in front of the `:`",
            Some("keys in `(…)` are names; write `{\"any key\": value}` for others"),
        ),
        Error::ExpectedComma => ("the comma before this is missing", None),
        Error::ExpectedMapColon => ("the `:` between key and value is missing", Some("write `key: value`")),
        Error::ExpectedArrayEnd => ("the `]` before this is missing", None),
        Error::ExpectedMapEnd => ("the `}` before this is missing", None),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => ("the `)` before this is missing", None),
        Error::ExpectedStringEnd => ("the quotation mark is never closed", None),
        Error::UnclosedBlockComment | Error::UnclosedLineComment => {
            ("this comment is never closed", Some("add the `*/` that is missing"))
        }
        Error::ExpectedChar => {
            ("one character stands between `'…'`", Some("put text in double quotation marks"))
        }
        Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => (
            "names have letters, digits and `_`",
            Some("write `r#` in front of a name that has `-`, `+` or `.` in it"),
        ),
        Error::ExpectedIdentifier => ("a name is missing", Some("write `key: value`")),
        Error::InvalidEscape(_) => ("there is no such escape sequence", Some("write `\\\\` for a backslash")),
        Error::IntegerOutOfBounds => ("the number is too large for its type", None),
        Error::ExpectedInteger
        | Error::ExpectedFloat
        | Error::InvalidIntegerDigit { .. }
        | Error::FloatUnderscore
        | Error::UnderscoreAtBeginning => ("this is no number", None),
        Error::NoSuchExtension(_) => (
            "there is no such extension",
            Some(
                "there are `implicit_some`, `unwrap_newtypes`, `unwrap_variant_newtypes` and `explicit_struct_names`",
            ),
        ),
        Error::ExpectedAttribute | Error::ExpectedAttributeEnd => {
            ("this is no attribute", Some("write `#![enable(implicit_some)]`"))
        }
        Error::ExpectedByteLiteral | Error::ExpectedByteString | Error::Utf8Error(_) => {
            ("these are no bytes", Some("write `b'a'` or `b\"abc\"`"))
        }
        Error::UnexpectedChar(_)
            if text[..at].ends_with(':') || text[at..].starts_with([',', ')', '}', ']']) =>
        {
            ("the value is missing", None)
        }
        _ => ("this does not belong here", None),
    }
}

/// The byte at a line and column of the crate's.
fn offset(text: &str, position: Position) -> usize {
    let lines = text.match_indices('\n').map(|(at, _)| at + 1);
    let start = std::iter::once(0).chain(lines).nth(position.line.saturating_sub(1)).unwrap_or(text.len());
    let column = text[start..].char_indices().nth(position.col.saturating_sub(1));
    column.map_or(text.len(), |(at, _)| start + at)
}
