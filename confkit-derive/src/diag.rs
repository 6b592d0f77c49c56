//! Collects every mistake of one build, so that none hides another.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// How alike two names have to be before one is suggested for the other.
const NEAR: f64 = 0.8;

/// The mistakes found so far. It has to be finished: dropping it unread is a defect of the derive.
#[derive(Debug)]
pub(crate) struct Diag {
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Diag {
    /// Starts without mistakes.
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// Records one mistake.
    pub(crate) fn error(&self, span: Span, message: impl Display) {
        self.push(syn::Error::new(span, message));
    }

    /// Records a mistake that spans several tokens.
    pub(crate) fn over(&self, tokens: impl ToTokens, message: impl Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    /// Records the mistakes that another parser found.
    pub(crate) fn push(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.extend(error);
        }
    }

    /// Takes the value, or records why there is none.
    pub(crate) fn take<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Hands the mistakes over as `compile_error!` calls; `None` if there are none.
    pub(crate) fn finish(self) -> Option<TokenStream> {
        let errors = self.errors.borrow_mut().take().unwrap_or_default();
        if errors.is_empty() {
            return None;
        }
        Some(errors.iter().map(syn::Error::to_compile_error).collect())
    }
}

impl Drop for Diag {
    fn drop(&mut self) {
        debug_assert!(
            self.errors.borrow().is_none() || std::thread::panicking(),
            "mistakes were collected but not reported"
        );
    }
}

/// Finds the candidate that was probably meant, if one is really near.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (likeness(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= NEAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// Compares without regard to case and to `-` against `_`. One slip in a name is near, and so is a
/// longer or shorter form of it. Otherwise both measures have to agree, because the first alone is
/// too friendly to common beginnings.
fn likeness(name: &str, candidate: &str) -> f64 {
    let plain = |text: &str| text.to_lowercase().replace('-', "_");
    let (name, candidate) = (plain(name), plain(candidate));
    let shorter = name.len().min(candidate.len());
    let one_slip = strsim::damerau_levenshtein(&name, &candidate) <= 1;
    let longer_form = name.starts_with(&candidate) || candidate.starts_with(&name);
    let likeness = strsim::jaro_winkler(&name, &candidate);
    if shorter > 2 && (one_slip || longer_form) {
        return likeness.max(NEAR);
    }
    if strsim::normalized_damerau_levenshtein(&name, &candidate) < 0.5 {
        return 0.0;
    }
    likeness
}

/// Writes names as `` `a`, `b`, `c` ``.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// Writes the end of a message about an unknown name: the nearest one and all that are allowed.
pub(crate) fn did_you_mean(name: &str, what: &str, candidates: &[&str]) -> String {
    let near = nearest(name, candidates.iter().copied())
        .map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default();
    if candidates.is_empty() {
        return near;
    }
    format!("{near}\n{what}: {}", list(candidates.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::{Diag, nearest};

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("defualt", ["default", "default_fn", "flatten"]), Some("default"));
        assert_eq!(nearest("rang", ["range", "length"]), Some("range"));
        assert_eq!(nearest("tsl", ["port", "tls"]), Some("tls"));
        assert_eq!(nearest("minimum", ["min", "max"]), Some("min"));
        assert_eq!(nearest("colour", ["range", "length", "alias"]), None);
        assert_eq!(nearest("kebab_case", ["kebab-case", "snake_case"]), Some("kebab-case"));
    }

    #[test]
    #[should_panic(expected = "not reported")]
    fn has_to_be_finished() {
        drop(Diag::new());
    }
}
