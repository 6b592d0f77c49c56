//! Containers of settings types.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape};
use confkit_sources::{NodeKind, NodeRef, OriginKind};
use serde::de::DeserializeOwned;

use super::draft::field_for;
use super::error::{exactly, kind_words};
use super::merge::{Element, How};
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
pub(crate) fn says_something(node: NodeRef<'_>, metadata: &'static Metadata) -> bool {
    let is_text = matches!(node.document().origin_kind(), OriginKind::Argument | OriginKind::Variable);
    if !is_text || node.kind() != NodeKind::Table {
        return true;
    }
    node.items().any(|inside| {
        // Only what is empty needs a look at its field.
        let may_be_nothing = match inside.kind() {
            NodeKind::Text => inside.text().trim().is_empty(),
            kind => kind == NodeKind::Table,
        };
        if !may_be_nothing {
            return true;
        }
        match field_for(metadata, inside.key()).map(Field::content) {
            Some(Content::Nested(shape)) => says_something(inside, shape().section()),
            Some(Content::Value(kind)) if inside.kind() == NodeKind::Text => *kind().kind() == Kind::Text,
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
        let (elements, complete) = cx.elements(at, T::METADATA);
        let mut values = complete.then(|| Vec::with_capacity(elements.len()));
        let around = cx.element;
        for (index, element) in elements.into_iter().enumerate().filter(|(_, element)| !element.is_told()) {
            let mark = cx.links.len();
            let at = cx.list(&element.layers);
            cx.element = Some((cx.path.len() + 1, at));
            let value = cx.within(Step::Index(index), |cx| T::resolve(cx, at));
            cx.links.truncate(mark);
            values = values.zip(value).map(|(mut values, value)| {
                values.push(value);
                values
            });
        }
        cx.element = around;
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
            let message = format!("{path} {}", exactly(N, found));
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
    ($(impl[$($parameters:tt)*] $map:ty;)*) => {$(
        impl<$($parameters)*> Resolve for $map {
            type Needs = T::Needs;

            const METADATA: &'static Metadata = T::METADATA;

            fn shape() -> Shape {
                Shape::Map(T::shape)
            }

            fn resolve(cx: &mut Cx<'_>, at: At) -> Option<Self> {
                cx.entries(at).map(Self::from_iter)
            }

            fn absent(cx: &mut Cx<'_>) -> Option<Self> {
                cx.missing_here();
                None
            }
        }
    )*};
}

maps! {
    impl[K: DeserializeOwned + Eq + Hash, T: Resolve, S: BuildHasher + Default] HashMap<K, T, S>;
    impl[K: DeserializeOwned + Ord, T: Resolve] BTreeMap<K, T>;
}

#[cfg(feature = "indexmap")]
maps! {
    impl[K: DeserializeOwned + Eq + Hash, T: Resolve, S: BuildHasher + Default] indexmap::IndexMap<K, T, S>;
}

impl<'a> Cx<'a> {
    /// The elements of a list of sections, each with what layers say of it, topmost first, and whether
    /// they are all of it.
    fn elements(&mut self, at: At, metadata: &'static Metadata) -> (Vec<Element>, bool) {
        let candidates: Vec<Ref> = self.candidates(at).collect();
        let how = How::of_sections(self.merge.take(), metadata);
        let (elements, faults) = self.shared.elements_and_faults(&candidates, how);
        let complete = faults.is_empty();
        for fault in faults {
            self.fault(self.path_text(), fault, how, false);
        }
        (elements, complete)
    }

    #[cold]
    fn wrong_container(&mut self, place: Ref, node: NodeRef<'_>, expected: &str) {
        let path = self.path_text();
        let found = super::found_words(node, true);
        let message = format!("{path} must be {expected}, not {found}");
        let draft = Draft::new(Code::Type, path, message).at(PlaceOf::Value(place));
        self.push(Draft { secret: true, ..draft });
    }

    /// Reads the entries of a map from all layers; nothing if one could not be read.
    fn entries<K: DeserializeOwned, T: Resolve>(&mut self, at: At) -> Option<Vec<(K, T)>> {
        let mark = self.links.len();
        let keyed = self.keyed(at, T::METADATA)?;
        let mut entries = Some(Vec::with_capacity(keyed.len()));
        for (key, at) in keyed {
            let parsed = K::deserialize(De::text(key, ','));
            if let (Err(_), Some(first)) = (&parsed, self.first(at)) {
                self.bad_key(first, key, &kind_words(&kind_of::<K>().kind));
            }
            let value = self.within(Step::Key(key), |cx| T::resolve(cx, at));
            match (parsed, value, &mut entries) {
                (Ok(key), Some(value), Some(entries)) => entries.push((key, value)),
                (Ok(_), Some(_), None) => {}
                _ => entries = None,
            }
        }
        self.links.truncate(mark);
        entries
    }

    #[cold]
    fn bad_key(&mut self, place: Ref, key: &str, expected: &str) {
        let mut path = self.path_text();
        confkit_sources::path::push_key(&mut path, key);
        let message = format!("the key of {path} must be {expected}");
        self.push(Draft::new(Code::Type, path, message).at(PlaceOf::Key(place)));
    }

    /// Keys with their candidates; keys in the order of the lowest layer. Layers that say nothing of an
    /// entry are left out.
    fn keyed(&mut self, at: At, metadata: &'static Metadata) -> Option<Vec<(&'a str, At)>> {
        if let Some(rest) = self.entries.take() {
            let mut nodes: Vec<_> =
                self.candidates(rest).map(|at| (self.shared.node(at).key(), at)).collect();
            nodes.reverse();
            return Some(self.by_key(nodes, metadata));
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
        let nodes = |table: &Ref| {
            let layer = table.layer;
            self.shared.node(*table).items().map(move |node| (node.key(), Ref { layer, node: node.id() }))
        };
        let nodes = tables.iter().rev().flat_map(nodes).collect();
        Some(self.by_key(nodes, metadata))
    }

    /// Links nodes that have one key, given with the lowest layer first.
    fn by_key(&mut self, nodes: Vec<(&'a str, Ref)>, metadata: &'static Metadata) -> Vec<(&'a str, At)> {
        let nodes = nodes.into_iter().enumerate();
        let mut keyed: Vec<(&'a str, usize, Ref)> = nodes.map(|(at, (key, node))| (key, at, node)).collect();
        // What is sorted already, as most large tables are, is only gone through.
        keyed.sort_by_key(|&(key, ..)| key);
        let mut entries: Vec<(usize, &'a str, At)> = Vec::with_capacity(keyed.len());
        for one_key in keyed.chunk_by(|(one, ..), (other, ..)| one == other) {
            let mut at = At::NONE;
            for &(.., node) in one_key {
                if says_something(self.shared.node(node), metadata) {
                    at = self.link(node, at);
                }
            }
            let (key, position, _) = one_key[0];
            entries.push((position, key, at));
        }
        entries.sort_by_key(|&(position, ..)| position);
        entries.into_iter().filter(|(.., at)| !at.is_none()).map(|(_, key, at)| (key, at)).collect()
    }
}
