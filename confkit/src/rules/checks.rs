//! Rules that the program judges itself, and rules over several fields.

use std::any::Any;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};

use confkit_sources::declared::RuleKind;

use super::On;
use super::message::filled;
use super::telling::{Found, Params};
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, Located, Scope, subject};

impl Cx<'_> {
    /// Judges an inline closure.
    pub fn holds<T: ?Sized>(&mut self, on: On<'_>, value: Option<&T>, test: impl FnOnce(&T) -> bool) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        // What a rule that panics has to say may show the value.
        match catch_unwind(AssertUnwindSafe(|| test(value))) {
            Ok(true) => {}
            Ok(false) => self.broken(on, "is not valid", Found::Written, Params::new()),
            Err(_) => self.panicked(on),
        }
    }

    /// Judges an inline closure that takes the context too.
    pub fn holds_with<T: ?Sized, C>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        context: &C,
        test: impl FnOnce(&T, &C) -> bool,
    ) {
        self.holds(on, value, |value| test(value, context));
    }

    /// Judges `custom`.
    pub fn custom<T: ?Sized, E: Display + 'static>(
        &mut self,
        on: On<'_>,
        value: Option<&T>,
        test: impl FnOnce(&T) -> Result<(), E>,
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        match catch_unwind(AssertUnwindSafe(|| test(value).map_err(|error| words_of(&error)))) {
            Ok(Ok(())) => {}
            Ok(Err(words)) => self.refused(on, &words),
            Err(_) => self.panicked(on),
        }
    }

    /// Nothing calls this: a declaration that would does not compile.
    #[cfg(not(feature = "async"))]
    #[doc(hidden)]
    pub fn custom_async<T, R>(&mut self, _: On<'_>, _: Option<&T>, _: impl FnOnce(T) -> R) {}

    /// Judges `must_match`: `with` is the other value, if it could be read and if it is given.
    pub fn must_match<A: PartialEq<B>, B>(
        &mut self,
        on: On<'_>,
        value: Option<&A>,
        other: usize,
        with: Option<Option<&B>>,
    ) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        match with {
            Some(Some(with)) if value == with => {}
            Some(_) => self.no_match_with(on, other),
            None => {
                self.not_kept();
                self.unjudged(on.scope, &[on.scope.metadata().fields()[other].name()]);
            }
        }
    }

    /// Judges `check`; no verdict if one of its fields could not be read.
    pub fn check(&mut self, scope: &Scope, check: usize, verdict: Option<impl FnOnce() -> bool>) {
        let verdict = verdict.map(|verdict| || verdict().then_some(()).ok_or(String::new()));
        self.check_with(scope, check, verdict);
    }

    /// Judges `check_with`.
    pub fn check_with<E: Display + 'static>(
        &mut self,
        scope: &Scope,
        check: usize,
        verdict: Option<impl FnOnce() -> Result<(), E>>,
    ) {
        let declared = &scope.metadata().checks()[check];
        match verdict {
            Some(_) if !self.is_incomplete() && !self.is_check_due(scope, check) => {}
            Some(verdict) if !self.is_incomplete() => {
                let told = || verdict().map_err(|error| words_of(&error));
                match catch_unwind(AssertUnwindSafe(told)) {
                    Ok(Ok(())) => {}
                    Ok(Err(words)) => self.check_broken(scope, check, Some(words)),
                    Err(_) => self.check_broken(scope, check, None),
                }
            }
            _ => self.unjudged(scope, declared.fields()),
        }
    }

    #[cold]
    pub(super) fn refused(&mut self, on: On<'_>, words: &str) {
        // What the user's function says may show the value.
        let at = self.located(on);
        let words = if at.secret || at.field.holds_secret() {
            "is not valid; what is wrong with it is not shown".to_owned()
        } else if words.is_empty() {
            "is not valid".to_owned()
        } else {
            format!("is not valid: {words}")
        };
        self.broken(on, &words, Found::Nothing, Params::new());
    }

    #[cold]
    pub(super) fn panicked(&mut self, on: On<'_>) {
        self.not_kept();
        let at = self.located(on);
        let message = format!("the rule on {} panicked", subject(&at.path));
        let mut draft = Draft::new(Code::Invalid, at.path.clone(), message).rule(on.rule().name());
        (draft.place, draft.secret) = (at.place(), at.secret);
        self.push(draft);
    }

    #[cold]
    fn no_match_with(&mut self, on: On<'_>, other: usize) {
        let (path, related) = (self.path_to(on.scope, other), self.related(on.scope, other, ""));
        let words = format!("must be the same as {path}");
        let draft = self.broken_as(on, Code::Invalid, &words, Found::Nothing, vec![("other", path.clone())]);
        draft.related.extend(related);
    }

    #[cold]
    fn check_broken(&mut self, scope: &Scope, check: usize, words: Option<String>) {
        self.not_kept();
        let declared = &scope.metadata().checks()[check];
        let rule = declared.rule();
        let fields: Vec<_> =
            declared.fields().iter().filter_map(|names| Some((*names, Cx::named(scope, names)?))).collect();
        let path = self.section_path();
        let subject = super::presence::subject_of(&path);
        let declared_message = rule.message().map(|message| {
            filled(message, &|name| {
                let (_, (index, below)) = fields.iter().find(|(names, _)| *names == name)?;
                Some(self.shown(&self.locate(scope, *index, below)))
            })
        });
        let is_secret = |at: Located| at.secret || at.field.holds_secret();
        let secret = fields.iter().any(|(_, (index, below))| is_secret(self.locate(scope, *index, below)));
        let (RuleKind::Check(source) | RuleKind::CheckWith(source)) = rule.kind() else { return };
        let message = match (words, declared_message) {
            // What the user's function says may show parts of the value.
            (Some(words), None) if !words.is_empty() && secret => {
                format!("{subject}the rule `{source}` is broken; what it says is not shown")
            }
            (Some(words), None) if !words.is_empty() => format!("{subject}{words}"),
            (Some(_), message) => {
                format!("{subject}{}", message.unwrap_or_else(|| "is not valid".to_owned()))
            }
            (None, _) => format!("{subject}the rule `{source}` panicked"),
        };
        let mut draft = Draft::new(Code::Invalid, path, message).rule(rule.name());
        let mut places = fields.iter().filter_map(|(_, (index, below))| self.related(scope, *index, below));
        draft.place = places.next().map(|(place, _)| place);
        draft.related = places.collect();
        draft.secret = secret;
        if rule.warns() {
            draft.severity = Severity::Warning;
        }
        self.push(draft);
    }
}

/// What a user's error says; validator's errors would show the value.
pub(super) fn words_of(error: &(impl Display + 'static)) -> String {
    let any: &dyn Any = error;
    #[cfg(feature = "validator")]
    if let Some(error) = any.downcast_ref::<validator::ValidationError>() {
        return error.message.as_ref().unwrap_or(&error.code).clone().into_owned();
    }
    let _ = any;
    error.to_string()
}
