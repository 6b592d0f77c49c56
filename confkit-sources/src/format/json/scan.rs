//! The lowest level: blanks, and where plain runs of text end.

/// The end of a run without quotation marks, backslashes and control characters.
///
/// Eight bytes at a time: a byte is looked for by the zero it leaves when subtracted.
#[inline]
pub(super) fn plain_end(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const TOPS: u64 = 0x8080_8080_8080_8080;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & TOPS;
    while let Some(chunk) = bytes[at..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        let quotes = has_zero(word ^ (ONES * u64::from(quote)));
        let backslashes = has_zero(word ^ (ONES * u64::from(b'\\')));
        let controls = word.wrapping_sub(ONES * 0x20) & !word & TOPS;
        let found = quotes | backslashes | controls;
        if found != 0 {
            // The lowest mark is right; those above it may be left by its borrow.
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let is_end = |byte: &u8| *byte == quote || *byte == b'\\' || *byte < b' ';
    bytes[at..].iter().position(is_end).map_or(bytes.len(), |offset| at + offset)
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
