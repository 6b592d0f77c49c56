//! Brackets that are never closed, in formats whose crates tell only where the text ends.

/// The innermost bracket that is open where a text ends.
pub(super) fn unclosed(text: &str, comments: &[&str]) -> Option<(usize, char)> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ if comments.iter().any(|begin| rest.starts_with(begin)) => {
                rest.find('\n').unwrap_or(rest.len())
            }
            '"' => quoted_len(rest),
            c => {
                match c {
                    '(' | '[' | '{' => open.push((at, c)),
                    ')' | ']' | '}' => drop(open.pop()),
                    _ => {}
                }
                c.len_utf8()
            }
        };
    }
    open.pop()
}

/// The quotation mark in a line that has no other one to end what it begins.
#[cfg(feature = "hcl")]
pub(super) fn open_quote(line: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(quote) = line[at..].find('"') {
        let length = quoted_len(&line[at + quote..]);
        if length == 1
            || !line[..at + quote + length].ends_with('"')
            || is_escaped(&line[at + quote..][..length])
        {
            return Some(at + quote);
        }
        at += quote + length;
    }
    None
}

/// Whether the last quotation mark of a text is a part of it.
#[cfg(feature = "hcl")]
fn is_escaped(quoted: &str) -> bool {
    let backslashes = quoted[..quoted.len() - 1].bytes().rev().take_while(|byte| *byte == b'\\').count();
    backslashes % 2 == 1
}

/// The bracket that closes another one.
pub(super) fn closing(bracket: char) -> char {
    match bracket {
        '(' => ')',
        '[' => ']',
        _ => '}',
    }
}

/// The length of a text in quotation marks.
fn quoted_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
