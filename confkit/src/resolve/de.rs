//! The one deserializer: from nodes, several layers of them, text, or nothing.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use confkit_sources::declared::Kind;
use confkit_sources::{Document, NodeKind, path::Segment};
use serde::de::value::{StrDeserializer, StringDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer as _, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::error::{Error, Found, Inner, Issue, What};
use super::kind::{Inside, Probe, kind_of};
use super::text::{self, BYTE_SIZE, SECRET};
use super::{Ref, Shared};

/// Reads one value for serde. Functions given to `with` receive it.
#[derive(Debug, Clone, Copy)]
pub struct De<'c> {
    shared: Option<&'c Shared<'c>>,
    src: Src<'c>,
    delimiter: char,
}

#[derive(Debug, Clone, Copy)]
enum Src<'c> {
    /// Nothing: an `Option` is `None`, anything else is missing.
    Absent,
    Node(Ref),
    /// The same table in several layers, topmost first.
    Tables(&'c [Ref]),
    /// The entries of a table that no field took.
    Entries(&'c [Ref]),
    Text(&'c str),
    Texts(&'static [&'static str]),
    Probe(&'c Probe),
}

impl<'c> De<'c> {
    pub(super) fn absent() -> Self {
        Self { shared: None, src: Src::Absent, delimiter: ',' }
    }

    pub(super) fn probe(probe: &'c Probe) -> Self {
        Self { shared: None, src: Src::Probe(probe), delimiter: ',' }
    }

    #[inline]
    pub(super) fn node(shared: &'c Shared<'c>, at: Ref, delimiter: char) -> Self {
        Self { shared: Some(shared), src: Src::Node(at), delimiter }
    }

    pub(super) fn tables(shared: &'c Shared<'c>, tables: &'c [Ref], delimiter: char) -> Self {
        Self { shared: Some(shared), src: Src::Tables(tables), delimiter }
    }

    pub(super) fn entries(shared: &'c Shared<'c>, entries: &'c [Ref]) -> Self {
        Self { shared: Some(shared), src: Src::Entries(entries), delimiter: ',' }
    }

    pub(super) fn text(text: &'c str, delimiter: char) -> Self {
        Self { shared: None, src: Src::Text(text), delimiter }
    }

    pub(super) fn texts(texts: &'static [&'static str]) -> Self {
        Self { shared: None, src: Src::Texts(texts), delimiter: ',' }
    }

    fn with(self, src: Src<'c>) -> Self {
        Self { src, ..self }
    }

    /// The text of a value that is text.
    pub(super) fn as_text(&self) -> Option<&'c str> {
        match (self.src, self.shared) {
            (Src::Text(text), _) => Some(text),
            (Src::Node(at), Some(shared)) => {
                let node = shared.node(at);
                matches!(node.kind(), NodeKind::String | NodeKind::Text).then(|| node.text())
            }
            _ => None,
        }
    }

    fn at(&self) -> Option<Ref> {
        match self.src {
            Src::Node(at) => Some(at),
            Src::Tables(tables) | Src::Entries(tables) => tables.first().copied(),
            _ => None,
        }
    }

    fn found(&self) -> Option<Found> {
        match (self.src, self.shared) {
            (Src::Text(text), _) => Some(Found::text(text)),
            _ => Some(Found::of(self.shared?.node(self.at()?))),
        }
    }

    #[cold]
    pub(super) fn placed(self, error: Error) -> Error {
        error.placed(self.at(), || self.found())
    }

    #[cold]
    pub(super) fn mismatch(self, kind: Kind) -> Error {
        self.placed(Error::new(What::Kind(kind)))
    }

    /// The kind, text and radix of a single value; containers have no text.
    #[inline]
    fn scalar(&self, asked: impl FnOnce() -> Kind) -> Result<(NodeKind, &'c str, u32), Error> {
        match (self.src, self.shared) {
            (Src::Node(at), Some(shared)) => {
                let node = shared.node(at);
                Ok((node.kind(), node.text(), node.radix()))
            }
            (Src::Text(text), _) => Ok((NodeKind::Text, text, 10)),
            (Src::Texts(_), _) => Ok((NodeKind::Array, "", 10)),
            (Src::Tables(_) | Src::Entries(_), _) => Ok((NodeKind::Table, "", 10)),
            (Src::Probe(probe), _) => {
                probe.kind(asked());
                Err(Error::new(What::Probed))
            }
            (Src::Absent | Src::Node(_), _) => Err(Error::new(What::Absent)),
        }
    }

    /// Reads a value out of JSON text: as nodes, so that it is read as any other.
    fn json<T>(
        self,
        json: &serde_json::Value,
        read: impl FnOnce(De<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let key = [Segment::key("value")];
        let document = Document::from_json("", &key, json).ok().flatten();
        let Some(document) = document else {
            return read(De::absent());
        };
        let Some(node) = document.root().items().next() else {
            return read(De::absent());
        };
        let unknown = confkit_sources::declared::Unknown::Allow;
        let layer = super::Layer { document: &document, unknown };
        let shared = Shared {
            layers: vec![layer],
            secrets: RefCell::default(),
            texts: RefCell::default(),
            unknown: RefCell::default(),
        };
        let de = De::node(&shared, Ref { layer: 0, node: node.id() }, self.delimiter);
        let result = read(de).map_err(|error| self.placed(error.unplaced()));
        if let Some(outer) = self.shared {
            let nodes = shared.secrets.borrow();
            let texts = nodes.iter().map(|&at| shared.node(at).text().to_owned());
            outer.texts.borrow_mut().extend(texts.chain(shared.texts.take()));
        }
        result
    }

    /// Looks into a list or table that is only asked about.
    #[cold]
    fn look_inside<'de, V: Visitor<'de>>(probe: &Probe, kind: Kind, visitor: V) -> Error {
        let keys: &'static [&'static str] = match kind {
            Kind::Structure(fields) => fields,
            _ => &[],
        };
        let is_list = kind == Kind::List;
        probe.kind(kind);
        let inside = Inside::of(probe, keys);
        let _ = if is_list { visitor.visit_seq(inside) } else { visitor.visit_map(inside) };
        Error::new(What::Probed)
    }

    fn list<'de, V: Visitor<'de>>(
        self,
        visitor: V,
        each: bool,
        len: Option<usize>,
    ) -> Result<V::Value, Error> {
        if let Src::Probe(probe) = self.src {
            return Err(Self::look_inside(probe, Kind::List, visitor));
        }
        let (kind, text, _) = self.scalar(|| Kind::List)?;
        let items = match (kind, self.src) {
            (_, Src::Texts(texts)) => Items::Literals(texts.iter()),
            (NodeKind::Array, Src::Node(at)) => match self.shared {
                Some(shared) => Items::Nodes(shared.node(at).items(), at.layer),
                None => return Err(self.mismatch(Kind::List)),
            },
            (NodeKind::Table, Src::Tables(tables)) => self.patched(tables)?,
            (NodeKind::Table, Src::Node(at)) if self.shared.is_some_and(|shared| shared.is_patch(at)) => {
                self.patched(&[at])?
            }
            (NodeKind::Text, _) => {
                let text = text.trim();
                if text.is_empty() {
                    return Err(Error::new(What::Empty));
                }
                if text.starts_with('[')
                    && let Some(json @ serde_json::Value::Array(_)) = text::json(text)
                {
                    return self.json(&json, |de| de.list(visitor, each, len));
                }
                Items::Texts(text::elements(text, self.delimiter).into_iter())
            }
            _ => return Err(self.mismatch(Kind::List)),
        };
        let mut elements = Elements { de: self, items, index: 0, each, issues: Vec::new() };
        let value = visitor.visit_seq(&mut elements).map_err(|error| self.placed(error))?;
        if !elements.issues.is_empty() {
            return Err(Error::several(elements.issues));
        }
        match len {
            Some(len) if elements.items.advance().is_some() => {
                Err(self.placed(Error::new(What::Length(format!("exactly {len} elements")))))
            }
            _ => Ok(value),
        }
    }

    /// A list whose elements are replaced one by one by higher layers.
    fn patched(self, candidates: &[Ref]) -> Result<Items<'c>, Error> {
        let Some(shared) = self.shared else { return Err(self.mismatch(Kind::List)) };
        let mut elements: Vec<Patched> = Vec::new();
        let base = candidates.iter().position(|&at| !shared.is_patch(at));
        if let Some(&at) = base.and_then(|base| candidates.get(base)) {
            let node = shared.node(at);
            match node.kind() {
                NodeKind::Array => {
                    let items = node.items().map(|node| Ref { layer: at.layer, node: node.id() });
                    elements.extend(items.map(|at| Patched { layers: vec![at], text: None }));
                }
                NodeKind::Text => elements.extend(self.texts_of(node.text())),
                _ => return Err(self.with(Src::Node(at)).mismatch(Kind::List)),
            }
        }
        for &patch in candidates[..base.unwrap_or(candidates.len())].iter().rev() {
            let mut nodes: Vec<_> = shared.node(patch).items().collect();
            nodes.sort_by_key(|node| node.key().parse::<usize>().unwrap_or(usize::MAX));
            for node in nodes {
                let at = Ref { layer: patch.layer, node: node.id() };
                match node.key().parse::<usize>() {
                    Ok(index) if index < elements.len() => elements[index].layers.insert(0, at),
                    Ok(index) if index == elements.len() => {
                        elements.push(Patched { layers: vec![at], text: None });
                    }
                    _ => {
                        let message = format!(
                            "element {} is set, and the list has only {}",
                            node.key(),
                            elements.len()
                        );
                        return Err(self.with(Src::Node(at)).placed(Error::new(What::Length(message))));
                    }
                }
            }
        }
        Ok(Items::Patched(elements.into_iter()))
    }

    /// The elements of a list that is text as a whole.
    fn texts_of(self, text: &str) -> Vec<Patched> {
        let text = text.trim();
        let element = |text: String| Patched { layers: Vec::new(), text: Some(text) };
        match text::json(text) {
            Some(serde_json::Value::Array(values)) if text.starts_with('[') => {
                let plain = |value: serde_json::Value| match value {
                    serde_json::Value::String(text) => text,
                    value => value.to_string(),
                };
                values.into_iter().map(|value| element(plain(value))).collect()
            }
            _ => text::elements(text, self.delimiter)
                .into_iter()
                .map(|text| element(text.to_owned()))
                .collect(),
        }
    }

    fn table<'de, V: Visitor<'de>>(self, visitor: V, keys: Keys) -> Result<V::Value, Error> {
        let asked = || match keys {
            Keys::Fields(fields) => Kind::Structure(fields),
            Keys::Any => Kind::Map,
        };
        if let Src::Probe(probe) = self.src {
            return Err(Self::look_inside(probe, asked(), visitor));
        }
        let (kind, text, _) = self.scalar(asked)?;
        let entries = match (kind, self.src) {
            (NodeKind::Table, Src::Node(at)) => self.entries_of(&[at]),
            (NodeKind::Table, Src::Tables(tables)) => self.entries_of(tables),
            (NodeKind::Table, Src::Entries(entries)) => self.combined(entries.iter().copied()),
            (NodeKind::Text, _) => {
                let text = text.trim();
                if text.is_empty() {
                    return Err(Error::new(What::Empty));
                }
                if text.starts_with('{')
                    && let Some(json @ serde_json::Value::Object(_)) = text::json(text)
                {
                    return self.json(&json, |de| de.table(visitor, keys));
                }
                match pairs(text, self.delimiter) {
                    Some(pairs) => pairs
                        .into_iter()
                        .map(|(key, value)| Entry { key: Cow::Borrowed(key), value: Value::Text(value) })
                        .collect(),
                    None => return Err(self.mismatch(asked())),
                }
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
    fn variant(self, tables: &[Ref]) -> Option<Entry<'c>> {
        let shared = self.shared?;
        let only = |at: Ref| {
            let mut items = shared.node(at).items();
            let only = items.next().filter(|_| items.next().is_none())?;
            Some((only.key(), Ref { layer: at.layer, node: only.id() }))
        };
        let (name, _) = only(*tables.first()?)?;
        let named = tables.iter().map_while(|&at| only(at).filter(|(other, _)| *other == name));
        let content: Vec<Ref> = named.map(|(_, content)| content).collect();
        self.combined(content.into_iter()).into_iter().next()
    }

    fn entries_of(self, tables: &[Ref]) -> Vec<Entry<'c>> {
        let Some(shared) = self.shared else { return Vec::new() };
        let nodes =
            |at: Ref| shared.node(at).items().map(move |node| Ref { layer: at.layer, node: node.id() });
        match tables {
            [one] => nodes(*one)
                .map(|at| Entry { key: Cow::Borrowed(shared.node(at).key()), value: Value::Node(at) })
                .collect(),
            several => {
                let is_text = |at: &&Ref| shared.node(**at).kind() == NodeKind::Text;
                let whole = several.iter().position(|at| is_text(&at));
                let Some(whole) = whole else {
                    return self.combined(several.iter().flat_map(|&at| nodes(at)));
                };
                // One variable gives entries as a text: over those below it, under those above it.
                let mut entries = self.combined(several[whole + 1..].iter().flat_map(|&at| nodes(at)));
                for entry in self.entries_in_text(shared.node(several[whole]).text()) {
                    replace_entry(&mut entries, entry);
                }
                for entry in self.combined(several[..whole].iter().flat_map(|&at| nodes(at))) {
                    replace_entry(&mut entries, entry);
                }
                entries
            }
        }
    }

    /// The entries of a map that is text as a whole.
    fn entries_in_text(self, text: &'c str) -> Vec<Entry<'c>> {
        let text = text.trim();
        if let Some(serde_json::Value::Object(json)) = text::json(text).filter(|_| text.starts_with('{')) {
            let value = |value: serde_json::Value| match value {
                serde_json::Value::String(text) => text,
                value => value.to_string(),
            };
            return json
                .into_iter()
                .map(|(key, json)| Entry { key: Cow::Owned(key), value: Value::Owned(value(json)) })
                .collect();
        }
        let pairs = pairs(text, self.delimiter).unwrap_or_default();
        pairs
            .into_iter()
            .map(|(key, value)| Entry { key: Cow::Borrowed(key), value: Value::Text(value) })
            .collect()
    }

    /// What the topmost of several nodes stands over and cannot: a table under a single value, or
    /// the other way round.
    fn mixed(self, nodes: &[Ref]) -> Option<Ref> {
        let shared = self.shared?;
        let kind = |at: &Ref| shared.node(*at).kind();
        let top = kind(nodes.first()?);
        if matches!(top, NodeKind::Null | NodeKind::Text | NodeKind::Array) {
            return None;
        }
        let counted = nodes.iter().take_while(|at| kind(at) != NodeKind::Null);
        let other = |at: &&Ref| (kind(at) == NodeKind::Table) != (top == NodeKind::Table);
        counted.filter(|at| kind(at) != NodeKind::Text).find(other).copied()
    }

    /// Entries by key; those of one key in several layers together, in the order of the lowest.
    fn combined(self, nodes: impl Iterator<Item = Ref>) -> Vec<Entry<'c>> {
        let Some(shared) = self.shared else { return Vec::new() };
        let mut by_key = std::collections::HashMap::<&str, usize>::new();
        let mut entries: Vec<(&str, Vec<Ref>)> = Vec::new();
        let mut nodes: Vec<Ref> = nodes.collect();
        nodes.sort_by_key(|at| (at.layer, at.node));
        for at in nodes {
            let key = shared.node(at).key();
            let index = *by_key.entry(key).or_insert_with(|| {
                entries.push((key, Vec::new()));
                entries.len() - 1
            });
            entries[index].1.insert(0, at);
        }
        entries
            .into_iter()
            .map(|(key, nodes)| {
                let value = match nodes[..] {
                    [one] => Value::Node(one),
                    _ if nodes.iter().all(|&at| shared.node(at).kind() == NodeKind::Table) => {
                        Value::Tables(nodes)
                    }
                    _ => match self.mixed(&nodes) {
                        Some(lower) => Value::Mixed(nodes[0], lower),
                        None => Value::Node(nodes[0]),
                    },
                };
                Entry { key: Cow::Borrowed(key), value }
            })
            .collect()
    }
}

