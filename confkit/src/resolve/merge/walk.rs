//! Where layers have what stands at a path: in lists that they make together, at other positions.

use confkit_sources::declared::{Content, Field, Metadata, Shape};
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};

use super::super::{Ref, Shared, field_for, plain, plainly, rest_sections};
use super::{How, Lists};

/// Where a layer has what stands at a path.
#[derive(Debug, Clone)]
pub(crate) enum Local {
    /// It has no part in it.
    Nowhere,
    /// At this path of its own: positions in a list that layers make together are others there.
    Path(Vec<Segment<'static>>),
    /// It is a part of a text.
    Text(u32, String),
}

/// A layer's part in what stands at a path.
#[derive(Debug, Clone)]
pub(crate) struct Found<'d> {
    pub(crate) local: Local,
    pub(crate) node: Option<NodeRef<'d>>,
}

/// Where each layer has what stands at a path, and the node that stands there; the lowest layer first.
pub(crate) fn found<'d>(
    shared: &Shared<'d>,
    lists: &Lists,
    section: &[Segment<'_>],
    metadata: &'static Metadata,
    path: &[Segment<'_>],
) -> Vec<Found<'d>> {
    let begin = section.len().min(path.len());
    let owned: Vec<Segment<'static>> = path.iter().cloned().map(Segment::into_owned).collect();
    let mut layers: Vec<Found<'d>> = shared
        .layers
        .iter()
        .map(|layer| Found {
            local: Local::Path(owned.clone()),
            node: plainly(layer.document.root(), &path[..begin]),
        })
        .collect();
    let mut here = Here::at(metadata);
    for (at, step) in path.iter().enumerate().skip(begin) {
        let field = here.go(step);
        if let (Segment::Index(index), Some(how)) = (step, field.and_then(How::of)) {
            choose((shared, lists), &mut layers, at, *index, how);
            continue;
        }
        let field = field.filter(|_| matches!(step, Segment::Key(_)));
        for layer in &mut layers {
            layer.node = layer.node.and_then(|node| match field {
                Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
                None => plain(node, step),
            });
        }
    }
    layers
}

/// How far a path leads into a declaration.
pub(crate) struct Here {
    section: Option<&'static Metadata>,
    shape: Option<Shape>,
    /// The field whose whole value this is.
    field: Option<&'static Field>,
}

impl Here {
    pub(crate) fn at(metadata: &'static Metadata) -> Self {
        Self { section: Some(metadata), shape: None, field: None }
    }

    /// Takes a step; returns the field that a key leads to, or of whose list a position is.
    pub(crate) fn go(&mut self, step: &Segment<'_>) -> Option<&'static Field> {
        let before = self.field.take();
        if let (Segment::Key(key), Some(section)) = (step, self.section) {
            let field = field_for(section, key);
            self.field = field;
            self.enter(match field.map(Field::content) {
                Some(Content::Nested(shape)) => Some(shape()),
                Some(_) => None,
                None => rest_sections(section),
            });
            return field;
        }
        let inner = match self.shape {
            Some(Shape::List(inner) | Shape::Map(inner)) => Some(inner()),
            _ => None,
        };
        self.enter(inner);
        before.filter(|_| matches!(step, Segment::Index(_)))
    }

    fn enter(&mut self, shape: Option<Shape>) {
        (self.section, self.shape) = match shape {
            Some(Shape::Optional(inner)) => return self.enter(Some(inner())),
            Some(Shape::Section(section)) => (Some(section), None),
            other => (None, other),
        };
    }
}

/// Goes on to an element of a list that layers make together.
fn choose<'d>(
    (shared, lists): (&Shared<'d>, &Lists),
    layers: &mut [Found<'d>],
    at: usize,
    index: usize,
    how: How,
) {
    let elements = lists.elements(shared, candidates(layers), how);
    let element = elements.get(index).cloned().unwrap_or_default();
    for (number, layer) in layers.iter_mut().enumerate() {
        let own = element.layers.iter().find(|own| own.layer as usize == number);
        let (Some(list), Some(own)) = (layer.node, own) else {
            layer.node = None;
            layer.local = match &element.text {
                Some((of, text)) if of.layer as usize == number && element.layers.is_empty() => {
                    Local::Text(of.node, text.clone())
                }
                _ => Local::Nowhere,
            };
            continue;
        };
        let inside = shared.node(*own);
        layer.node = Some(inside);
        let place = match list.kind() {
            NodeKind::Table if inside.id() == list.id() => Some(0),
            NodeKind::Table => inside.key().parse().ok(),
            _ => list.items().position(|inside| inside.id() == own.node),
        };
        if let (Local::Path(path), Some(place)) = (&mut layer.local, place) {
            path[at] = Segment::Index(place);
        }
    }
}

/// What stands in layers, as candidates.
pub(crate) fn candidates(layers: &[Found<'_>]) -> Vec<Ref> {
    let candidate = |(layer, found): (usize, &Found<'_>)| {
        let layer = u32::try_from(layer).unwrap_or(u32::MAX);
        found.node.map(|node| Ref { layer, node: node.id() })
    };
    layers.iter().enumerate().rev().filter_map(candidate).collect()
}
