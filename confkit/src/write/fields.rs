//! Which field a key belongs to, in the words of a document or in serde's.
//!
//! serde calls a field by its Rust name, or as `#[serde(rename)]` and `#[serde(rename_all)]` say;
//! confkit follows these, and its own `rename` where serde has none.

use confkit_sources::declared::{Content, Field, Metadata, Variant, Variants};

/// The fields that stand in one table, flattened ones among them.
pub(super) struct Fields {
    list: Vec<&'static Field>,
    /// Behind the field that was found last: serde writes fields in their order.
    next: usize,
}

impl Fields {
    pub(super) fn of(metadata: &'static Metadata) -> Self {
        let mut list = Vec::new();
        flatten(metadata, &mut list, 0);
        Self { list, next: 0 }
    }

    /// The map that takes every key no field takes; one of sections is flattened.
    pub(super) fn rest(&self) -> Option<&'static Field> {
        let takes_rest = |field: &Field| matches!(field.content(), Content::Rest(_) | Content::Flattened(_));
        self.list.iter().copied().find(|field| takes_rest(field))
    }

    /// The fields of a key. Those of different variants may share one.
    pub(super) fn find(&mut self, key: &str, is_serdes: bool) -> Vec<&'static Field> {
        let by_key = |field: &Field| !matches!(field.content(), Content::Skipped) && field.answers_to(key);
        let is_candidate = |field: &Field| by_key(field) || is_serdes && is_called(field.name(), key);
        let takes_all = |field: &Field| matches!(field.content(), Content::Rest(_) | Content::Flattened(_));
        let candidates = self.list.iter().enumerate();
        let candidates = candidates.filter(|(_, field)| !takes_all(field) && is_candidate(field));
        let candidates: Vec<(usize, &'static Field)> = candidates.map(|(at, field)| (at, *field)).collect();
        // Where names were exchanged, one field's key is another one's name.
        let ahead = candidates.iter().find(|(at, _)| *at >= self.next);
        let chosen = ahead.or_else(|| candidates.iter().find(|(_, field)| by_key(field)));
        let Some(&(at, chosen)) = chosen.or(candidates.first()) else { return Vec::new() };
        self.next = at + 1;
        let is_same = |field: &&'static Field| field.key() == chosen.key();
        let mut found: Vec<&'static Field> = vec![chosen];
        let others = candidates.iter().map(|(_, field)| *field).filter(|field| !std::ptr::eq(*field, chosen));
        found.extend(others.filter(is_same));
        found
    }
}

fn flatten(metadata: &'static Metadata, list: &mut Vec<&'static Field>, depth: usize) {
    for field in metadata.fields() {
        match field.content() {
            // A type that flattens itself could not be read.
            Content::Flattened(shape) if depth < 64 => match shape().alone() {
                Some(section) => flatten(section, list, depth + 1),
                None => list.push(field),
            },
            _ => list.push(field),
        }
    }
}

/// The variant of a name, in confkit's words or serde's.
pub(super) fn variant(variants: &'static Variants, name: &str) -> Option<&'static Variant> {
    let list = variants.list();
    let known = variants.position(name).map(|position| &list[position]);
    known.or_else(|| list.iter().find(|variant| is_called(variant.metadata().name(), name)))
}

/// The one of some names that another name is a spelling of, unless it is among them.
pub(crate) fn respelled(names: &[&'static str], name: &str) -> Option<&'static str> {
    if names.contains(&name) {
        return None;
    }
    let mut same = names.iter().filter(|known| is_called(known, name));
    same.next().filter(|_| same.next().is_none()).copied()
}

/// Whether a name is another one in some spelling of `rename_all`.
fn is_called(name: &str, key: &str) -> bool {
    let letters = |text: &'_ str| -> Vec<char> {
        text.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
    };
    name == key || letters(name) == letters(key)
}
