//! Sections in force: their fields, their variants, and the lists and maps that hold them.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::collections::hash_map::{Entry, HashMap};
use std::ptr;
use std::rc::Rc;

use confkit_sources::declared::{
    Content as Declared, Field, FieldDefault, Holds, Merge, Metadata, Shape, Tagging, ValueKind, Variants,
};
use confkit_sources::{NodeKind, NodeRef};

use super::Filling;
use super::part::{Content, Part};
use crate::resolve::{Element, How, Ref, Shared, field_for, in_force, is_patch, says_something};

/// Types that hold themselves end here, as far as defaults are concerned.
const DEEPEST: usize = 64;

/// A walk along the declaration, with what the layers have beside it: nodes are topmost first.
pub(super) struct Walk<'d> {
    pub(super) shared: Shared<'d>,
    /// What layers give of variants that are not in force.
    pub(super) shadowed: Vec<Ref>,
    /// Nodes whose types hid their values.
    pub(super) announced: BTreeSet<Ref>,
    pub(super) filling: Filling,
    /// What types say of fields that were met. A type is asked by trying to read it, which takes time.
    pub(super) types: RefCell<HashMap<*const Field, Rc<OfType>>>,
}

/// What a type says of a field.
pub(super) struct OfType {
    kind: Option<ValueKind>,
    is_secret: bool,
    holds_secret: bool,
}

