//! Which bytes stand for themselves, and where.

/// In a key without quotation marks.
pub(super) const BARE: u8 = 1;
/// Between double quotation marks.
pub(super) const BASIC: u8 = 1 << 1;
/// Between single quotation marks.
pub(super) const LITERAL: u8 = 1 << 2;
/// In a comment.
pub(super) const COMMENT: u8 = 1 << 3;

/// The places in which each byte stands for itself: one look at a byte, since all of a file's are
/// looked at.
static PLACES: [u8; 256] = places();

const fn places() -> [u8; 256] {
    let mut places = [0; 256];
    let mut byte = 0_u8;
    loop {
        let is_shown = byte >= b' ' && byte != 0x7f;
        let is_bare = byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        places[byte as usize] = if is_bare { BARE } else { 0 }
            | if is_shown && byte != b'"' && byte != b'\\' { BASIC } else { 0 }
            | if is_shown && byte != b'\'' { LITERAL } else { 0 }
            | if is_shown || byte == b'\t' { COMMENT } else { 0 };
        if byte == u8::MAX {
            return places;
        }
        byte += 1;
    }
}

/// Whether all bytes stand for themselves in a place.
#[inline]
pub(super) fn are_plain(bytes: &[u8], place: u8) -> bool {
    bytes.iter().all(|&byte| PLACES[byte as usize] & place != 0)
}
