//! Sections as layers make them together: each setting in them is what its topmost layer says.

use confkit_sources::declared::{Content, Field, Kind, Merge, Metadata, Shape, Tagging};
use confkit_sources::{NodeKind, NodeRef};

use super::Loaded;
use super::shown::{list, shown, table};
use crate::config::Config;
use crate::resolve::{field_for, rest_field, rest_sections};
use crate::secret::MASK;

/// A node with the number of its layer.
type At<'d> = (usize, NodeRef<'d>);

impl<T: Config> Loaded<T> {
    /// What layers, topmost first, have of sections in whatever holds them, their secrets and unknown keys hidden.
    pub(super) fn sections(&self, nodes: &[At<'_>], shape: Shape) -> String {
        let Some(&(layer, top)) = nodes.first() else { return "null".to_owned() };
        // Nothing below an explicit nothing counts, and nothing combines with what is no table.
        let tables = nodes.iter().copied().take_while(|(_, node)| node.kind() == NodeKind::Table);
        let tables: Vec<At<'_>> = tables.collect();
        match (shape, top.kind()) {
            (Shape::Optional(inner), _) => self.sections(nodes, inner()),
            _ if self.is_announced(layer, top) => MASK.to_owned(),
            // HCL writes a list of one as it writes a table.
            (Shape::List(inner), NodeKind::Table) if top.is_block() => self.sections(&nodes[..1], inner()),
            (Shape::List(inner) | Shape::Map(inner), NodeKind::Table) => {
                let entries = by_key(&tables, |key| key).into_iter();
                table(entries.map(|(key, nodes)| (key, self.sections(&nodes, inner()))))
            }
            (Shape::Section(section), NodeKind::Table) => {
                let count = if section.variants().is_some() { 1 } else { tables.len() };
                self.members(section, &tables[..count])
            }
            (Shape::List(inner), NodeKind::Array) => {
                list(top.items().map(|item| self.sections(&[(layer, item)], inner())))
            }
            (_, NodeKind::Array) => list(top.items().map(|item| self.sections(&[(layer, item)], shape))),
            _ => in_place_of(top, shape.section()),
        }
    }

    fn members<'d>(&self, section: &'static Metadata, tables: &[At<'d>]) -> String {
        // A key of a document may be an alias.
        let called = |key: &'d str| field_for(section, key).map_or(key, |field| field.key());
        let member = |(key, nodes): (&'d str, Vec<At<'d>>)| {
            let field = field_for(section, key).or_else(|| rest_field(section));
            let nodes = given(field, nodes);
            (!nodes.is_empty()).then(|| (key, self.member(section, field, &nodes)))
        };
        table(by_key(tables, called).into_iter().filter_map(member))
    }

    /// What a field has, or the map that takes a key which no field takes.
    fn member(&self, section: &'static Metadata, field: Option<&'static Field>, nodes: &[At<'_>]) -> String {
        let untold = || "…".to_owned();
        let Some(field) = field else { return untold() };
        let only_top = field.merge() == Some(Merge::Replace);
        let nodes = if only_top { &nodes[..1] } else { nodes };
        match field.content() {
            _ if field.holds_secret() => MASK.to_owned(),
            _ if field.merge() == Some(Merge::Function) && nodes.len() > 1 => untold(),
            // Only what was read is known to hold no secret.
            _ if field.may_hold_secret() => untold(),
            Content::Nested(shape) => self.sections(nodes, shape()),
            Content::Flattened(_) => {
                rest_sections(section).map_or_else(untold, |shape| self.sections(nodes, shape))
            }
            _ => values(nodes),
        }
    }
}

/// A value that layers give, topmost first: tables combine.
fn values(nodes: &[At<'_>]) -> String {
    let tables = nodes.iter().copied().take_while(|(_, node)| node.kind() == NodeKind::Table);
    let tables: Vec<At<'_>> = tables.collect();
    match nodes {
        _ if tables.len() > 1 => {
            table(by_key(&tables, |key| key).into_iter().map(|(key, nodes)| (key, values(&nodes))))
        }
        [(_, top), ..] => shown(*top, false),
        [] => "null".to_owned(),
    }
}

/// What layers say of a field: empty text says something only of text.
fn given<'d>(field: Option<&'static Field>, nodes: Vec<At<'d>>) -> Vec<At<'d>> {
    let is_blank = |node: NodeRef<'_>| node.kind() == NodeKind::Text && node.text().trim().is_empty();
    if !nodes.iter().any(|(_, node)| is_blank(*node)) {
        return nodes;
    }
    let keeps_empty = field.and_then(Field::kind).is_some_and(|kind| *kind.kind() == Kind::Text);
    nodes.into_iter().filter(|(_, node)| keeps_empty || !is_blank(*node)).collect()
}

/// What tables, topmost first, have under each key as it is to be called; keys in the order of the lowest layer.
fn by_key<'d>(tables: &[At<'d>], called: impl Fn(&'d str) -> &'d str) -> Vec<(&'d str, Vec<At<'d>>)> {
    let mut entries: Vec<(&str, Vec<At<'_>>)> = Vec::new();
    for &(layer, table) in tables.iter().rev() {
        for (key, inside) in table.entries() {
            let key = called(key);
            match entries.iter_mut().find(|(known, _)| *known == key) {
                Some((_, nodes)) => nodes.insert(0, (layer, inside)),
                None => entries.push((key, vec![(layer, inside)])),
            }
        }
    }
    entries
}

/// What stands in place of a section: the name of a variant, or a value that may be one of its
/// secrets.
fn in_place_of(node: NodeRef<'_>, metadata: &'static Metadata) -> String {
    let is_name = metadata.variants().is_some_and(|variants| {
        variants.tagging() != Tagging::Untagged && variants.position(node.text()).is_some()
    });
    let is_open = is_name || node.kind() == NodeKind::Null || !metadata.may_hold_secret();
    if is_open { shown(node, false) } else { MASK.to_owned() }
}
