//! What layers give of variants that are not in force, for those who put layers together plainly.

use std::collections::BTreeMap;

use confkit_sources::NodeKind;
use confkit_sources::declared::{Content, Field, Holds, Metadata, Shape, Tagging, Variants};

use super::super::merge::How;
use super::super::{Ref, Shared, field_for};
use super::in_force;

/// The nodes that do not count of those that layers have of a section, topmost first.
pub(crate) fn shadowed(shared: &Shared<'_>, metadata: &'static Metadata, nodes: &[Ref]) -> Vec<Ref> {
    let mut walk = Walk { shared, shadowed: Vec::new() };
    walk.section(metadata, nodes, None);
    walk.shadowed.sort_unstable();
    walk.shadowed
}

/// The same of a field.
#[cfg(feature = "json-schema")]
pub(crate) fn shadowed_in(shared: &Shared<'_>, field: &'static Field, nodes: &[Ref]) -> Vec<Ref> {
    let mut walk = Walk { shared, shadowed: Vec::new() };
    match field.content() {
        Content::Nested(shape) => walk.shape(shape(), How::of(field), nodes),
        Content::Flattened(shape) => walk.section(shape().section(), nodes, None),
        _ => {}
    }
    walk.shadowed.sort_unstable();
    walk.shadowed
}

struct Walk<'s, 'd> {
    shared: &'s Shared<'d>,
    shadowed: Vec<Ref>,
}

impl Walk<'_, '_> {
    /// `around` is the type into which this one is flattened: its own keys are not looked at.
    fn section(&mut self, metadata: &'static Metadata, nodes: &[Ref], around: Option<&'static Metadata>) {
        // One layer shadows nothing.
        if nodes.len() < 2 {
            return;
        }
        if let Some(variants) = metadata.variants() {
            return self.variants(metadata, variants, nodes, around);
        }
        for field in metadata.fields() {
            match field.content() {
                Content::Nested(shape) => {
                    let inside = self.inside(nodes, |key| field.answers_to(key));
                    self.shape(shape(), How::of(field), &inside);
                }
                Content::Flattened(shape) => {
                    let table = around.unwrap_or(metadata);
                    match shape().alone() {
                        Some(section) => self.section(section, nodes, Some(table)),
                        None => self.map(shape(), nodes, |key| field_for(table, key).is_none()),
                    }
                }
                _ => {}
            }
        }
    }

    fn shape(&mut self, shape: Shape, how: Option<How>, nodes: &[Ref]) {
        if nodes.len() < 2 {
            return;
        }
        match shape {
            Shape::Section(section) => self.section(section, nodes, None),
            Shape::Optional(inner) => self.shape(inner(), how, nodes),
            Shape::List(inner) => {
                let how = how.unwrap_or_else(|| How::of_sections(None, shape.section()));
                for element in self.shared.elements(nodes, how).unwrap_or_default() {
                    self.shape(inner(), None, &element.layers);
                }
            }
            Shape::Map(_) => self.map(shape, nodes, |_| true),
            _ => {}
        }
    }

    /// A map whose entries have the keys that it takes.
    fn map(&mut self, shape: Shape, nodes: &[Ref], takes: impl Fn(&str) -> bool) {
        let Shape::Map(inner) = shape else { return };
        let mut entries = BTreeMap::<&str, Vec<Ref>>::new();
        for &table in nodes {
            for (key, node) in self.shared.node(table).entries().filter(|(key, _)| takes(key)) {
                entries.entry(key).or_default().push(Ref { layer: table.layer, node: node.id() });
            }
        }
        entries.values().for_each(|nodes| self.shape(inner(), None, nodes));
    }

    fn variants(
        &mut self,
        metadata: &'static Metadata,
        variants: &'static Variants,
        nodes: &[Ref],
        around: Option<&'static Metadata>,
    ) {
        let found: Vec<_> = nodes.iter().map(|&at| self.shared.node(at)).collect();
        let (Some(chosen), belongs) = in_force(variants, &found) else { return };
        let is_around = |key: &str| around.is_some_and(|around| is_own(around, key));
        let content = match variants.tagging() {
            Tagging::External => self.external(variants, chosen, nodes, &is_around),
            tagging => {
                let is_of_enum = |key: &str| tagging.tag() == Some(key) || field_for(metadata, key).is_some();
                let (kept, others): (Vec<_>, Vec<_>) =
                    nodes.iter().zip(belongs).partition(|(_, belongs)| *belongs);
                let others: Vec<Ref> = others.into_iter().map(|(at, _)| *at).collect();
                let others =
                    self.inside(&others, |key| around.is_none() || is_of_enum(key) && !is_around(key));
                self.shadowed.extend(others);
                let kept: Vec<Ref> = kept.into_iter().map(|(at, _)| *at).collect();
                match tagging {
                    Tagging::Adjacent { content, .. } => self.inside(&kept, |key| key == content),
                    _ => kept,
                }
            }
        };
        let variant = &variants.list()[chosen];
        match (variant.holds(), variant.metadata().fields().first().map(Field::content)) {
            (Holds::Section, Some(Content::Nested(shape))) => self.shape(shape(), None, &content),
            (Holds::Fields, _) => self.section(variant.metadata(), &content, around),
            _ => {}
        }
    }

    /// Keys of other variants, and names that say no more than what the variant holds.
    fn external(
        &mut self,
        variants: &'static Variants,
        chosen: usize,
        nodes: &[Ref],
        is_around: &dyn Fn(&str) -> bool,
    ) -> Vec<Ref> {
        let is_other =
            |key: &str| variants.position(key).is_some_and(|variant| variant != chosen) && !is_around(key);
        let others = self.inside(nodes, is_other);
        self.shadowed.extend(others);
        let content = self.inside(nodes, |key| variants.position(key) == Some(chosen));
        let kind = |at: &Ref| self.shared.node(*at).kind();
        let names = nodes.iter().filter(|at| !matches!(kind(at), NodeKind::Table | NodeKind::Null));
        // If nothing is held, the topmost name is all.
        self.shadowed.extend(names.skip(usize::from(content.is_empty())));
        content
    }

    fn inside(&self, nodes: &[Ref], is_it: impl Fn(&str) -> bool) -> Vec<Ref> {
        let tables = nodes.iter().filter(|at| self.shared.node(**at).kind() == NodeKind::Table);
        let inside = tables.flat_map(|&table| {
            let items = self.shared.node(table).items().filter(|inside| is_it(inside.key()));
            items.map(move |inside| Ref { layer: table.layer, node: inside.id() })
        });
        inside.collect()
    }
}

/// Whether a key belongs to a field that is not flattened into a type.
fn is_own(metadata: &'static Metadata, key: &str) -> bool {
    metadata.fields().iter().any(|field| {
        !matches!(field.content(), Content::Flattened(_) | Content::Rest(_) | Content::Skipped)
            && field.answers_to(key)
    })
}
