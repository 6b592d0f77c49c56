//! Tables: maps, structures and variants, over several layers and from text.

use std::borrow::Cow;
use std::collections::HashMap;

use confkit_sources::declared::Kind;
use confkit_sources::{JsonText, NodeKind};
use serde::de::value::StringDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, MapAccess, VariantAccess,
    Visitor,
};

use super::super::error::{Error, Found, Inner, Issue, What};
use super::super::kind::kind_of;
use super::super::{Ref, text};
use super::list::read_refined;
use super::texts::settled;
use super::{De, Src};

impl<'c> De<'c> {
    pub(super) fn table<'de, V: Visitor<'de>>(self, visitor: V, keys: Keys) -> Result<V::Value, Error> {
        let asked = || match keys {
            Keys::Fields(fields) => Kind::Structure(fields),
            Keys::Any => Kind::Map,
        };
        if let Src::Probe(probe) = self.src {
            return Err(Self::look_inside(probe, asked(), visitor));
        }
        let (kind, text, _) = self.scalar(asked)?;
        let entries = match (kind, self.src) {
            (NodeKind::Table, Src::Node(at)) => self.entries_of(&[at])?,
            (NodeKind::Table, Src::Tables(tables)) => self.entries_of(tables)?,
            (NodeKind::Table, Src::Entries(entries)) => self.combined(entries.to_vec()),
            (NodeKind::Text, _) => {
                let text = text.trim();
                if text.is_empty() {
                    return Err(Error::new(What::Empty));
                }
                if text.starts_with('{')
                    && let Some(json @ JsonText::Table(_)) = JsonText::read(text)
                {
                    return self.json(json, |de| de.table(visitor, keys));
                }
                let Some(mut pairs) = text::pairs(text, self.delimiter) else {
                    return Err(self.mismatch(asked()));
                };
                settled(&mut pairs).map_err(|error| self.placed(error))?;
                pairs
                    .into_iter()
                    .map(|(key, value)| Entry { key: Cow::Borrowed(key), value: Value::Text(value) })
                    .collect()
            }
            _ => return Err(self.mismatch(asked())),
        };
        let mut entries =
            Entries { de: self, entries: entries.into_iter(), current: None, keys, issues: Vec::new() };
        let value = visitor.visit_map(&mut entries).map_err(|error| self.placed(error))?;
        if entries.issues.is_empty() { Ok(value) } else { Err(Error::several(entries.issues)) }
    }

