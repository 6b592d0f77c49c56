//! What layers make together, for JSON Schemas, which judge values with all their defaults.

use std::collections::BTreeMap;

use confkit_sources::declared::{
    Content, Field, FieldDefault, Holds, Metadata, Shape, Tagging, Variant, Variants,
};
use confkit_sources::{Document, NodeKind, NodeRef};
use figment::value::{Dict, Value};

use super::{by_layer, defaults, field_value, is_unset, merge, merging, section_dict, typed};
use crate::resolve::{Ref, Shared, field_for};

/// Layers without what they give of variants that are not in force.
pub(crate) struct InForce<'s, 'd> {
    shared: &'s Shared<'d>,
    without: BTreeMap<u32, Document>,
    shadowed: &'s [Ref],
}

impl<'s, 'd> InForce<'s, 'd> {
    pub(crate) fn new(shared: &'s Shared<'d>, shadowed: &'s [Ref]) -> Self {
        let document = |layer: u32| shared.layers[layer as usize].document;
        let without =
            by_layer(shadowed).into_iter().map(|(layer, nodes)| (layer, document(layer).without(&nodes)));
        Self { shared, without: without.collect(), shadowed }
    }

    /// What is left of nodes that are topmost first, in the order in which they are put together.
    pub(crate) fn lowest_first(&self, nodes: &[Ref]) -> impl Iterator<Item = NodeRef<'_>> {
        let kept = nodes.iter().rev().filter(|at| self.shadowed.binary_search(at).is_err());
        kept.map(|&at| match self.without.get(&at.layer) {
            Some(document) => document.node(at.node),
            None => self.shared.node(at),
        })
    }
}

/// What layers make of a section together, lowest first, its literal defaults below.
pub(crate) fn combined_section<'d>(
    metadata: &'static Metadata,
    layers: impl Iterator<Item = NodeRef<'d>>,
) -> Dict {
    let mut below = Dict::new();
    for table in layers.filter(|node| node.kind() == NodeKind::Table) {
        let above = section_dict(metadata, table, Some(&below));
        merging::replaced(metadata, &above).iter().for_each(|path| merging::take_away(&mut below, path));
        merge(&mut below, &above);
    }
    with_defaults(metadata, &mut below, 0);
    below
}

/// What layers make of a field together, lowest first; nothing if none has it and it has no default.
pub(crate) fn combined_value<'d>(
    field: &'static Field,
    layers: impl Iterator<Item = NodeRef<'d>>,
) -> Option<Value> {
    if let Content::Flattened(shape) = field.content() {
        let section = shape().section();
        let mut value = combined_section(section, layers);
        if names_its_keys(section) {
            // The keys beside it are those of the type around it.
            value.retain(|key, _| field_for(section, key).is_some());
        }
        return Some(Value::from(value));
    }
    let mut below = None;
    for node in layers.filter(|node| !is_unset(field, *node)) {
        let above = field_value(field, node, below.as_ref());
        below = Some(match (below, above) {
            (Some(Value::Dict(tag, mut known)), Value::Dict(_, above)) if !merging::replaces(field) => {
                merge(&mut known, &above);
                Value::Dict(tag, known)
            }
            (_, above) => above,
        });
    }
    match field.content() {
        Content::Nested(shape) => {
            let mut value = below.unwrap_or_else(|| Value::from(Dict::new()));
            fill(shape(), &mut value, 0);
            Some(value)
        }
        Content::Value(kind) => below.or_else(|| match field.default() {
            FieldDefault::Text(text) => Some(typed(&kind(), text, field.env_delimiter())),
            _ => None,
        }),
        _ => below,
    }
}

/// Whether a section takes only keys that its fields name.
fn names_its_keys(section: &'static Metadata) -> bool {
    let names = |field: &Field| match field.content() {
        Content::Rest(_) => false,
        Content::Flattened(shape) => shape().alone().is_some_and(names_its_keys),
        _ => true,
    };
    section.variants().is_none() && section.fields().iter().all(names)
}

/// Adds the literal defaults of a section to what is given of it, at any depth.
fn with_defaults(metadata: &'static Metadata, given: &mut Dict, depth: usize) {
    if depth > 64 {
        return;
    }
    if let Some(variants) = metadata.variants() {
        return variant_with_defaults(variants, given, depth);
    }
    for (key, default) in defaults(metadata, depth) {
        // Whole sections are filled below, which keeps what is given of them.
        if !matches!(field_for(metadata, &key).map(Field::content), Some(Content::Nested(_))) {
            given.entry(key).or_insert(default);
        }
    }
    for field in metadata.fields() {
        match field.content() {
            Content::Nested(shape) => {
                let shape = shape();
                let is_section = matches!(shape, Shape::Section(section) if section.variants().is_none());
                match given.get_mut(field.key()) {
                    Some(value) => fill(shape, value, depth + 1),
                    None if is_section => {
                        let mut inner = Value::from(Dict::new());
                        fill(shape, &mut inner, depth + 1);
                        given.insert(field.key().to_owned(), inner);
                    }
                    None => {}
                }
            }
            Content::Flattened(shape) => match (shape().alone(), shape()) {
                (Some(section), _) => with_defaults(section, given, depth + 1),
                (None, Shape::Map(inner)) => {
                    let entries = given.iter_mut().filter(|(key, _)| field_for(metadata, key).is_none());
                    entries.for_each(|(_, value)| fill(inner(), value, depth + 1));
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// Adds those of the variant that is given; others would choose another one.
fn variant_with_defaults(variants: &'static Variants, given: &mut Dict, depth: usize) {
    let variant = match variants.tagging().tag() {
        Some(tag) => given.get(tag).and_then(Value::as_str).and_then(|name| {
            let variant = variants.position(name).or(variants.other())?;
            variants.list().get(variant)
        }),
        None => variants.list().iter().find(|variant| given.contains_key(variant.key())),
    };
    let Some(variant) = variant else { return };
    let content = match variants.tagging() {
        Tagging::External => given.get_mut(variant.key()),
        Tagging::Adjacent { content, .. } => given.get_mut(content),
        _ => {
            match section_of(variant) {
                Some(Shape::Section(section)) => with_defaults(section, given, depth + 1),
                Some(_) => {}
                None => with_defaults(variant.metadata(), given, depth + 1),
            }
            return;
        }
    };
    match (section_of(variant), content) {
        (Some(shape), Some(value)) => fill(shape, value, depth + 1),
        (None, Some(Value::Dict(_, dict))) => with_defaults(variant.metadata(), dict, depth + 1),
        _ => {}
    }
}

/// What a variant holds if that is a section of its own.
fn section_of(variant: &Variant) -> Option<Shape> {
    match variant.metadata().fields().first().map(Field::content) {
        Some(Content::Nested(shape)) if variant.holds() == Holds::Section => Some(shape()),
        _ => None,
    }
}

fn fill(shape: Shape, value: &mut Value, depth: usize) {
    match (shape, value) {
        (Shape::Section(section), Value::Dict(_, dict)) => with_defaults(section, dict, depth + 1),
        (Shape::Optional(inner), value) => fill(inner(), value, depth),
        (Shape::List(inner), Value::Array(_, list)) => {
            list.iter_mut().for_each(|value| fill(inner(), value, depth));
        }
        (Shape::Map(inner), Value::Dict(_, dict)) => {
            dict.values_mut().for_each(|value| fill(inner(), value, depth));
        }
        _ => {}
    }
}
