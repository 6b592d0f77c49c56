//! Enums with data: which variant is meant, and what of the layers belongs to it.
//!
//! The topmost layer that names a variant decides. What lower layers gave under another variant is
//! shadowed: neither merged nor unknown.

mod force;
mod shadowed;
mod told;
mod untagged;

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Holds, Metadata, Tagging, Variants};

use self::force::belonging;
pub(crate) use self::force::in_force;
pub(crate) use self::shadowed::shadowed;
#[cfg(feature = "json-schema")]
pub(crate) use self::shadowed::shadowed_in;
use self::told::forms;
pub(super) use self::told::owner;
pub(super) use self::untagged::Verdicts;
use super::error::one_of;
use super::{At, Cx, Draft, PlaceOf, Ref, Scope, Slot, Step, found_words};
use crate::report::{Code, nearest};

/// The variant that is meant.
struct Choice<'a> {
    index: usize,
    /// What it holds.
    at: At,
    /// The key under which that stands, where it has one of its own.
    step: Option<&'a str>,
}

/// What a node says about the variant.
enum Named {
    Nothing,
    Variant(usize),
    /// It says something wrong, which has been told.
    Wrong,
}

impl<'a> Cx<'a> {
    /// Reads an enum with data: finds the variant, and has it read.
    pub fn variant<T>(
        &mut self,
        at: At,
        metadata: &'static Metadata,
        read: impl Fn(&mut Self, At, usize) -> Option<T>,
    ) -> Option<T> {
        let variants = metadata.variants()?;
        self.policies.extend(metadata.unknown_keys());
        let (links, flattened_into) = (self.links.len(), self.flattened_into.take());
        let value = match variants.tagging() {
            Tagging::External => {
                let choice = self.external(at, metadata, variants, flattened_into);
                choice.and_then(|choice| self.chosen(&choice, &read))
            }
            Tagging::Adjacent { tag, content } => {
                let choice = self.adjacent(at, metadata, variants, [tag, content], flattened_into);
                choice.and_then(|choice| self.chosen(&choice, &read))
            }
            Tagging::Internal { tag } => {
                self.internal(at, metadata, variants, tag, flattened_into).and_then(|choice| {
                    (self.variant_of, self.flattened_into) = (Some(variants), flattened_into);
                    let value = self.chosen(&choice, &read);
                    (self.variant_of, self.flattened_into) = (None, None);
                    value
                })
            }
            _ => self.untagged(at, variants, flattened_into, &read),
        };
        self.links.truncate(links);
        if metadata.unknown_keys().is_some() {
            self.policies.pop();
        }
        value
    }

    fn chosen<T>(
        &mut self,
        choice: &Choice<'a>,
        read: impl Fn(&mut Self, At, usize) -> Option<T>,
    ) -> Option<T> {
        match choice.step {
            Some(key) => self.within(Step::Key(key), |cx| read(cx, choice.at, choice.index)),
            None => read(self, choice.at, choice.index),
        }
    }

    /// Reads a variant that holds nothing.
    pub fn unit(&mut self, at: At) -> Option<()> {
        let value = self
            .candidates(at)
            .find(|&node| !matches!(self.shared.node(node).kind(), NodeKind::Null | NodeKind::Table));
        if let Some(node) = value {
            let path = self.path_text();
            let draft =
                Draft::new(Code::Type, path.clone(), format!("{path} is a variant that holds nothing"));
            let help = "remove what stands here";
            self.push(Draft { secret: true, ..draft.at(PlaceOf::Value(node)) }.help(help));
            return None;
        }
        let scope = self.enter(at, &Metadata::EMPTY);
        self.leave(scope);
        Some(())
    }

    /// Opens a variant that holds one value: its only field.
    pub fn alone(&mut self, at: At, metadata: &'static Metadata) -> Scope {
        // What may be absent in a struct may be absent here.
        let is_value = metadata.fields().iter().all(
            |field| matches!(field.content(), Content::Value(kind) if !field.is_optional() && !kind().is_optional()),
        );
        let broken = is_value && at.is_none();
        if broken {
            let before = self.drafts.len();
            self.missing_here();
            if let Some(draft) = self.drafts.get_mut(before) {
                draft.help = Some(format!(
                    "the variant `{}` holds a value; set `{}` to it",
                    metadata.name(),
                    draft.path
                ));
            }
        }
        let scope = Scope::alone(metadata, at, self.slots.len(), self.links.len(), broken);
        self.slots.push(Slot { first: at, last: at });
        scope
    }

