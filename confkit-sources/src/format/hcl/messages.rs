//! What is wrong in our own words: the crate's are told by kind and never shown.

use std::ops::Range;

use hcl_edit::expr::Expression;
use hcl_edit::parser::Error;

use super::super::{SyntaxError, brackets};
use super::twice::is_twice;

/// The crate's own limit on brackets and blocks inside one another.
pub(crate) const MAX_NESTING: usize = 64;

/// What the crate reads and settings cannot be.
#[derive(Clone, Copy)]
pub(super) enum Fault {
    Variable,
    Call,
    Reference,
    Operation,
    Template,
    BadKey,
    TooDeep,
}

/// Why a value cannot be taken as it is written.
pub(super) fn computed(value: &Expression) -> Fault {
    match value {
        Expression::Variable(_) => Fault::Variable,
        Expression::FuncCall(_) => Fault::Call,
        Expression::Traversal(_) => Fault::Reference,
        _ => Fault::Operation,
    }
}

pub(super) fn tell(fault: Fault, span: Range<usize>) -> SyntaxError {
    const DATA: &str = "settings are data: write the value itself, or give it by a variable";
    let (message, help) = match fault {
        Fault::Variable => (
            "a name stands here that has no value",
            "text stands in quotation marks; settings are data and have no variables",
        ),
        Fault::Call => ("a function is called here", DATA),
        Fault::Reference => ("this refers to another value", DATA),
        Fault::Operation => ("this would have to be computed", DATA),
        Fault::Template => (
            "this would have to be computed",
            "settings are data: write the value itself, or `$${` and `%%{` for these characters",
        ),
        Fault::BadKey => ("keys have to be single values", "write a name, or text in quotation marks"),
        Fault::TooDeep => return too_deep(span),
    };
    with_help(span, message, Some(help))
}

fn too_deep(span: Range<usize>) -> SyntaxError {
    SyntaxError::limit(span, format!("values are nested deeper than {MAX_NESTING} levels"))
}

fn with_help(span: Range<usize>, message: impl Into<String>, help: Option<&str>) -> SyntaxError {
    SyntaxError { help: help.map(str::to_owned), ..SyntaxError::new(span, message) }
}

/// An error of the crate in what stands behind the first bytes of a text.
pub(super) fn translate(text: &str, start: usize, error: &Error) -> SyntaxError {
    let mut at = (start + error.location().offset()).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let rest = &text[at..];
    let here = at..at + rest.chars().next().map_or(0, char::len_utf8);
    let said = error.message();
    if is_twice(error) {
        let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
        return SyntaxError::duplicate(text, at..at + length.unwrap_or(rest.len()), None);
    }
    if said.contains("nesting depth") || said.contains("chained binary") {
        return too_deep(here);
    }
    if let Some(error) = in_statement(text, at, said) {
        return error;
    }
    if rest.trim().chars().count() <= 1
        && let Some((at, opened)) = brackets::unclosed(text, &["#", "//"])
    {
        let message = format!("this `{opened}` is never closed");
        let help = format!("add the `{}` that is missing", brackets::closing(opened));
        return with_help(at..at + 1, message, Some(&help));
    }
    let before = |mark: &str| text[..at].rfind(mark).map(|at| at..at + mark.len());
    if said.contains("escape sequence") || said.contains("hex code") {
        let span = before("\\").unwrap_or(here);
        return with_help(span, "there is no such escape sequence", Some("write `\\\\` for a backslash"));
    }
    if said.contains("heredoc end delimiter") {
        let span = before("<<").unwrap_or(here);
        return with_help(span, "this text is never ended", Some("write its mark on a line of its own"));
    }
    let (message, help) = words(said, text, at);
    with_help(here, message, help)
}

/// What is wrong where the crate only says that no attribute or block begins.
fn in_statement(text: &str, at: usize, said: &str) -> Option<SyntaxError> {
    let rest = &text[at..];
    let line = rest.lines().next().unwrap_or_default();
    let span = |length: usize| at..at + length;
    if !said.contains("unexpected token") && !said.contains("invalid block body") {
        return None;
    }
    if rest.starts_with("/*") {
        let help = Some("add the `*/` that is missing");
        return Some(with_help(span(2), "this comment is never closed", help));
    }
    if rest.starts_with('=') {
        return Some(with_help(span(1), "the key is missing", Some("write `key = value`")));
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let length = line.find(|c| !is_name(c)).unwrap_or(line.len());
    let behind = line[length..].trim();
    if length == 0 {
        return None;
    }
    match brackets::open_quote(line) {
        Some(quote) => {
            Some(with_help(at + quote..at + quote + 1, "the quotation mark is never closed", None))
        }
        None if behind.is_empty() && !said.contains("block body") => Some(with_help(
            span(length),
            "the `=` between key and value is missing",
            Some("write `key = value`, or `block {`"),
        )),
        None if behind == "=" => Some(with_help(span(length), "the value is missing", None)),
        None => None,
    }
}

fn words(said: &str, text: &str, at: usize) -> (&'static str, Option<&'static str>) {
    let ends_here = text[at..].starts_with(['\n', '\r']) || text[at..].is_empty();
    let about = |what: &str| said.contains(what);
    if text[at..].starts_with('"') {
        return match brackets::open_quote(text[at..].lines().next().unwrap_or_default()) {
            Some(_) => ("the quotation mark is never closed", None),
            None => ("keys stand without quotation marks", Some("write `key = value`")),
        };
    }
    if about("invalid expression") {
        return if ends_here || text[at..].starts_with([',', ']', '}', ')']) {
            ("the value is missing", None)
        } else {
            ("this is no value", Some("text stands in quotation marks"))
        };
    }
    if about("invalid structure") || about("invalid attribute") {
        return ("the `=` between key and value is missing", Some("write `key = value`, or `block {`"));
    }
    if about("invalid object") {
        return (
            "this does not belong between braces",
            Some("write `key = value`, each on a line of its own"),
        );
    }
    if about("invalid block body") {
        return ("this does not belong into a block", Some("write each setting on a line of its own"));
    }
    if about("`]`") {
        return ("the comma before this is missing", None);
    }
    if about("newline") {
        return ("this stands behind the value", Some("write each setting on a line of its own"));
    }
    ("this does not belong here", None)
}
