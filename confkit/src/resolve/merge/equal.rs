//! When two elements are the same, as they stand in documents.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap};
use std::hash::{Hash, Hasher};

use confkit_sources::{NodeKind, NodeRef};

use super::{Element, Ref, Shared};

/// What an element is, wherever and however it is written.
#[derive(Debug)]
pub(super) enum Tree {
    Single(NodeKind, String),
    List(Vec<Tree>),
    Table(BTreeMap<String, Tree>),
}

impl Tree {
    /// What layers make of an element together.
    pub(super) fn of(shared: &Shared<'_>, element: &Element) -> Self {
        match (&element.layers[..], &element.text) {
            ([], text) => {
                Self::Single(NodeKind::Text, text.as_ref().map(|(_, text)| text.clone()).unwrap_or_default())
            }
            (layers, _) => Self::combined(shared, layers),
        }
    }

    /// What nodes are together, topmost first.
    fn combined(shared: &Shared<'_>, nodes: &[Ref]) -> Self {
        let top = shared.node(nodes[0]);
        match top.kind() {
            NodeKind::Array => {
                let items = top.items().map(|node| Ref { layer: nodes[0].layer, node: node.id() });
                Self::List(items.map(|at| Self::combined(shared, &[at])).collect())
            }
            NodeKind::Table => {
                let mut entries = BTreeMap::<&str, Vec<Ref>>::new();
                let tables = nodes.iter().take_while(|at| shared.node(**at).kind() == NodeKind::Table);
                for table in tables {
                    for node in shared.node(*table).items() {
                        let at = Ref { layer: table.layer, node: node.id() };
                        entries.entry(node.key()).or_default().push(at);
                    }
                }
                let entries = entries.into_iter();
                Self::Table(entries.map(|(key, at)| (key.to_owned(), Self::combined(shared, &at))).collect())
            }
            _ => Self::single(top),
        }
    }

    /// A single value: numbers by what they are, not by how they are written.
    pub(super) fn single(node: NodeRef<'_>) -> Self {
        let text = node.text();
        let plain = match node.kind() {
            NodeKind::Integer => {
                i128::from_str_radix(text, node.radix()).ok().map(|number| number.to_string())
            }
            NodeKind::Float => text.parse::<f64>().ok().map(|number| number.to_string()),
            _ => None,
        };
        Self::Single(node.kind(), plain.unwrap_or_else(|| text.to_owned()))
    }

    /// Text has no kind of its own: it is what the same letters are elsewhere.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Single(kind, text), Self::Single(other, same)) => {
                text == same && (kind == other || [kind, other].contains(&&NodeKind::Text))
            }
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.is(other))
            }
            (Self::Table(one), Self::Table(other)) => {
                let same = |((key, one), (other, value)): ((&String, &Self), (&String, &Self))| {
                    key == other && one.is(value)
                };
                one.len() == other.len() && one.iter().zip(other).all(same)
            }
            _ => false,
        }
    }

    /// The same for equal trees.
    fn digest(&self, hasher: &mut impl Hasher) {
        match self {
            Self::Single(_, text) => text.hash(hasher),
            Self::List(items) => items.iter().for_each(|item| item.digest(hasher)),
            Self::Table(entries) => entries.iter().for_each(|(key, value)| {
                key.hash(hasher);
                value.digest(hasher);
            }),
        }
    }
}

/// Trees that have been seen, each with its position among different ones.
#[derive(Debug, Default)]
pub(super) struct Seen {
    by_digest: HashMap<u64, Vec<usize>>,
    trees: Vec<Tree>,
}

impl Seen {
    /// The position of a tree; that of a new one is behind all others.
    pub(super) fn position(&mut self, tree: Tree) -> usize {
        let mut hasher = DefaultHasher::new();
        tree.digest(&mut hasher);
        let near = self.by_digest.entry(hasher.finish()).or_default();
        if let Some(&known) = near.iter().find(|&&at| self.trees[at].is(&tree)) {
            return known;
        }
        near.push(self.trees.len());
        self.trees.push(tree);
        self.trees.len() - 1
    }

    pub(super) fn is_new(&mut self, tree: Tree) -> bool {
        let known = self.trees.len();
        self.position(tree) == known
    }
}
