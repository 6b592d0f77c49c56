//! Types that judge themselves through `validator::Validate`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use confkit_sources::NodeKind;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use super::telling::Params;
use super::{Inside, On};
use crate::report::{Code, Severity};
use crate::resolve::{Cx, Draft, Located, subject};

impl Cx<'_> {
    /// Judges `validator`.
    pub fn validator<T: Validate + ?Sized>(&mut self, on: On<'_>, value: Option<&T>) {
        let Some(value) = value.filter(|_| self.is_due(on)) else { return };
        match catch_unwind(AssertUnwindSafe(|| value.validate())) {
            Ok(Ok(())) => {}
            Ok(Err(errors)) => {
                let at = self.located(on);
                self.refused_by_type(on, &at, &errors);
            }
            Err(_) => self.panicked(on),
        }
    }

    /// Tells what a type finds wrong with itself, in the order of its names.
    #[cold]
    fn refused_by_type(&mut self, on: On<'_>, at: &Located, errors: &ValidationErrors) {
        let sorted: BTreeMap<_, _> = errors.errors().iter().collect();
        for (name, kind) in sorted {
            // Errors of a whole list or structure have no name of their own.
            let inner = match name.as_ref() {
                "_tmp_validator" | "__all__" => at.clone(),
                name => self.inside_of(at, Inside::Key(&name)),
            };
            match kind {
                ValidationErrorsKind::Struct(errors) => self.refused_by_type(on, &inner, errors),
                ValidationErrorsKind::List(list) => {
                    for (index, errors) in list {
                        let element = self.element_of(&inner, *index);
                        self.refused_by_type(on, &element, errors);
                    }
                }
                ValidationErrorsKind::Field(errors) => {
                    errors.iter().for_each(|error| self.tell_of_type(on, &inner, error));
                }
            }
        }
    }

    fn inside_of(&self, at: &Located, inside: Inside<'_>) -> Located {
        let mut inner = at.clone();
        self.step(&mut inner, inside);
        inner.secret |= inner.nodes.first().is_some_and(|node| self.shared.secrets.borrow().contains(node));
        inner
    }

    /// An element of a list. Entries of maps are counted too, in an order that the map alone knows.
    fn element_of(&self, at: &Located, index: usize) -> Located {
        let is_map = at.nodes.first().is_some_and(|&node| self.shared.node(node).kind() == NodeKind::Table);
        if is_map { at.clone() } else { self.inside_of(at, Inside::Index(index)) }
    }

    fn tell_of_type(&mut self, on: On<'_>, at: &Located, error: &ValidationError) {
        self.not_kept();
        let rule = on.rule();
        let message = if at.secret {
            format!("{} is not valid; what is wrong with it is not shown", subject(&at.path))
        } else {
            format!("{} {}", subject(&at.path), words(error))
        };
        let mut draft = Draft::new(Code::Invalid, at.path.clone(), message).rule(rule.name());
        draft.place = at.place();
        draft.secret = at.secret;
        draft.params = if at.secret { Params::new() } else { params(error) };
        if rule.warns() {
            draft.severity = Severity::Warning;
        }
        self.push(draft);
    }
}

/// What the type's rule is called, and its facts; the value itself may be secret.
fn params(error: &ValidationError) -> Params {
    let mut params = vec![("code", error.code.to_string())];
    for known in ["min", "max", "equal", "exclusive_min", "exclusive_max", "other", "needle"] {
        params.extend(error.params.get(known).map(|value| (known, plain(value))));
    }
    params
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What is wrong, in the words of our own rules where the type's rule is one of theirs.
fn words(error: &ValidationError) -> String {
    if let Some(message) = &error.message {
        return message.to_string();
    }
    let limit = |name: &str| error.params.get(name).map(plain);
    let limits = match (limit("min"), limit("max"), limit("equal")) {
        (_, _, Some(equal)) => Some(format!("exactly {equal}")),
        (Some(min), Some(max), _) => Some(format!("from {min} to {max}")),
        (Some(min), None, _) => Some(format!("at least {min}")),
        (None, Some(max), _) => Some(format!("at most {max}")),
        (None, None, None) => None,
    };
    match (error.code.as_ref(), limits) {
        ("range", Some(limits)) => format!("must be {limits}"),
        ("length", Some(limits)) if limits.starts_with("from") => format!("must have a length {limits}"),
        ("length", Some(limits)) => format!("must have a length of {limits}"),
        ("email", _) => "must be an e-mail address, such as name@example.com".to_owned(),
        ("url", _) => "must be a URL, such as https://example.com".to_owned(),
        ("ip" | "ipv4" | "ipv6", _) => "must be an IP address".to_owned(),
        ("required", _) => "is required".to_owned(),
        ("must_match", _) => "does not match the other value".to_owned(),
        (code, _) => format!("is not valid: its rule `{code}` is broken"),
    }
}
