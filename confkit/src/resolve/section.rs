//! Opening a section: its keys are dealt out to its fields.

use confkit_sources::declared::{Content, Field, Metadata, Tagging, Unknown, Variants};
use confkit_sources::{NodeKind, NodeRef};

use super::draft::{field_for, rest_field, visible_fields};
use super::outdated::is_unset;
use super::variants::owner;
use super::{At, Cx, Draft, PlaceOf, Ref, Resolve, Slot, Step};
use crate::report::{Code, Severity, nearest};

/// An open section; its fields' candidates are in [`Cx`].
#[derive(Debug)]
pub struct Scope {
    pub(super) metadata: &'static Metadata,
    pub(super) at: At,
    slots: usize,
    links: usize,
    /// The section is not a table, which has been told; its fields are not missed.
    pub(super) broken: bool,
    policy: bool,
    /// The enum that it is a variant of, whose tag stands beside its keys.
    variant_of: Option<&'static Variants>,
    /// The section whose table this one shares.
    flattened_into: Option<&'static Metadata>,
}

impl Scope {
    /// A section of one field, which stands where the section does.
    pub(super) fn alone(
        metadata: &'static Metadata,
        at: At,
        slots: usize,
        links: usize,
        broken: bool,
    ) -> Self {
        Self { metadata, at, slots, links, broken, policy: false, variant_of: None, flattened_into: None }
    }

    pub(crate) fn metadata(&self) -> &'static Metadata {
        self.metadata
    }

    /// Where a field's candidates are in [`Cx`].
    pub(super) fn slot(&self, index: usize) -> usize {
        self.slots + index
    }

    pub(super) fn field(&self, index: usize) -> &'static Field {
        &self.metadata.fields()[index]
    }
}

impl<'a> Cx<'a> {
    /// Opens a section and deals its keys out to its fields.
    pub fn enter(&mut self, at: At, metadata: &'static Metadata) -> Scope {
        let flattened_into = self.flattened_into.take();
        let scope = Scope {
            metadata,
            at,
            slots: self.slots.len(),
            links: self.links.len(),
            broken: false,
            policy: metadata.unknown_keys().is_some(),
            variant_of: std::mem::take(&mut self.variant_of),
            flattened_into,
        };
        self.policies.extend(metadata.unknown_keys());
        self.slots.resize(scope.slots + metadata.fields().len(), Slot::EMPTY);
        let mut scope = scope;
        let mut at = at;
        let (mut table, mut other) = (None, None);
        while let Some(node) = self.first(at) {
            at = self.next(at);
            match self.shared.node(node).kind() {
                NodeKind::Table => {
                    table.get_or_insert(node);
                    if other.is_none() {
                        self.deal(&scope, node);
                        if metadata.is_outdated() {
                            self.outdated(&scope, node);
                        }
                    }
                }
                NodeKind::Null => {}
                _ => {
                    other.get_or_insert(node);
                }
            }
        }
        if let Some(other) = other {
            scope.broken = true;
            match table {
                Some(table) if table.layer > other.layer => self.mixed(self.path_text(), table, other),
                Some(table) => self.mixed(self.path_text(), other, table),
                None => self.not_a_table(other),
            }
        }
        scope
    }

    /// Closes a section.
    pub fn leave(&mut self, scope: Scope) {
        self.slots.truncate(scope.slots);
        self.links.truncate(scope.links);
        if scope.policy {
            self.policies.pop();
        }
    }

    #[inline]
    fn deal(&mut self, scope: &Scope, table: Ref) {
        let fields = scope.metadata.fields();
        // Files tend to list keys in the order of the declaration.
        let mut expected = 0;
        for node in self.shared.node(table).items() {
            let place = Ref { layer: table.layer, node: node.id() };
            let is_expected =
                fields.get(expected).is_some_and(|field| answers(field, |name| node.is_called(name)));
            let own = if is_expected { Some(expected) } else { position(fields, node) };
            let Some(index) = own.or_else(|| relaxed(scope, node.key())) else {
                if scope.flattened_into.is_none() {
                    self.unknown(scope, place, node.key());
                } else {
                    self.left_over(scope, place, node.key());
                }
                continue;
            };
            expected = index + 1;
            let slot = scope.slots + index;
            match self.first(self.slots[slot].last) {
                None => self.begin(slot, place),
                Some(last) if last.layer == table.layer => self.twice(&fields[index], slot, last, place),
                Some(_) => self.append(slot, place),
            }
        }
    }

    /// A field's candidates.
    #[inline]
    pub(super) fn slot(&self, scope: &Scope, index: usize) -> At {
        self.slots[scope.slots + index].first
    }

    /// Where a field's value stands, if it stands anywhere.
    pub(crate) fn place(&self, scope: &Scope, index: usize) -> Option<PlaceOf> {
        self.first(self.slot(scope, index)).map(PlaceOf::Value)
    }

    pub(crate) fn path_to(&self, scope: &Scope, index: usize) -> String {
        self.field_path(scope.field(index))
    }

    pub(crate) fn section_path(&self) -> String {
        self.path_text()
    }

