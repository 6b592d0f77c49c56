//! The lowest level: blanks, and where plain runs of text end.

use crate::document::NodeKind;

/// The end of a run without quotation marks, backslashes and control characters.
///
/// Eight bytes at a time: a byte is looked for by the zero it leaves when subtracted.
#[inline]
pub(super) fn plain_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let mut end = at;
    while let Some(word) = bytes.get(end..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*word);
        let quotes = (word ^ (ONES * u64::from(quote))).wrapping_sub(ONES);
        let backslashes = (word ^ (ONES * u64::from(b'\\'))).wrapping_sub(ONES);
        let controls = word.wrapping_sub(ONES * 0x20);
        // Bytes beyond ASCII have their top bit from the start.
        let found = (quotes | backslashes | controls) & !word & TOPS;
        if found != 0 {
            // The lowest mark is right; those above it may be left by its borrow.
            return end + (found.trailing_zeros() / 8) as usize;
        }
        end += 8;
    }
    let is_end = |byte: &u8| *byte == quote || *byte == b'\\' || *byte < b' ';
    let tail = bytes.get(end..).unwrap_or_default();
    end + tail.iter().position(is_end).unwrap_or(tail.len())
}

/// The end and kind of a number of digits with one point and a minus sign at most. Nothing for others,
/// and where something follows that may be part of it.
#[inline]
pub(super) fn plain_number(bytes: &[u8], start: usize) -> Option<(NodeKind, usize)> {
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let whole = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut end = digits(whole);
    let is_whole = end == whole + 1 || end > whole && bytes[whole] != b'0';
    let mut kind = NodeKind::Integer;
    if bytes.get(end) == Some(&b'.') {
        let fraction = end + 1;
        (end, kind) = (digits(fraction), NodeKind::Float);
        if end == fraction {
            return None;
        }
    }
    (is_whole && ends_value(bytes.get(end))).then_some((kind, end))
}

/// The kind and length of the word that `rest` begins with. Nothing for words that are none of JSON's,
/// and where something follows that may be part of it.
#[inline]
pub(super) fn plain_word(rest: &[u8]) -> Option<(NodeKind, usize)> {
    let (kind, word) = match rest {
        [b't', b'r', b'u', b'e', ..] => (NodeKind::Bool, "true"),
        [b'f', b'a', b'l', b's', b'e', ..] => (NodeKind::Bool, "false"),
        [b'n', b'u', b'l', b'l', ..] => (NodeKind::Null, "null"),
        _ => return None,
    };
    ends_value(rest.get(word.len())).then_some((kind, word.len()))
}

/// Whether a value may begin with this byte and a blank or the end of a table cannot.
#[inline]
pub(super) fn begins_value(byte: u8) -> bool {
    matches!(byte, b'"' | b'-' | b'0'..=b'9' | b'[' | b'a'..=b'{')
}

/// Whether a number or word surely ends before this byte.
#[inline]
fn ends_value(next: Option<&u8>) -> bool {
    matches!(next, Some(b',' | b'\n' | b'\r' | b' ' | b'}' | b']'))
}

/// Where a run of spaces ends; most are indentation.
#[inline]
pub(super) fn spaces_end(bytes: &[u8], mut at: usize) -> usize {
    const SPACES: u64 = 0x2020_2020_2020_2020;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let others = u64::from_le_bytes(*chunk) ^ SPACES;
        if others != 0 {
            return at + (others.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    at + bytes[at.min(bytes.len())..].iter().take_while(|byte| **byte == b' ').count()
}

/// The blanks that ECMAScript has besides JSON's.
pub(super) fn is_free_blank(c: char) -> bool {
    matches!(
        c,
        '\u{b}' | '\u{c}' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// Whether a character may begin an identifier.
pub(super) fn begins_name(c: char) -> bool {
    c == '$' || c == '_' || c.is_alphabetic()
}

/// Whether a character may stand inside an identifier; marks that combine with a letter included.
pub(super) fn continues_name(c: char) -> bool {
    begins_name(c)
        || c.is_alphanumeric()
        || matches!(c, '\u{200c}' | '\u{200d}' | '\u{203f}' | '\u{2040}')
        || matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}')
        || matches!(c, '\u{64b}'..='\u{65f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}
