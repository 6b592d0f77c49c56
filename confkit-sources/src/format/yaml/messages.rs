//! What can be wrong in YAML, and what is said about it.

use std::ops::Range;

use super::super::{SyntaxError, one_for_a_line};
use super::{MAX_BYTES, aliases};
use crate::document::MAX_DEPTH;

/// One rule broken, and where.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) fault: Fault,
    pub(super) span: Range<usize>,
    /// The first of two equal keys, or the anchor behind an alias.
    pub(super) related: Option<Range<usize>>,
}

impl Mistake {
    pub(super) fn new(fault: Fault, span: Range<usize>) -> Self {
        Self { fault, span, related: None }
    }
}

/// The rules that can be broken: the parser's, then ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(confkit_spare, allow(dead_code, reason = "the spare parser's errors tell no kinds"))]
pub(super) enum Fault {
    OpenQuote,
    OpenBracket,
    BracketIndentation,
    WrongEnd,
    NoComma,
    NoColon,
    NoBlank,
    LongKey,
    Colon,
    Indentation,
    Sibling,
    Dash,
    Tab,
    Control,
    Reserved,
    BehindQuote,
    Escape,
    Surrogate,
    BlockText,
    UnknownAnchor,
    AnchorName,
    BadTag,
    Directive,
    Comment,
    Stray,

    NotATable,
    Documents,
    Duplicate,
    ComplexKey,
    MergeKey,
    MergeValue,
    UnknownTag,
    TagMismatch,
    Circle,
    TooDeep,
    TooMany,
    Bomb,
    TooLong,
}

/// The mistakes in the order of the text, one for a line.
pub(super) fn translate(text: &str, mistakes: Vec<Mistake>) -> Vec<SyntaxError> {
    one_for_a_line(text, mistakes.into_iter().map(|mistake| tell(text, mistake)).collect())
}

fn tell(text: &str, mistake: Mistake) -> SyntaxError {
    let Mistake { fault, span, related } = mistake;
    let limit = |message: String| SyntaxError::limit(span.clone(), message);
    match fault {
        Fault::TooDeep => limit(format!("values are nested deeper than {MAX_DEPTH} levels")),
        Fault::TooMany => limit("the document holds too many values for its size".to_owned()),
        Fault::TooLong => limit(format!("a YAML document may have {} MiB at most", MAX_BYTES >> 20)),
        Fault::Bomb => limit(format!("aliases make the document larger than {} values", aliases::MOST)),
        Fault::Duplicate => SyntaxError::duplicate(text, span, related),
        _ => {
            let (message, help) = words(fault);
            SyntaxError { help: help.map(str::to_owned), related, ..SyntaxError::new(span, message) }
        }
    }
}

fn words(fault: Fault) -> (&'static str, Option<&'static str>) {
    match fault {
        Fault::OpenQuote => ("the quotation mark is never closed", None),
        Fault::OpenBracket => {
            ("this bracket is never closed", Some("add its end, or indent what belongs inside"))
        }
        Fault::BracketIndentation => (
            "this bracket has to stand deeper than the key that it belongs to",
            Some("put a space before it: YAML wants so"),
        ),
        Fault::WrongEnd => ("this closes nothing that is open", None),
        Fault::NoComma => ("a `,` is missing before this", None),
        Fault::NoColon => ("the `:` between key and value is missing", Some("write `key: value`")),
        Fault::NoBlank => ("a space is missing behind the `:`", Some("write `key: value`")),
        Fault::LongKey => ("a key stands on one line of at most 1024 characters", None),
        Fault::Colon => (
            "a key cannot begin here",
            Some("put text that contains `: ` in quotation marks, or check the indentation"),
        ),
        Fault::Indentation | Fault::Sibling => (
            "this line fits nothing above it",
            Some("indent it as its siblings are, and write `key: value` or `- value` as they do"),
        ),
        Fault::Dash => ("a list cannot begin here", Some("begin it on a line of its own")),
        Fault::Tab => ("a tab stands where spaces have to", Some("indent with spaces")),
        Fault::Control => ("this character is not allowed here", Some("write it as an escape in `\"…\"`")),
        Fault::Reserved => ("text cannot begin with this character", Some("put the text in quotation marks")),
        Fault::BehindQuote => {
            ("nothing may follow the closing quotation mark", Some("put all of the text inside"))
        }
        Fault::Escape => {
            ("there is no such escape sequence", Some("write `\\\\` for a backslash, or use '…'"))
        }
        Fault::Surrogate => {
            ("this is half of a character", Some("write both halves, or the character itself"))
        }
        Fault::BlockText => ("text behind `|` or `>` has to begin on the next line, indented", None),
        Fault::UnknownAnchor => ("there is no anchor of this name above", None),
        Fault::AnchorName => ("a name has to follow `&` or `*`", Some("put text in quotation marks")),
        Fault::BadTag => ("this is not a tag", Some("put text that begins with `!` in quotation marks")),
        Fault::Directive => ("a line with `%` has to be `%YAML 1.2` or `%TAG`, before `---`", None),
        Fault::Comment => ("a comment cannot stand here", Some("put a space before `#`, or quote the text")),
        Fault::NotATable => ("settings have to stand in a table", Some("write `key: value`")),
        Fault::Documents => {
            ("a second document begins here", Some("keep one document, and remove `---` and `...`"))
        }
        Fault::ComplexKey => ("a key has to be a single value", None),
        Fault::MergeKey => (
            "`<<` is a merge key of YAML 1.1, which YAML 1.2 does not have",
            Some("write the keys out, or read the file as `Format::YamlMerge`"),
        ),
        Fault::MergeValue => ("`<<` takes a table or a list of tables", None),
        Fault::UnknownTag => {
            ("settings know YAML's own tags only", Some("remove the tag; the type of the setting decides"))
        }
        Fault::TagMismatch => ("the value is not what its tag says", None),
        Fault::Circle => ("an alias inside its own anchor never ends", None),
        _ => ("this does not belong here", None),
    }
}
