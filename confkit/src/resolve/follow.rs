//! From a path, as the declaration spells it, to what stands there in a document.

use confkit_sources::declared::{Content, Metadata, Shape};
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};

use super::draft::{rest_sections, visible_fields};

/// The node at a path below the place of a type. Keys of fields are found in whatever spelling the
/// document has.
#[cfg(feature = "env")]
pub(crate) fn follow<'d>(
    metadata: &'static Metadata,
    root: NodeRef<'d>,
    path: &[Segment<'_>],
) -> Option<NodeRef<'d>> {
    let nodes = trail(metadata, root, path);
    if nodes.len() < path.len() { None } else { Some(nodes.last().copied().unwrap_or(root)) }
}

/// The nodes on the way along a path, as far as the document has them.
pub(crate) fn trail<'d>(
    metadata: &'static Metadata,
    root: NodeRef<'d>,
    path: &[Segment<'_>],
) -> Vec<NodeRef<'d>> {
    let mut nodes = Vec::with_capacity(path.len());
    let (mut node, mut shapes) = (root, vec![Shape::Section(metadata)]);
    for step in path {
        let Some(inside) = into(&mut shapes, node, step) else { break };
        nodes.push(inside);
        node = inside;
    }
    nodes
}

/// One step. Variants of an enum may have one key for several types, so that there may be several
/// shapes.
fn into<'d>(shapes: &mut Vec<Shape>, node: NodeRef<'d>, step: &Segment<'_>) -> Option<NodeRef<'d>> {
    let mut inner: Vec<Shape> = Vec::new();
    let mut found = None;
    for shape in std::mem::take(shapes) {
        match (required(shape), step) {
            (Shape::Section(section), Segment::Key(key)) => {
                let fields = visible_fields(section).into_iter().filter(|field| field.answers_to(key));
                let fields: Vec<_> = fields.collect();
                if let (true, Some(shape)) = (fields.is_empty(), rest_sections(section)) {
                    add(&mut inner, shape);
                }
                for field in fields {
                    let named = || node.items().find(|inside| field.is_named(inside.key()));
                    let alike = || node.items().find(|inside| field.answers_to(inside.key()));
                    found = found.or_else(named).or_else(alike);
                    if let Content::Nested(shape) = field.content() {
                        add(&mut inner, shape());
                    }
                }
            }
            (Shape::Map(element), Segment::Key(_)) | (Shape::List(element), Segment::Index(_)) => {
                add(&mut inner, element());
            }
            _ => {}
        }
    }
    *shapes = inner;
    found.or_else(|| plain(node, step))
}

/// Adds a shape, unless one that leads to the same section is there: types may contain themselves.
fn add(shapes: &mut Vec<Shape>, shape: Shape) {
    let is_same = |one: &Shape| {
        std::ptr::eq(one.section(), shape.section())
            && std::mem::discriminant(&required(*one)) == std::mem::discriminant(&required(shape))
    };
    if !shapes.iter().any(is_same) {
        shapes.push(shape);
    }
}

fn required(shape: Shape) -> Shape {
    match shape {
        Shape::Optional(inner) => required(inner()),
        shape => shape,
    }
}

/// The node at a path, by the very keys.
pub(crate) fn plainly<'d>(root: NodeRef<'d>, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
    path.iter().try_fold(root, plain)
}

/// One step where keys are data.
pub(crate) fn plain<'d>(node: NodeRef<'d>, step: &Segment<'_>) -> Option<NodeRef<'d>> {
    match step {
        Segment::Key(key) => node.get(key),
        // Variables that replace elements one by one.
        // HCL writes a list of one as it writes a table.
        Segment::Index(0) if node.is_block() => Some(node),
        Segment::Index(index) if node.kind() == NodeKind::Table => node.get(&index.to_string()),
        Segment::Index(index) => node.items().nth(*index),
    }
}
