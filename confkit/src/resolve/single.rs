//! Values of one document that no declaration is about.

use std::cell::Cell;

use confkit_sources::Document;
use confkit_sources::declared::Unknown;
use confkit_sources::path::Segment;
use serde::de::value::SeqDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::{Cx, De, Draft, Error, Layer, Ref, Step, Terms};

/// Reads a node as a type wants it.
pub(crate) fn value<T: DeserializeOwned>(
    document: &Document,
    node: u32,
    path: &[Segment<'_>],
    secret: bool,
) -> Result<T, Box<Draft>> {
    attempt(document, secret, |cx| T::deserialize(de(cx, Some(node))), || path)
}

/// Reads several nodes, each with its path, as the elements of one list. Some may be absent. What is wrong is told
/// of the element that was read last.
pub(crate) fn list<T: DeserializeOwned>(
    document: &Document,
    nodes: &[(Option<u32>, &[Segment<'_>])],
    secret: bool,
) -> Result<T, (usize, Box<Draft>)> {
    let last = Cell::new(0);
    let read = |cx: &Cx<'_>| {
        let elements = nodes.iter().enumerate().map(|(at, (node, _))| {
            last.set(at);
            Element(de(cx, *node))
        });
        T::deserialize(SeqDeserializer::new(elements))
    };
    attempt(document, secret, read, || nodes.get(last.get()).map_or(&[], |(_, path)| *path))
        .map_err(|draft| (last.get(), draft))
}

fn de<'c>(cx: &'c Cx<'_>, node: Option<u32>) -> De<'c> {
    node.map_or_else(De::absent, |node| De::node(&cx.shared, Ref { layer: 0, node }, ','))
}

fn attempt<'p, T>(
    document: &Document,
    secret: bool,
    read: impl FnOnce(&Cx<'_>) -> Result<T, Error>,
    path: impl FnOnce() -> &'p [Segment<'p>],
) -> Result<T, Box<Draft>> {
    let layer = Layer { document, unknown: Unknown::Allow, position: 0 };
    let terms =
        Terms { profile: "default", unknown: None, incomplete: false, sets_aside: false, context: None };
    let mut cx = Cx::new(vec![layer], terms);
    let error = match read(&cx) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    cx.path = path().iter().map(step).collect();
    cx.fail(None, secret, error);
    let unknown = || Draft::new(crate::report::Code::Type, String::new(), "it cannot be read".to_owned());
    Err(Box::new(cx.drafts.into_iter().next().unwrap_or_else(unknown)))
}

fn step<'p>(segment: &'p Segment<'_>) -> Step<'p> {
    match segment {
        Segment::Key(key) => Step::Key(key),
        Segment::Index(index) => Step::Index(*index),
    }
}

/// An element that is its own deserializer.
struct Element<'c>(De<'c>);

impl<'c> IntoDeserializer<'c, Error> for Element<'c> {
    type Deserializer = De<'c>;

    fn into_deserializer(self) -> De<'c> {
        self.0
    }
}
