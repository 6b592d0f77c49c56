//! What can be wrong in JSON, and what is said about it.

use std::ops::Range;

use super::super::{SyntaxError, one_for_a_line};
use super::Dialect;
use crate::document::MAX_DEPTH;

/// One rule broken, and where.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) fault: Fault,
    pub(super) span: Range<usize>,
    /// The first of two equal keys.
    pub(super) related: Option<Range<usize>>,
}

/// The rules that can be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    NotATable,
    Behind,
    Comment,
    OpenComment,
    OpenTable,
    OpenList,
    OpenQuote,
    WrongEnd,
    NoComma,
    ExtraComma,
    LastComma,
    NoColon,
    EqualsSign,
    NoKey,
    NoValue,
    BareKey,
    BareText,
    SingleQuotes,
    Control,
    Escape,
    Surrogate,
    Blank,
    Number,
    LeadingZero,
    PlusSign,
    OpenFraction,
    Hexadecimal,
    NonFinite,
    Word,
    Stray,
    Duplicate,
    TooDeep,
    TooMany,
}

/// The mistakes in the order of the text, one for a line.
pub(super) fn translate(dialect: Dialect, text: &str, mistakes: Vec<Mistake>) -> Vec<SyntaxError> {
    let errors = mistakes.into_iter().map(|mistake| tell(dialect, text, mistake)).collect();
    one_for_a_line(text, errors)
}

fn tell(dialect: Dialect, text: &str, mistake: Mistake) -> SyntaxError {
    let Mistake { fault, span, related } = mistake;
    match fault {
        Fault::TooDeep => {
            let message = format!("values are nested deeper than {MAX_DEPTH} levels");
            SyntaxError::limit(span, message)
        }
        Fault::TooMany => SyntaxError::limit(span, "the document holds too many values for its size"),
        Fault::Duplicate => SyntaxError::duplicate(text, span, related),
        _ => {
            let (message, help) = words(fault);
            let message = message.replace("JSON", dialect.name);
            SyntaxError { help: help.map(str::to_owned), ..SyntaxError::new(span, message) }
        }
    }
}

/// Where a sentence says JSON, the dialect's name stands in the report.
fn words(fault: Fault) -> (&'static str, Option<&'static str>) {
    match fault {
        Fault::Empty => ("the document is empty", Some("write `{}` for no settings")),
        Fault::NotATable => ("settings have to stand in `{…}`", Some("begin the document with `{`")),
        Fault::Behind => ("the document ends before this", Some("keep one `{…}`, with everything inside")),
        Fault::Comment => ("JSON has no comments", Some("remove it, or call the file `.jsonc` or `.json5`")),
        Fault::OpenComment => ("this comment is never closed", Some("add the `*/` that is missing")),
        Fault::OpenTable => ("this `{` is never closed", Some("add the `}` that is missing")),
        Fault::OpenList => ("this `[` is never closed", Some("add the `]` that is missing")),
        Fault::OpenQuote => ("the quotation mark is never closed", None),
        Fault::WrongEnd => ("this closes nothing that is open", None),
        Fault::NoComma => ("a `,` is missing before this", None),
        Fault::ExtraComma => ("there is one `,` too many", None),
        Fault::LastComma => ("JSON allows no `,` behind the last value", Some("remove it")),
        Fault::NoColon => ("the `:` between key and value is missing", Some("write `\"key\": value`")),
        Fault::EqualsSign => ("the `:` between key and value is missing", Some("write `:`, not `=`")),
        Fault::NoKey => ("the key is missing", Some("write `\"key\": value`")),
        Fault::NoValue => ("the value is missing", Some("write `\"key\": value`")),
        Fault::BareKey => ("this key needs quotation marks", Some("write `\"key\"`")),
        Fault::BareText => ("text has to stand in quotation marks", Some("write `\"…\"`")),
        Fault::SingleQuotes => ("JSON has no single quotation marks", Some("write `\"…\"`")),
        Fault::Control => {
            ("a control character stands here", Some("write it as an escape such as `\\t` or `\\u0007`"))
        }
        Fault::Escape => ("there is no such escape sequence", Some("write `\\\\` for a backslash")),
        Fault::Surrogate => {
            ("this is half of a character", Some("write both halves, or the character itself"))
        }
        Fault::Blank => ("JSON does not allow this blank character", Some("use a space")),
        Fault::Number => ("this is not a number", None),
        Fault::LeadingZero => {
            ("a number cannot begin with zero", Some("put text such as a code in quotation marks"))
        }
        Fault::PlusSign => ("JSON has no `+` before numbers", Some("remove it")),
        Fault::OpenFraction => ("a number needs digits on both sides of its point", None),
        Fault::Hexadecimal => ("JSON has decimal numbers only", None),
        Fault::NonFinite => ("JSON has no word for this number", None),
        Fault::Word => ("words are `true`, `false` and `null`, in lower case", None),
        Fault::Stray | Fault::Duplicate | Fault::TooDeep | Fault::TooMany => {
            ("this does not belong here", None)
        }
    }
}
