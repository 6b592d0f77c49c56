//! The rules on values: limits, closures and conditions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use confkit_sources::declared::{Content, Field, Rule, RuleKind};

use crate::report::Code;
use crate::resolve::{Cx, Draft, PlaceOf, Scope, Unjudged, found_words};
use crate::secret::Secret;

/// Values that can be compared with limits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `range` rule",
    label = "not a number or a duration",
    note = "use `length` for text and collections, or a closure: `validate(|v| …, \"message\")`"
)]
pub trait Ranged {
    /// What the limits are given as.
    type Bound: PartialOrd;

    /// Returns the value to compare; `None` where there is none to judge.
    fn bound(&self) -> Option<Self::Bound>;

    /// Writes a limit as it is written in settings.
    fn show(bound: &Self::Bound) -> String;
}

/// Values that have a number of characters, elements or entries.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have a `length` or `non_empty` rule",
    label = "neither text nor a collection",
    note = "use `range` for numbers, or a closure: `validate(|v| …, \"message\")`"
)]
pub trait Length {
    /// Returns the number of characters, elements or entries; `None` where there is nothing to judge.
    fn length(&self) -> Option<usize>;
}

/// A newtype with `#[derive(Config)]`: rules see through it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot have this rule",
    label = "neither a number, a duration, text nor a collection",
    note = "use a closure: `validate(|v| …, \"message\")`"
)]
pub trait Newtype {
    /// What it holds.
    type Inner;

    /// Returns what it holds.
    fn inner(&self) -> &Self::Inner;
}

macro_rules! numbers {
    ($($number:ty)*) => {$(
        impl Ranged for $number {
            type Bound = $number;

            #[inline]
            fn bound(&self) -> Option<$number> {
                Some(*self)
            }

            fn show(bound: &$number) -> String {
                bound.to_string()
            }
        }
    )*};
}

macro_rules! non_zero {
    ($($number:ty)*) => {$(
        impl Ranged for std::num::NonZero<$number> {
            type Bound = $number;

            fn bound(&self) -> Option<$number> {
                Some(self.get())
            }

            fn show(bound: &$number) -> String {
                bound.to_string()
            }
        }
    )*};
}

numbers!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 char);
non_zero!(i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize);

impl Ranged for Duration {
    type Bound = Duration;

    fn bound(&self) -> Option<Duration> {
        Some(*self)
    }

    fn show(bound: &Duration) -> String {
        humantime::format_duration(*bound).to_string()
    }
}

impl Ranged for crate::ByteSize {
    type Bound = crate::ByteSize;

    fn bound(&self) -> Option<Self> {
        Some(*self)
    }

    fn show(bound: &Self) -> String {
        bound.to_string()
    }
}

impl<T: Ranged> Ranged for Option<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        self.as_ref().and_then(Ranged::bound)
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Ranged> Ranged for Secret<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        self.expose().bound()
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Ranged> Ranged for Arc<T> {
    type Bound = T::Bound;

    fn bound(&self) -> Option<T::Bound> {
        (**self).bound()
    }

    fn show(bound: &T::Bound) -> String {
        T::show(bound)
    }
}

impl<T: Newtype> Ranged for T
where
    T::Inner: Ranged,
{
    type Bound = <T::Inner as Ranged>::Bound;

    fn bound(&self) -> Option<Self::Bound> {
        self.inner().bound()
    }

    fn show(bound: &Self::Bound) -> String {
        T::Inner::show(bound)
    }
}

macro_rules! text {
    ($($text:ty)*) => {$(
        impl Length for $text {
            fn length(&self) -> Option<usize> {
                Some(self.chars().count())
            }
        }
    )*};
}

