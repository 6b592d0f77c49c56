//! Numbers, in all ways that the dialects write them.

use super::messages::Fault;
use super::reader::{Entry, Reader};
use crate::document::{NodeKind, RADIX_16, Text};

impl Reader<'_> {
    /// Numbers that are more than digits: with a plus sign, exponent, radix or mistakes.
    pub(super) fn any_number(&mut self, entry: Entry) {
        let node = self.nothing(entry);
        let start = self.at;
        let fits = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-._$".contains(byte);
        self.at += self.bytes[start..].iter().take_while(fits).count();
        let (written, end) = (&self.text[start..self.at], self.at);
        let body = written.strip_prefix(['+', '-']).unwrap_or(written);
        self.builder.set_span(node, start..end);
        if written.starts_with('+') && !self.dialect.plus_sign {
            self.fault(Fault::PlusSign, start..end);
        }
        if let Some(digits) = body.strip_prefix("0x").or(body.strip_prefix("0X")) {
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
                return self.fault(Fault::Number, start..end);
            }
            if !self.dialect.hexadecimal {
                self.fault(Fault::Hexadecimal, start..end);
            }
            self.builder.set_flags(node, RADIX_16);
            let text = if written.starts_with('-') {
                Text::Decoded(&format!("-{digits}"))
            } else {
                Text::Source(end - digits.len()..end)
            };
            return self.builder.set_value(node, NodeKind::Integer, text);
        }
        let kind = match Shape::of(body) {
            Ok(Shape::NonFinite) if self.dialect.non_finite => NodeKind::Float,
            Ok(Shape::OpenFraction) if self.dialect.open_fractions => NodeKind::Float,
            Ok(Shape::NonFinite) => return self.fault(Fault::NonFinite, start..end),
            Ok(Shape::OpenFraction) => return self.fault(Fault::OpenFraction, start..end),
            Ok(Shape::Integer) => NodeKind::Integer,
            Ok(Shape::Float) => NodeKind::Float,
            Err(fault) => return self.fault(fault, start..end.max(start + 1)),
        };
        self.builder.set_value(node, kind, Text::Source(start..end));
    }
}

/// What a decimal number looks like, its sign aside.
enum Shape {
    Integer,
    Float,
    /// Without digits on one side of its point.
    OpenFraction,
    NonFinite,
}

impl Shape {
    fn of(body: &str) -> Result<Self, Fault> {
        if matches!(body, "Infinity" | "NaN") {
            return Ok(Self::NonFinite);
        }
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (body, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let power = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
        let is_sound = are_digits(whole)
            && fraction.is_none_or(are_digits)
            && power.is_none_or(|power| !power.is_empty() && are_digits(power))
            && !(whole.is_empty() && fraction.is_none_or(str::is_empty));
        if !is_sound {
            return Err(Fault::Number);
        }
        if whole.len() > 1 && whole.starts_with('0') {
            return Err(Fault::LeadingZero);
        }
        Ok(match (fraction, exponent) {
            (Some(fraction), _) if fraction.is_empty() || whole.is_empty() => Self::OpenFraction,
            (None, None) => Self::Integer,
            _ => Self::Float,
        })
    }
}