fn replace_entry<'c>(entries: &mut Vec<Entry<'c>>, entry: Entry<'c>) {
    match entries.iter_mut().find(|known| known.key == entry.key) {
        Some(known) => *known = entry,
        None => entries.push(entry),
    }
}

/// The pairs of a map in text: `k=v,k=v`.
fn pairs(text: &str, delimiter: char) -> Option<Vec<(&str, &str)>> {
    let elements = text::elements(text.trim(), delimiter).into_iter();
    let pair = |element: &'_ str| element.find('=');
    elements.map(|element| pair(element).map(|at| (element[..at].trim(), element[at + 1..].trim()))).collect()
}

/// What visitors say they expect.
struct Expecting<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Expecting<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let asked = || Kind::Integer {
                min: i128::try_from(<$type>::MIN).unwrap_or_default(),
                max: u128::try_from(<$type>::MAX).unwrap_or_default(),
            };
            let (kind, text, radix) = self.scalar(asked)?;
            let number = match kind {
                NodeKind::Integer => <$type>::from_str_radix(text, radix).ok(),
                NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
                NodeKind::Text => text.trim().parse().ok(),
                _ => None,
            };
            match number {
                Some(number) => visitor.$visit(number).map_err(|error: Error| self.placed(error)),
                None => Err(self.mismatch(asked())),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for De<'_> {
    type Error = Error;

    integers! {
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, radix) = self.scalar(|| Kind::Any)?;
        let value = match kind {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Bool => visitor.visit_bool(text == "true"),
            NodeKind::Integer => {
                // The narrow widths first: `u64::MAX` has to arrive as u64, not as i128.
                if let Ok(number) = i64::from_str_radix(text, radix) {
                    visitor.visit_i64(number)
                } else if let Ok(number) = u64::from_str_radix(text, radix) {
                    visitor.visit_u64(number)
                } else if let Ok(number) = i128::from_str_radix(text, radix) {
                    visitor.visit_i128(number)
                } else if let Ok(number) = u128::from_str_radix(text, radix) {
                    visitor.visit_u128(number)
                } else {
                    return Err(self.mismatch(Kind::Integer { min: i128::MIN, max: u128::MAX }));
                }
            }
            NodeKind::Float => match text.parse() {
                Ok(number) => visitor.visit_f64(number),
                Err(_) => return Err(self.mismatch(Kind::Float)),
            },
            NodeKind::Array => return self.list(visitor, true, None),
            NodeKind::Table => return self.table(visitor, Keys::Any),
            NodeKind::Text => match text::json(text) {
                Some(json) => return self.json(&json, |de| de.deserialize_any(visitor)),
                None => visitor.visit_str(text),
            },
            _ => visitor.visit_str(text),
        };
        value.map_err(|error: Error| self.placed(error))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Bool)?;
        let flag = match kind {
            NodeKind::Bool => Some(text == "true"),
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text::boolean(text.trim()),
            _ => None,
        };
        match flag {
            Some(flag) => visitor.visit_bool(flag).map_err(|error: Error| self.placed(error)),
            None => Err(self.mismatch(Kind::Bool)),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, radix) = self.scalar(|| Kind::Float)?;
        let number = match kind {
            NodeKind::Float => text.parse::<f64>().ok(),
            NodeKind::Integer if radix == 10 => text.parse().ok(),
            #[expect(clippy::cast_precision_loss, reason = "a float is asked for")]
            NodeKind::Integer => i128::from_str_radix(text, radix).ok().map(|number| number as f64),
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text.trim().parse().ok(),
            _ => None,
        };
        match number {
            Some(number) => visitor.visit_f64(number).map_err(|error: Error| self.placed(error)),
            None => Err(self.mismatch(Kind::Float)),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Parsed("a single character".to_owned()))?;
        match kind {
            NodeKind::Text if text.is_empty() => Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => {
                visitor.visit_str(text).map_err(|error: Error| self.placed(error))
            }
            _ => Err(self.mismatch(Kind::Parsed("a single character".to_owned()))),
        }
    }

    /// Types that parse text: what they do not understand when empty is not set.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Parsed(Expecting(&visitor).to_string()))?;
        let text = match kind {
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::Text => text.trim(),
            NodeKind::String | NodeKind::Datetime => text,
            _ => return Err(self.mismatch(Kind::Parsed(Expecting(&visitor).to_string()))),
        };
        visitor.visit_str(text).map_err(|error: Error| self.placed(error))
    }

    /// Types that keep text as it is.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Text)?;
        match kind {
            NodeKind::String | NodeKind::Text | NodeKind::Datetime => {
                visitor.visit_str(text).map_err(|error: Error| self.placed(error))
            }
            _ => Err(self.mismatch(Kind::Text)),
        }
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_byte_buf(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Text)?;
        match kind {
            NodeKind::String | NodeKind::Text => {
                visitor.visit_bytes(text.as_bytes()).map_err(|error: Error| self.placed(error))
            }
            NodeKind::Array => self.list(visitor, true, None),
            _ => Err(self.mismatch(Kind::Text)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.src {
            Src::Absent => visitor.visit_none(),
            Src::Probe(probe) => {
                probe.optional();
                visitor.visit_some(self)
            }
            Src::Node(at) if self.shared.is_some_and(|shared| shared.node(at).kind() == NodeKind::Null) => {
                visitor.visit_none()
            }
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.scalar(|| Kind::Other)?.0 {
            NodeKind::Null => visitor.visit_unit(),
            _ => Err(self.mismatch(Kind::Other)),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            SECRET => {
                if let Src::Probe(probe) = self.src {
                    probe.secret();
                }
                match (self.shared, self.at(), self.src) {
                    (Some(shared), Some(at), _) => shared.secrets.borrow_mut().push(at),
                    (Some(shared), None, Src::Text(text)) => shared.texts.borrow_mut().push(text.to_owned()),
                    _ => {}
                }
                if self.as_text() == Some(crate::secret::MASK) {
                    return Err(self.placed(Error::mask()));
                }
                visitor.visit_newtype_struct(self).map_err(Error::secret)
            }
            BYTE_SIZE => {
                let (kind, text, radix) = self.scalar(|| Kind::Bytes)?;
                let bytes = match kind {
                    NodeKind::Integer => u64::from_str_radix(text, radix).ok(),
                    NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
                    NodeKind::String | NodeKind::Text => text::bytes(text),
                    _ => None,
                };
                match bytes {
                    Some(bytes) => visitor.visit_u64(bytes),
                    None => Err(self.mismatch(Kind::Bytes)),
                }
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor, true, None)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Error> {
        // Arrays have elements of one type, so that all of them can be judged; tuples do not.
        let each = Expecting(&visitor).to_string().starts_with("an array");
        self.list(visitor, each, Some(len))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.list(visitor, false, Some(len))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.table(visitor, Keys::Any)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name == "Duration" && fields == ["secs", "nanos"] {
            return self.duration(visitor);
        }
        self.table(visitor, Keys::Fields(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Choice(variants))?;
        match kind {
            NodeKind::Text if text.trim().is_empty() => Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => {
                let variant: StrDeserializer<'_, Error> = text.trim().into_deserializer();
                visitor.visit_enum(variant).map_err(|error| self.placed(error))
            }
            NodeKind::Table => {
                let tables = match &self.src {
                    Src::Tables(tables) | Src::Entries(tables) => tables,
                    Src::Node(at) => std::slice::from_ref(at),
                    _ => return Err(self.mismatch(Kind::Choice(variants))),
                };
                match self.variant(tables) {
                    Some(variant) => {
                        let access = Variant { de: self, variant };
                        visitor.visit_enum(access).map_err(|error| self.placed(error))
                    }
                    None => Err(self.mismatch(Kind::Choice(variants))),
                }
            }
            _ => Err(self.mismatch(Kind::Choice(variants))),
        }
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_string(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

impl De<'_> {
    fn duration<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (kind, text, _) = self.scalar(|| Kind::Duration)?;
        let duration = match kind {
            NodeKind::Text if text.trim().is_empty() => return Err(Error::new(What::Empty)),
            NodeKind::String | NodeKind::Text => text::duration(text),
            NodeKind::Table => return self.table(visitor, Keys::Fields(&["secs", "nanos"])),
            _ => None,
        };
        let Some(duration) = duration else { return Err(self.mismatch(Kind::Duration)) };
        let parts = [duration.as_secs(), u64::from(duration.subsec_nanos())];
        visitor.visit_seq(serde::de::value::SeqDeserializer::new(parts.into_iter()))
    }
}

/// Where the elements of a list come from.
enum Items<'c> {
    Nodes(confkit_sources::Items<'c>, u32),
    Texts(std::vec::IntoIter<&'c str>),
    Literals(std::slice::Iter<'static, &'static str>),
    Patched(std::vec::IntoIter<Patched>),
}

/// An element that layers replace: their nodes, topmost first, over a text.
struct Patched {
    layers: Vec<Ref>,
    text: Option<String>,
}

enum Item<'c> {
    Node(Ref),
    Text(&'c str),
    Layers(Patched),
}

impl<'c> Items<'c> {
    #[inline]
    fn advance(&mut self) -> Option<Item<'c>> {
        match self {
            Self::Nodes(items, layer) => {
                let node = items.next()?.id();
                Some(Item::Node(Ref { layer: *layer, node }))
            }
            Self::Texts(texts) => texts.next().map(Item::Text),
            Self::Literals(texts) => texts.next().copied().map(Item::Text),
            Self::Patched(elements) => elements.next().map(Item::Layers),
        }
    }
}

/// The elements of a list, for serde.
struct Elements<'c> {
    de: De<'c>,
    items: Items<'c>,
    index: usize,
    /// Whether elements are of one type: then a bad one does not end the reading.
    each: bool,
    issues: Vec<Issue>,
}

impl Elements<'_> {
    fn read<T>(&mut self, read: impl FnOnce(De<'_>) -> Result<T, Error>) -> Option<Result<T, Error>> {
        loop {
            let item = self.items.advance()?;
            let index = self.index;
            let result = match &item {
                Item::Node(at) => read(self.de.with(Src::Node(*at))),
                Item::Text(text) => read(De { src: Src::Text(text), ..self.de }),
                Item::Layers(patched) => match self.said(patched) {
                    // Set to nothing by a variable, and in no lower layer: it is not there.
                    None => continue,
                    Some(src) => read(De { shared: self.de.shared, src, delimiter: self.de.delimiter }),
                },
            };
            self.index += 1;
            return Some(result.map_err(|error| error.inside(|| Inner::Index(index))));
        }
    }

    /// What the layers say of an element, empty variables aside.
    fn said<'p>(&self, patched: &'p Patched) -> Option<Src<'p>> {
        let shared = self.de.shared?;
        let empty = |at: Ref| {
            let node = shared.node(at);
            node.kind() == NodeKind::Text && node.text().trim().is_empty()
        };
        let first = patched.layers.iter().position(|&at| !empty(at));
        match first.map(|first| &patched.layers[first..]) {
            Some(layers) if layers.len() > 1 && shared.node(layers[0]).kind() == NodeKind::Table => {
                Some(Src::Tables(layers))
            }
            Some(layers) => Some(Src::Node(layers[0])),
            None => patched.text.as_deref().map(Src::Text),
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.read(|de| seed.deserialize(de)).transpose()
    }

    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Error> {
        loop {
            let read = |de: De<'_>| read_refined::<T>(de);
            match self.read(read) {
                Some(Ok(value)) => return Ok(Some(value)),
                Some(Err(error)) if self.each => self.issues.extend(error.into_issues()),
                Some(Err(error)) => return Err(error),
                None if self.issues.is_empty() => return Ok(None),
                None => return Err(Error::several(std::mem::take(&mut self.issues))),
            }
        }
    }
}

/// Reads an element; what is empty there has no lower layer to fall back on.
fn read_refined<'de, T: Deserialize<'de>>(de: De<'_>) -> Result<T, Error> {
    T::deserialize(de).map_err(|error| {
        if error.is_empty() {
            return de.mismatch(kind_of::<T>().kind);
        }
        de.placed(error.refined(|| kind_of::<T>().kind))
    })
}

/// Whether values of a type are one of several variants; then the topmost layer says which.
fn is_choice<'de, T: Deserialize<'de>>() -> bool {
    matches!(kind_of::<T>().kind, Kind::Choice(_))
}

/// Which keys a table may have.
#[derive(Clone, Copy)]
enum Keys {
    Any,
    Fields(&'static [&'static str]),
}

struct Entry<'c> {
    key: Cow<'c, str>,
    value: Value<'c>,
}

enum Value<'c> {
    Node(Ref),
    Tables(Vec<Ref>),
    /// A table over a single value in a lower layer, or the other way round.
    Mixed(Ref, Ref),
    Text(&'c str),
    Owned(String),
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
            Value::Node(at) | Value::Mixed(at, _) => read(self.de.with(Src::Node(*at))),
            Value::Text(text) => read(self.de.with(Src::Text(text))),
            Value::Owned(text) => {
                read(De { shared: self.de.shared, src: Src::Text(text), delimiter: self.de.delimiter })
            }
            Value::Tables(tables) => {
                read(De { shared: self.de.shared, src: Src::Tables(tables), delimiter: self.de.delimiter })
            }
        };
        result.map_err(|error| error.inside(|| Inner::Key(entry.key.to_string())))
    }

    fn is_set_to_nothing(&self) -> bool {
        let Some(Entry { value: Value::Node(at), .. }) = &self.current else { return false };
        let node = self.de.shared.map(|shared| shared.node(*at));
        node.is_some_and(|node| node.kind() == NodeKind::Text && node.text().trim().is_empty())
    }

    fn key_place(&self) -> Option<Ref> {
        match &self.current.as_ref()?.value {
            Value::Node(at) | Value::Mixed(at, _) => Some(*at),
            Value::Tables(tables) => tables.first().copied(),
            Value::Text(_) | Value::Owned(_) => self.de.at(),
        }
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
struct Variant<'c> {
    de: De<'c>,
    variant: Entry<'c>,
}

