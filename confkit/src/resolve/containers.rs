//! Containers of settings types.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape};
use confkit_sources::{NodeKind, NodeRef, OriginKind};
use serde::de::DeserializeOwned;

use super::draft::field_for;
use super::error::kind_words;
use super::{At, Cx, De, Draft, PlaceOf, Ref, Resolve, Step, kind_of};
use crate::Config;
use crate::report::Code;
use crate::secret::Secret;

/// Containers that pass everything on to what they hold.
macro_rules! transparent {
    ($($container:ident)*) => {$(
        impl<T: Resolve> Resolve for $container<T> {
            type Needs = T::Needs;

            const METADATA: &'static Metadata = T::METADATA;

            fn shape() -> Shape {
                T::shape()
            }

            fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
                T::resolve(cx, at).map($container::new)
            }

            fn absent(cx: &mut Cx<'_>) -> Option<Self> {
                T::absent(cx).map($container::new)
            }
        }

        impl<T: Config> Config for $container<T> {
            type Context = T::Context;
        }
    )*};
}

transparent!(Box Arc);

/// Everything inside is secret.
impl<T: Resolve> Resolve for Secret<T> {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        T::shape()
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        let nodes: Vec<Ref> = cx.candidates(at).collect();
        cx.shared.secrets.borrow_mut().extend(nodes);
        cx.secret += 1;
        let value = T::resolve(cx, at);
        cx.secret -= 1;
        value.map(Secret::from)
    }

    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        cx.secret += 1;
        let value = T::absent(cx);
        cx.secret -= 1;
        value.map(Secret::from)
    }
}

/// Present if any layer has anything of it; `null` takes away what lower layers have.
impl<T: Resolve> Resolve for Option<T> {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        Shape::Optional(T::shape)
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        let nodes: Vec<Ref> = cx.candidates(at).collect();
        let kept = nodes.iter().copied().take_while(|&node| cx.shared.node(node).kind() != NodeKind::Null);
        let kept: Vec<Ref> = kept.filter(|&node| says_something(cx.shared.node(node), T::METADATA)).collect();
        if kept.is_empty() {
            return Some(None);
        }
        let at = if kept.len() == nodes.len() { at } else { cx.list(&kept) };
        T::resolve(cx, at).map(Some)
    }

    fn absent(_: &mut Cx<'_>) -> Option<Self> {
        Some(None)
    }
}

/// Whether a layer has anything of a section: variables and arguments that are empty count only
/// for text.
fn says_something(node: NodeRef<'_>, metadata: &'static Metadata) -> bool {
    let is_text = matches!(node.document().origin_kind(), OriginKind::Argument | OriginKind::Variable);
    if !is_text || node.kind() != NodeKind::Table {
        return true;
    }
    node.items().any(|inside| {
        let field = field_for(metadata, inside.key());
        match field.map(Field::content) {
            Some(Content::Nested(shape)) => says_something(inside, shape().section()),
            Some(Content::Value(kind)) if inside.kind() == NodeKind::Text => {
                *kind().kind() == Kind::Text || !inside.text().trim().is_empty()
            }
            _ => true,
        }
    })
}

impl<T: Resolve> Resolve for Vec<T> {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        let elements = cx.elements(at, T::METADATA)?;
        let mut values = Some(Vec::with_capacity(elements.len()));
        for (index, nodes) in elements.into_iter().enumerate() {
            let mark = cx.links.len();
            let at = cx.list(&nodes);
            let value = cx.within(Step::Index(index), |cx| T::resolve(cx, at));
            cx.links.truncate(mark);
            values = values.zip(value).map(|(mut values, value)| {
                values.push(value);
                values
            });
        }
        values
    }

    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        cx.missing_here();
        None
    }
}

impl<T: Resolve, const N: usize> Resolve for [T; N] {
    type Needs = T::Needs;

    const METADATA: &'static Metadata = T::METADATA;

