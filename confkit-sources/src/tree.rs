//! Values that come one by one under the paths of their settings, as variables and arguments do,
//! become documents.

use std::borrow::Cow;
use std::ops::Range;

use crate::document::{Builder, Document, NodeKind, Text};
use crate::origin::{Origin, OriginKind};
use crate::path::Segment;

/// Two documents in the making: values, and what goes above them.
pub(crate) struct Tree<'t> {
    kind: OriginKind,
    source: Cow<'static, str>,
    /// The document in whose text the values stand.
    written: Option<&'t Document>,
    builder: Builder<'t>,
    /// Elements and entries of values that `builder` has as a whole.
    parts: Option<Builder<'t>>,
}

/// Where a value stands.
pub(crate) enum At<'n> {
    /// In no text.
    #[cfg(feature = "env")]
    Origin(Origin),
    /// In no text, under a name in the source.
    Name(&'n str),
    /// In the text of the tree: where its name begins, and the value as written.
    #[cfg(feature = "env")]
    Text(usize, Range<usize>),
}

impl<'t> Tree<'t> {
    /// A tree whose values stand in no text.
    pub(crate) fn new(kind: OriginKind, source: impl Into<Cow<'static, str>>) -> Self {
        let source = source.into();
        Self {
            kind,
            builder: begin(Origin::new(kind, source.clone()), None),
            source,
            written: None,
            parts: None,
        }
    }

    /// A tree whose values stand in the text of a document.
    #[cfg(feature = "env")]
    pub(crate) fn of_text(kind: OriginKind, written: &'t Document) -> Self {
        let source = written.name().to_owned().into();
        Self { kind, source, builder: Builder::new(written.text()), written: Some(written), parts: None }
    }

    /// Puts a text at a path. Parts of a value that is also given as a whole go into a layer of
    /// their own above it. Refused with the name of what stands in the way: another text for the
    /// same setting, or a whole on top of its parts.
    pub(crate) fn insert(&mut self, path: &[Segment<'_>], text: &str, at: At<'_>) -> Result<(), String> {
        let (number, span) = match at {
            #[cfg(feature = "env")]
            At::Origin(origin) => (self.builder.origin(origin), None),
            At::Name(name) => (self.builder.named(name), None),
            #[cfg(feature = "env")]
            At::Text(name, value) => (u32::try_from(name).unwrap_or(u32::MAX), Some(value)),
        };
        let refused = match place(&mut self.builder, path, number) {
            Place::Free(node) => put(&mut self.builder, node, text, (number, span)),
            Place::HasParts(node) => Err(node),
            Place::BelowWhole => {
                let (kind, source, written) = (self.kind, &self.source, self.written);
                let parts =
                    self.parts.get_or_insert_with(|| begin(Origin::new(kind, source.clone()), written));
                let number = match written {
                    None => parts.origin_of_other(&self.builder, number),
                    Some(_) => number,
                };
                let Place::Free(node) = place(parts, path, number) else { return Ok(()) };
                return put(parts, node, text, (number, span)).map_err(|node| name(parts, node, written));
            }
        };
        refused.map_err(|node| name(&self.builder, node, self.written))
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
        let (kind, source, written) = (self.kind, self.source, self.written);
        let document = |builder: Builder<'_>| {
            let text = written.map(|written| written.text().to_owned()).unwrap_or_default();
            let document = builder.finish().into_document(kind, &*source, text);
            match written.and_then(Document::format) {
                Some(format) => document.in_format(format),
                None => document,
            }
        };
        (document(self.builder), self.parts.map(document))
    }
}

fn begin<'t>(root: Origin, written: Option<&'t Document>) -> Builder<'t> {
    match written {
        Some(document) => Builder::new(document.text()),
        None => Builder::without_text(root),
    }
}

/// What gave a node, in the source's own words.
fn name(builder: &Builder<'_>, node: u32, written: Option<&Document>) -> String {
    match written {
        None => builder.name_of(node).unwrap_or_default().to_owned(),
        Some(document) => {
            let name = &document.text()[builder.key_at(node)..];
            name[..name.find(['=', ' ', '\t']).unwrap_or(name.len())].to_owned()
        }
    }
}

/// Fills a node, unless another place has given it another text; refused with the node. An empty
/// one counts as unset.
fn put(
    builder: &mut Builder<'_>,
    node: u32,
    text: &str,
    (at, span): (u32, Option<Range<usize>>),
) -> Result<(), u32> {
    if builder.kind(node) == NodeKind::Text && !builder.text(node).is_empty() {
        let same = text.is_empty() || builder.text(node) == text;
        return if same { Ok(()) } else { Err(node) };
    }
    builder.set_origin(node, at);
    builder.set_value(node, NodeKind::Text, Text::Decoded(text));
    if let Some(span) = span {
        builder.set_span(node, span);
    }
    Ok(())
}

/// Where a value goes.
enum Place {
    Free(u32),
    HasParts(u32),
    BelowWhole,
}

/// Finds or makes the node at a path.
fn place(builder: &mut Builder<'_>, path: &[Segment<'_>], origin: u32) -> Place {
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
        node = builder.find_text(node, &key).unwrap_or_else(|| {
            // A table has the place of the first value that reaches into it.
            let child = builder.push(node, Text::Decoded(&key), 0, NodeKind::Null);
            builder.set_origin(child, origin);
            child
        });
    }
    if builder.kind(node) == NodeKind::Table { Place::HasParts(node) } else { Place::Free(node) }
}
