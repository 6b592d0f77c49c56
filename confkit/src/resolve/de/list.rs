//! Lists: from nodes, from text, and element by element over several layers.

use std::borrow::Cow;

use serde::de::{Deserialize, DeserializeSeed, SeqAccess, Visitor};

use confkit_sources::declared::Kind;
use confkit_sources::{JsonText, NodeKind};

use super::super::error::{Error, Inner, Issue, What};
use super::super::kind::kind_of;
use super::super::merge::{Element, Fault, How};
use super::super::{Ref, text};
use super::table::is_choice;
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
            (_, Src::Texts(texts)) => Items::Made(Made::Literals(texts.iter())),
            (_, Src::Elements(elements)) => Items::Made(Made::Merged(elements.iter())),
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
                    && let Some(json @ JsonText::List(_)) = JsonText::read(text)
                {
                    return self.json(json, |de| de.list(visitor, each, len));
                }
                Items::Made(Made::Texts(text::elements(text, self.delimiter).into_iter()))
            }
            _ => return Err(self.mismatch(Kind::List)),
        };
        let mut elements = Elements { de: self, items, index: 0, each, issues: Vec::new() };
        let value = visitor.visit_seq(&mut elements);
        let value = value.map_err(|error| self.placed(elements.counted(error, len)))?;
        if !elements.issues.is_empty() {
            return Err(Error::several(elements.issues));
        }
        match len.map(|len| (len, elements.items.rest())) {
            Some((len, more)) if more > 0 => Err(self.placed(Error::length(len, elements.index + more))),
            _ => Ok(value),
        }
    }

    /// A list whose elements are replaced one by one by higher layers.
    fn patched(self, candidates: &[Ref]) -> Result<Items<'c>, Error> {
        let Some(shared) = self.shared else { return Err(self.mismatch(Kind::List)) };
        let how = How::of_values(None, self.delimiter);
        match shared.elements(candidates, how) {
            Ok(elements) => Ok(Items::Made(Made::Patched(elements.into_iter()))),
            Err(faults) => Err(match faults.first() {
                Some(&Fault::Beyond { place, len, .. }) => {
                    let key = shared.node(place).key();
                    let message = format!("has element {key}, but only {len} before it");
                    self.with(Src::Node(place)).placed(Error::new(What::Length(message)))
                }
                Some(&Fault::NotList(at)) => self.with(Src::Node(at)).mismatch(Kind::List),
                _ => self.mismatch(Kind::List),
            }),
        }
    }
}

/// Where the elements of a list come from.
enum Items<'c> {
    /// They stand in one layer.
    Nodes(confkit_sources::Items<'c>, u32),
    Made(Made<'c>),
}

/// Elements that stand in no list of a document.
enum Made<'c> {
    Texts(std::vec::IntoIter<&'c str>),
    Literals(std::slice::Iter<'static, &'static str>),
    Patched(std::vec::IntoIter<Element>),
    Merged(std::slice::Iter<'c, Element>),
}

enum Item<'c> {
    Text(&'c str),
    Layers(Cow<'c, Element>),
}

impl<'c> Items<'c> {
    /// How many are left, where that is known without a look at what layers say.
    fn count(&self) -> Option<usize> {
        match self {
            Self::Nodes(items, _) => Some(items.clone().count()),
            Self::Made(Made::Texts(texts)) => Some(texts.len()),
            Self::Made(Made::Literals(texts)) => Some(texts.len()),
            Self::Made(Made::Patched(_) | Made::Merged(_)) => None,
        }
    }

    /// How many nobody has asked for.
    fn rest(&mut self) -> usize {
        match self {
            Self::Nodes(items, _) => items.count(),
            Self::Made(made) => made.count(),
        }
    }
}

impl<'c> Iterator for Made<'c> {
    type Item = Item<'c>;

    fn next(&mut self) -> Option<Item<'c>> {
        match self {
            Self::Texts(texts) => texts.next().map(Item::Text),
            Self::Literals(texts) => texts.next().copied().map(Item::Text),
            Self::Patched(elements) => elements.next().map(|element| Item::Layers(Cow::Owned(element))),
            Self::Merged(elements) => elements.next().map(|element| Item::Layers(Cow::Borrowed(element))),
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
    /// What is wrong with a list, by how many elements it has where it needs a certain number.
    #[cold]
    fn counted(&self, error: Error, wanted: Option<usize>) -> Error {
        match wanted {
            Some(wanted) if error.is_length() => Error::length(wanted, self.index),
            _ => error,
        }
    }

    #[inline]
    fn read<T>(
        &mut self,
        read: impl FnOnce(De<'_>) -> Result<T, Error>,
        choice: impl FnOnce() -> bool,
    ) -> Option<Result<T, Error>> {
        let result = match &mut self.items {
            Items::Nodes(items, layer) => {
                let node = items.next()?.id();
                read(self.de.with(Src::Node(Ref { layer: *layer, node })))
            }
            Items::Made(made) => self.de.read_made(made, &mut self.index, read, choice)?,
        };
        let index = self.index;
        self.index += 1;
        Some(result.map_err(|error| error.inside(|| Inner::Index(index))))
    }
}

impl De<'_> {
    /// Reads the next element that is there.
    fn read_made<T>(
        self,
        made: &mut Made<'_>,
        index: &mut usize,
        read: impl FnOnce(De<'_>) -> Result<T, Error>,
        choice: impl FnOnce() -> bool,
    ) -> Option<Result<T, Error>> {
        for item in made {
            let element = match &item {
                Item::Text(text) => return Some(read(De { src: Src::Text(text), ..self })),
                Item::Layers(element) => element,
            };
            *index += usize::from(element.is_told());
            // Set to nothing by a variable, and in no lower layer: it is not there.
            let Some(src) = self.said(element) else { continue };
            return Some(match self.mixed(&element.layers).filter(|_| !choice()) {
                Some(lower) => Err(Error::new(What::Mixed(lower)).placed(element.place(), || None).at_key()),
                None => read(De { src, ..self }).map_err(|error| error.placed(element.place(), || None)),
            });
        }
        None
    }

    /// What the layers say of an element, empty variables aside.
    fn said<'p>(self, element: &'p Element) -> Option<Src<'p>> {
        let shared = self.shared?;
        let empty = |at: Ref| {
            let node = shared.node(at);
            node.kind() == NodeKind::Text && node.text().trim().is_empty()
        };
        let first = element.layers.iter().position(|&at| !empty(at));
        let counted = first.map(|first| {
            let layers = &element.layers[first..];
            // Nothing below an explicit nothing counts.
            let nothing = layers.iter().skip(1).position(|&at| shared.node(at).kind() == NodeKind::Null);
            nothing.map_or(layers, |at| &layers[..=at])
        });
        match counted {
            Some(layers) if layers.len() > 1 && shared.node(layers[0]).kind() == NodeKind::Table => {
                Some(Src::Tables(layers))
            }
            Some(layers) => Some(Src::Node(layers[0])),
            None => element.text.as_ref().map(|(_, text)| Src::Text(text)),
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Error;

    fn size_hint(&self) -> Option<usize> {
        self.items.count()
    }

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.read(|de| seed.deserialize(de), || false).transpose()
    }

    #[inline]
    fn next_element<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, Error> {
        loop {
            let read = |de: De<'_>| read_refined::<T>(de);
            match self.read(read, is_choice::<T>) {
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
