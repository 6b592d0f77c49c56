//! The texts of all values that are secret, by declaration or by what their types said: those that layers
//! have, and those of defaults.

use std::collections::{BTreeSet, HashMap, HashSet};

use confkit_sources::declared::{Content, Field, FieldDefault, Kind, Metadata, ValueKind};
use confkit_sources::path::Segment;
use confkit_sources::{Document, JsonText, NodeKind, NodeRef};
use serde_json::Value;

use super::layers::Bound;
use crate::report::KnownSecrets;
use crate::resolve::{Cx, Defaulted, elements, json, pairs};
use crate::secret::{MASK, with_exposed};

/// Collects the secrets of a load.
pub(super) fn known(cx: &Cx<'_>, layers: &[Bound], declared: Option<&'static Metadata>) -> KnownSecrets {
    let mut secrets = Collected::default();
    for at in cx.shared.secrets.borrow().iter() {
        secrets.whole(cx.shared.node(*at));
    }
    cx.shared.texts.borrow().iter().for_each(|text| secrets.text(text));
    cx.defaults.iter().for_each(|default| secrets.of_default(*default));
    if let Some(metadata) = declared {
        for bound in layers {
            secrets.declared(metadata, bound.whole().root(), false);
            secrets.seen.clear();
        }
    }
    KnownSecrets::new(secrets.texts)
}

/// The secrets among defaults that are in force.
#[cfg(feature = "live")]
pub(crate) fn of_defaults(defaults: &[Defaulted]) -> BTreeSet<String> {
    let mut secrets = Collected::default();
    defaults.iter().for_each(|default| secrets.of_default(*default));
    secrets.texts
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
            self.texts.extend(text_of_bytes(node));
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

    /// The parts of a list or table that is given as one text.
    fn parts(&mut self, field: &'static Field, node: NodeRef<'_>) {
        let is_single = |kind: &ValueKind| {
            !matches!(kind.kind(), Kind::List | Kind::Map | Kind::Structure(_) | Kind::Any | Kind::Other)
        };
        if node.kind() != NodeKind::Text || field.kind().is_none_or(|kind| is_single(&kind)) {
            return;
        }
        let (text, delimiter) = (node.text().trim(), field.env_delimiter());
        match JsonText::read(text) {
            Some(json) => self.json(json),
            None => match pairs(text, delimiter) {
                Some(pairs) => pairs.iter().for_each(|(_, value)| self.text(value)),
                None => elements(text, delimiter).iter().for_each(|element| self.text(element)),
            },
        }
    }

    fn json(&mut self, json: JsonText) {
        match json {
            JsonText::List(items) => items.into_iter().for_each(|item| self.json(item)),
            JsonText::Table(entries) => entries.into_iter().for_each(|(_, value)| self.json(value)),
            value => self.text(&value.into_text()),
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
                    match shape().alone() {
                        Some(section) => self.declared(section, node, secret),
                        None => self.sections(shape().section(), node, secret),
                    }
                    continue;
                }
                Content::Nested(shape) => Some(shape().section()),
                _ => None,
            };
            // A default that serialises itself may have the name that the field has in the program.
            let is_it = |inside: &NodeRef<'_>| field.answers_to(inside.key()) || field.name() == inside.key();
            for inside in node.items().filter(is_it) {
                if secret || field.is_secret() {
                    self.whole(inside);
                    self.parts(field, inside);
                } else if self.hides(field) {
                    self.strings(inside);
                    self.parts(field, inside);
                } else if let Some(section) = nested {
                    self.sections(section, inside, secret);
                }
            }
        }
    }

    /// Sections may stand in lists and maps.
    fn sections(&mut self, section: &'static Metadata, node: NodeRef<'_>, secret: bool) {
        self.declared(section, node, secret);
        node.items().for_each(|inside| self.declared(section, inside, secret));
    }

    /// What is secret in a default. It is made once more for that, as far as it serialises itself.
    fn of_default(&mut self, Defaulted { field, secret }: Defaulted) {
        let shown = match *field.default() {
            FieldDefault::Expression { shown, .. } => shown,
            FieldDefault::Text(text) if secret => return self.text(text),
            FieldDefault::List(texts) if secret => return texts.iter().for_each(|text| self.text(text)),
            _ => return,
        };
        let Some(text) = with_exposed(shown) else { return };
        let Some(clear) = value_of(&text) else { return };
        if secret || field.is_secret() {
            self.text(&text);
            return self.whole(clear.root());
        }
        // What is masked for others, types hide.
        if let Some(masked) = shown().as_deref().and_then(value_of) {
            self.masked(masked.root(), clear.root());
        }
        if let Content::Nested(shape) = field.content() {
            let section = shape().section();
            clear.root().items().for_each(|value| self.sections(section, value, false));
            self.seen.clear();
        }
    }

    /// What stands in clear where one and the same value is masked.
    fn masked(&mut self, masked: NodeRef<'_>, clear: NodeRef<'_>) {
        match (masked.kind(), clear.kind()) {
            (NodeKind::String, _) if masked.text() == MASK => self.whole(clear),
            (NodeKind::Array, NodeKind::Array) => {
                masked.items().zip(clear.items()).for_each(|(masked, clear)| self.masked(masked, clear));
            }
            (NodeKind::Table, NodeKind::Table) => {
                let both = clear.items().filter_map(|clear| Some((masked.get(clear.key())?, clear)));
                both.for_each(|(masked, clear)| self.masked(masked, clear));
            }
            _ => {}
        }
    }

    fn hides(&mut self, field: &'static Field) -> bool {
        let asked = || field.holds_secret() || is_choice_with_content(field);
        *self.hides.entry(field).or_insert_with(asked)
    }
}

/// The text of a serialised default as the only entry of a document.
fn value_of(text: &str) -> Option<Document> {
    let structure = json(text).filter(|value| value.is_object() || value.is_array());
    let value = structure.unwrap_or_else(|| Value::from(text));
    Document::from_json("default", &[Segment::key("value")], &value).ok().flatten()
}

/// Secret bytes may be a list of numbers, and text all the same.
fn text_of_bytes(node: NodeRef<'_>) -> Option<String> {
    let byte = |inside: NodeRef<'_>| inside.text().parse::<u8>().ok();
    let bytes = (node.kind() == NodeKind::Array).then(|| node.items().map(byte).collect::<Option<Vec<u8>>>());
    String::from_utf8(bytes??).ok()
}

/// Whether a value is one of several forms, some with content that the type does not tell of.
fn is_choice_with_content(field: &Field) -> bool {
    let is_choice = |kind: &ValueKind| matches!(kind.kind(), Kind::Choice(_)) && kind.unsure;
    matches!(field.content(), Content::Value(kind) if is_choice(&kind()))
}