    /// The variant that the topmost layer names, with what lower layers say of the same one. A layer
    /// that names another variant hides itself and everything below it.
    pub(super) fn variant(self, tables: &[Ref]) -> Option<Entry<'c>> {
        let shared = self.shared?;
        let only = |at: Ref| {
            let mut items = shared.node(at).items();
            let only = items.next().filter(|_| items.next().is_none())?;
            Some((only.key(), Ref { layer: at.layer, node: only.id() }))
        };
        let (name, _) = only(*tables.first()?)?;
        let named = tables.iter().map_while(|&at| only(at).filter(|(other, _)| *other == name));
        self.combined(named.map(|(_, content)| content).collect()).into_iter().next()
    }

    fn entries_of(self, tables: &[Ref]) -> Result<Vec<Entry<'c>>, Error> {
        let Some(shared) = self.shared else { return Ok(Vec::new()) };
        match tables {
            tables if tables.iter().any(|&at| shared.node(at).kind() == NodeKind::Text) => {
                self.with_texts(tables)
            }
            [one] => Ok(self
                .nodes_in(*one)
                .map(|at| Entry { key: Cow::Borrowed(shared.node(at).key()), value: Value::Node(at) })
                .collect()),
            several => Ok(self.combined(several.iter().flat_map(|&at| self.nodes_in(at)).collect())),
        }
    }

    pub(super) fn nodes_in(self, table: Ref) -> impl Iterator<Item = Ref> + 'c {
        let nodes = self.shared.into_iter().flat_map(move |shared| shared.node(table).items());
        nodes.map(move |node| Ref { layer: table.layer, node: node.id() })
    }

    /// What the topmost of several nodes stands over and cannot: a table under a single value, or
    /// the other way round.
    pub(super) fn mixed(self, nodes: &[Ref]) -> Option<Ref> {
        let shared = self.shared?;
        let kind = |at: &Ref| shared.node(*at).kind();
        let top = kind(nodes.first()?);
        if matches!(top, NodeKind::Null | NodeKind::Text | NodeKind::Array) {
            return None;
        }
        let counted = nodes.iter().take_while(|at| kind(at) != NodeKind::Null);
        // HCL writes a list of one as it writes a table.
        let is_list = |at: &Ref| kind(at) == NodeKind::Array && shared.node(nodes[0]).is_block();
        let other = |at: &&Ref| (kind(at) == NodeKind::Table) != (top == NodeKind::Table) && !is_list(at);
        counted.filter(|at| kind(at) != NodeKind::Text).find(other).copied()
    }

    /// Entries by key; those of one key in several layers together, in the order of the lowest.
    fn combined(self, mut nodes: Vec<Ref>) -> Vec<Entry<'c>> {
        let Some(shared) = self.shared else { return Vec::new() };
        let mut by_key = HashMap::<&str, usize>::new();
        let mut entries: Vec<(&str, Vec<Ref>)> = Vec::new();
        nodes.sort_unstable();
        for at in nodes {
            let key = shared.node(at).key();
            let index = *by_key.entry(key).or_insert_with(|| {
                entries.push((key, Vec::new()));
                entries.len() - 1
            });
            entries[index].1.insert(0, at);
        }
        let entry = |(key, nodes)| Entry { key: Cow::Borrowed(key), value: self.together(nodes) };
        entries.into_iter().map(entry).collect()
    }

    /// What nodes of one key are together, topmost first.
    pub(super) fn together(self, nodes: Vec<Ref>) -> Value<'c> {
        let is_table = |&at: &Ref| self.shared.is_some_and(|it| it.node(at).kind() == NodeKind::Table);
        match nodes[..] {
            [one] => Value::Node(one),
            _ if nodes.iter().all(is_table) => Value::Tables(nodes),
            _ => match self.mixed(&nodes) {
                Some(lower) => Value::Mixed(nodes[0], lower),
                None => Value::Node(nodes[0]),
            },
        }
    }
}

/// Whether values of a type are one of several variants; then the topmost layer says which.
pub(super) fn is_choice<'de, T: Deserialize<'de>>() -> bool {
    matches!(kind_of::<T>().kind, Kind::Choice(_))
}

/// Which keys a table may have.
#[derive(Clone, Copy)]
pub(super) enum Keys {
    Any,
    Fields(&'static [&'static str]),
}

pub(super) struct Entry<'c> {
    pub(super) key: Cow<'c, str>,
    pub(super) value: Value<'c>,
}

pub(super) enum Value<'c> {
    Node(Ref),
    Tables(Vec<Ref>),
    /// A table over a single value in a lower layer, or the other way round.
    Mixed(Ref, Ref),
    Text(&'c str),
    /// A part of a text, with the node that has the whole of it.
    Part(Ref, Cow<'c, str>),
}

impl Value<'_> {
    /// A deserializer for the value, on the terms of another.
    fn reader<'r>(&'r self, terms: De<'r>) -> De<'r> {
        terms.with(match self {
            Self::Node(at) | Self::Mixed(at, _) => Src::Node(*at),
            Self::Tables(tables) => Src::Tables(tables),
            Self::Text(text) => Src::Text(text),
            Self::Part(_, text) => Src::Text(text),
        })
    }

    /// Where the value stands; text that one variable gives has no places inside.
    fn place(&self) -> Option<Ref> {
        match self {
            Self::Node(at) | Self::Mixed(at, _) | Self::Part(at, _) => Some(*at),
            Self::Tables(tables) => tables.first().copied(),
            Self::Text(_) => None,
        }
    }
}

/// The entries of a table, for serde.
struct Entries<'c> {
    de: De<'c>,
    entries: std::vec::IntoIter<Entry<'c>>,
    current: Option<Entry<'c>>,
    keys: Keys,
    issues: Vec<Issue>,
}

