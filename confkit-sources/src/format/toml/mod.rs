//! TOML 1.1 from the events of `toml_parser`.
//!
//! Events become nodes at once; the rules on duplicate and reopened tables, which the event parser
//! leaves to its user, are kept here. The text is lexed and parsed in runs of whole lines, so that
//! memory follows the largest value and not the file.

mod bytes;
mod messages;
mod receiver;

use toml_parser::lexer::{Lexer, Token, TokenKind};
use toml_parser::{ErrorSink, ParseError, Source};

use self::receiver::Receiver;
use super::SyntaxError;
use crate::document::{MAX_DEPTH, Parts};

/// A run ends at the first line's end behind so many tokens.
const RUN: usize = 2048;
/// More than this many mistakes help nobody.
const MAX_ERRORS: usize = 100;

/// Reads a TOML document.
pub(super) fn read(text: &str) -> Result<Parts, Vec<SyntaxError>> {
    let mut receiver = Receiver::new(text);
    let mut errors = Errors::default();
    parse(text, &mut receiver, &mut errors);
    if errors.0.is_empty() { Ok(receiver.finish()) } else { Err(messages::translate(text, errors.0)) }
}

/// What the parser and the receiver found, as far as anybody will read it.
#[derive(Default)]
struct Errors(Vec<ParseError>);

impl ErrorSink for Errors {
    fn report_error(&mut self, error: ParseError) {
        if self.0.len() < MAX_ERRORS {
            self.0.push(error);
        }
    }
}

fn parse(text: &str, receiver: &mut Receiver<'_>, errors: &mut Errors) {
    let mut budget = Budget::of(text);
    let mut lexer = Source::new(text).lex();
    let mut tokens = Vec::with_capacity((text.len() / 3).min(RUN + 64));
    while next_run(&mut lexer, &mut tokens, &budget) {
        toml_parser::parser::parse_document(&tokens, receiver, errors);
        let at = tokens.last().map_or(0, |token| token.span().start());
        if !budget.allows(receiver.size(), 0) || tokens.len() >= budget.tokens {
            errors.0.push(messages::too_many_values(at));
            return;
        }
        if errors.0.len() >= MAX_ERRORS || messages::is_beyond_repair(&errors.0) {
            return;
        }
        budget.tokens = budget.left(receiver.size());
    }
}

/// Takes whole lines from the lexer; false at the end of the text.
fn next_run(lexer: &mut Lexer<'_>, tokens: &mut Vec<Token>, budget: &Budget) -> bool {
    tokens.clear();
    tokens.extend(lexer.take(budget.tokens.clamp(1, RUN)));
    if tokens.len() < RUN || tokens.len() >= budget.tokens {
        return !tokens.is_empty();
    }
    let mut depth = tokens.iter().fold(0, depth_behind);
    for token in lexer {
        depth = depth_behind(depth, &token);
        tokens.push(token);
        if (depth == 0 && token.kind() == TokenKind::Newline) || tokens.len() >= budget.tokens {
            return true;
        }
    }
    true
}

/// How many brackets are open behind a token.
fn depth_behind(depth: usize, token: &Token) -> usize {
    match token.kind() {
        TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth + 1,
        TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth.saturating_sub(1),
        _ => depth,
    }
}

/// Keeps the memory of a document of nothing but brackets within a small multiple of its text.
struct Budget {
    bytes: usize,
    tokens: usize,
}

impl Budget {
    const TOKEN: usize = size_of::<Token>();

    fn of(text: &str) -> Self {
        // Half of what is promised (16 MiB and twenty times the text): vectors grow by doubling.
        let bytes = (6 << 20) + 8 * text.len();
        Self { bytes, tokens: bytes / Self::TOKEN }
    }

    fn allows(&self, nodes: usize, tokens: usize) -> bool {
        nodes + tokens * Self::TOKEN <= self.bytes
    }

    fn left(&self, nodes: usize) -> usize {
        self.bytes.saturating_sub(nodes) / Self::TOKEN
    }
}
