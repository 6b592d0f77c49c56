//! What is told about variants: none, two, an unknown one, and keys of others.

use confkit_sources::declared::{Content, Field, Holds, Metadata, Variant, Variants};

use super::super::draft::{subject, visible_fields};
use super::super::error::{one_of, shortened};
use super::super::{Cx, Draft, PlaceOf, Ref};
use crate::report::{Code, nearest};

impl Cx<'_> {
    /// Tells that nothing names the variant; the key that should have may be misspelt.
    #[cold]
    pub(super) fn no_tag(
        &mut self,
        tables: &[Ref],
        metadata: &'static Metadata,
        flattened_into: Option<&'static Metadata>,
    ) {
        let fields = visible_fields(metadata);
        for &table in tables.iter().filter(|_| flattened_into.is_none()) {
            for node in self.shared.node(table).items() {
                let key = node.key();
                if fields.iter().all(|field| !field.answers_to(key)) {
                    let mut path = self.path_text();
                    confkit_sources::path::push_key(&mut path, key);
                    let suggestion = nearest(key, fields.iter().map(|field| field.key())).map(str::to_owned);
                    self.unknown_key(Ref { layer: table.layer, node: node.id() }, path, suggestion);
                }
            }
        }
        if let (Some(tag), Some(variants)) = (metadata.fields().first(), metadata.variants()) {
            self.missing(tag, None, &format!(": {}", one_of(&variants.names())));
        }
    }

    #[cold]
    pub(super) fn no_variant(&mut self, variants: &'static Variants) {
        let before = self.drafts.len();
        self.missing_here();
        if let Some(draft) = self.drafts.get_mut(before) {
            draft.help = Some(match draft.path.as_str() {
                "" => format!("set {}", one_of(&variants.names())),
                _ => format!("set it to {}", forms(variants)),
            });
        }
    }

    /// Where a node's layer stands in the stack.
    pub(super) fn position(&self, at: Ref) -> usize {
        self.shared.layers[at.layer as usize].position
    }

    #[cold]
    pub(super) fn two_variants(&mut self, first: (Ref, &str), second: (Ref, &str)) {
        let path = self.path_text();
        let (one, other) = (first.1, second.1);
        let message = format!("{} can be `{one}` or `{other}`, not both", subject(&path));
        let mut draft = Draft::new(Code::Conflict, path, message).at(PlaceOf::Key(second.0));
        draft.related.push((PlaceOf::Key(first.0), format!("`{one}` is chosen here")));
        self.push(draft.help("keep one of the two"));
    }

    #[cold]
    pub(super) fn unknown_variant(
        &mut self,
        place: PlaceOf,
        name: &str,
        variants: &'static Variants,
        secret: bool,
    ) {
        let path = self.path_text();
        let names = variants.names();
        let found = if secret { "this text".to_owned() } else { format!("`{}`", shortened(name)) };
        let message = format!("{} must be {}, not {found}", subject(&path), one_of(&names));
        let mut draft = Draft::new(Code::UnknownVariant, path, message).at(place);
        draft.secret = secret;
        draft.suggestion = nearest(name, names).map(str::to_owned);
        self.push(draft);
    }

    /// Tells keys of other variants where the enum is flattened: there the section around leaves them
    /// to the enum, and the variant leaves all it does not know to the section.
    pub(super) fn keys_of_others(&mut self, tables: &[Ref], variants: &'static Variants, index: usize) {
        for &table in tables {
            for node in self.shared.node(table).items() {
                let key = node.key();
                let is_tag = variants.tagging().tag() == Some(key);
                if let (false, false, Some(owner)) =
                    (is_tag, has_key(&variants.list()[index], key), owner(variants, key))
                {
                    let mut path = self.path_text();
                    confkit_sources::path::push_key(&mut path, key);
                    let before = self.drafts.len();
                    self.unknown_key(Ref { layer: table.layer, node: node.id() }, path, None);
                    if self.drafts.len() > before {
                        self.belongs_to(key, owner);
                    }
                }
            }
        }
    }

    /// Adds to the last problem which variant has the key.
    pub(in crate::resolve) fn belongs_to(&mut self, key: &str, owner: &str) {
        if let Some(draft) = self.drafts.last_mut() {
            draft.suggestion = None;
            draft.help = Some(format!("`{key}` belongs to the variant `{owner}`, which is not chosen"));
        }
    }
}

/// The variant that has a key.
pub(in crate::resolve) fn owner(variants: &'static Variants, key: &str) -> Option<&'static str> {
    variants.list().iter().find(|variant| has_key(variant, key)).map(Variant::key)
}

fn has_key(variant: &Variant, key: &str) -> bool {
    let inner = match (variant.holds(), variant.metadata().fields().first().map(Field::content)) {
        (Holds::Section, Some(Content::Nested(shape))) => shape().section(),
        _ => variant.metadata(),
    };
    visible_fields(inner).iter().any(|field| field.answers_to(key))
}

/// The forms in which a value without a tag can be written.
pub(super) fn forms(variants: &'static Variants) -> String {
    let names = one_of(&variants.names());
    let holds_nothing = |variant: &Variant| variant.holds() == Holds::Nothing;
    if variants.list().iter().all(holds_nothing) { names } else { format!("{names}, with what it holds") }
}
