//! Values in force: what layers make of one together, as the kind that its type reads.

use std::collections::HashMap;

use confkit_sources::declared::{Field, Kind, Merge, ValueKind};
use confkit_sources::{NodeKind, NodeRef};

use super::part::{Content, Part};
use super::sections::Walk;
use super::text;
use crate::resolve::{Element, How, Ref};

impl<'d> Walk<'d> {
    /// The value of a field; nothing if no layer has one.
    pub(super) fn value(&self, field: &'static Field, kind: &ValueKind, nodes: &[Ref]) -> Option<Part<'d>> {
        let keeps_empty = *kind.kind() == Kind::Text;
        let nodes: Vec<Ref> = nodes.iter().copied().filter(|&at| keeps_empty || !self.is_blank(at)).collect();
        let (&top, delimiter) = (nodes.first()?, field.env_delimiter());
        let nodes = match field.merge() {
            Some(Merge::Replace) if *kind.kind() != Kind::List => self.of_one_call(&nodes, top),
            _ => nodes,
        };
        if field.merge() == Some(Merge::Function) && nodes.len() > 1 {
            let each = nodes.iter().map(|&at| self.combined(kind, &[at], delimiter)).collect();
            return Some(Part { is_made: true, ..Part::new(Content::List(each, None), self.origin(&nodes)) });
        }
        if self.node(top).kind() == NodeKind::Null {
            // Over a default it says that there is nothing; elsewhere nothing says the same.
            let has_default = !matches!(field.default(), confkit_sources::declared::FieldDefault::None);
            return has_default.then(|| Part::node(self.node(top)));
        }
        let how = How::of(field).unwrap_or_else(|| How::of_values(None, delimiter));
        let is_list = match kind.kind() {
            Kind::List => true,
            Kind::Any | Kind::Other => {
                How::of(field).is_some() && nodes.iter().any(|&at| self.node(at).kind() == NodeKind::Array)
            }
            _ => false,
        };
        match self.elements(&nodes, how).filter(|_| is_list) {
            Some(elements) => Some(self.list(kind, &nodes, elements, field.merge())),
            None => Some(self.combined(kind, &nodes, delimiter)),
        }
    }

    fn is_blank(&self, at: Ref) -> bool {
        self.node(at).kind() == NodeKind::Text && self.node(at).text().trim().is_empty()
    }

    fn list(
        &self,
        kind: &ValueKind,
        nodes: &[Ref],
        elements: Vec<Element>,
        merge: Option<Merge>,
    ) -> Part<'d> {
        let inner = text::element(kind);
        let element = |element: Element| match (&element.layers[..], &element.text) {
            ([], Some((at, text))) => text::typed(&inner, text, ',', &self.node(*at).origin()),
            (layers, _) => self.combined(&inner, layers, ','),
        };
        let name = match merge {
            Some(Merge::Key(name)) => Some(name),
            _ => None,
        };
        let elements = elements.into_iter().map(element).collect();
        Part::new(Content::List(elements, name), self.origin(nodes))
    }