impl<'de, 'c> EnumAccess<'de> for Variant<'c> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Error> {
        let name: StringDeserializer<Error> = self.variant.key.to_string().into_deserializer();
        match seed.deserialize(name) {
            Ok(value) => Ok((value, self)),
            Err(error) => {
                let at = match &self.variant.value {
                    Value::Node(at) | Value::Mixed(at, _) => Some(*at),
                    Value::Tables(tables) => tables.first().copied(),
                    Value::Text(_) | Value::Owned(_) => None,
                };
                let found = || Some(Found::text(&self.variant.key));
                Err(error.placed(at, found).at_key())
            }
        }
    }
}

impl Variant<'_> {
    fn content<T>(self, read: impl FnOnce(De<'_>) -> Result<T, Error>) -> Result<T, Error> {
        let key = self.variant.key.to_string();
        let result = match &self.variant.value {
            Value::Node(at) | Value::Mixed(at, _) => read(self.de.with(Src::Node(*at))),
            Value::Text(text) => read(self.de.with(Src::Text(text))),
            Value::Owned(text) => {
                read(De { shared: self.de.shared, src: Src::Text(text), delimiter: self.de.delimiter })
            }
            Value::Tables(tables) => {
                read(De { shared: self.de.shared, src: Src::Tables(tables), delimiter: self.de.delimiter })
            }
        };
        result.map_err(|error| error.inside(|| Inner::Key(key.clone())))
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