    fn shape() -> Shape {
        Shape::List(T::shape)
    }

    fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
        let values = Vec::resolve(cx, at)?;
        let found = values.len();
        let array = values.try_into().ok();
        if array.is_none() {
            let path = cx.path_text();
            let elements = if N == 1 { "element" } else { "elements" };
            let message = format!("{path} must have exactly {N} {elements}, not {found}");
            let mut draft = Draft::new(Code::Invalid, path, message);
            draft.place = cx.first(at).map(PlaceOf::Value);
            cx.push(draft);
        }
        array
    }

    fn absent(cx: &mut Cx<'_>) -> Option<Self> {
        cx.missing_here();
        None
    }
}

/// Maps by keys that serde reads from text.
macro_rules! maps {
    ($(impl[$($parameters:tt)*] $map:ty, $make:expr;)*) => {$(
        impl<$($parameters)*> Resolve for $map {
            type Needs = T::Needs;

            const METADATA: &'static Metadata = T::METADATA;

            fn shape() -> Shape {
                Shape::Map(T::shape)
            }

            fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
                let mut map: Self = $make;
                let complete = cx.entries(at, |key, value| {
                    map.insert(key, value);
                });
                complete.then_some(map)
            }

            fn absent(cx: &mut Cx<'_>) -> Option<Self> {
                cx.missing_here();
                None
            }
        }
    )*};
}

maps! {
    impl[K: DeserializeOwned + Eq + Hash, T: Resolve, S: BuildHasher + Default] HashMap<K, T, S>, HashMap::default();
    impl[K: DeserializeOwned + Ord, T: Resolve] BTreeMap<K, T>, BTreeMap::new();
}

#[cfg(feature = "indexmap")]
maps! {
    impl[K: DeserializeOwned + Eq + Hash, T: Resolve, S: BuildHasher + Default] indexmap::IndexMap<K, T, S>, indexmap::IndexMap::default();
}

impl<'a> Cx<'a> {
    /// The elements of the topmost list, each with the layers that replace it, topmost first.
    fn elements(&mut self, at: At, metadata: &'static Metadata) -> Option<Vec<Vec<Ref>>> {
        let candidates: Vec<Ref> = self.candidates(at).collect();
        let base = candidates.iter().position(|&node| !self.shared.is_patch(node));
        let mut elements = Vec::new();
        if let Some(&list) = base.and_then(|base| candidates.get(base)) {
            let node = self.shared.node(list);
            match node.kind() {
                NodeKind::Array => {
                    let items = node.items().map(|node| vec![Ref { layer: list.layer, node: node.id() }]);
                    elements.extend(items);
                }
                // In text there is no list of sections but the empty one.
                NodeKind::Text if node.text().trim() == "[]" => {}
                // HCL writes a list of one as it writes a table.
                NodeKind::Table if node.is_block() => elements.push(vec![list]),
                _ => {
                    self.wrong_container(list, node, "a list");
                    return None;
                }
            }
        }
        let patches = &candidates[..base.unwrap_or(candidates.len())];
        for &patch in patches.iter().rev() {
            let mut nodes: Vec<NodeRef<'_>> = self.shared.node(patch).items().collect();
            nodes.sort_by_key(|node| node.key().parse::<usize>().unwrap_or(usize::MAX));
            for node in nodes.into_iter().filter(|&node| says_something(node, metadata)) {
                let place = Ref { layer: patch.layer, node: node.id() };
                let index = node.key().parse::<usize>().unwrap_or(usize::MAX);
                if index > elements.len() {
                    self.beyond(place, index, elements.len());
                    return None;
                }
                if index == elements.len() {
                    elements.push(Vec::new());
                }
                elements[index].insert(0, place);
            }
        }
        Some(elements)
    }