impl<'c> Entries<'c> {
    /// Goes to the next entry that the type knows.
    fn advance(&mut self) -> Option<Cow<'c, str>> {
        loop {
            let entry = self.entries.next()?;
            if let Keys::Fields(known) = self.keys
                && !known.contains(&&*entry.key)
            {
                if let (Some(shared), Value::Node(at) | Value::Mixed(at, _)) = (self.de.shared, &entry.value)
                {
                    shared.unknown.borrow_mut().push((*at, known));
                } else if let (Some(shared), Value::Tables(tables)) = (self.de.shared, &entry.value) {
                    shared.unknown.borrow_mut().push((tables[0], known));
                }
                continue;
            }
            let key = entry.key.clone();
            self.current = Some(entry);
            return Some(key);
        }
    }

    fn value<T>(
        &mut self,
        read: impl FnOnce(De<'_>) -> Result<T, Error>,
        choice: impl FnOnce() -> bool,
    ) -> Result<T, Error> {
        let Some(entry) = self.current.take() else {
            return Err(Error::new(What::Absent));
        };
        let result = match &entry.value {
            Value::Mixed(top, lower) if !choice() => {
                Err(Error::new(What::Mixed(*lower)).placed(Some(*top), || None).at_key())
            }
            Value::Part(at, text) => {
                read(self.de.with(Src::Text(text))).map_err(|error| error.placed(Some(*at), || None))
            }
            value => read(value.reader(self.de)),
        };
        result.map_err(|error| error.inside(|| Inner::Key(entry.key.to_string())))
    }

    fn is_set_to_nothing(&self) -> bool {
        let Some(Entry { value: Value::Node(at), .. }) = &self.current else { return false };
        let node = self.de.shared.map(|shared| shared.node(*at));
        node.is_some_and(|node| node.kind() == NodeKind::Text && node.text().trim().is_empty())
    }

    fn key_place(&self) -> Option<Ref> {
        let value = &self.current.as_ref()?.value;
        value.place().or(self.de.at())
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.advance() else { return Ok(None) };
        match seed.deserialize(De::text(&key, ',')) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(error.placed(self.key_place(), || Some(Found::text(&key)))),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        self.value(|de| seed.deserialize(de), || false)
    }

    fn next_value<T: Deserialize<'de>>(&mut self) -> Result<T, Error> {
        self.value(read_refined::<T>, is_choice::<T>)
    }

    fn next_entry<K: Deserialize<'de>, V: Deserialize<'de>>(&mut self) -> Result<Option<(K, V)>, Error> {
        while let Some(text) = self.advance() {
            let place = self.key_place();
            let text = &*text;
            let key = K::deserialize(De::text(text, ',')).map_err(|error| {
                let error = error.refined(|| kind_of::<K>().kind);
                error
                    .placed(place, || Some(Found::text(text)))
                    .of_map_key()
                    .inside(|| Inner::Key(text.to_owned()))
            });
            let set_to_nothing = self.is_set_to_nothing();
            let read = |de: De<'_>| {
                if set_to_nothing { V::deserialize(de) } else { read_refined::<V>(de) }
            };
            match (key, self.value(read, is_choice::<V>)) {
                // An empty variable is an entry only of maps of text.
                (_, Err(error)) if set_to_nothing && error.is_empty_inside() => {}
                (Ok(key), Ok(value)) => return Ok(Some((key, value))),
                (key, value) => {
                    let errors = [key.err(), value.err()].into_iter().flatten();
                    self.issues.extend(errors.flat_map(Error::into_issues));
                }
            }
        }
        if self.issues.is_empty() {
            return Ok(None);
        }
        Err(Error::several(std::mem::take(&mut self.issues)))
    }
}

/// A variant with content: a table of the variant's name alone.
pub(super) struct Variant<'c> {
    pub(super) de: De<'c>,
    pub(super) variant: Entry<'c>,
}

impl<'de, 'c> EnumAccess<'de> for Variant<'c> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name: StringDeserializer<Error> = self.variant.key.to_string().into_deserializer();
        match seed.deserialize(name) {
            Ok(value) => Ok((value, self)),
            Err(error) => {
                let at = self.variant.value.place();
                let found = || Some(Found::text(&self.variant.key));
                Err(error.placed(at, found).at_key())
            }
        }
    }
}

impl Variant<'_> {
    fn content<T>(self, read: impl FnOnce(De<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let result = read(self.variant.value.reader(self.de));
        result.map_err(|error| error.inside(|| Inner::Key(self.variant.key.to_string())))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        self.content(|de| <()>::deserialize(de))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        self.content(|de| seed.deserialize(de))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        self.content(|de| de.deserialize_tuple(len, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.content(|de| de.deserialize_struct("", fields, visitor))
    }
}