impl<'d> Walk<'d> {
    /// A settings type; nothing if there is nothing of it.
    pub(super) fn section(
        &self,
        metadata: &'static Metadata,
        nodes: &[Ref],
        secret: bool,
        depth: usize,
    ) -> Option<Part<'d>> {
        if depth > DEEPEST {
            return None;
        }
        let nodes: Vec<Ref> = nodes.iter().copied().filter(|at| self.counts(*at)).collect();
        let secret = secret || nodes.iter().any(|at| self.announced.contains(at));
        let (nodes, chosen) = match metadata.variants() {
            Some(variants) => self.of_variant(variants, &nodes),
            None => (nodes, None),
        };
        if let Some(part) = self.in_place_of(metadata, &nodes, secret) {
            return Some(part);
        }
        let tables: Vec<Ref> = nodes.into_iter().filter(|at| self.is_table(*at)).collect();
        let mut fields = Vec::new();
        self.own_fields(metadata, chosen, &tables, &mut fields);
        let entries = self.entries(&fields, &tables, secret, depth);
        let origin = self.origin(&tables);
        (!entries.is_empty() || !tables.is_empty())
            .then(|| Part::new(Content::Table(entries), origin).secret(secret))
    }

    fn counts(&self, at: Ref) -> bool {
        self.shadowed.binary_search(&at).is_err() && self.node(at).kind() != NodeKind::Null
    }

    pub(super) fn node(&self, at: Ref) -> NodeRef<'d> {
        self.shared.node(at)
    }

    fn is_table(&self, at: Ref) -> bool {
        self.node(at).kind() == NodeKind::Table
    }

    /// The place of the topmost node.
    pub(super) fn origin(&self, nodes: &[Ref]) -> confkit_sources::Origin {
        nodes.first().map_or_else(confkit_sources::Origin::default_value, |&at| self.node(at).origin())
    }

    /// The nodes that belong to the variant in force, and which one that is.
    fn of_variant(&self, variants: &'static Variants, nodes: &[Ref]) -> (Vec<Ref>, Option<usize>) {
        let found: Vec<NodeRef<'_>> = nodes.iter().map(|&at| self.node(at)).collect();
        let (chosen, belongs) = in_force(variants, &found);
        let nodes = nodes.iter().copied().zip(belongs).filter(|(_, belongs)| *belongs);
        (nodes.map(|(at, _)| at).collect(), chosen)
    }

    /// The name of a variant that holds nothing, or the one value of an untagged one.
    fn in_place_of(&self, metadata: &'static Metadata, nodes: &[Ref], secret: bool) -> Option<Part<'d>> {
        let variants = metadata.variants()?;
        let &top = nodes.first().filter(|&&at| !self.is_table(at))?;
        let is_named_alone = || nodes.iter().all(|at| !self.is_table(*at));
        if variants.tagging() == Tagging::Untagged {
            let kind = metadata.whole().and_then(Field::kind)?;
            return Some(self.combined(&kind, &[top], ',').secret(secret));
        }
        is_named_alone().then(|| {
            let node = self.node(top);
            Part::scalar(NodeKind::String, node.text(), node.origin()).secret(secret)
        })
    }

    /// The fields that a table may have, in the order of the declaration.
    fn own_fields(
        &self,
        metadata: &'static Metadata,
        chosen: Option<usize>,
        tables: &[Ref],
        fields: &mut Vec<&'static Field>,
    ) {
        let Some(variants) = metadata.variants() else {
            for field in metadata.fields() {
                match field.content() {
                    Declared::Flattened(shape) => match shape().alone() {
                        Some(section) => self.flattened(section, tables, fields),
                        None => fields.push(field),
                    },
                    Declared::Skipped => {}
                    _ => fields.push(field),
                }
            }
            return;
        };
        let tag = variants.tagging().tag().and_then(|tag| field_for(metadata, tag));
        fields.extend(tag);
        let Some(variant) = chosen.or_else(|| self.fitting(variants, tables)).map(|at| &variants.list()[at])
        else {
            return;
        };
        match variants.tagging() {
            Tagging::External | Tagging::Adjacent { .. } => {
                let of_variant = |field: &&'static Field| field.name() == variant.metadata().name();
                fields.extend(metadata.fields().iter().find(of_variant));
            }
            _ if variant.holds() == Holds::Section => {
                if let Some(Declared::Nested(shape)) = variant.metadata().fields().first().map(Field::content)
                {
                    self.flattened(shape().section(), tables, fields);
                }
            }
            _ => self.own_fields(variant.metadata(), None, tables, fields),
        }
    }

    fn flattened(&self, section: &'static Metadata, tables: &[Ref], fields: &mut Vec<&'static Field>) {
        let chosen = section.variants().and_then(|variants| self.of_variant(variants, tables).1);
        self.own_fields(section, chosen, tables, fields);
    }

    /// The untagged variant that was read: the first that knows every key and lacks none.
    fn fitting(&self, variants: &'static Variants, tables: &[Ref]) -> Option<usize> {
        let keys: Vec<&str> = tables.iter().flat_map(|&at| self.node(at).items()).map(NodeRef::key).collect();
        let is_optional = |field: &Field| {
            let by_kind = field.kind().is_some_and(|kind| kind.is_optional());
            field.is_optional() || by_kind || !matches!(field.default(), FieldDefault::None)
        };
        variants.list().iter().position(|variant| {
            let mut fields = Vec::new();
            match variant.metadata().fields().first().map(Field::content) {
                Some(Declared::Nested(shape)) if variant.holds() == Holds::Section => {
                    self.flattened(shape().section(), tables, &mut fields);
                }
                _ => self.own_fields(variant.metadata(), None, tables, &mut fields),
            }
            let is_given = |field: &&Field| keys.iter().any(|key| field.answers_to(key));
            variant.holds() != Holds::Value
                && keys.iter().all(|key| fields.iter().any(|field| field.answers_to(key)))
                && fields.iter().all(|field| is_optional(field) || is_given(field))
        })
    }

    /// What tables have under the keys of fields, and under those that a map takes because no field
    /// does.
    fn entries(
        &self,
        fields: &[&'static Field],
        tables: &[Ref],
        secret: bool,
        depth: usize,
    ) -> Vec<(String, Part<'d>)> {
        let mut entries = Vec::new();
        let is_free = |key: &str| !fields.iter().any(|field| field.answers_to(key));
        for field in fields {
            if let Declared::Flattened(shape) = field.content() {
                entries.extend(self.of_map(shape(), tables, is_free, secret, depth));
                continue;
            }
            if let Declared::Rest(kind) = field.content() {
                let kind = kind();
                let element = kind.element().unwrap_or(&kind);
                for (key, nodes) in self.by_key(tables, is_free) {
                    let part = self.combined(element, &nodes, ',');
                    entries.push((key.to_owned(), part.secret(secret || field.holds_secret())));
                }
                continue;
            }
            let nodes: Vec<Ref> = tables.iter().filter_map(|&at| self.of_field(field, at)).collect();
            if let Some(part) = self.field(field, &nodes, secret, depth) {
                entries.push((field.key().to_owned(), part));
            }
        }
        entries
    }

    /// What a table has of a field; of two names, the one that says something.
    fn of_field(&self, field: &Field, table: Ref) -> Option<Ref> {
        let inside = || self.node(table).items().filter(|inside| field.answers_to(inside.key()));
        let says = |node: &NodeRef<'_>| node.kind() != NodeKind::Text || !node.text().trim().is_empty();
        let node = inside().find(says).or_else(|| inside().next())?;
        Some(Ref { layer: table.layer, node: node.id() })
    }

    /// What the type of a field says.
    fn type_of(&self, field: &'static Field) -> Rc<OfType> {
        let of_type = || {
            let (is_secret, holds_secret) = (field.is_secret(), field.holds_secret());
            Rc::new(OfType { kind: field.kind(), is_secret, holds_secret })
        };
        Rc::clone(self.types.borrow_mut().entry(ptr::from_ref(field)).or_insert_with(of_type))
    }

    fn field(&self, field: &'static Field, nodes: &[Ref], secret: bool, depth: usize) -> Option<Part<'d>> {
        let of_type = self.type_of(field);
        let secret = secret || of_type.is_secret;
        let nodes = match field.content() {
            Declared::Nested(_) => self.only_top(field, nodes),
            _ => nodes.to_vec(),
        };
        let part = match field.content() {
            Declared::Nested(shape) if field.merge() == Some(Merge::Function) && nodes.len() > 1 => {
                let each = nodes.iter().filter_map(|&at| self.shape(shape(), None, &[at], secret, depth));
                let inputs = Content::List(each.collect(), None);
                Some(Part { is_made: true, ..Part::new(inputs, self.origin(&nodes)) })
            }
            // A default of its own is the whole value.
            Declared::Nested(_) if nodes.is_empty() && !matches!(field.default(), FieldDefault::None) => None,
            Declared::Nested(shape) => self.shape(shape(), Some(field), &nodes, secret, depth),
            Declared::Value(_) => of_type.kind.as_ref().and_then(|kind| self.value(field, kind, &nodes)),
            _ => None,
        };
        // Whether the type of a value hid it.
        let is_hidden = matches!(field.content(), Declared::Value(_))
            && (of_type.holds_secret || nodes.iter().any(|at| self.announced.contains(at)));
        part.or_else(|| self.default(field)).map(|part| part.secret(secret || is_hidden))
    }

    /// The nodes of sections that count where the topmost layer gives all of them.
    fn only_top(&self, field: &Field, nodes: &[Ref]) -> Vec<Ref> {
        let is_whole = |top: &Ref| self.is_table(*top) && !is_patch(self.node(*top));
        match nodes.first().filter(|top| field.merge() == Some(Merge::Replace) && is_whole(top)) {
            Some(&top) => self.of_one_call(nodes, top),
            None => nodes.to_vec(),
        }
    }

    /// The nodes of the same place in the stack: what one call gives may be two documents.
    pub(super) fn of_one_call(&self, nodes: &[Ref], top: Ref) -> Vec<Ref> {
        let position = |at: Ref| self.shared.layers[at.layer as usize].position;
        nodes.iter().copied().filter(|&at| position(at) == position(top)).collect()
    }

    fn shape(
        &self,
        shape: Shape,
        field: Option<&'static Field>,
        nodes: &[Ref],
        secret: bool,
        depth: usize,
    ) -> Option<Part<'d>> {
        match shape {
            Shape::Section(section) => {
                let is_wanted = !nodes.is_empty() || self.filling != Filling::Nothing;
                is_wanted.then(|| self.section(section, nodes, secret, depth + 1)).flatten()
            }
            Shape::Optional(inner) => {
                let kept = nodes.iter().copied().take_while(|&at| self.node(at).kind() != NodeKind::Null);
                let section = inner().section();
                let kept: Vec<Ref> = kept.filter(|&at| says_something(self.node(at), section)).collect();
                let is_given = !kept.is_empty();
                is_given.then(|| self.shape(inner(), field, &kept, secret, depth)).flatten()
            }
            Shape::List(inner) => {
                let merge = field.and_then(Field::merge).filter(|_| field.and_then(How::of).is_some());
                let elements = self.elements(nodes, How::of_sections(merge, inner().section()))?;
                let element = |element: Element| {
                    self.shape(inner(), None, &element.layers, secret, depth).unwrap_or_else(|| {
                        Part::new(Content::Table(Vec::new()), self.origin(&element.layers))
                    })
                };
                let name = match merge {
                    Some(Merge::Key(name)) => Some(name),
                    _ => None,
                };
                let elements = elements.into_iter().map(element).collect();
                Some(Part::new(Content::List(elements, name), self.origin(nodes)).secret(secret))
            }
            Shape::Map(_) => {
                let tables: Vec<Ref> = nodes.iter().copied().filter(|&at| self.is_table(at)).collect();
                let entries = self.of_map(shape, &tables, |_| true, secret, depth);
                let is_given = !tables.is_empty();
                is_given.then(|| Part::new(Content::Table(entries), self.origin(&tables)).secret(secret))
            }
            _ => None,
        }
    }

    /// The entries of a map of sections, under the keys that it takes.
    fn of_map(
        &self,
        shape: Shape,
        tables: &[Ref],
        takes: impl Fn(&str) -> bool,
        secret: bool,
        depth: usize,
    ) -> Vec<(String, Part<'d>)> {
        let Shape::Map(inner) = shape else { return Vec::new() };
        let entry = |(key, nodes): (&str, Vec<Ref>)| {
            let says = |at: &Ref| says_something(self.node(*at), shape.section());
            let nodes: Vec<Ref> = nodes.into_iter().filter(says).collect();
            Some((key.to_owned(), self.shape(inner(), None, &nodes, secret, depth)?))
        };
        self.by_key(tables, takes).into_iter().filter_map(entry).collect()
    }

    /// The elements of a list, unless no layer has it.
    pub(super) fn elements(&self, nodes: &[Ref], how: How) -> Option<Vec<Element>> {
        let is_given = nodes.iter().any(|&at| self.node(at).kind() != NodeKind::Null);
        is_given.then(|| self.shared.elements(nodes, how).ok()).flatten()
    }

    /// Keys of tables, each with its nodes, in the order of the lowest layer.
    pub(super) fn by_key(&self, tables: &[Ref], takes: impl Fn(&str) -> bool) -> Vec<(&'d str, Vec<Ref>)> {
        let mut entries: Vec<(&str, Vec<Ref>)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for table in tables.iter().rev() {
            for (key, node) in self.node(*table).entries().filter(|(key, _)| takes(key)) {
                let at = Ref { layer: table.layer, node: node.id() };
                match known.entry(key) {
                    Entry::Occupied(index) => entries[*index.get()].1.insert(0, at),
                    Entry::Vacant(index) => {
                        index.insert(entries.len());
                        entries.push((key, vec![at]));
                    }
                }
            }
        }
        entries
    }
}
