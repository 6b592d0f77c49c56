//! Numbers and lengths that rules allow.

use std::str::FromStr;

use confkit_sources::declared::{Rule, RuleKind};

use super::tree::Tree;

/// Numbers that are tried where the rules allow them.
const PLAIN: [i128; 14] = [1, 2, 10, 0, 100, 8, 16, 64, 1000, 1024, 8080, 3, 5, -1];

/// The limits of all `range` rules that are numbers; others are left for the load to judge.
struct Range<N> {
    min: Option<N>,
    max: Option<N>,
    /// Whether the limits themselves are outside.
    excludes: [bool; 2],
}

fn range<N: FromStr + PartialOrd + Copy>(rules: &[&'static Rule]) -> Range<N> {
    let mut range = Range { min: None, max: None, excludes: [false; 2] };
    for rule in rules {
        let RuleKind::Range { min, max, exclusive_min, exclusive_max } = rule.kind() else { continue };
        if let Some(min) = number::<N>(*min).filter(|min| range.min.is_none_or(|known| *min >= known)) {
            (range.min, range.excludes[0]) = (Some(min), *exclusive_min);
        }
        if let Some(max) = number::<N>(*max).filter(|max| range.max.is_none_or(|known| *max <= known)) {
            (range.max, range.excludes[1]) = (Some(max), *exclusive_max);
        }
    }
    range
}

/// A limit as a number, if it is one and no expression.
fn number<N: FromStr>(text: Option<&str>) -> Option<N> {
    text?.replace('_', "").parse().ok()
}

/// The whole numbers that rules and a type allow, both limits included.
pub(super) fn bounds(rules: &[&'static Rule], min: i128, max: u128) -> (i128, i128) {
    let range = range::<i128>(rules);
    let inside =
        |limit: i128, is_excluded: bool, by: i128| if is_excluded { limit.saturating_add(by) } else { limit };
    let low = range.min.map_or(min, |low| inside(low, range.excludes[0], 1).max(min));
    let top = i128::try_from(max).unwrap_or(i128::MAX);
    let high = range.max.map_or(top, |high| inside(high, range.excludes[1], -1).min(top));
    (low, high)
}

pub(super) fn integers(rules: &[&'static Rule], min: i128, max: u128) -> Vec<Tree> {
    let (low, high) = bounds(rules, min, max);
    let near = [low, low.saturating_add(1), high, high.saturating_sub(1), low.midpoint(high)];
    let allowed = allowed(rules).filter_map(|text| text.parse().ok());
    let numbers = allowed.chain(PLAIN).chain(near).filter(|number| (low..=high).contains(number));
    numbers.map(Tree::Integer).collect()
}

pub(super) fn floats(rules: &[&'static Rule]) -> Vec<Tree> {
    let range = range::<f64>(rules);
    let (low, high) = (range.min.unwrap_or(f64::MIN), range.max.unwrap_or(f64::MAX));
    let near = [low, high, low.midpoint(high), low + 0.5, high - 0.5];
    let is_inside = |number: &f64| {
        let is_above = if range.excludes[0] { *number > low } else { *number >= low };
        let is_below = if range.excludes[1] { *number < high } else { *number <= high };
        number.is_finite() && is_above && is_below
    };
    let allowed = allowed(rules).filter_map(|text| text.parse().ok());
    allowed.chain([0.5, 1.0, 0.0, 10.0, 100.0, -1.0]).chain(near).filter(is_inside).map(Tree::Float).collect()
}

fn allowed(rules: &[&'static Rule]) -> impl Iterator<Item = &'static str> {
    let lists = rules.iter().map(|rule| match rule.kind() {
        RuleKind::OneOf(allowed) => *allowed,
        _ => &[],
    });
    lists.flatten().copied()
}

/// The shortest and the longest length that the rules allow.
pub(super) fn length(rules: &[&'static Rule]) -> (usize, Option<usize>) {
    let (mut shortest, mut longest) = (0, None::<usize>);
    for rule in rules {
        match rule.kind() {
            RuleKind::NonEmpty => shortest = shortest.max(1),
            RuleKind::Length { min, max, equal } => {
                let (min, max, equal) = (number(*min), number(*max), number(*equal));
                shortest = [min, equal].into_iter().flatten().fold(shortest, usize::max);
                longest = [max, equal, longest].into_iter().flatten().min();
            }
            _ => {}
        }
    }
    (shortest, longest)
}
