//! Rules that compare and count.

use std::fmt;

use confkit_sources::declared::RuleKind;

use super::telling::{Found, Params};
use super::{Length, On, Ranged, Text};
use crate::report::nearest;
use crate::resolve::{Cx, one_of};

impl Cx<'_> {
    /// Judges `range`.
    #[inline]
    pub fn range<T: Ranged>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        min: Option<T::Bound>,
        max: Option<T::Bound>,
    ) {
        let Some(bound) = value.and_then(Ranged::bound) else { return };
        // `!(a <= b)` and not `a > b`: a number that is none lies in no range.
        let inside =
            min.as_ref().is_none_or(|min| bound >= *min) && max.as_ref().is_none_or(|max| bound <= *max);
        if !inside || min.as_ref() == Some(&bound) || max.as_ref() == Some(&bound) {
            self.at_a_limit::<T>(on, inside, &bound, min.as_ref(), max.as_ref());
        }
    }

    /// A value that is a limit itself, or outside.
    #[cold]
    fn at_a_limit<T: Ranged>(
        &mut self,
        on: On<'_>,
        inside: bool,
        bound: &T::Bound,
        min: Option<&T::Bound>,
        max: Option<&T::Bound>,
    ) {
        let RuleKind::Range { exclusive_min, exclusive_max, .. } = *on.rule().kind() else { return };
        let refused = (exclusive_min && min == Some(bound)) || (exclusive_max && max == Some(bound));
        if inside && !refused {
            return;
        }
        let (min, max) = (min.map(T::show), max.map(T::show));
        let words = range_words([min.as_deref(), max.as_deref()], [exclusive_min, exclusive_max]);
        let params = [("min", min), ("max", max)];
        let params = params.into_iter().filter_map(|(name, limit)| Some((name, limit?))).collect();
        self.broken(on, &format!("must be {words}"), Found::Value(T::show(bound)), params);
    }

    /// Judges `length`.
    #[inline]
    pub fn length<T: Length>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        min: Option<usize>,
        max: Option<usize>,
        equal: Option<usize>,
    ) {
        let Some(length) = value.and_then(Length::length) else { return };
        let right = min.is_none_or(|min| length >= min)
            && max.is_none_or(|max| length <= max)
            && equal.is_none_or(|equal| length == equal);
        if !right {
            self.wrong_length(on, length, (min, max, equal), T::UNIT);
        }
    }

    #[cold]
    fn wrong_length(
        &mut self,
        on: On<'_>,
        length: usize,
        (min, max, equal): (Option<usize>, Option<usize>, Option<usize>),
        [one, several]: [&str; 2],
    ) {
        let Some(words) = length_words(min, max, equal) else { return };
        let last = [min, max, equal].into_iter().flatten().next_back();
        let unit = if last == Some(1) { one } else { several };
        let limits = [("min", min), ("max", max), ("equal", equal)];
        let params: Params =
            limits.into_iter().filter_map(|(name, limit)| Some((name, limit?.to_string()))).collect();
        self.broken(on, &format!("must have {words} {unit}"), Found::Length(length), params);
    }

    /// Judges `non_empty`.
    #[inline]
    pub fn non_empty<T: Length>(&mut self, on: On<'_>, value: Option<&T>) {
        if value.is_some_and(Length::is_nothing) {
            self.broken(on, "must not be empty", Found::Nothing, Params::new());
        }
    }

    /// Judges `one_of` by comparing.
    pub fn one_of<T: Ranged>(&mut self, on: On<'_>, value: Option<&T>, allowed: &[T::Bound]) {
        let Some(bound) = value.and_then(Ranged::bound) else { return };
        if !allowed.contains(&bound) {
            let allowed: Vec<String> = allowed.iter().map(T::show).collect();
            self.none_of(on, &allowed, None);
        }
    }

    /// Judges `one_of` on text.
    pub fn one_of_texts<T: Text>(&mut self, on: On<'_>, value: Option<&T>, allowed: &[&str]) {
        let Some(text) = value.and_then(Text::text) else { return };
        if !allowed.contains(&&*text) {
            self.none_of(on, allowed, Some(&text));
        }
    }

    #[cold]
    fn none_of<S: AsRef<str>>(&mut self, on: On<'_>, allowed: &[S], text: Option<&str>) {
        let words = format!("must be {}", one_of(allowed));
        let list = allowed.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
        let draft =
            self.broken_as(on, crate::report::Code::Invalid, &words, Found::Written, vec![("allowed", list)]);
        if let (Some(text), false) = (text, draft.secret) {
            draft.suggestion = nearest(text, allowed.iter().map(AsRef::as_ref)).map(str::to_owned);
        }
    }
}

/// Limits of a length in words; nothing if there are none.
pub(crate) fn length_words<N: fmt::Display + PartialEq>(
    min: Option<N>,
    max: Option<N>,
    equal: Option<N>,
) -> Option<String> {
    Some(match (min, max, equal) {
        (_, _, Some(equal)) => format!("exactly {equal}"),
        (Some(min), Some(max), _) if min == max => format!("exactly {min}"),
        (Some(min), Some(max), _) => format!("{min} to {max}"),
        (Some(min), None, _) => format!("at least {min}"),
        (None, Some(max), _) => format!("at most {max}"),
        (None, None, None) => return None,
    })
}

/// Limits of a value in words.
pub(crate) fn range_words([min, max]: [Option<&str>; 2], exclusive: [bool; 2]) -> String {
    let least =
        |min: &str| if exclusive[0] { format!("greater than {min}") } else { format!("at least {min}") };
    let most = |max: &str| if exclusive[1] { format!("less than {max}") } else { format!("at most {max}") };
    match (min, max) {
        (Some(min), Some(max)) if exclusive == [false, false] => format!("from {min} to {max}"),
        (Some(min), Some(max)) => format!("{} and {}", least(min), most(max)),
        (Some(min), None) => least(min),
        (None, Some(max)) => most(max),
        (None, None) => String::new(),
    }
}