text!(String Box<str> Arc<str> std::borrow::Cow<'_, str>);

macro_rules! collections {
    ($([$($parameters:ident),*] $collection:ty)*) => {$(
        impl<$($parameters),*> Length for $collection {
            fn length(&self) -> Option<usize> {
                Some(self.len())
            }
        }
    )*};
}

collections! {
    [T] Vec<T>
    [T] VecDeque<T>
    [T] BTreeSet<T>
    [T, S] HashSet<T, S>
    [K, V] BTreeMap<K, V>
    [K, V, S] HashMap<K, V, S>
}

impl<T, const N: usize> Length for [T; N] {
    fn length(&self) -> Option<usize> {
        Some(N)
    }
}

#[cfg(feature = "indexmap")]
impl<K, V, S> Length for indexmap::IndexMap<K, V, S> {
    fn length(&self) -> Option<usize> {
        Some(self.len())
    }
}

impl Length for std::path::PathBuf {
    fn length(&self) -> Option<usize> {
        Some(self.to_string_lossy().chars().count())
    }
}

impl Length for crate::SecretString {
    fn length(&self) -> Option<usize> {
        Some(self.expose().chars().count())
    }
}

impl Length for crate::SecretBytes {
    fn length(&self) -> Option<usize> {
        Some(self.expose().len())
    }
}

impl<T: Length> Length for Option<T> {
    fn length(&self) -> Option<usize> {
        self.as_ref().and_then(Length::length)
    }
}

impl<T: Length> Length for Secret<T> {
    fn length(&self) -> Option<usize> {
        self.expose().length()
    }
}

impl<T: Newtype> Length for T
where
    T::Inner: Length,
{
    fn length(&self) -> Option<usize> {
        self.inner().length()
    }
}

impl Cx<'_> {
    /// Judges `range`.
    pub fn range<T: Ranged>(
        &mut self,
        scope: &Scope,
        index: usize,
        rule: usize,
        value: &Option<T>,
        min: Option<T::Bound>,
        max: Option<T::Bound>,
    ) {
        let Some(bound) = value.as_ref().and_then(Ranged::bound) else { return };
        let RuleKind::Range { exclusive_min, exclusive_max, .. } = scope.rule(index, rule).kind() else {
            return;
        };
        // `!(a <= b)` and not `a > b`: a number that is none lies in no range.
        let above = |limit: &T::Bound| if *exclusive_min { bound > *limit } else { bound >= *limit };
        let below = |limit: &T::Bound| if *exclusive_max { bound < *limit } else { bound <= *limit };
        if min.as_ref().is_none_or(above) && max.as_ref().is_none_or(below) {
            return;
        }
        let limits = Limits {
            min: min.as_ref().map(T::show),
            max: max.as_ref().map(T::show),
            exclusive: (*exclusive_min, *exclusive_max),
        };
        self.out_of_range(scope, index, &limits, &T::show(&bound));
    }

    /// Judges `length`.
    pub fn length<T: Length>(
        &mut self,
        scope: &Scope,
        index: usize,
        _: usize,
        value: &Option<T>,
        min: Option<usize>,
        max: Option<usize>,
        equal: Option<usize>,
    ) {
        let Some(length) = value.as_ref().and_then(Length::length) else { return };
        let right = min.is_none_or(|min| length >= min)
            && max.is_none_or(|max| length <= max)
            && equal.is_none_or(|equal| length == equal);
        if !right {
            self.wrong_length(scope, index, length, (min, max, equal));
        }
    }

    /// Judges `non_empty`.
    pub fn non_empty<T: Length>(&mut self, scope: &Scope, index: usize, _: usize, value: &Option<T>) {
        if value.as_ref().and_then(Length::length) == Some(0) {
            let path = self.path_to(scope, index);
            let message = format!("{path} must not be empty");
            self.broken(scope, index, "non_empty", message, Vec::new());
        }
    }

    /// Judges an inline closure.
    pub fn holds<T: ?Sized>(
        &mut self,
        scope: &Scope,
        index: usize,
        rule: usize,
        value: Option<&T>,
        test: impl FnOnce(&T) -> bool,
    ) {
        let Some(value) = value else { return };
        // What a rule that panics has to say may show the value.
        let verdict = catch_unwind(AssertUnwindSafe(|| test(value)));
        if !matches!(verdict, Ok(true)) {
            self.refused(scope, index, rule, verdict.is_err());
        }
    }

    /// Judges `required_if`.
    pub fn required_if(
        &mut self,
        scope: &Scope,
        index: usize,
        rule: usize,
        other: usize,
        present: Option<bool>,
        condition: Option<bool>,
    ) {
        match (present, condition) {
            (Some(false), Some(true)) => self.required_here(scope, index, rule, other),
            (Some(false), None) => self.unjudged(scope, &[other]),
            _ => {}
        }
    }

    /// Judges a rule over several fields; `None` if one of them could not be read.
    pub fn check(&mut self, scope: &Scope, check: usize, verdict: Option<impl FnOnce() -> bool>) {
        let declared = &scope.metadata().checks()[check];
        match verdict {
            _ if self.is_incomplete() => self.unjudged(scope, declared.fields()),
            None => self.unjudged(scope, declared.fields()),
            Some(verdict) => {
                let verdict = catch_unwind(AssertUnwindSafe(verdict));
                if !matches!(verdict, Ok(true)) {
                    self.check_broken(scope, check, verdict.is_err());
                }
            }
        }
    }

    #[cold]
    fn out_of_range(&mut self, scope: &Scope, index: usize, limits: &Limits, value: &str) {
        let path = self.path_to(scope, index);
        let not = self.unless_secret(scope, index, |_| format!(", not {value}"));
        let message = format!("{path} must be {}{not}", limits.words());
        let mut params = Vec::new();
        params.extend(limits.min.clone().map(|min| ("min", min)));
        params.extend(limits.max.clone().map(|max| ("max", max)));
        self.broken(scope, index, "range", message, params);
    }

    #[cold]
    fn wrong_length(
        &mut self,
        scope: &Scope,
        index: usize,
        length: usize,
        limits: (Option<usize>, Option<usize>, Option<usize>),
    ) {
        let words = match limits {
            (_, _, Some(equal)) => format!("exactly {equal}"),
            (Some(min), Some(max), _) => format!("{min} to {max}"),
            (Some(min), None, _) => format!("at least {min}"),
            (None, Some(max), _) => format!("at most {max}"),
            (None, None, None) => return,
        };
        let path = self.path_to(scope, index);
        let is_list =
            self.place(scope, index).is_some_and(|place| self.shared.node(place.node()).is_container());
        let one = [limits.0, limits.1, limits.2].into_iter().flatten().next_back() == Some(1);
        let unit = match (is_list, one) {
            (true, true) => "element",
            (true, false) => "elements",
            (false, true) => "character",
            (false, false) => "characters",
        };
        let secret = scope.declared(index).is_secret() || self.is_secret();
        let not = if secret { String::new() } else { format!(", not {length}") };
        let message = format!("{path} must have {words} {unit}{not}");
        let (min, max, equal) = limits;
        let limits = [("min", min), ("max", max), ("equal", equal)];
        let params =
            limits.into_iter().filter_map(|(name, limit)| Some((name, limit?.to_string()))).collect();
        self.broken(scope, index, "length", message, params);
    }

    #[cold]
    fn refused(&mut self, scope: &Scope, index: usize, rule: usize, panicked: bool) {
        let path = self.path_to(scope, index);
        let message = if panicked {
            format!("the rule on {path} panicked")
        } else {
            let declared = scope.rule(index, rule).message().unwrap_or("is not valid");
            let not = self.unless_secret(scope, index, |found| format!(", not {found}"));
            format!("{path} {declared}{not}")
        };
        self.broken(scope, index, "closure", message, Vec::new());
    }

    #[cold]
    fn required_here(&mut self, scope: &Scope, index: usize, rule: usize, other: usize) {
        if self.is_incomplete() {
            return self.unjudged(scope, &[other]);
        }
        let RuleKind::RequiredIf { value, .. } = scope.rule(index, rule).kind() else { return };
        let condition = self.path_to(scope, other);
        let node = self.place(scope, other).map(|place| self.shared.node(place.node()));
        let shown = match node {
            _ if scope.declared(other).holds_secret() => " has its value".to_owned(),
            Some(node) if !node.is_container() => format!(" is `{}`", node.text()),
            _ => format!(" is {value}"),
        };
        let field = scope.declared(index);
        let place = self.place(scope, other);
        self.required_because(
            field,
            &format!(" because {condition}{shown}"),
            place.map(|place| (place, "because of this".to_owned())),
        );
    }

    #[cold]
    fn check_broken(&mut self, scope: &Scope, check: usize, panicked: bool) {
        let declared = &scope.metadata().checks()[check];
        let path = self.section_path();
        let subject = if path.is_empty() { String::new() } else { format!("{path}: ") };
        let message = if panicked {
            format!("{subject}the rule `{}` panicked", declared.source())
        } else {
            format!("{subject}{}", declared.message())
        };
        let mut draft = Draft::new(Code::Invalid, path, message).rule("check");
        let mut places = declared.fields().iter().filter_map(|&index| {
            let place = self.value_place(scope, index)?;
            let path = self.path_to(scope, index);
            Some((place, self.given_words(scope, index, &path)))
        });
        if let Some((place, _)) = places.next() {
            draft.place = Some(place);
        }
        draft.related = places.collect();
        draft.secret = declared.fields().iter().any(|&index| scope.declared(index).is_secret());
        self.push(draft);
    }

    fn given_words(&self, scope: &Scope, index: usize, path: &str) -> String {
        let node = self.place(scope, index).map(|place| self.shared.node(place.node()));
        match node {
            Some(node) if !node.is_container() && !scope.declared(index).is_secret() => {
                format!("{path} is {}", found_words(node, false))
            }
            _ => format!("{path} is set here"),
        }
    }

    #[cold]
    fn unjudged(&mut self, scope: &Scope, fields: &[usize]) {
        if self.is_incomplete() {
            return self.unjudged.push(Unjudged { because: None });
        }
        let because = fields.iter().map(|&index| self.path_to(scope, index)).collect::<Vec<_>>().join(", ");
        let because = Some(because).filter(|because| !because.is_empty());
        self.unjudged.push(Unjudged { because });
    }

    fn broken(
        &mut self,
        scope: &Scope,
        index: usize,
        rule: &'static str,
        message: String,
        params: Vec<(&'static str, String)>,
    ) {
        let field = scope.declared(index);
        let mut draft = Draft::new(Code::Invalid, self.path_to(scope, index), message).rule(rule);
        draft.place = self.place(scope, index);
        draft.secret = field.is_secret();
        draft.open = !field.holds_secret() && matches!(field.content(), Content::Value(_));
        draft.params = params;
        if draft.place.is_none() {
            draft.help = Some("this is the declared default".to_owned());
        }
        self.push(draft);
    }

    fn unless_secret(&self, scope: &Scope, index: usize, words: impl FnOnce(String) -> String) -> String {
        if scope.declared(index).is_secret() || self.is_secret() {
            return String::new();
        }
        let Some(PlaceOf::Value(at) | PlaceOf::Key(at)) = self.place(scope, index) else {
            return words("the default".to_owned());
        };
        let node = self.shared.node(at);
        if node.is_container() { String::new() } else { words(found_words(node, false)) }
    }
}

impl Scope {
    fn declared(&self, index: usize) -> &'static Field {
        &self.metadata().fields()[index]
    }

    fn rule(&self, index: usize, rule: usize) -> &'static Rule {
        &self.declared(index).rules()[rule]
    }
}

struct Limits {
    min: Option<String>,
    max: Option<String>,
    exclusive: (bool, bool),
}

impl Limits {
    fn words(&self) -> String {
        let least = |min: &String| {
            if self.exclusive.0 { format!("greater than {min}") } else { format!("at least {min}") }
        };
        let most = |max: &String| {
            if self.exclusive.1 { format!("less than {max}") } else { format!("at most {max}") }
        };
        match (&self.min, &self.max) {
            (Some(min), Some(max)) if self.exclusive == (false, false) => format!("from {min} to {max}"),
            (Some(min), Some(max)) => format!("{} and {}", least(min), most(max)),
            (Some(min), None) => least(min),
            (None, Some(max)) => most(max),
            (None, None) => String::new(),
        }
    }
}
