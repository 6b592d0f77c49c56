//! Enums with data: which variant is meant, and what of the layers belongs to it.
//!
//! The topmost layer that names a variant decides. What lower layers gave under another variant is
//! shadowed: neither merged nor unknown.

use confkit_sources::declared::{Content, Field, Holds, Metadata, Tagging, Variant, Variants};
use confkit_sources::{NodeKind, NodeRef};

use super::draft::{subject, visible_fields};
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
        let (links, flattened) = (self.links.len(), std::mem::take(&mut self.flattened));
        let value = match variants.tagging() {
            Tagging::External => {
                let choice = self.external(at, metadata, variants, flattened);
                choice.and_then(|choice| self.chosen(&choice, &read))
            }
            Tagging::Adjacent { tag, content } => {
                let choice = self.adjacent(at, metadata, variants, [tag, content], flattened);
                choice.and_then(|choice| self.chosen(&choice, &read))
            }
            Tagging::Internal { tag } => {
                self.internal(at, metadata, variants, tag, flattened).and_then(|choice| {
                    (self.variant_of, self.flattened) = (Some(variants), flattened);
                    let value = self.chosen(&choice, &read);
                    (self.variant_of, self.flattened) = (None, false);
                    value
                })
            }
            _ => self.untagged(at, variants, flattened, &read),
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
            let found = found_words(self.shared.node(node), true);
            self.push(
                Draft { secret: true, ..draft.at(PlaceOf::Value(node)) }.help(format!("remove {found}")),
            );
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
        flattened: bool,
    ) -> Option<Choice<'a>> {
        let candidates: Vec<Ref> = self.candidates(at).collect();
        let (mut chosen, mut content, mut key) = (None, Vec::new(), None);
        let mut chosen_by = None;
        for node in candidates {
            let found = self.shared.node(node);
            let named = match found.kind() {
                NodeKind::Null => Named::Nothing,
                NodeKind::Table => self.named_by_key(node, variants, chosen, flattened),
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
        flattened: bool,
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
                (None, _) if flattened => {}
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
        flattened: bool,
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
            self.no_tag(&tables, metadata, flattened);
            return None;
        };
        let kept: Vec<Ref> = tables
            .iter()
            .zip(belonging(&named))
            .filter(|(_, one)| *one == Some(index))
            .map(|(table, _)| *table)
            .collect();
        if flattened {
            self.keys_of_others(&kept, variants, index);
        }
        Some(Choice { index, at: self.list(&kept), step: None })
    }

    /// Tells keys of other variants where the enum is flattened: there the section around leaves them
    /// to the enum, and the variant leaves all it does not know to the section.
    fn keys_of_others(&mut self, tables: &[Ref], variants: &'static Variants, index: usize) {
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
    pub(super) fn belongs_to(&mut self, key: &str, owner: &str) {
        if let Some(draft) = self.drafts.last_mut() {
            draft.suggestion = None;
            draft.help = Some(format!("`{key}` belongs to the variant `{owner}`, which is not chosen"));
        }
    }

    /// `{ tag = "variant", content = … }`.
    fn adjacent(
        &mut self,
        at: At,
        metadata: &'static Metadata,
        variants: &'static Variants,
        [tag, content]: [&'static str; 2],
        flattened: bool,
    ) -> Option<Choice<'a>> {
        let Choice { index, at, .. } = self.internal(at, metadata, variants, tag, flattened)?;
        let mut inside = Vec::new();
        for table in self.candidates(at).collect::<Vec<_>>() {
            for node in self.shared.node(table).items() {
                let place = Ref { layer: table.layer, node: node.id() };
                if node.key() == content {
                    inside.push(place);
                } else if node.key() != tag && !flattened {
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

    /// Tells that nothing names the variant; the key that should have may be misspelt.
    #[cold]
    fn no_tag(&mut self, tables: &[Ref], metadata: &'static Metadata, flattened: bool) {
        let fields = visible_fields(metadata);
        for &table in tables.iter().filter(|_| !flattened) {
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
    fn no_variant(&mut self, variants: &'static Variants) {
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
    fn position(&self, at: Ref) -> usize {
        self.shared.layers[at.layer as usize].position
    }

    #[cold]
    fn two_variants(&mut self, first: (Ref, &str), second: (Ref, &str)) {
        let path = self.path_text();
        let (one, other) = (first.1, second.1);
        let message = format!("{} can be `{one}` or `{other}`, not both", subject(&path));
        let mut draft = Draft::new(Code::Conflict, path, message).at(PlaceOf::Key(second.0));
        draft.related.push((PlaceOf::Key(first.0), format!("`{one}` is chosen here")));
        self.push(draft.help("keep one of the two"));
    }

    #[cold]
    fn unknown_variant(&mut self, place: PlaceOf, name: &str, variants: &'static Variants, secret: bool) {
        let path = self.path_text();
        let names = variants.names();
        let found =
            if secret { "this text".to_owned() } else { format!("`{}`", super::error::shortened(name)) };
        let message = format!("{} must be {}, not {found}", subject(&path), one_of(&names));
        let mut draft = Draft::new(Code::UnknownVariant, path, message).at(place);
        draft.secret = secret;
        draft.suggestion = nearest(name, names).map(str::to_owned);
        self.push(draft);
    }
}

/// The variant that has a key.
pub(super) fn owner(variants: &'static Variants, key: &str) -> Option<&'static str> {
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
fn forms(variants: &'static Variants) -> String {
    let names = one_of(&variants.names());
    let holds_nothing = |variant: &Variant| variant.holds() == Holds::Nothing;
    if variants.list().iter().all(holds_nothing) { names } else { format!("{names}, with what it holds") }
}

/// The variant that each layer's table belongs to, topmost first: the one it names; else the one
/// that is in force below it; else the first that is named above it.
fn belonging(named: &[Named]) -> Vec<Option<usize>> {
    // A wrong name belongs to no variant.
    let own = |named: &Named| match named {
        Named::Variant(index) => Some(Some(*index)),
        Named::Wrong => Some(None),
        Named::Nothing => None,
    };
    (0..named.len())
        .map(|layer| {
            let below = named[layer..].iter().find_map(own);
            below.or_else(|| named[..layer].iter().rev().find_map(own)).flatten()
        })
        .collect()
}

/// Which variant is in force where layers have these nodes, topmost first, and which of them belong
/// to it. For explanations, where nothing is told and everything was read already.
pub(crate) fn in_force(variants: &'static Variants, nodes: &[NodeRef<'_>]) -> (Option<usize>, Vec<bool>) {
    let by_name = |node: NodeRef<'_>| match node.kind() {
        NodeKind::Null => Named::Nothing,
        NodeKind::Text if node.text().trim().is_empty() => Named::Nothing,
        _ => variants.position(node.text()).or(variants.other()).map_or(Named::Wrong, Named::Variant),
    };
    if variants.tagging() == Tagging::Untagged {
        let is_table = |node: &NodeRef<'_>| node.kind() == NodeKind::Table;
        let kept = nodes.iter().take_while(|node| is_table(node)).count().max(1);
        return (None, (0..nodes.len()).map(|layer| layer < kept).collect());
    }
    let by_key = |node: NodeRef<'_>| {
        let variant = node.items().find_map(|inside| variants.position(inside.key()));
        variant.map_or(Named::Nothing, Named::Variant)
    };
    let named = nodes.iter().map(|&node| match (variants.tagging().tag(), node.kind()) {
        (Some(tag), _) => node.get(tag).map_or(Named::Nothing, by_name),
        (None, NodeKind::Table) => by_key(node),
        (None, _) => by_name(node),
    });
    let named: Vec<Named> = named.collect();
    let chosen = named.iter().find_map(|named| match named {
        Named::Variant(index) => Some(*index),
        _ => None,
    });
    let belongs = match variants.tagging() {
        Tagging::External => named.iter().map(|_| true).collect(),
        _ => belonging(&named).into_iter().map(|one| one == chosen).collect(),
    };
    (chosen, belongs)
}
