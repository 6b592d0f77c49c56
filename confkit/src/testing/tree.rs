//! Settings in the making: a tree whose parts can be put, replaced and taken away.

use confkit_sources::path::Segment;
use confkit_sources::{Composer, Document, NodeKind, NodeRef, Origin, OriginKind};

/// What reports call the layer of generated values.
pub(super) const NAME: &str = "test values";

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

impl Tree {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn empty() -> Self {
        Self::Table(Vec::new())
    }

    /// What stands in a document.
    pub(super) fn of(node: NodeRef<'_>) -> Self {
        let text = node.text();
        match node.kind() {
            NodeKind::Null => Self::Null,
            NodeKind::Bool => Self::Bool(text == "true"),
            NodeKind::Integer => {
                i128::from_str_radix(text, node.radix()).map_or_else(|_| Self::text(text), Self::Integer)
            }
            NodeKind::Float => text.parse().map_or_else(|_| Self::text(text), Self::Float),
            NodeKind::Array => Self::List(node.items().map(Self::of).collect()),
            NodeKind::Table => {
                Self::Table(node.entries().map(|(key, inside)| (key.to_owned(), Self::of(inside))).collect())
            }
            _ => Self::text(text),
        }
    }

    pub(super) fn document(&self) -> Document {
        let mut composer = Composer::new(OriginKind::Text, NAME);
        self.inside(&mut composer, 0);
        composer.finish()
    }

    fn inside(&self, composer: &mut Composer, parent: u32) {
        match self {
            Self::List(elements) => elements.iter().for_each(|one| one.below(composer, parent, "")),
            Self::Table(entries) => entries.iter().for_each(|(key, one)| one.below(composer, parent, key)),
            _ => {}
        }
    }

    fn below(&self, composer: &mut Composer, parent: u32, key: &str) {
        let (kind, text) = match self {
            Self::Null => (NodeKind::Null, String::new()),
            Self::Bool(value) => (NodeKind::Bool, value.to_string()),
            Self::Integer(number) => (NodeKind::Integer, number.to_string()),
            Self::Float(number) => (NodeKind::Float, format!("{number:?}")),
            Self::Text(text) => (NodeKind::String, text.clone()),
            Self::List(_) => (NodeKind::Array, String::new()),
            Self::Table(_) => (NodeKind::Table, String::new()),
        };
        let node = composer.add(parent, key, kind, &text, Origin::new(OriginKind::Text, NAME));
        self.inside(composer, node);
    }

    pub(super) fn get(&self, path: &[Segment<'_>]) -> Option<&Self> {
        path.iter().try_fold(self, |tree, step| match (tree, step) {
            (Self::Table(entries), Segment::Key(key)) => {
                entries.iter().find(|(known, _)| known == key).map(|(_, inside)| inside)
            }
            (Self::List(elements), Segment::Index(index)) => elements.get(*index),
            _ => None,
        })
    }

    fn get_mut(&mut self, path: &[Segment<'_>]) -> Option<&mut Self> {
        path.iter().try_fold(self, |tree, step| match (tree, step) {
            (Self::Table(entries), Segment::Key(key)) => {
                entries.iter_mut().find(|(known, _)| known == key).map(|(_, inside)| inside)
            }
            (Self::List(elements), Segment::Index(index)) => elements.get_mut(*index),
            _ => None,
        })
    }

    /// Puts a value at a path, in place of what stands there or on the way; false for a position
    /// behind the end of a list.
    pub(super) fn put(&mut self, path: &[Segment<'_>], value: Self) -> bool {
        let Some((step, rest)) = path.split_first() else {
            *self = value;
            return true;
        };
        match step {
            Segment::Key(key) => {
                if !matches!(self, Self::Table(_)) {
                    *self = Self::empty();
                }
                let Self::Table(entries) = self else { return false };
                let known = entries.iter().position(|(known, _)| known == key);
                let at = known.unwrap_or_else(|| {
                    entries.push((key.to_string(), Self::Null));
                    entries.len() - 1
                });
                entries[at].1.put(rest, value)
            }
            Segment::Index(index) => {
                if !matches!(self, Self::List(_)) {
                    *self = Self::List(Vec::new());
                }
                let Self::List(elements) = self else { return false };
                if *index == elements.len() {
                    elements.push(Self::Null);
                }
                elements.get_mut(*index).is_some_and(|element| element.put(rest, value))
            }
        }
    }

    /// Takes away what stands at a path; an element goes and others move up.
    pub(super) fn remove(&mut self, path: &[Segment<'_>]) -> bool {
        let Some((last, around)) = path.split_last() else { return false };
        match (self.get_mut(around), last) {
            (Some(Self::Table(entries)), Segment::Key(key)) => {
                let before = entries.len();
                entries.retain(|(known, _)| known != key);
                entries.len() < before
            }
            (Some(Self::List(elements)), Segment::Index(index)) if *index < elements.len() => {
                elements.remove(*index);
                true
            }
            _ => false,
        }
    }
}
