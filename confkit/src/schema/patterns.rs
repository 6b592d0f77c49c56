//! Regular expressions: those of declarations as ECMA-262 writes them, and those of confkit's own texts.

/// A span of time, as `30s`, `1h 30m` or `PT30S`. Numbers over 64 bits and parts of nanoseconds are
/// refused by the loader alone.
pub(super) fn duration() -> String {
    const NANOSECONDS: &str = "nanos|nsec|ns";
    const UNITS: &str = "usec|us|µs|millis|msec|ms|seconds|second|secs|sec|s|minutes|minute|mins|min|m|\
        hours|hour|hrs|hr|h|days|day|d|weeks|week|wks|wk|w|months|month|M|years|year|yrs|yr|y";
    const NUMBER: &str = r"[0-9][0-9\s]*";
    const ISO: &str = r"(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)";
    let spans = format!(r"(?:{NUMBER}(?:(?:{NANOSECONDS})|(?:\.\s*[0-9][0-9\s]*)?(?:{UNITS}))\s*)+");
    let iso = format!(r"[Pp](?=.*[0-9])(?:{ISO}[WwDd])*(?:[Tt](?:{ISO}[HhMmSs])*)?");
    format!(r"^\s*(?:0|{spans}|{iso})\s*$")
}

/// A number of bytes, as `10MiB`, `512kB` or `1024`.
pub(super) const BYTES: &str =
    r"^\s*(?:\+?[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)\s*(?:[Bb]|[KkMmGgTtPpEe][Ii]?[Bb]?))\s*$";

/// Text without control characters.
pub(super) const NO_CONTROLS: &str = r"^[^\u0000-\u001f\u007f-\u009f]*$";

const PORT: &str = r":0*(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5]?[0-9]{1,4})$";

/// An IPv4 address with a port.
pub(super) fn socket_v4() -> String {
    format!("^{}{PORT}", ipv4())
}

/// An IPv6 address in brackets, perhaps with a scope, with a port.
pub(super) fn socket_v6() -> String {
    format!(r"^\[{}(?:%0*[0-9]{{1,10}})?\]{PORT}", ipv6())
}

/// An address of either kind with a port.
pub(super) fn socket() -> String {
    format!(r"^(?:{}|\[{}(?:%0*[0-9]{{1,10}})?\]){PORT}", ipv4(), ipv6())
}

fn ipv4() -> String {
    const BYTE: &str = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    format!(r"(?:{BYTE}\.){{3}}{BYTE}")
}

/// Eight groups, of which some may be left out once, and the last two of which may be an IPv4 address.
fn ipv6() -> String {
    const GROUP: &str = "[0-9A-Fa-f]{1,4}";
    let v4 = ipv4();
    let whole = format!("(?:{GROUP}:){{7}}{GROUP}|(?:{GROUP}:){{6}}{v4}");
    // Where some are left out there are seven groups at most.
    let few = r"(?!:*(?:[0-9A-Fa-f]+:+){7}[0-9A-Fa-f])(?!:*(?:[0-9A-Fa-f]+:+){6}[0-9]+\.)";
    let groups = format!("{GROUP}(?::{GROUP})*");
    format!("(?:{whole}|{few}(?:{groups})?::(?:{groups}|(?:{GROUP}:)*{v4})?)")
}

/// A text, letter by letter.
pub(super) fn literal(text: &str) -> String {
    text.chars().fold(String::new(), |mut pattern, c| {
        if is_syntax(c) {
            pattern.push('\\');
        }
        pattern.push(c);
        pattern
    })
}

/// A key in any case and with any `-` and `_`, as `relaxed_keys` reads it; none for keys with letters
/// beyond ASCII, whose cases are not told by letters alone.
pub(super) fn relaxed(key: &str) -> Option<String> {
    let letters: Vec<char> = key.chars().filter(|c| !matches!(c, '-' | '_')).collect();
    if letters.is_empty() || !key.is_ascii() {
        return None;
    }
    let letter = |c: &char| match (c.to_ascii_lowercase(), c.to_ascii_uppercase()) {
        // The Kelvin sign is a capital of `k`.
        ('k', _) => "[kK\\u212a]".to_owned(),
        (lower, upper) if lower != upper => format!("[{lower}{upper}]"),
        (c, _) => literal(&c.to_string()),
    };
    let letters: Vec<String> = letters.iter().map(letter).collect();
    Some(format!("^[-_]*{}[-_]*$", letters.join("[-_]*")))
}