    pub(crate) fn is_incomplete(&self) -> bool {
        self.terms.incomplete
    }

    pub(crate) fn is_secret(&self) -> bool {
        self.secret > 0
    }

    pub(super) fn read_nested<T: Resolve>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        let at = self.slot(scope, index);
        if at.is_none() && scope.broken {
            return None;
        }
        if at.is_none()
            && !scope.field(index).required_profiles().is_empty()
            && self.is_required(scope, index)
        {
            return None;
        }
        let at = match scope.field(index).merge() {
            Some(merge) if !at.is_none() => {
                self.merged_sections(scope, index, merge, T::shape(), T::METADATA)?
            }
            _ => at,
        };
        let read = |cx: &mut Self| if at.is_none() { T::absent(cx) } else { T::resolve(cx, at) };
        let value = match scope.field(index).key() {
            // The one value of a variant stands where the variant does.
            "" => read(self),
            key => self.within(Step::Key(key), read),
        };
        self.merge = None;
        value
    }

    pub(super) fn read_nested_or<T: Resolve>(
        &mut self,
        scope: &Scope,
        index: usize,
        default: impl FnOnce() -> T,
    ) -> Option<T> {
        if self.slot(scope, index).is_none() {
            self.note_default(scope.field(index));
            return Some(default());
        }
        self.read_nested(scope, index)
    }

    pub(super) fn read_flattened<T: Resolve>(&mut self, scope: &Scope) -> Option<T> {
        if scope.broken {
            return None;
        }
        self.flattened_into = Some(scope.flattened_into.unwrap_or(scope.metadata));
        let value = if scope.at.is_none() { T::absent(self) } else { T::resolve(self, scope.at) };
        self.flattened_into = None;
        value
    }

    pub(super) fn read_rest<T: Resolve>(&mut self, scope: &Scope, index: usize) -> Option<T> {
        if scope.broken {
            return None;
        }
        self.entries = Some(self.slot(scope, index));
        let value = T::resolve(self, At::NONE);
        self.entries = None;
        value
    }

    /// What the derive does with `from` and `try_from`.
    pub fn converted<T, E: std::fmt::Display>(&mut self, at: At, result: Result<T, E>) -> Option<T> {
        result
            .map_err(|error| {
                let path = self.path_text();
                let subject = if path.is_empty() { "the settings" } else { path.as_str() };
                let message = format!("{subject} cannot be used: {error}");
                let mut draft = Draft::new(Code::Invalid, path, message);
                draft.place = self.first(at).filter(|at| at.node != 0).map(PlaceOf::Key);
                self.push(draft);
            })
            .ok()
    }

    #[cold]
    pub(super) fn not_a_table(&mut self, node: Ref) {
        let path = self.path_text();
        // What stands in place of a section may be one of its secrets.
        let found = super::found_words(self.shared.node(node), true);
        let message = format!("{path} must be a table, not {found}");
        let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(node));
        self.push(Draft { secret: true, ..draft });
    }

    /// A field under two of its names in one document. A variable that is empty is not set.
    #[cold]
    fn twice(&mut self, field: &'static Field, slot: usize, first: Ref, second: Ref) {
        if is_unset(field, self.shared.node(second)) {
            return;
        }
        if is_unset(field, self.shared.node(first)) {
            let last = self.slots[slot].last.0 as usize;
            self.links[last].node = second;
            return;
        }
        let (one, other) = (self.shared.node(first).key(), self.shared.node(second).key());
        let path = self.field_path(field);
        let message = format!("{path} is set twice, as `{one}` and as `{other}`");
        let mut draft = Draft::new(Code::Conflict, path, message).at(PlaceOf::Key(second));
        draft.related.push((PlaceOf::Key(first), format!("set as `{one}` here")));
        self.push(draft.help(format!("keep `{}`", field.key())));
    }

    /// A key that none of the section's own fields takes.
    #[cold]
    fn unknown(&mut self, scope: &Scope, node: Ref, key: &str) {
        if scope.variant_of.is_some_and(|variants| variants.tagging().tag() == Some(key)) {
            return;
        }
        let is_flattened = |field: &Field| match field.content() {
            Content::Flattened(shape) => shape().alone().is_some_and(|section| {
                field_for(section, key).is_some()
                    || rest_field(section).is_some()
                    || names_variant(section, key)
            }),
            _ => false,
        };
        if scope.metadata.fields().iter().any(is_flattened) {
            return;
        }
        if let Some(index) = scope.metadata.fields().iter().position(is_rest) {
            return self.append(scope.slots + index, node);
        }
        if key == "$schema" && self.path.is_empty() {
            return;
        }
        let fields = visible_fields(scope.metadata);
        let names = fields
            .iter()
            .flat_map(|field| std::iter::once(field.key()).chain(field.aliases().iter().copied()));
        let suggestion = nearest(key, names).map(str::to_owned);
        let mut path = self.path_text();
        confkit_sources::path::push_key(&mut path, key);
        let before = self.drafts.len();
        self.unknown_key(node, path, suggestion);
        let owner = scope.variant_of.and_then(|variants| owner(variants, key));
        if let Some(owner) = owner.filter(|_| self.drafts.len() > before) {
            self.belongs_to(key, owner);
        } else if self.drafts.len() > before {
            self.beside_its_stem(scope.at, node);
        }
    }

    /// A key that none of a flattened section's own fields takes: its map takes what nothing around it does.
    #[cold]
    fn left_over(&mut self, scope: &Scope, node: Ref, key: &str) {
        let Some(around) = scope.flattened_into else { return };
        let Some(index) = scope.metadata.fields().iter().position(is_rest) else { return };
        if field_for(around, key).is_none() {
            self.append(scope.slots + index, node);
        }
    }

    /// Tells an unknown key by the policy that applies to it.
    pub(super) fn unknown_key(&mut self, node: Ref, path: String, suggestion: Option<String>) {
        let layer = self.shared.layers[node.layer as usize].unknown;
        let policy = self.policies.last().copied().or(self.terms.unknown).unwrap_or(layer);
        let severity = match policy {
            Unknown::Allow => return,
            Unknown::Warn => Severity::Warning,
            _ => Severity::Error,
        };
        let message = format!("there is no setting `{path}`");
        let mut draft = Draft::new(Code::UnknownKey, path, message).at(PlaceOf::Key(node));
        (draft.severity, draft.suggestion) = (severity, suggestion);
        self.push(draft);
    }

    /// Tells a key that no module claimed.
    pub(crate) fn unclaimed_key(&mut self, layer: u32, node: u32, path: String, suggestion: Option<String>) {
        self.unknown_key(Ref { layer, node }, path, suggestion);
    }

    pub(super) fn take_unknown(&mut self, inside: &str) {
        let unknown = std::mem::take(&mut *self.shared.unknown.borrow_mut());
        for (node, known) in unknown {
            let key = self.shared.node(node).key();
            let suggestion = nearest(key, known.iter().copied()).map(str::to_owned);
            let path = path_of(self.shared.node(node)).unwrap_or_else(|| inside.to_owned());
            self.unknown_key(node, path, suggestion);
        }
    }
}

