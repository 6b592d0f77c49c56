//! The face made from granit-parser.

use granit_parser::{
    ErrorKind, Event as Theirs, Parser, ScalarStyle, ScanError, Span, StrInput, StructureStyle,
};

use super::super::messages::{Fault, Mistake};
use super::{Collection, Event, Step, Style, Tag};
use crate::document::MAX_DEPTH;

/// The events of a text, from some byte on.
pub(in super::super) struct Events<'t> {
    parser: Parser<'t, StrInput<'t>>,
    offset: usize,
}

impl<'t> Events<'t> {
    /// Begins at a byte of the text.
    pub(in super::super) fn new(text: &'t str, offset: usize) -> Self {
        let mut options = granit_parser::options! {
            strict_indentation: true,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        options.set_emit_comments(false);
        Self { parser: Parser::new_from_str_with_options(&text[offset..], options), offset }
    }

    fn range(&self, span: &Span) -> std::ops::Range<usize> {
        let range = span.byte_range().unwrap_or_default();
        self.offset + range.start..self.offset + range.end
    }

    fn mistake(&self, error: &ScanError) -> Mistake {
        let at = self.offset + error.marker().byte_offset().unwrap_or_default();
        Mistake::new(fault(error.kind()), at..at)
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Step<'t>;

    #[inline]
    fn next(&mut self) -> Option<Step<'t>> {
        loop {
            let (event, span) = match self.parser.next_event()? {
                Ok(next) => next,
                Err(error) => return Some(Err(self.mistake(&error))),
            };
            let tag = |tag: Option<std::borrow::Cow<'_, granit_parser::Tag>>| {
                tag.map(|tag| Tag::new(tag.parts().0, tag.parts().1))
            };
            let event = match event {
                Theirs::Scalar(value, style, anchor, given) => {
                    let style = match style {
                        ScalarStyle::Plain => Style::Plain,
                        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                    };
                    Event::Scalar { value, style, anchor, tag: tag(given) }
                }
                Theirs::MappingStart(style, anchor, given) => Event::Table(Collection {
                    is_flow: style == StructureStyle::Flow,
                    anchor,
                    tag: tag(given),
                }),
                Theirs::SequenceStart(style, anchor, given) => Event::List(Collection {
                    is_flow: style == StructureStyle::Flow,
                    anchor,
                    tag: tag(given),
                }),
                Theirs::MappingEnd | Theirs::SequenceEnd => Event::End,
                Theirs::Alias(anchor) => Event::Alias(anchor),
                Theirs::DocumentStart(..) => Event::Document,
                _ => continue,
            };
            return Some(Ok((event, self.range(&span))));
        }
    }
}

/// The kinds of mistake, as far as they are told apart to people.
fn fault(kind: &ErrorKind) -> Fault {
    match kind {
        ErrorKind::RecursionLimitExceeded => Fault::TooDeep,
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => Fault::OpenQuote,
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => Fault::OpenBracket,
        ErrorKind::InvalidIndentation | ErrorKind::InvalidFlowScalarIndent => Fault::Indentation,
        ErrorKind::MisplacedFlowCollectionEnd => Fault::WrongEnd,
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => Fault::NoComma,
        ErrorKind::SimpleKeyExpected => Fault::NoColon,
        ErrorKind::InvalidSimpleKey => Fault::LongKey,
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::MappingKeyNotAllowed => Fault::Colon,
        ErrorKind::InvalidMappingValueWhitespace | ErrorKind::FlowMappingValueAdjacentCollection => {
            Fault::NoBlank
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::ExpectedBlockSequenceEntry => Fault::Sibling,
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => Fault::Dash,
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar
        | ErrorKind::InvalidBlockEntryWhitespace => Fault::Tab,
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => Fault::Control,
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            Fault::Reserved
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            Fault::BehindQuote
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => Fault::Escape,
        ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => Fault::Surrogate,
        ErrorKind::InvalidBlockScalarHeader
        | ErrorKind::ZeroBlockScalarIndent
        | ErrorKind::InvalidBlockScalarIndent => Fault::BlockText,
        ErrorKind::UnknownAnchor => Fault::UnknownAnchor,
        ErrorKind::MissingAnchorOrAliasName => Fault::AnchorName,
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::MissingTagUri
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidGlobalTagCharacter => Fault::BadTag,
        ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::DuplicateVersionDirective
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingYamlVersion
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidTagDirectiveTerminator
        | ErrorKind::DirectiveByteLimitExceeded { .. } => Fault::Directive,
        ErrorKind::CommentNotSeparated | ErrorKind::CommentInterceptedScalar => Fault::Comment,
        ErrorKind::BomInsideDocument => Fault::Control,
        _ => Fault::Stray,
    }
}