    #[cold]
    fn beyond(&mut self, place: Ref, index: usize, len: usize) {
        let mut path = self.path_text();
        confkit_sources::path::push_index(&mut path, index);
        let elements = if len == 1 { "element" } else { "elements" };
        let message = format!("{path} is set, but the list has only {len} {elements}");
        let help = format!("set element {len} first: elements are counted from 0 without gaps");
        self.push(Draft::new(Code::Invalid, path, message).at(PlaceOf::Value(place)).help(help));
    }

    #[cold]
    fn wrong_container(&mut self, place: Ref, node: NodeRef<'_>, expected: &str) {
        let path = self.path_text();
        let found = super::found_words(node, true);
        let message = format!("{path} must be {expected}, not {found}");
        let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(place));
        self.push(Draft { secret: true, ..draft });
    }

    /// Reads the entries of a map from all layers; false if one could not be read.
    fn entries<K: DeserializeOwned, T: Resolve>(&mut self, at: At, mut insert: impl FnMut(K, T)) -> bool {
        let Some(entries) = self.keyed(at) else { return false };
        let mut complete = true;
        for (key, mut nodes) in entries {
            nodes.retain(|&node| says_something(self.shared.node(node), T::METADATA));
            if nodes.is_empty() {
                continue;
            }
            let mark = self.links.len();
            let at = self.list(&nodes);
            let parsed = K::deserialize(De::text(key, ','));
            if parsed.is_err() {
                self.bad_key(nodes[0], key, &kind_words(&kind_of::<K>().kind));
            }
            let value = self.within(Step::Key(key), |cx| T::resolve(cx, at));
            self.links.truncate(mark);
            match (parsed, value) {
                (Ok(key), Some(value)) => insert(key, value),
                _ => complete = false,
            }
        }
        complete
    }

    #[cold]
    fn bad_key(&mut self, place: Ref, key: &str, expected: &str) {
        let mut path = self.path_text();
        confkit_sources::path::push_key(&mut path, key);
        let message = format!("the key of {path} must be {expected}");
        self.push(Draft::new(Code::Type, path, message).at(PlaceOf::Key(place)));
    }

    /// Keys with their candidates, topmost first; keys in the order of the lowest layer.
    fn keyed(&mut self, at: At) -> Option<Vec<(&'a str, Vec<Ref>)>> {
        if let Some(rest) = self.entries.take() {
            let mut nodes: Vec<Ref> = self.candidates(rest).collect();
            nodes.reverse();
            return Some(self.by_key(nodes));
        }
        let candidates: Vec<Ref> = self.candidates(at).collect();
        let mut tables = Vec::with_capacity(candidates.len());
        for &node in &candidates {
            match self.shared.node(node).kind() {
                NodeKind::Table => tables.push(node),
                NodeKind::Null => {}
                _ => {
                    match tables.first() {
                        Some(&upper) => self.mixed(self.path_text(), upper, node),
                        None => self.wrong_container(node, self.shared.node(node), "a table"),
                    }
                    return None;
                }
            }
        }
        let nodes = |table: Ref, cx: &Self| {
            let items = cx.shared.node(table).items();
            items.map(move |node| Ref { layer: table.layer, node: node.id() }).collect::<Vec<_>>()
        };
        if let [table] = tables[..] {
            let entry = |node: Ref| (self.shared.node(node).key(), vec![node]);
            return Some(nodes(table, self).into_iter().map(entry).collect());
        }
        let nodes = tables.iter().rev().flat_map(|&table| nodes(table, self)).collect();
        Some(self.by_key(nodes))
    }

    fn by_key(&self, nodes: Vec<Ref>) -> Vec<(&'a str, Vec<Ref>)> {
        let mut index = HashMap::<&str, usize>::with_capacity(nodes.len());
        let mut entries: Vec<(&'a str, Vec<Ref>)> = Vec::with_capacity(nodes.len());
        for node in nodes {
            let key = self.shared.node(node).key();
            let at = *index.entry(key).or_insert_with(|| {
                entries.push((key, Vec::new()));
                entries.len() - 1
            });
            entries[at].1.insert(0, node);
        }
        entries
    }
}
