//! The texts of all values that are secret, by declaration or by what their types said.

use std::collections::{BTreeSet, HashMap, HashSet};

use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
use confkit_sources::{NodeKind, NodeRef};

use super::layers::Bound;
use crate::report::KnownSecrets;
use crate::resolve::Cx;

/// Collects the secrets of a load.
pub(super) fn known(cx: &Cx<'_>, layers: &[Bound], declared: Option<&'static Metadata>) -> KnownSecrets {
    let mut secrets = Collected::default();
    for at in cx.shared.secrets.borrow().iter() {
        secrets.whole(cx.shared.node(*at));
    }
    cx.shared.texts.borrow().iter().for_each(|text| secrets.text(text));
    if let Some(metadata) = declared {
        for bound in layers {
            secrets.declared(metadata, bound.whole().root(), false);
            secrets.seen.clear();
        }
    }
    KnownSecrets::new(secrets.texts)
}

#[derive(Default)]
struct Collected {
    texts: BTreeSet<String>,
    /// Variants may have fields of one key, and a type may contain itself.
    seen: HashSet<(*const Metadata, u32)>,
    /// What the types of fields say. Asking one costs more than looking at its value.
    hides: HashMap<*const Field, bool>,
}

impl Collected {
    fn text(&mut self, text: &str) {
        self.texts.insert(text.to_owned());
    }

    /// Every text inside a value.
    fn whole(&mut self, node: NodeRef<'_>) {
        if node.is_container() {
            node.items().for_each(|inside| self.whole(inside));
        } else {
            self.text(node.text());
        }
    }

    /// Of a value that holds a secret somewhere, every string may be it.
    fn strings(&mut self, node: NodeRef<'_>) {
        node.items().for_each(|inside| self.strings(inside));
        if matches!(node.kind(), NodeKind::String | NodeKind::Text) {
            self.text(node.text());
        }
    }

    /// Walks a document along a declaration.
    fn declared(&mut self, metadata: &'static Metadata, node: NodeRef<'_>, secret: bool) {
        if !self.seen.insert((metadata, node.id())) {
            return;
        }
        if !node.is_container() && metadata.whole().is_some_and(|whole| secret || whole.holds_secret()) {
            return self.whole(node);
        }
        for field in metadata.fields() {
            let nested = match field.content() {
                Content::Flattened(shape) => {
                    self.declared(shape().section(), node, secret);
                    continue;
                }
                Content::Nested(shape) => Some(shape().section()),
                _ => None,
            };
            for inside in node.items().filter(|inside| field.answers_to(inside.key())) {
                if secret || field.is_secret() {
                    self.whole(inside);
                } else if self.hides(field) {
                    self.strings(inside);
                } else if let Some(section) = nested {
                    // Sections may stand in lists and maps.
                    self.declared(section, inside, secret);
                    inside.items().for_each(|inside| self.declared(section, inside, secret));
                }
            }
        }
    }

    fn hides(&mut self, field: &'static Field) -> bool {
        let asked = || field.holds_secret() || is_choice_with_content(field);
        *self.hides.entry(field).or_insert_with(asked)
    }
}

/// Whether a value is one of several forms, some with content that the type does not tell of.
fn is_choice_with_content(field: &Field) -> bool {
    let is_choice = |kind: &ValueKind| matches!(kind.kind(), Kind::Choice(_)) && kind.unsure;
    matches!(field.content(), Content::Value(kind) if is_choice(&kind()))
}
