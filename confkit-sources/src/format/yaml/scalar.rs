//! What a plain scalar is, by YAML's core schema, and where YAML 1.1 would have it otherwise.

use crate::document::{AMBIGUOUS, NodeKind, RADIX_8, RADIX_16};

/// A plain scalar, understood.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) kind: NodeKind,
    pub(super) flags: u8,
    pub(super) text: Words,
}

/// What is kept of the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Words {
    /// All of it, behind so many bytes.
    From(usize),
    /// A spelling that Rust reads.
    Fixed(&'static str),
}

impl Plain {
    fn new(kind: NodeKind, flags: u8) -> Self {
        Self { kind, flags, text: Words::From(0) }
    }

    pub(super) fn string() -> Self {
        Self::new(NodeKind::String, 0)
    }

    fn fixed(kind: NodeKind, text: &'static str) -> Self {
        Self { kind, flags: 0, text: Words::Fixed(text) }
    }

    /// Reads a plain scalar.
    pub(super) fn of(text: &str) -> Self {
        let Some(&first) = text.as_bytes().first() else { return Self::new(NodeKind::Null, 0) };
        match first {
            b'0'..=b'9' | b'-' | b'+' | b'.' => Self::number(text),
            b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O' => Self::word(text),
            _ => Self::new(NodeKind::String, 0),
        }
    }

    fn word(text: &str) -> Self {
        match text {
            "~" | "null" | "Null" | "NULL" => Self::new(NodeKind::Null, 0),
            "true" | "false" => Self::new(NodeKind::Bool, 0),
            "True" | "TRUE" => Self::fixed(NodeKind::Bool, "true"),
            "False" | "FALSE" => Self::fixed(NodeKind::Bool, "false"),
            "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "n" | "N" | "no" | "No" | "NO"
            | "off" | "Off" | "OFF" => Self::new(NodeKind::String, AMBIGUOUS),
            _ => Self::new(NodeKind::String, 0),
        }
    }

    fn number(text: &str) -> Self {
        let body = text.strip_prefix(['+', '-']).unwrap_or(text);
        let are = |text: &str, test: fn(&u8) -> bool| !text.is_empty() && text.as_bytes().iter().all(test);
        if are(body, u8::is_ascii_digit) {
            let is_octal_to_others = body.len() > 1 && body.starts_with('0');
            return Self::new(NodeKind::Integer, if is_octal_to_others { AMBIGUOUS } else { 0 });
        }
        let radix = |flags| Self { kind: NodeKind::Integer, flags, text: Words::From(2) };
        if let Some(digits) = text.strip_prefix("0x")
            && are(digits, u8::is_ascii_hexdigit)
        {
            return radix(RADIX_16);
        }
        if let Some(digits) = text.strip_prefix("0o")
            && are(digits, |b| matches!(b, b'0'..=b'7'))
        {
            return radix(RADIX_8 | AMBIGUOUS);
        }
        match body {
            ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Self::fixed(NodeKind::Float, "-inf"),
            ".inf" | ".Inf" | ".INF" => Self::fixed(NodeKind::Float, "inf"),
            ".nan" | ".NaN" | ".NAN" if body.len() == text.len() => Self::fixed(NodeKind::Float, "NaN"),
            _ => match is_float(body) {
                Some(flags) => Self::new(NodeKind::Float, flags),
                None => Self::new(NodeKind::String, if is_old_number(body) { AMBIGUOUS } else { 0 }),
            },
        }
    }
}

/// Whether text without its sign is a number with a fraction or exponent. YAML 1.1 wants a point,
/// and a sign in the exponent.
fn is_float(body: &str) -> Option<u8> {
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (body, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let power = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let is_number = are_digits(whole)
        && are_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && power.is_none_or(|power| !power.is_empty() && are_digits(power));
    let is_old = exponent.is_none_or(|exponent| mantissa.contains('.') && exponent.starts_with(['+', '-']));
    is_number.then_some(if is_old { 0 } else { AMBIGUOUS })
}

/// Whether YAML 1.1 reads a number, sign aside, where YAML 1.2 reads text: `1_000`, `0b101`, `1:30`.
fn is_old_number(body: &str) -> bool {
    let are = |text: &str, allowed: fn(u8) -> bool| {
        !text.is_empty() && text.bytes().all(|byte| allowed(byte) || byte == b'_')
    };
    if let Some(digits) = body.strip_prefix("0b") {
        return are(digits, |b| matches!(b, b'0' | b'1'));
    }
    if let Some(digits) = body.strip_prefix("0x") {
        return are(digits, |b| b.is_ascii_hexdigit());
    }
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let (whole, fraction) = body.split_once('.').unwrap_or((body, "0"));
    let mut parts = whole.split(':');
    are(parts.next().unwrap_or_default(), |b| b.is_ascii_digit())
        && parts.all(|part| part.len() <= 2 && are(part, |b| b.is_ascii_digit()))
        && are(fraction, |b| b.is_ascii_digit())
}
