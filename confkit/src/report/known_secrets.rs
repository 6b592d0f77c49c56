//! Texts that must not be shown, and where they stand in other texts.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use confkit_sources::{NodeRef, Origin};

use crate::secret::MASK;

/// Secrets shorter than this are not looked for in messages: they would be found everywhere.
const SHORTEST: usize = 4;

/// The first bytes of a secret.
type Start = [u8; SHORTEST];

/// The texts of secrets, found by their first bytes: a report may have thousands of problems, and a
/// load thousands of secrets.
#[derive(Debug, Default)]
pub(crate) struct KnownSecrets(HashMap<Start, Vec<String>>);

impl KnownSecrets {
    pub(crate) fn new(texts: BTreeSet<String>) -> Self {
        let mut by_start = HashMap::<Start, Vec<String>>::new();
        for text in texts {
            if let Some(&start) = text.as_bytes().first_chunk() {
                by_start.entry(start).or_default().push(text);
            }
        }
        Self(by_start)
    }

    /// Where secrets stand in a text, those that touch one another as one.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        if self.0.is_empty() {
            return places;
        }
        let bytes = text.as_bytes();
        for at in 0..bytes.len().saturating_sub(SHORTEST - 1) {
            let rest = &bytes[at..];
            let begins = rest.first_chunk::<SHORTEST>().and_then(|start| self.0.get(start));
            let here = begins.into_iter().flatten().filter(|secret| rest.starts_with(secret.as_bytes()));
            let Some(length) = here.map(String::len).max() else { continue };
            match places.last_mut().filter(|last| at < last.end) {
                Some(last) => last.end = last.end.max(at + length),
                None => places.push(at..at + length),
            }
        }
        places
    }

    /// Whether a text contains a secret.
    pub(crate) fn show_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// Whether a value contains one.
    pub(crate) fn show_in_value(&self, node: NodeRef<'_>) -> bool {
        !self.0.is_empty()
            && (self.show_in(node.text()) || node.items().any(|inside| self.show_in_value(inside)))
    }

    /// A text with the mask in place of secrets.
    pub(crate) fn mask<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let places = self.places(text);
        if places.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut masked = String::with_capacity(text.len());
        let mut end = 0;
        for place in places {
            masked.push_str(&text[end..place.start]);
            masked.push_str(MASK);
            end = place.end;
        }
        masked.push_str(&text[end..]);
        Cow::Owned(masked)
    }

    /// A place without secrets in its name.
    pub(crate) fn mask_origin(&self, origin: Origin) -> Origin {
        if !self.show_in(origin.source()) && !origin.key().is_some_and(|key| self.show_in(key)) {
            return origin;
        }
        let masked = Origin::new(origin.kind(), self.mask(origin.source()).into_owned());
        match origin.key() {
            Some(key) => masked.with_key(self.mask(key).into_owned()),
            None => masked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(texts: &[&str]) -> KnownSecrets {
        KnownSecrets::new(texts.iter().map(|&text| text.to_owned()).collect())
    }

    #[test]
    fn secrets_that_overlap_are_hidden_whole() {
        let known = known(&["abcdef", "xxab", "abcd"]);
        assert_eq!(known.mask("a xxabcdef b, abcd, abc"), "a [redacted] b, [redacted], abc");
        assert!(!known.show_in("abc def"));
    }

    #[test]
    fn borders_are_those_of_characters() {
        let known = known(&["äöü", "→→"]);
        assert_eq!(known.mask("<äöü→→>"), "<[redacted][redacted]>");
        assert_eq!(known.mask("<→>"), "<→>");
    }
}