    /// `{ variant = … }`, or the name alone.
    fn external(
        &mut self,
        at: At,
        metadata: &'static Metadata,
        variants: &'static Variants,
        flattened_into: Option<&'static Metadata>,
    ) -> Option<Choice<'a>> {
        let candidates: Vec<Ref> = self.candidates(at).collect();
        let (mut chosen, mut content, mut key) = (None, Vec::new(), None);
        let mut chosen_by = None;
        for node in candidates {
            let found = self.shared.node(node);
            let named = match found.kind() {
                NodeKind::Null => Named::Nothing,
                NodeKind::Table => self.named_by_key(node, variants, chosen, flattened_into),
                _ if chosen.is_some() => {
                    let same_call = |by: &Ref| self.position(*by) == self.position(node);
                    if let (Some(by), Some(index)) =
                        (chosen_by.filter(same_call), variants.position(found.text()))
                        && Some(index) != chosen
                    {
                        self.two_variants(
                            (node, variants.list()[index].key()),
                            (by, self.shared.node(by).key()),
                        );
                        return None;
                    }
                    continue;
                }
                _ => self.named_by_value(node, metadata, variants, None),
            };
            match named {
                Named::Wrong => return None,
                Named::Nothing => continue,
                Named::Variant(index) => chosen = chosen.or(Some(index)),
            }
            let inside = found.items().filter(|inside| {
                found.kind() == NodeKind::Table && variants.position(inside.key()) == chosen
            });
            for inside in inside {
                let place = Ref { layer: node.layer, node: inside.id() };
                key = Some(inside.key());
                chosen_by = chosen_by.or(Some(place));
                content.push(place);
            }
        }
        let Some(index) = chosen else {
            self.no_variant(variants);
            return None;
        };
        let variant = &variants.list()[index];
        // A name alone is the whole of a variant that holds nothing.
        let step = key.or((variant.holds() != Holds::Nothing).then_some(variant.key()));
        Some(Choice { index, at: self.list(&content), step })
    }

    /// The variant whose name is a key of a table.
    fn named_by_key(
        &mut self,
        table: Ref,
        variants: &'static Variants,
        chosen: Option<usize>,
        flattened_into: Option<&'static Metadata>,
    ) -> Named {
        let mut found: Option<(usize, Ref)> = None;
        for inside in self.shared.node(table).items() {
            let place = Ref { layer: table.layer, node: inside.id() };
            match (variants.position(inside.key()), found) {
                (Some(index), None) => found = Some((index, place)),
                (Some(_), Some(_)) if chosen.is_some() => {}
                (Some(_), Some((_, first))) => {
                    let name = |at: Ref| self.shared.node(at).key();
                    self.two_variants((first, name(first)), (place, name(place)));
                    return Named::Wrong;
                }
                (None, _) if flattened_into.is_some() => {}
                (None, _) => {
                    self.unknown_variant(PlaceOf::Key(place), inside.key(), variants, false);
                    return Named::Wrong;
                }
            }
        }
        found.map_or(Named::Nothing, |(index, _)| Named::Variant(chosen.unwrap_or(index)))
    }

    /// The variant whose name is a value, which stands under the tag if there is one.
    fn named_by_value(
        &mut self,
        node: Ref,
        metadata: &'static Metadata,
        variants: &'static Variants,
        tag: Option<&'a str>,
    ) -> Named {
        let found = self.shared.node(node);
        let name = match found.kind() {
            NodeKind::Null => return Named::Nothing,
            NodeKind::Text if found.text().trim().is_empty() => return Named::Nothing,
            NodeKind::Text | NodeKind::String => Some(found.text()),
            _ => None,
        };
        if let Some(index) = name.and_then(|name| variants.position(name).or(variants.other())) {
            return Named::Variant(index);
        }
        let told = |cx: &mut Self| {
            // What stands in place of a variant's name may be what the variant holds.
            let secret = cx.secret > 0 || (tag.is_none() && metadata.may_hold_secret());
            if let Some(name) = name {
                return cx.unknown_variant(PlaceOf::Value(node), name, variants, secret);
            }
            let found = found_words(found, secret);
            let path = cx.path_text();
            let expected = if tag.is_some() { one_of(&variants.names()) } else { forms(variants) };
            let message = format!("{path} must be {expected}, not {found}");
            cx.push(Draft { secret, ..Draft::new(Code::Type, path, message).at(PlaceOf::Value(node)) });
        };
        match tag {
            Some(tag) => self.within(Step::Key(tag), told),
            None => told(self),
        }
        Named::Wrong
    }

    /// `{ tag = "variant", … }`: the tables of all layers that belong to the variant.
    fn internal(
        &mut self,
        at: At,
        metadata: &'static Metadata,
        variants: &'static Variants,
        tag: &'static str,
        flattened_into: Option<&'static Metadata>,
    ) -> Option<Choice<'a>> {
        let tables = self.tables(at)?;
        let mut named = Vec::with_capacity(tables.len());
        let mut index = None;
        for &table in &tables {
            let name = self.shared.node(table).get(tag);
            let name = name.map(|name| Ref { layer: table.layer, node: name.id() });
            // Below the layer that decides, other names are shadowed, wrong ones too.
            let said = match name {
                None => Named::Nothing,
                Some(name) if index.is_some() => {
                    variants.position(self.shared.node(name).text()).map_or(Named::Wrong, Named::Variant)
                }
                Some(name) => self.named_by_value(name, metadata, variants, Some(tag)),
            };
            match said {
                Named::Wrong if index.is_none() => return None,
                Named::Variant(found) => index = index.or(Some(found)),
                _ => {}
            }
            named.push(said);
        }
        let Some(index) = index else {
            self.no_tag(&tables, metadata, flattened_into);
            return None;
        };
        let kept: Vec<Ref> = tables
            .iter()
            .zip(belonging(&named))
            .filter(|(_, one)| *one == Some(index))
            .map(|(table, _)| *table)
            .collect();
        if flattened_into.is_some() {
            self.keys_of_others(&kept, variants, index);
        }
        Some(Choice { index, at: self.list(&kept), step: None })
    }

    /// `{ tag = "variant", content = … }`.
    fn adjacent(
        &mut self,
        at: At,
        metadata: &'static Metadata,
        variants: &'static Variants,
        [tag, content]: [&'static str; 2],
        flattened_into: Option<&'static Metadata>,
    ) -> Option<Choice<'a>> {
        let Choice { index, at, .. } = self.internal(at, metadata, variants, tag, flattened_into)?;
        let mut inside = Vec::new();
        for table in self.candidates(at).collect::<Vec<_>>() {
            for node in self.shared.node(table).items() {
                let place = Ref { layer: table.layer, node: node.id() };
                if node.key() == content {
                    inside.push(place);
                } else if node.key() != tag && flattened_into.is_none() {
                    let mut path = self.path_text();
                    confkit_sources::path::push_key(&mut path, node.key());
                    let suggestion = nearest(node.key(), [tag, content]).map(str::to_owned);
                    self.unknown_key(place, path, suggestion);
                }
            }
        }
        // What a variant without a value has there does not matter.
        Some(Choice { index, at: self.list(&inside), step: Some(content) })
    }

    /// The tables among the candidates; none if something else is there, which is told.
    fn tables(&mut self, at: At) -> Option<Vec<Ref>> {
        let mut tables = Vec::new();
        for node in self.candidates(at).collect::<Vec<_>>() {
            match self.shared.node(node).kind() {
                NodeKind::Table => tables.push(node),
                NodeKind::Null => {}
                NodeKind::Text if self.shared.node(node).text().trim().is_empty() => {}
                // The topmost form decides.
                _ if !tables.is_empty() => break,
                _ => {
                    self.not_a_table(node);
                    return None;
                }
            }
        }
        Some(tables)
    }
}
