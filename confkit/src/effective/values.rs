//! Values in force: what layers make of one together, as the kind that its type reads.

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
            NodeKind::Text if *kind.kind() == Kind::Map => self.table(kind, nodes, delimiter),
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

    /// Entries of all layers; where one variable gives them as a text, each is replaced as a whole.
    fn table(&self, kind: &ValueKind, nodes: &[Ref], delimiter: char) -> Part<'d> {
        let is_map = *kind.kind() == Kind::Map;
        let takes_part = |at: &Ref| match self.node(*at).kind() {
            NodeKind::Table => true,
            NodeKind::Text => is_map,
            _ => false,
        };
        let parts: Vec<Ref> = nodes.iter().copied().take_while(takes_part).collect();
        let is_text = |at: &&Ref| self.node(**at).kind() == NodeKind::Text;
        let end = parts.iter().position(|at| is_text(&at)).unwrap_or(parts.len());
        let (tables, rest) = parts.split_at(end);
        let inner = text::element(kind);
        let mut entries = match rest.split_first() {
            None => Vec::new(),
            Some((whole, below)) => {
                let mut entries = match below {
                    [] => Vec::new(),
                    _ => entries_of(self.table(kind, below, delimiter)),
                };
                let node = self.node(*whole);
                let given = entries_of(text::typed(kind, node.text(), delimiter, &node.origin()));
                given.into_iter().for_each(|entry| replace(&mut entries, entry));
                entries
            }
        };
        for (key, nodes) in self.by_key(tables, |_| true) {
            replace(&mut entries, (key.to_owned(), self.combined(&inner, &nodes, ',')));
        }
        Part::new(Content::Table(entries), self.origin(nodes))
    }
}

fn entries_of(part: Part<'_>) -> Vec<(String, Part<'_>)> {
    match part.content {
        Content::Table(entries) => entries,
        _ => Vec::new(),
    }
}

fn replace<'d>(entries: &mut Vec<(String, Part<'d>)>, (key, part): (String, Part<'d>)) {
    match entries.iter_mut().find(|(known, _)| *known == key) {
        Some((_, known)) => *known = part,
        None => entries.push((key, part)),
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
