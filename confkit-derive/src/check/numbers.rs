//! Numbers as they are written, and what fits the types that can be seen.

use std::cmp::Ordering;

use syn::{Expr, Lit};

use crate::parse::{bare, literal};

/// A number in an attribute.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Int(i128),
    /// Above the greatest `i128`.
    Large(u128),
    Float(f64),
}

impl Number {
    /// Reads a number from its digits.
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = &plain(text);
        let int = text.parse().map(Self::Int).or_else(|_| text.parse().map(Self::Large));
        int.ok().or_else(|| text.parse().ok().map(Self::Float))
    }

    /// Reads a number literal; `None` for any other expression.
    pub(super) fn of(expr: &Expr) -> Option<Self> {
        match bare(expr) {
            Expr::Lit(one) if !matches!(one.lit, Lit::Int(_) | Lit::Float(_)) => None,
            expr => Self::read(&literal(expr)?),
        }
    }

    /// Compares two numbers.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(&other)),
            (Self::Large(one), Self::Large(other)) => Some(one.cmp(&other)),
            (Self::Int(_), Self::Large(_)) => Some(Ordering::Less),
            (Self::Large(_), Self::Int(_)) => Some(Ordering::Greater),
            (one, other) => one.float().partial_cmp(&other.float()),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "only compared with a number that has a fraction")]
    fn float(self) -> f64 {
        match self {
            Self::Int(number) => number as f64,
            Self::Large(number) => number as f64,
            Self::Float(number) => number,
        }
    }
}

/// A number as its type parses it: `_` between digits is for the eye.
pub(super) fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let separates = |at: usize| at > 0 && is_digit(at - 1) && is_digit(at + 1);
    let is_sound = text.match_indices('_').all(|(at, _)| separates(at));
    if is_sound { text.replace('_', "") } else { text.to_owned() }
}

/// Returns the least and the greatest value of an integer type, by its name.
pub(super) fn integer(name: &str) -> Option<(i128, u128)> {
    let name = non_zero(name).unwrap_or(name);
    let signed = |least: i128, greatest: i128| Some((least, greatest.unsigned_abs()));
    match name {
        "i8" => signed(i8::MIN.into(), i8::MAX.into()),
        "i16" => signed(i16::MIN.into(), i16::MAX.into()),
        "i32" => signed(i32::MIN.into(), i32::MAX.into()),
        "i64" | "isize" => signed(i64::MIN.into(), i64::MAX.into()),
        "i128" => signed(i128::MIN, i128::MAX),
        "u8" => Some((0, u8::MAX.into())),
        "u16" => Some((0, u16::MAX.into())),
        "u32" => Some((0, u32::MAX.into())),
        "u64" | "usize" => Some((0, u64::MAX.into())),
        "u128" => Some((0, u128::MAX)),
        _ => None,
    }
}

/// Returns the integer type inside `NonZeroU8` and its like.
pub(super) fn non_zero(name: &str) -> Option<&'static str> {
    let inner = name.strip_prefix("NonZero")?;
    let names = ["i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize"];
    names.into_iter().find(|name| {
        let (first, rest) = name.split_at(1);
        inner.strip_prefix(first.to_ascii_uppercase().as_str()) == Some(rest)
    })
}

/// Returns whether a number fits an integer type.
pub(super) fn fits(number: Number, (least, greatest): (i128, u128)) -> bool {
    match number {
        Number::Int(number) => {
            number >= least && u128::try_from(number).map_or(true, |number| number <= greatest)
        }
        Number::Large(number) => number <= greatest,
        Number::Float(_) => false,
    }
}
