//! dotenv: variables as a shell has them, one on each line.
//!
//! The document is flat: names are kept as they are written, in their order, each with the places of
//! name and value. Which setting a name belongs to is not known here.

use std::ops::Range;

use super::SyntaxError;
use super::untyped::{self, BEHIND_QUOTE, Fault, NO_KEY, Untyped, blanks};
use crate::document::{Parts, Text};

const NO_SEPARATOR: Fault = Fault(
    "the `=` between name and value is missing",
    Some("write `NAME=value`; a value of several lines stands in quotation marks"),
);
const COLON: Fault = Fault("the `=` between name and value is missing", Some("write `=`, not `:`"));
const BAD_NAME: Fault = Fault(
    "this is not the name of a variable",
    Some("names have letters of ASCII, digits, `_`, `-` and `.`, and begin with a letter or `_`"),
);
const BACKTICK: Fault =
    Fault("backticks are no quotation marks", Some("put the value in `'…'`, or in `\"…\"`"));

/// What a backslash may stand before, between double quotation marks.
const ESCAPES: [(char, char); 7] =
    [('"', '"'), ('\\', '\\'), ('n', '\n'), ('r', '\r'), ('t', '\t'), ('$', '$'), ('`', '`')];

pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    untyped::read(text, |untyped| {
        let mut at = untyped.start();
        while at < untyped.text.len() && untyped.goes_on() {
            let (line, next) = untyped.line(untyped.content(at));
            at = entry(untyped, line, next);
        }
    })
}

/// Reads what begins on a line; where the line behind it begins.
fn entry(untyped: &mut Untyped<'_>, line: Range<usize>, next: usize) -> usize {
    let text = untyped.text;
    let start = line.start;
    if line.is_empty() || text[start..].starts_with('#') || !untyped.is_clean(line.clone()) {
        return next;
    }
    match name(&text[start..line.end]) {
        Ok((name, value)) => {
            let name = start + name.start..start + name.end;
            self::value(untyped, name, start + value..line.end, next)
        }
        Err((fault, at)) => {
            untyped.fault(fault, start + at.start..start + at.end);
            next
        }
    }
}

/// Where on a line the name stands and what is behind its `=` begins, or what is wrong with it.
fn name(line: &str) -> Result<(Range<usize>, usize), (&'static Fault, Range<usize>)> {
    let start = exported(line);
    let rest = &line[start..];
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let separator = length + blanks(&rest[length..]);
    let at = |from: usize, to: usize| start + from..start + to;
    match rest[separator..].chars().next() {
        Some('=') if length == 0 => Err((&NO_KEY, at(0, 1))),
        Some('=') if rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') => {
            Ok((at(0, length), start + separator + 1))
        }
        Some(':') if length > 0 => Err((&COLON, at(separator, separator + 1))),
        Some(c) if separator == length => Err((&BAD_NAME, at(0, length + c.len_utf8()))),
        Some('=') => Err((&BAD_NAME, at(0, length))),
        _ => Err((&NO_SEPARATOR, at(0, length.max(1)))),
    }
}

/// Where the name begins, behind `export` if that is there.
fn exported(line: &str) -> usize {
    let Some(rest) = line.strip_prefix("export") else { return 0 };
    let skipped = blanks(rest);
    // A variable may be called `export`.
    if skipped == 0 || rest[skipped..].starts_with('=') { 0 } else { "export".len() + skipped }
}

/// Reads a value, which begins on a line and may end on a later one.
fn value(untyped: &mut Untyped<'_>, name: Range<usize>, rest: Range<usize>, next: usize) -> usize {
    let text = untyped.text;
    let start = rest.start + blanks(&text[rest.clone()]);
    match text[start..rest.end].chars().next() {
        Some('"' | '\'') => return quoted(untyped, name, start),
        Some('`') => untyped.fault(&BACKTICK, start..start + 1),
        _ => {
            let span = start..start + plain(&text[rest.clone()], start - rest.start);
            set(untyped, name, Text::Source(span.clone()), span);
        }
    }
    next
}

/// How long a value without quotation marks is: up to a blank and a `#`, blanks at its end left out.
fn plain(rest: &str, skipped: usize) -> usize {
    let is_comment = |pair: &[u8]| matches!(pair, [b' ' | b'\t', b'#']);
    let comment = rest.as_bytes().windows(2).position(is_comment);
    rest[..comment.unwrap_or(rest.len())].trim_end_matches([' ', '\t']).len().saturating_sub(skipped)
}

fn quoted(untyped: &mut Untyped<'_>, name: Range<usize>, start: usize) -> usize {
    let text = untyped.text;
    // Without its end everything behind may be a part of it.
    let Some(quoted) = untyped.quoted(start, text.len(), &ESCAPES) else { return text.len() };
    let (behind, next) = untyped.line(quoted.end);
    let rest = text[behind.clone()].trim_matches([' ', '\t']);
    if !rest.is_empty() && !rest.starts_with('#') {
        untyped.fault(&BEHIND_QUOTE, behind);
    } else if untyped.is_clean(start..quoted.end) {
        set(untyped, name, quoted.content(), start..quoted.end);
    }
    next
}

fn set(untyped: &mut Untyped<'_>, name: Range<usize>, value: Text<'_>, span: Range<usize>) {
    let name = untyped.name(name);
    untyped.set(0, &[name], value, span);
}
