//! Single values, in the spellings that formats with types share.

use std::borrow::Cow;

use super::Refusal;
use crate::document::{NodeKind, NodeRef};

pub(super) const NO_NULL: Refusal = Refusal("there is no null", Some("leave the key out"));
pub(super) const NO_DATE: Refusal = Refusal("there are no dates", Some("write it as text"));
pub(super) const NO_INFINITY: Refusal =
    Refusal("numbers have to be finite", Some("write the greatest number that is meant"));
const UNTYPED: Refusal = Refusal(
    "its text has no type of its own",
    Some("load the settings and write the value they are read as"),
);
const AMBIGUOUS: Refusal = Refusal(
    "it is read by the type of its setting, as text, number or boolean",
    Some("put it in quotation marks where it is text, or write the number or boolean plainly"),
);
const TOO_WIDE: Refusal = Refusal("it has more than 128 bits", None);

/// A value, spelled so that TOML, JSON and YAML read it alike.
pub(super) enum Scalar<'d> {
    Null,
    Bool(&'d str),
    Integer(Cow<'d, str>),
    Float(Float),
    String(&'d str),
    Date(&'d str),
}

impl<'d> Scalar<'d> {
    /// What a node holds that is no container.
    pub(super) fn of(node: NodeRef<'d>) -> Result<Self, Refusal> {
        if node.as_written().is_some() {
            return Err(AMBIGUOUS);
        }
        Ok(match node.kind() {
            NodeKind::Null => Self::Null,
            NodeKind::Bool => Self::Bool(node.text()),
            NodeKind::Integer => Self::Integer(decimal(node)?),
            NodeKind::Float => Self::Float(Float::of(node.text())),
            NodeKind::String => Self::String(node.text()),
            NodeKind::Datetime => Self::Date(node.text()),
            NodeKind::Text | NodeKind::Array | NodeKind::Table => return Err(UNTYPED),
        })
    }
}

/// An integer in decimal digits, of any width that it is written with.
pub(super) fn decimal(node: NodeRef<'_>) -> Result<Cow<'_, str>, Refusal> {
    let text = node.text();
    if node.radix() != 10 {
        let signed = || i128::from_str_radix(text, node.radix()).map(|number| number.to_string());
        let unsigned = u128::from_str_radix(text, node.radix()).map(|number| number.to_string());
        return unsigned.or_else(|_| signed()).map(Cow::Owned).map_err(|_| TOO_WIDE);
    }
    let digits = text.trim_start_matches(['+', '-']);
    let short = digits.trim_start_matches('0');
    let short = if short.is_empty() { &digits[digits.len().saturating_sub(1)..] } else { short };
    Ok(match text.strip_prefix('-') {
        Some(same) if same == short => Cow::Borrowed(text),
        Some(_) => Cow::Owned(format!("-{short}")),
        None => Cow::Borrowed(short),
    })
}

/// An integer that formats take whose readers count to 128 bits.
pub(super) fn bounded(digits: Cow<'_, str>) -> Result<Cow<'_, str>, Refusal> {
    let fits = digits.parse::<i128>().is_ok() || digits.parse::<u128>().is_ok();
    if fits { Ok(digits) } else { Err(TOO_WIDE) }
}

/// A number with a fraction.
pub(super) enum Float {
    /// With digits on both sides of its point, and a sign in its exponent: nobody reads it otherwise.
    Finite(String),
    Infinite,
    NegativeInfinite,
    Nan,
}

impl Float {
    pub(super) fn of(text: &str) -> Self {
        let body = text.trim_start_matches(['+', '-']);
        let sign = if text.starts_with('-') { "-" } else { "" };
        if body.eq_ignore_ascii_case("nan") {
            return Self::Nan;
        } else if body.starts_with(['i', 'I']) {
            return if sign.is_empty() { Self::Infinite } else { Self::NegativeInfinite };
        }
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (body, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let or_zero = |digits: &'_ str| if digits.is_empty() { "0".to_owned() } else { digits.to_owned() };
        let (whole, fraction) = (or_zero(whole.trim_start_matches('0')), or_zero(fraction));
        let exponent = exponent.map(|exponent| {
            let is_signed = exponent.starts_with(['+', '-']);
            format!("e{}{exponent}", if is_signed { "" } else { "+" })
        });
        Self::Finite(format!("{sign}{whole}.{fraction}{}", exponent.unwrap_or_default()))
    }

    /// In the words that Rust reads, for formats that have text alone.
    #[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Finite(text) => text,
            Self::Infinite => "inf".to_owned(),
            Self::NegativeInfinite => "-inf".to_owned(),
            Self::Nan => "NaN".to_owned(),
        }
    }
}

/// Text between `"`, with the escapes that all formats with such texts have; `escape` knows those of
/// other characters.
pub(super) fn quoted(text: &str, escape: impl Fn(char) -> Option<String>) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c => match escape(c) {
                Some(escaped) => quoted.push_str(&escaped),
                None => quoted.push(c),
            },
        }
    }
    quoted.push('"');
    quoted
}
