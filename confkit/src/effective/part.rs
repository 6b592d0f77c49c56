//! Parts of the settings in force, before they are a document.

use confkit_sources::path::Segment;
use confkit_sources::{Composer, NodeKind, NodeRef, Origin};

use super::{Effective, KIND, NAME};

/// A value, with what is inside it.
pub(super) struct Part<'d> {
    pub(super) content: Content<'d>,
    pub(super) origin: Origin,
    pub(super) is_secret: bool,
    /// Whether a function of the program's makes the value of those that are listed.
    pub(super) is_made: bool,
}

pub(super) enum Content<'d> {
    /// A scalar as it stands in a layer.
    Node(NodeRef<'d>),
    /// A scalar of another kind or text than its layer has.
    Scalar(NodeKind, String),
    Table(Vec<(String, Part<'d>)>),
    /// A list, and the key by which its elements are the same in several layers.
    List(Vec<Part<'d>>, Option<&'static str>),
}

impl<'d> Part<'d> {
    pub(super) fn new(content: Content<'d>, origin: Origin) -> Self {
        Self { content, origin, is_secret: false, is_made: false }
    }

    pub(super) fn node(node: NodeRef<'d>) -> Self {
        Self::new(Content::Node(node), node.origin())
    }

    pub(super) fn scalar(kind: NodeKind, text: impl Into<String>, origin: Origin) -> Self {
        Self::new(Content::Scalar(kind, text.into()), origin)
    }

    pub(super) fn secret(self, is_secret: bool) -> Self {
        Self { is_secret: self.is_secret || is_secret, ..self }
    }

    /// Takes away what stands at a path. An element of a list stays as an empty table, so that those behind it keep
    /// their positions.
    pub(super) fn take_away(&mut self, path: &[Segment<'_>]) {
        let Some((step, rest)) = path.split_first() else { return };
        match (step, &mut self.content) {
            (Segment::Key(key), Content::Table(entries)) if rest.is_empty() => {
                entries.retain(|(known, _)| known != key);
            }
            (Segment::Key(key), Content::Table(entries)) => {
                if let Some((_, part)) = entries.iter_mut().find(|(known, _)| known == key) {
                    part.take_away(rest);
                }
            }
            (Segment::Index(index), Content::List(elements, _)) => {
                if let Some(part) = elements.get_mut(*index) {
                    match rest {
                        [] => part.content = Content::Table(Vec::new()),
                        rest => part.take_away(rest),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Makes the document.
pub(super) fn emit(root: Part<'_>) -> Effective {
    let mut emitter = Emitter {
        composer: Composer::new(KIND, NAME),
        effective: Effective { secrets: [].into(), made: [].into(), keyed: Vec::new(), document: empty() },
    };
    if root.is_secret {
        emitter.effective.secrets.insert(0);
    }
    if let Content::Table(entries) = root.content {
        entries.into_iter().for_each(|(key, part)| emitter.part(0, &key, part));
    }
    Effective { document: emitter.composer.finish(), ..emitter.effective }
}

fn empty() -> confkit_sources::Document {
    Composer::new(KIND, NAME).finish()
}

struct Emitter {
    composer: Composer,
    effective: Effective,
}

impl Emitter {
    fn part(&mut self, parent: u32, key: &str, part: Part<'_>) {
        let Part { content, origin, is_secret, is_made } = part;
        let node = match &content {
            Content::Node(node) => self.composer.copy(parent, key, *node),
            Content::Scalar(kind, text) => self.composer.add(parent, key, *kind, text, origin),
            Content::Table(_) => self.composer.add(parent, key, NodeKind::Table, "", origin),
            Content::List(..) => self.composer.add(parent, key, NodeKind::Array, "", origin),
        };
        if is_secret {
            self.effective.secrets.insert(node);
        }
        if is_made {
            self.effective.made.insert(node);
        }
        match content {
            Content::Table(entries) => {
                entries.into_iter().for_each(|(key, part)| self.part(node, &key, part));
            }
            Content::List(elements, name) => {
                self.effective.keyed.extend(name.map(|name| (node, name)));
                elements.into_iter().for_each(|part| self.part(node, "", part));
            }
            _ => {}
        }
    }
}
