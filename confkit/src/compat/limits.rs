//! Limits of numbers and counts, compared exactly.

use std::cmp::Ordering;
use std::fmt;

use serde_json::Value;

use super::schema::View;

/// A number of JSON. Whole ones are not rounded.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number {
    Whole(i128),
    Real(f64),
}

impl Number {
    pub(super) fn of(number: &serde_json::Number) -> Self {
        let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
        whole.map_or_else(|| Self::real(number.as_f64().unwrap_or(f64::NAN)), Self::Whole)
    }

    /// 4.0 is a whole number, as JSON Schema has it.
    fn real(number: f64) -> Self {
        if number.fract() == 0.0 && number.abs() < WHOLE_BELOW {
            return Self::Whole(Self::Real(number).rounded(f64::floor));
        }
        Self::Real(number)
    }

    pub(super) fn is_whole(self) -> bool {
        match self {
            Self::Whole(_) => true,
            Self::Real(number) => number.fract() == 0.0,
        }
    }

    pub(super) fn is_equal(self, other: Self) -> bool {
        self.order(other) == Ordering::Equal
    }

    fn order(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => one.cmp(&other),
            (Self::Real(one), Self::Real(other)) => one.total_cmp(&other),
            (Self::Whole(whole), Self::Real(real)) => whole_with_real(whole, real),
            (Self::Real(real), Self::Whole(whole)) => whole_with_real(whole, real).reverse(),
        }
    }

    /// Whether every multiple of this is one of another.
    fn is_multiple_of(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => other != 0 && one % other == 0,
            (one, other) => one.is_equal(other),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "what is out of range has no fraction to round")]
    fn rounded(self, round: fn(f64) -> f64) -> i128 {
        match self {
            Self::Whole(whole) => whole,
            Self::Real(real) => round(real) as i128,
        }
    }
}

/// 2 to the power of 126.
const WHOLE_BELOW: f64 = 8.507_059_173_023_462e37;

fn whole_with_real(whole: i128, real: f64) -> Ordering {
    if real.abs() >= WHOLE_BELOW || real.is_nan() {
        return 0.0_f64.total_cmp(&real);
    }
    // What is left of the real number is a fraction above its floor.
    whole.cmp(&Number::Real(real).rounded(f64::floor)).then(Ordering::Less)
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(whole) => write!(f, "{whole}"),
            Self::Real(real) => write!(f, "{real}"),
        }
    }
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Lower,
    Upper,
}

/// A limit, and whether it is itself out of the range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    pub(super) number: Number,
    pub(super) is_open: bool,
}

impl Limit {
    pub(super) fn closed(number: Number) -> Self {
        Self { number, is_open: false }
    }

    /// The same limit for whole numbers alone.
    fn whole(self, side: Side) -> Self {
        let number = match (side, self.is_open) {
            (Side::Lower, false) => self.number.rounded(f64::ceil),
            (Side::Lower, true) => self.number.rounded(f64::floor).saturating_add(1),
            (Side::Upper, false) => self.number.rounded(f64::floor),
            (Side::Upper, true) => self.number.rounded(f64::ceil).saturating_sub(1),
        };
        Self::closed(Number::Whole(number))
    }

    /// Says `Greater` if this allows less than another.
    fn strictness(self, other: Self, side: Side) -> Ordering {
        let order = self.number.order(other.number);
        let order = if side == Side::Lower { order } else { order.reverse() };
        order.then(self.is_open.cmp(&other.is_open))
    }

    fn words(self, side: Side) -> String {
        let words = match (side, self.is_open) {
            (Side::Lower, false) => "at least",
            (Side::Lower, true) => "greater than",
            (Side::Upper, false) => "at most",
            (Side::Upper, true) => "less than",
        };
        format!("{words} {}", self.number)
    }
}

/// The strictest limit of several.
pub(super) fn strictest(limits: impl IntoIterator<Item = Limit>, side: Side) -> Option<Limit> {
    limits.into_iter().max_by(|one, other| one.strictness(*other, side))
}

/// The limits that a schema gives with a keyword.
pub(super) fn given(view: &View<'_>, keyword: &'static str, is_open: bool) -> Vec<Limit> {
    let numbers = view.each(keyword).filter_map(|value| match value {
        Value::Number(number) => Some(Number::of(number)),
        _ => None,
    });
    numbers.map(|number| Limit { number, is_open }).collect()
}

/// What happened to an end of a range.
pub(super) struct Moved {
    pub(super) is_narrower: bool,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

/// Compares one end of two ranges.
pub(super) fn moved(old: Option<Limit>, new: Option<Limit>, side: Side, whole: bool) -> Option<Moved> {
    let judged = |limit: Option<Limit>| limit.map(|limit| if whole { limit.whole(side) } else { limit });
    let order = match (judged(old), judged(new)) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(old), Some(new)) => new.strictness(old, side),
    };
    let words = |limit: Option<Limit>| limit.map(|limit| limit.words(side));
    (order != Ordering::Equal).then(|| Moved {
        is_narrower: order == Ordering::Greater,
        before: words(old),
        after: words(new),
    })
}

/// Whether all that old steps allow, new ones allow too: `multipleOf`.
pub(super) fn steps_are_kept(old: &View<'_>, new: &View<'_>, whole: bool) -> bool {
    let steps = |view| given(view, "multipleOf", false).into_iter().map(|limit| limit.number);
    let known: Vec<Number> = steps(old).chain(whole.then_some(Number::Whole(1))).collect();
    steps(new).all(|step| known.iter().any(|known| known.is_multiple_of(step)))
}

/// The numbers that a format of integers has, as schemars names them.
pub(super) fn range_of(format: &str) -> Option<(i128, i128)> {
    let (is_signed, bits) = match format.strip_prefix('u') {
        Some(rest) => (false, rest.strip_prefix("int")?),
        None => (true, format.strip_prefix("int")?),
    };
    let bits: u32 = match bits {
        "" => 64,
        "8" | "16" | "32" | "64" => bits.parse().ok()?,
        _ => return None,
    };
    let half = 1_i128 << (bits - 1);
    Some(if is_signed { (-half, half - 1) } else { (0, 2 * half - 1) })
}

/// The limit that a format gives.
pub(super) fn of_format(view: &View<'_>, side: Side) -> Option<Limit> {
    let formats = view.each("format").filter_map(Value::as_str).filter_map(range_of);
    let ends = formats.map(|(least, most)| if side == Side::Lower { least } else { most });
    strictest(ends.map(|end| Limit::closed(Number::Whole(end))), side)
}

/// The outermost of listed numbers.
pub(super) fn of_listed(values: Option<&[&Value]>, side: Side) -> Option<Limit> {
    let numbers = values?.iter().filter_map(|value| match value {
        Value::Number(number) => Some(Limit::closed(Number::of(number))),
        _ => None,
    });
    numbers.min_by(|one, other| one.strictness(*other, side))
}
