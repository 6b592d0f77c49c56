//! How text becomes values: variables, arguments and literal defaults, read as their field's type.

use std::borrow::Cow;
use std::time::Duration;

/// The name by which [`Secret`](crate::Secret) announces itself to a deserializer.
pub(crate) const SECRET: &str = "$confkit::Secret";
/// The name by which [`ByteSize`](crate::ByteSize) announces itself.
pub(crate) const BYTE_SIZE: &str = "$confkit::ByteSize";
/// The name by which [`RelativePath`](crate::RelativePath) announces itself.
pub(crate) const RELATIVE_PATH: &str = "$confkit::RelativePath";

/// Reads the words for true and false, in any case.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    let is = |words: [&str; 4]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(["true", "1", "yes", "on"]) {
        Some(true)
    } else if is(["false", "0", "no", "off"]) {
        Some(false)
    } else {
        None
    }
}

/// A number as its type parses it: `_` between digits is for the eye.
pub(super) fn number(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize| at > 0 && is_digit(at - 1) && is_digit(at + 1);
    let mut marks = text.match_indices('_').map(|(at, _)| at).peekable();
    if marks.peek().is_none() || !marks.all(separates) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace('_', ""))
}

/// Reads `30s`, `1h 30m` and `PT30S`. A bare number says nothing of its unit and is refused.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    if text.starts_with(['P', 'p']) {
        return iso_duration(&text[1..]);
    }
    humantime::parse_duration(text).ok()
}

/// The part of ISO 8601 that has a length: weeks, days, hours, minutes and seconds.
fn iso_duration(text: &str) -> Option<Duration> {
    let (mut seconds, mut any, mut time) = (0.0_f64, false, false);
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(['T', 't']).filter(|_| !time) {
            (time, rest) = (true, after);
            continue;
        }
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let number: f64 = rest[..end].replace(',', ".").parse().ok()?;
        let unit = rest[end..].chars().next()?;
        seconds += number
            * match (unit.to_ascii_uppercase(), time) {
                ('W', false) => 604_800.0,
                ('D', false) => 86_400.0,
                ('H', true) => 3_600.0,
                ('M', true) => 60.0,
                ('S', true) => 1.0,
                _ => return None,
            };
        any = true;
        rest = &rest[end + unit.len_utf8()..];
    }
    any.then(|| Duration::try_from_secs_f64(seconds).ok()).flatten()
}

/// Reads `10MiB` (1024), `10MB` (1000) and plain numbers of bytes.
pub(super) fn bytes(text: &str) -> Option<u64> {
    text.parse::<crate::ByteSize>().ok().map(crate::ByteSize::bytes)
}

/// Splits a list at its delimiter, elements trimmed; `[]` is the empty list.
pub(crate) fn elements(text: &str, delimiter: char) -> Vec<&str> {
    if text == "[]" {
        return Vec::new();
    }
    text.split(delimiter).map(str::trim).collect()
}

/// The pairs of a map in text: `k=v,k=v`.
pub(crate) fn pairs(text: &str, delimiter: char) -> Option<Vec<(&str, &str)>> {
    let elements = elements(text.trim(), delimiter).into_iter();
    let pair = |element: &'_ str| element.find('=');
    elements.map(|element| pair(element).map(|at| (element[..at].trim(), element[at + 1..].trim()))).collect()
}

/// Reads text that is JSON as a whole.
pub(crate) fn json(text: &str) -> Option<serde_json::Value> {
    serde_json::from_str(text).ok()
}
