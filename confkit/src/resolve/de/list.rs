//! Lists: from nodes, from text, and element by element over several layers.

use serde::de::{Deserialize, DeserializeSeed, SeqAccess, Visitor};

use confkit_sources::NodeKind;
use confkit_sources::declared::Kind;

use super::super::error::{Error, Inner, Issue, What};
use super::super::kind::kind_of;
use super::super::{Ref, text};
use super::{De, Src};

impl<'c> De<'c> {
    pub(super) fn list<'de, V: Visitor<'de>>(
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
            (NodeKind::Table, Src::Node(at))
                if self.shared.is_some_and(|it| it.is_patch(at) || it.node(at).is_block()) =>
            {
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
                NodeKind::Table if node.is_block() => {
                    elements.push(Patched { layers: vec![at], text: None });
                }
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
pub(super) fn read_refined<'de, T: Deserialize<'de>>(de: De<'_>) -> Result<T, Error> {
    T::deserialize(de).map_err(|error| {
        if error.is_empty() {
            return de.mismatch(kind_of::<T>().kind);
        }
        de.placed(error.refined(|| kind_of::<T>().kind))
    })
}