/// The path of a node in its document. Nodes do not know their parents: this is for reports.
pub(crate) fn path_of(node: NodeRef<'_>) -> Option<String> {
    fn search<'d>(table: NodeRef<'d>, wanted: u32, trail: &mut Vec<Step<'d>>) -> bool {
        table.items().enumerate().any(|(index, inside)| {
            trail.push(match table.kind() {
                NodeKind::Array => Step::Index(index),
                _ => Step::Key(inside.key()),
            });
            let found = inside.id() == wanted || search(inside, wanted, trail);
            if !found {
                trail.pop();
            }
            found
        })
    }
    let mut trail = Vec::new();
    search(node.document().root(), node.id(), &mut trail).then(|| super::path_text(&trail))
}

/// Whether a key chooses a variant; one that holds nothing is no field.
fn names_variant(metadata: &'static Metadata, key: &str) -> bool {
    metadata
        .variants()
        .is_some_and(|variants| variants.tagging() == Tagging::External && variants.position(key).is_some())
}

/// Whether a field takes what is left; a flattened map does.
fn is_rest(field: &Field) -> bool {
    match field.content() {
        Content::Rest(_) => true,
        Content::Flattened(shape) => shape().alone().is_none(),
        _ => false,
    }
}

/// The field that takes the key of a node.
#[inline(never)]
fn position(fields: &[Field], node: NodeRef<'_>) -> Option<usize> {
    let key = node.key_bytes();
    fields.iter().position(|field| answers(field, |name| name.as_bytes() == key))
}

/// Whether a field takes a key itself.
#[inline]
fn answers(field: &Field, is_called: impl Fn(&str) -> bool) -> bool {
    match field.content() {
        Content::Flattened(_) | Content::Rest(_) | Content::Skipped => false,
        _ => is_called(field.key()) || field.aliases().iter().any(|alias| is_called(alias)),
    }
}

/// The field that takes a key in another spelling or under an old name, unless the key is that of a
/// field beside it.
#[inline]
fn relaxed(scope: &Scope, key: &str) -> Option<usize> {
    let is_asked = scope.metadata.relaxed_keys() || scope.metadata.is_outdated();
    if is_asked { respelt(scope, key) } else { None }
}

/// The field that takes a key in any of its names.
pub(super) fn taker(scope: &Scope, key: &str) -> Option<usize> {
    let own = scope.metadata.fields().iter().position(|field| answers(field, |name| name == key));
    own.or_else(|| relaxed(scope, key))
}

#[cold]
fn respelt(scope: &Scope, key: &str) -> Option<usize> {
    if scope.variant_of.is_some_and(|variants| variants.tagging().tag() == Some(key)) {
        return None;
    }
    let fields = scope.metadata.fields();
    let index = fields.iter().position(|field| field.answers_to(key))?;
    let beside = visible_fields(scope.flattened_into.unwrap_or(scope.metadata));
    let is_own = |field: &Field| std::ptr::eq(field, &raw const fields[index]);
    (!beside.iter().any(|field| !is_own(field) && field.is_named(key))).then_some(index)
}
