//! Values that come one by one under the paths of their settings, as variables and arguments do,
//! become documents.

use std::borrow::Cow;

use crate::document::{Builder, Document, NodeKind, Text};
use crate::origin::{Origin, OriginKind};
use crate::path::Segment;

/// Two documents in the making: values, and what goes above them.
pub(crate) struct Tree {
    kind: OriginKind,
    source: &'static str,
    builder: Builder<'static>,
    /// Elements and entries of values that `builder` has as a whole.
    parts: Option<Builder<'static>>,
}

impl Tree {
    pub(crate) fn new(kind: OriginKind, source: &'static str) -> Self {
        Self { kind, source, builder: Builder::without_text(Origin::new(kind, source)), parts: None }
    }

    /// Puts a text at a path. Parts of a value that is also given as a whole go into a layer of
    /// their own above it. Refused with the key of the origin that stands in the way: another text
    /// for the same setting, or a whole on top of its parts.
    pub(crate) fn insert(&mut self, path: &[Segment<'_>], text: &str, origin: Origin) -> Result<(), String> {
        let number = self.builder.origin(origin);
        match place(&mut self.builder, path, number) {
            Place::Free(node) => put(&mut self.builder, node, text, number),
            Place::HasParts(node) => Err(self.builder.origin_of(node).key().unwrap_or_default().to_owned()),
            Place::BelowWhole => {
                let (kind, source) = (self.kind, self.source);
                let parts =
                    self.parts.get_or_insert_with(|| Builder::without_text(Origin::new(kind, source)));
                let number = parts.origin(self.builder.origin_at(number).clone());
                match place(parts, path, number) {
                    Place::Free(node) => put(parts, node, text, number),
                    _ => Ok(()),
                }
            }
        }
    }

    /// Puts a list at a path that nothing was put at before, each element with its origin.
    #[cfg(feature = "args")]
    pub(crate) fn insert_list(
        &mut self,
        path: &[Segment<'_>],
        elements: impl IntoIterator<Item = (String, Origin)>,
    ) {
        let mut list = None;
        for (text, origin) in elements {
            let number = self.builder.origin(origin);
            let node = *list.get_or_insert_with(|| match place(&mut self.builder, path, number) {
                Place::Free(node) | Place::HasParts(node) => {
                    self.builder.set_kind(node, NodeKind::Array);
                    Some(node)
                }
                Place::BelowWhole => None,
            });
            let Some(list) = node else { return };
            let element = self.builder.push(list, Text::Decoded(""), 0, NodeKind::Null);
            self.builder.set_origin(element, number);
            self.builder.set_value(element, NodeKind::Text, Text::Decoded(&text));
        }
    }

    /// Returns the values, and the layer above them.
    pub(crate) fn into_documents(self) -> (Document, Option<Document>) {
        let document =
            |builder: Builder<'_>| builder.finish().into_document(self.kind, self.source, String::new());
        (document(self.builder), self.parts.map(document))
    }
}

/// Fills a node, unless another origin has given it another text. An empty one counts as unset.
fn put(builder: &mut Builder<'static>, node: u32, text: &str, origin: u32) -> Result<(), String> {
    if builder.kind(node) == NodeKind::Text && !builder.text(node).is_empty() {
        let same = text.is_empty() || builder.text(node) == text;
        let first = builder.origin_of(node).key().unwrap_or_default().to_owned();
        return if same { Ok(()) } else { Err(first) };
    }
    builder.set_origin(node, origin);
    builder.set_value(node, NodeKind::Text, Text::Decoded(text));
    Ok(())
}

/// Where a value goes.
enum Place {
    Free(u32),
    HasParts(u32),
    BelowWhole,
}

/// Finds or makes the node at a path.
fn place(builder: &mut Builder<'static>, path: &[Segment<'_>], origin: u32) -> Place {
    let mut node = 0;
    for segment in path {
        if matches!(builder.kind(node), NodeKind::Text | NodeKind::Array) {
            return Place::BelowWhole;
        }
        builder.set_kind(node, NodeKind::Table);
        let key = match segment {
            Segment::Key(key) => Cow::Borrowed(&**key),
            Segment::Index(index) => Cow::Owned(index.to_string()),
        };
        node = builder.find(node, &key).unwrap_or_else(|| {
            // A table has the place of the first value that reaches into it.
            let child = builder.push(node, Text::Decoded(&key), 0, NodeKind::Null);
            builder.set_origin(child, origin);
            child
        });
    }
    if builder.kind(node) == NodeKind::Table { Place::HasParts(node) } else { Place::Free(node) }
}