fn is_syntax(c: char) -> bool {
    "^$\\.*+?()[]{}|/".contains(c)
}

/// Writes a regular expression of the crate regex for ECMA-262 with its flag `u`, as JSON Schema asks;
/// none where the two do not mean the same, or may not.
pub(super) fn translated(source: &str) -> Option<String> {
    let mut output = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => output.push_str(&escape(&mut chars, false)?),
            // Both end lines there, but not at the same characters.
            '.' => output.push_str("[^\\n]"),
            '[' => output.push_str(&class(&mut chars)?),
            '(' => {
                output.push('(');
                if chars.next_if_eq(&'?').is_some() {
                    // Flags and names are written in other ways.
                    chars.next_if_eq(&':')?;
                    output.push_str("?:");
                }
            }
            '{' => output.push_str(&counted(&mut chars)?),
            '}' | ']' => return None,
            other => output.push(other),
        }
    }
    Some(output)
}

type Chars<'s> = std::iter::Peekable<std::str::Chars<'s>>;

/// What stands behind a backslash.
fn escape(chars: &mut Chars<'_>, in_class: bool) -> Option<String> {
    let next = chars.next()?;
    let text = match next {
        'd' => "\\p{Nd}",
        'D' => "\\P{Nd}",
        's' => "\\p{White_Space}",
        'S' => "\\P{White_Space}",
        'w' if in_class => WORD,
        'w' => return Some(format!("[{WORD}]")),
        'W' if !in_class => return Some(format!("[^{WORD}]")),
        'A' if !in_class => "^",
        'z' if !in_class => "$",
        'n' | 'r' | 't' | 'f' | 'v' => return Some(format!("\\{next}")),
        c if is_syntax(c) || (in_class && c == '-') => return Some(format!("\\{c}")),
        c if c.is_ascii_punctuation() || c == ' ' => return Some(c.to_string()),
        _ => return None,
    };
    Some(text.to_owned())
}

/// What the crate regex calls a letter of a word.
const WORD: &str = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";

/// What stands behind an opening bracket. Classes in classes and operations on them are of regex alone.
fn class(chars: &mut Chars<'_>) -> Option<String> {
    let mut output = String::from("[");
    if chars.next_if_eq(&'^').is_some() {
        output.push('^');
    }
    if chars.peek() == Some(&']') {
        return None;
    }
    loop {
        match chars.next()? {
            ']' => break,
            '[' => return None,
            '\\' => output.push_str(&escape(chars, true)?),
            twice @ ('&' | '-' | '~') if chars.peek() == Some(&twice) => return None,
            other => output.push(other),
        }
    }
    output.push(']');
    Some(output)
}

/// What stands behind an opening brace: `3}`, `3,}` or `3,5}`.
fn counted(chars: &mut Chars<'_>) -> Option<String> {
    let mut output = String::from("{");
    loop {
        let c = chars.next()?;
        output.push(c);
        match c {
            '}' => break,
            ',' if output.len() > 2 => {}
            c if c.is_ascii_digit() => {}
            _ => return None,
        }
    }
    (output.len() > 2).then_some(output)
}

#[cfg(test)]
mod tests {
    use super::{relaxed, translated};

    #[test]
    fn what_means_the_same_is_written_for_ecma() {
        for (source, written) in [
            (r"^[a-z][a-z0-9-]*$", r"^[a-z][a-z0-9-]*$"),
            (r"^v\d+\.\d{1,3}$", r"^v\p{Nd}+\.\p{Nd}{1,3}$"),
            (r"(?:a|b).\-\@", r"(?:a|b)[^\n]-@"),
            (r"\A[\w\-]+\z", r"^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}\-]+$"),
        ] {
            assert_eq!(translated(source).as_deref(), Some(written), "{source}");
        }
    }

    #[test]
    fn what_may_mean_something_else_is_not_written() {
        for source in [r"(?i)a", r"(?P<n>a)", r"\bword", r"[a&&b]", r"[[:alpha:]]", r"[]a]", r"a{,3}", r"\pL"]
        {
            assert_eq!(translated(source), None, "{source}");
        }
    }

    #[test]
    fn keys_of_ascii_are_read_in_other_spellings() {
        assert_eq!(relaxed("a-b").as_deref(), Some("^[-_]*[aA][-_]*[bB][-_]*$"));
        assert_eq!(relaxed("größe"), None);
        assert_eq!(relaxed("_"), None);
    }
}