    /// What nodes make of a value together, the topmost first: tables combine, anything else
    /// replaces.
    pub(super) fn combined(&self, kind: &ValueKind, nodes: &[Ref], delimiter: char) -> Part<'d> {
        let Some(&top) = nodes.first() else {
            return Part::scalar(NodeKind::Null, "", confkit_sources::Origin::default_value());
        };
        let node = self.node(top);
        let is_announced = self.announced.contains(&top);
        let part = match node.kind() {
            NodeKind::Table if node.is_block() && *kind.kind() == Kind::List => {
                let only = self.table(&text::element(kind), &[top], delimiter);
                Part::new(Content::List(vec![only], None), node.origin())
            }
            NodeKind::Table => self.table(kind, &self.same_variant(kind, nodes), delimiter),
            NodeKind::Text if is_table(kind) => self.table(kind, nodes, delimiter),
            NodeKind::Text => text::typed(kind, node.text(), delimiter, &node.origin()),
            NodeKind::Array => {
                let inner = text::element(kind);
                let element = |inside: NodeRef<'_>| {
                    self.combined(&inner, &[Ref { layer: top.layer, node: inside.id() }], ',')
                };
                Part::new(Content::List(node.items().map(element).collect(), None), node.origin())
            }
            _ => scalar(kind, node),
        };
        part.secret(is_announced || kind.is_secret())
    }

    /// Of an enum, the nodes that give the variant that the topmost one gives.
    fn same_variant(&self, kind: &ValueKind, nodes: &[Ref]) -> Vec<Ref> {
        let name = |at: Ref| self.node(at).items().next().map(NodeRef::key);
        match (kind.kind(), nodes.first()) {
            (Kind::Choice(_), Some(&top)) => {
                let is_same = |at: &Ref| self.node(*at).kind() == NodeKind::Table && name(*at) == name(top);
                nodes.iter().copied().take_while(is_same).collect()
            }
            _ => nodes.to_vec(),
        }
    }

    /// Entries of all layers. What a text gives is over all that is below it.
    fn table(&self, kind: &ValueKind, nodes: &[Ref], delimiter: char) -> Part<'d> {
        let takes_part = |at: &&Ref| match self.node(**at).kind() {
            NodeKind::Table => true,
            NodeKind::Text => is_table(kind),
            _ => false,
        };
        let parts: Vec<Ref> = nodes.iter().take_while(takes_part).copied().collect();
        let inner = text::element(kind);
        let entries = if parts.iter().any(|&at| self.node(at).kind() == NodeKind::Text) {
            self.with_texts(kind, &parts, delimiter)
        } else {
            let entries = self.by_key(&parts, |_| true).into_iter();
            entries.map(|(key, nodes)| (key.to_owned(), self.combined(&inner, &nodes, ','))).collect()
        };
        Part::new(Content::Table(entries), self.origin(nodes))
    }

    /// The entries where some layers give their part as one text, in the order of the lowest layer.
    fn with_texts(&self, kind: &ValueKind, layers: &[Ref], delimiter: char) -> Vec<(String, Part<'d>)> {
        let inner = text::element(kind);
        let mut index = HashMap::<String, usize>::new();
        let mut entries: Vec<(String, Vec<Ref>, Option<Part<'d>>)> = Vec::new();
        let mut place = |entries: &mut Vec<_>, key: String| {
            *index.entry(key).or_insert_with_key(|key| {
                entries.push((key.clone(), Vec::new(), None));
                entries.len() - 1
            })
        };
        for at in layers.iter().rev() {
            let node = self.node(*at);
            if node.kind() == NodeKind::Text {
                for (key, part) in entries_of(text::typed(kind, node.text(), delimiter, &node.origin())) {
                    let place = place(&mut entries, key);
                    (entries[place].1, entries[place].2) = (Vec::new(), Some(part));
                }
                continue;
            }
            for (key, inside) in node.entries() {
                let place = place(&mut entries, key.to_owned());
                entries[place].1.insert(0, Ref { layer: at.layer, node: inside.id() });
            }
        }
        let entry = |(key, nodes, part): (String, Vec<Ref>, Option<Part<'d>>)| {
            let part = part.filter(|_| nodes.is_empty());
            (key, part.unwrap_or_else(|| self.combined(&inner, &nodes, ',')))
        };
        entries.into_iter().map(entry).collect()
    }
}

/// Whether a value is a table in whatever form it is given.
fn is_table(kind: &ValueKind) -> bool {
    *kind.kind() == Kind::Map
}

fn entries_of(part: Part<'_>) -> Vec<(String, Part<'_>)> {
    match part.content {
        Content::Table(entries) => entries,
        _ => Vec::new(),
    }
}

/// A scalar, as the kind that its type reads it as.
fn scalar<'d>(kind: &ValueKind, node: NodeRef<'d>) -> Part<'d> {
    match (kind.kind(), node.kind(), node.as_written()) {
        // What one version of YAML takes for a word and another for a number is text here.
        (Kind::Text | Kind::Choice(_) | Kind::Parsed(_), _, Some(written)) => {
            Part::scalar(NodeKind::String, written, node.origin())
        }
        (Kind::Float, NodeKind::Integer, None) if node.radix() == 10 => match node.text().parse::<f64>() {
            Ok(number) => Part::scalar(NodeKind::Float, format!("{number:?}"), node.origin()),
            Err(_) => Part::node(node),
        },
        _ => Part::node(node),
    }
}
