//! Where lines begin, and how many characters are in front of a place.

use std::sync::OnceLock;

use super::position::floor;
use crate::origin::Position;

/// Bytes between two places up to which characters have been counted.
const BLOCK: usize = 1024;

/// Made for the first place that is asked for. A report of very many problems asks for as many, which may all be in
/// one line.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    newlines: Vec<usize>,
    /// How many characters are in front of each block of the text; counted for the first place that is far from the
    /// start of its line.
    blocks: OnceLock<Vec<usize>>,
}

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { newlines: newlines.map(|(at, _)| at).collect(), blocks: OnceLock::new() }
    }

    /// The place of a byte at which a character of the text begins.
    pub(super) fn position(&self, text: &str, at: usize) -> Position {
        let line = self.newlines.partition_point(|newline| *newline < at);
        let start = line.checked_sub(1).map_or(0, |last| self.newlines[last] + 1);
        let before = text[start..at].trim_start_matches('\u{feff}');
        let characters = if before.len() <= BLOCK {
            before.chars().count()
        } else {
            self.characters_before(text, at) - self.characters_before(text, at - before.len())
        };
        Position { line: line + 1, column: characters + 1 }
    }

    /// How many characters of the text are in front of a place, wherever its line begins.
    fn characters_before(&self, text: &str, at: usize) -> usize {
        let blocks = self.blocks.get_or_init(|| blocks(text));
        let block = at / BLOCK;
        blocks[block] + text[begin(text, block)..at].chars().count()
    }
}

/// How many characters are in front of each block.
fn blocks(text: &str) -> Vec<usize> {
    let begins = (0..=text.len() / BLOCK).map(|block| begin(text, block));
    begins
        .scan((0, 0), |(last, characters), begin| {
            *characters += text[*last..begin].chars().count();
            *last = begin;
            Some(*characters)
        })
        .collect()
}

/// Where the first character of a block begins, which may be in the block before it.
fn begin(text: &str, block: usize) -> usize {
    floor(text, block * BLOCK).len()
}
