//! Escape sequences in strings and identifiers.

use super::Dialect;
use super::messages::Fault;

/// What one escape sequence stands for, and how many bytes it takes.
pub(super) struct Escape {
    /// Nothing at a line that goes on.
    pub(super) stands_for: Option<char>,
    pub(super) len: usize,
}

/// Reads the sequence that `text` begins with, backslash included; or how far the mistake goes.
pub(super) fn read(text: &str, dialect: Dialect) -> Result<Escape, (Fault, usize)> {
    let mut rest = text.chars();
    rest.next();
    let Some(c) = rest.next() else { return Err((Fault::Escape, text.len())) };
    let len = 1 + c.len_utf8();
    let one = |c| Ok(Escape { stands_for: Some(c), len });
    match c {
        '"' | '\\' | '/' => one(c),
        'b' => one('\u{8}'),
        'f' => one('\u{c}'),
        'n' => one('\n'),
        'r' => one('\r'),
        't' => one('\t'),
        'u' => unicode(text),
        // The line's end is not part of the mistake: strings end there too.
        '\n' | '\r' if !dialect.free_escapes => Err((Fault::Escape, 1)),
        _ if !dialect.free_escapes => Err((Fault::Escape, len)),
        'v' => one('\u{b}'),
        '0' if !rest.as_str().starts_with(|c: char| c.is_ascii_digit()) => one('\0'),
        '0'..='9' => Err((Fault::Escape, len)),
        'x' => match hex(text, 2, 4).and_then(char::from_u32) {
            Some(c) => Ok(Escape { stands_for: Some(c), len: 4 }),
            None => Err((Fault::Escape, len)),
        },
        '\r' if rest.as_str().starts_with('\n') => Ok(Escape { stands_for: None, len: len + 1 }),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Ok(Escape { stands_for: None, len }),
        _ => one(c),
    }
}

/// `\u` and four digits; two of them for characters beyond the first plane.
fn unicode(text: &str) -> Result<Escape, (Fault, usize)> {
    let Some(high) = hex(text, 2, 6) else { return Err((Fault::Escape, 2)) };
    if let Some(c) = char::from_u32(high) {
        return Ok(Escape { stands_for: Some(c), len: 6 });
    }
    let low = text.get(6..8).filter(|start| *start == "\\u").and_then(|_| hex(text, 8, 12));
    match low {
        Some(low @ 0xdc00..=0xdfff) if high < 0xdc00 => {
            let c = char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
            Ok(Escape { stands_for: c, len: 12 })
        }
        _ => Err((Fault::Surrogate, 6)),
    }
}

fn hex(text: &str, start: usize, end: usize) -> Option<u32> {
    let digits = text.get(start..end)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
