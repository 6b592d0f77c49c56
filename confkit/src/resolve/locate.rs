//! Finding what a rule is about, once it is broken: nothing of this is kept before.

use confkit_sources::declared::{Content, Field, Merge};
use confkit_sources::path::{push_index, push_key};
use confkit_sources::{NodeKind, NodeRef};

use super::merge::How;
use super::{Cx, PlaceOf, Ref, Scope};
use crate::rules::Inside;

/// A setting, found by its Rust name.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    pub(crate) field: &'static Field,
    pub(crate) path: String,
    /// What the layers say of it, topmost first.
    pub(crate) nodes: Vec<Ref>,
    /// Whether it is the whole of its field, whose own way of merging then counts.
    pub(crate) whole: bool,
    /// Whether they are those of something around it.
    pub(crate) inside: InsideOf,
    /// Whether it, or what it is in, is secret.
    pub(crate) secret: bool,
}

/// What has the place of something that has none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InsideOf {
    /// It has its own.
    Nothing,
    /// A list or map that is written as one text.
    Text,
    /// A set, which has an order of its own.
    Set,
    /// A value that a function makes of those of several layers.
    Function,
}

impl Located {
    /// Where its value stands, if it stands anywhere.
    pub(crate) fn place(&self) -> Option<PlaceOf> {
        self.nodes.first().copied().map(PlaceOf::Value)
    }
}

impl<'a> Cx<'a> {
    /// Finds a field of an open section, or one inside it: `below` has Rust names with dots between.
    #[cold]
    pub(crate) fn locate(&self, scope: &Scope, index: usize, below: &str) -> Located {
        let field = scope.field(index);
        let slot = if is_flattened(field) { scope.at } else { self.slot(scope, index) };
        let mut found = Located {
            field,
            path: self.field_path(field),
            nodes: self.counted(field, self.candidates(slot).collect()),
            whole: true,
            inside: InsideOf::Nothing,
            secret: self.is_secret() || field.is_secret(),
        };
        for name in below.split('.').filter(|name| !name.is_empty()) {
            let section = match found.field.content() {
                Content::Nested(shape) | Content::Flattened(shape) => shape().section(),
                // A plain structure: only the program knows what is inside.
                _ => break,
            };
            let Some(inner) = section.fields().iter().find(|inner| inner.name() == name) else { break };
            found.field = inner;
            found.secret |= inner.is_secret();
            if is_flattened(inner) {
                continue;
            }
            push_key(&mut found.path, inner.key());
            found.nodes = self.counted(inner, self.field_inside(&found.nodes, inner));
        }
        if found.field.merge() == Some(Merge::Function) && found.nodes.len() > 1 {
            found.inside = InsideOf::Function;
        }
        found
    }

    /// Goes on to an element or an entry.
    pub(crate) fn step(&self, found: &mut Located, inside: Inside<'_>) {
        if let (Inside::Index(index), true) = (inside, std::mem::take(&mut found.whole))
            && let Some(how) = How::of(found.field)
        {
            push_index(&mut found.path, index);
            let elements = self.lists.elements(&self.shared, found.nodes.clone(), how);
            match elements.get(index).cloned() {
                Some(element) if element.layers.is_empty() => {
                    found.nodes = element.place().into_iter().collect();
                    found.inside = InsideOf::Text;
                }
                Some(element) => found.nodes = element.layers,
                None => found.inside = InsideOf::Text,
            }
            return;
        }
        let nodes = match inside {
            Inside::Index(index) => {
                push_index(&mut found.path, index);
                self.inside(&found.nodes, |node| match node.kind() {
                    NodeKind::Array => node.items().nth(index),
                    // HCL writes a list of one as it writes a table.
                    _ if node.is_block() => (index == 0).then_some(node),
                    // Variables that replace elements one by one.
                    _ => node.get(&index.to_string()),
                })
            }
            Inside::Key(key) => {
                let key = key.to_string();
                push_key(&mut found.path, &key);
                self.inside(&found.nodes, |node| node.get(&key))
            }
            // Sets have their own order.
            Inside::Somewhere(_) => Vec::new(),
        };
        match inside {
            _ if !nodes.is_empty() => found.nodes = nodes,
            Inside::Somewhere(_) => found.inside = InsideOf::Set,
            _ => found.inside = InsideOf::Text,
        }
    }

    /// Goes on to a field of a section, by whichever of its keys is there.
    #[cfg(feature = "json-schema")]
    pub(crate) fn step_to(&self, found: &mut Located, field: &'static Field) {
        found.field = field;
        found.whole = true;
        found.secret |= field.is_secret();
        push_key(&mut found.path, field.key());
        match self.counted(field, self.field_inside(&found.nodes, field)) {
            nodes if nodes.is_empty() => found.inside = InsideOf::Text,
            nodes => found.nodes = nodes,
        }
    }

    fn field_inside(&self, nodes: &[Ref], field: &Field) -> Vec<Ref> {
        self.inside(nodes, |node| node.items().filter(|inside| field.answers_to(inside.key())).last())
    }

    /// The candidates that count, where only the topmost layer does.
    fn counted(&self, field: &Field, nodes: Vec<Ref>) -> Vec<Ref> {
        let top = nodes.first().copied().filter(|_| field.merge() == Some(Merge::Replace));
        match top {
            Some(top) if self.shared.node(top).kind() == NodeKind::Table && !self.shared.is_patch(top) => {
                self.of_position(&nodes, top)
            }
            _ => nodes,
        }
    }

    /// What the layers say of an open section, topmost first.
    pub(crate) fn section_nodes(&self, scope: &Scope) -> Vec<Ref> {
        self.candidates(scope.at).collect()
    }

    fn inside(&self, nodes: &[Ref], find: impl Fn(NodeRef<'a>) -> Option<NodeRef<'a>>) -> Vec<Ref> {
        let found = nodes.iter().filter_map(|&at| {
            find(self.shared.node(at)).map(|inside| Ref { layer: at.layer, node: inside.id() })
        });
        found.collect()
    }

    /// The position of a field in an open section by the first of its Rust names, and the rest of them.
    pub(crate) fn named<'n>(scope: &Scope, names: &'n str) -> Option<(usize, &'n str)> {
        let (first, below) = names.split_once('.').unwrap_or((names, ""));
        let index = scope.metadata().fields().iter().position(|field| field.name() == first)?;
        Some((index, below))
    }
}

fn is_flattened(field: &Field) -> bool {
    matches!(field.content(), Content::Flattened(_))
}
