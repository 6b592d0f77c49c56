//! How documents are made: nodes are appended under a parent, found again by key, and linked.

mod find;
mod hash;

use std::cell::Cell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::sync::{Arc, OnceLock};

use self::find::SCANNED;
use self::hash::{AsIs, Glance, Seed};
use super::{DECODED, Document, Given, NONE, Node, NodeKind, Slice};
use crate::origin::{Origin, OriginKind};

pub(crate) const RADIX: u8 = 0b11;
pub(crate) const RADIX_2: u8 = 1;
pub(crate) const RADIX_8: u8 = 2;
pub(crate) const RADIX_16: u8 = 3;
/// A table that exists only because a longer key or header names it.
pub(crate) const IMPLICIT: u8 = 1 << 2;
/// A table made by a dotted key; a value whose name has dots of the key.
pub(crate) const DOTTED: u8 = 1 << 3;
/// A table or list in braces or brackets, closed where it ends.
pub(crate) const INLINE: u8 = 1 << 4;

/// A plain scalar that YAML 1.1 and 1.2 read differently.
pub(crate) const AMBIGUOUS: u8 = 1 << 5;
/// A secret that was not written.
pub(crate) const WITHHELD: u8 = 1 << 6;

/// A block of HCL, or a list of several with one name.
pub(crate) const BLOCK: u8 = 1 << 6;

/// A value that was computed from what stands at its place.
#[cfg(feature = "migrate")]
pub(crate) const DERIVED: u8 = 1 << 7;

/// Stands for a place that is not known, in documents with text.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Text that goes into a node: a range of the source text, decoded on the way, or stored already.
pub(crate) enum Text<'t> {
    Source(std::ops::Range<usize>),
    Decoded(&'t str),
    Stored(Slice),
}

/// A key: its text, where it begins in the source, and what it looks like.
#[derive(Clone, Copy)]
pub(crate) struct Key {
    text: Slice,
    at: usize,
    looks: Glance,
}

impl Key {
    #[cfg(feature = "json")]
    #[inline]
    pub(crate) fn text(self) -> Slice {
        self.text
    }

    #[cfg(any(feature = "json", feature = "toml"))]
    #[inline]
    pub(crate) fn at(self) -> usize {
        self.at
    }

    /// Of an element of a list, which begins here.
    pub(crate) fn none(at: usize) -> Self {
        Self { text: Slice::default(), at, looks: Glance::default() }
    }
}

/// A document in the making, over the text it is read from.
pub(crate) struct Builder<'t> {
    text: &'t str,
    parts: Parts,
    /// The table that keys were looked for in last, and what its keys look like.
    glance: Cell<(u32, Glance)>,
    /// From the hash of table and key to both nodes; a taken hash moves on to the next number.
    index: HashMap<u64, (u32, u32), BuildHasherDefault<AsIs>>,
    /// Made with the first table that is indexed.
    seed: Option<Seed>,
}

/// What a builder makes; with the text it becomes a [`Document`].
pub(crate) struct Parts {
    decoded: String,
    nodes: Vec<Node>,
    origins: Vec<Given>,
}

impl Parts {
    pub(crate) fn into_document(self, kind: OriginKind, name: impl Into<Arc<str>>, text: String) -> Document {
        let Self { decoded, nodes, origins } = self;
        Document {
            kind,
            format: None,
            name: name.into(),
            text,
            decoded,
            nodes,
            origins,
            lines: OnceLock::new(),
            folder: None,
            in_part: false,
        }
    }
}

impl<'t> Builder<'t> {
    /// Begins a document over `text`. At most a gigabyte of text fits (ranges are 31 bits).
    pub(crate) fn new(text: &'t str) -> Self {
        // One node for about twenty bytes of text is what real files have.
        Self::with_room(text, (text.len() / 20 + 4).min(1 << 16))
    }

    fn with_room(text: &'t str, for_nodes: usize) -> Self {
        let mut nodes = Vec::with_capacity(for_nodes);
        nodes.push(Node {
            key: Slice::default(),
            value: Slice::default(),
            key_at: 0,
            span: (0, 0),
            first: NONE,
            last: NONE,
            next: NONE,
            kind: NodeKind::Table,
            flags: 0,
            count: 0,
        });
        Self {
            text,
            parts: Parts { decoded: String::new(), nodes, origins: Vec::new() },
            glance: Cell::new((0, Glance::default())),
            index: HashMap::default(),
            seed: None,
        }
    }

    /// Begins a document without text, whose nodes have origins of their own.
    pub(crate) fn without_text(root: Origin) -> Self {
        let mut builder = Self::with_room("", 24);
        builder.parts.decoded = String::with_capacity(512);
        builder.parts.origins = Vec::with_capacity(16);
        builder.parts.origins.push(Given::At(root));
        builder
    }

    pub(crate) fn finish(self) -> Parts {
        self.parts
    }

    /// The number of nodes, the root included.
    pub(crate) fn len(&self) -> usize {
        self.parts.nodes.len()
    }

    /// As many nodes as keep the memory of a document within a small multiple of its text.
    pub(crate) fn most_nodes(text: &str) -> usize {
        // Half of what is promised (16 MiB and twenty times the text): vectors grow by doubling.
        ((6 << 20) + 8 * text.len()) / size_of::<Node>()
    }

    /// The bytes that nodes and decoded text take.
    pub(crate) fn size(&self) -> usize {
        self.parts.nodes.len() * size_of::<Node>() + self.parts.decoded.len()
    }

    /// Makes a node the same single value as another one, or a container of the same kind.
    pub(crate) fn copy_value(&mut self, from: u32, to: u32) {
        let (value, span, kind, flags) = {
            let from = &self.parts.nodes[from as usize];
            (from.value, from.span, from.kind, from.flags)
        };
        let to = &mut self.parts.nodes[to as usize];
        (to.value, to.span, to.kind, to.flags) = (value, span, kind, flags);
    }

    pub(crate) fn key_slice(&self, node: u32) -> Slice {
        self.parts.nodes[node as usize].key
    }

    pub(crate) fn value_slice(&self, node: u32) -> Slice {
        self.parts.nodes[node as usize].value
    }

    /// Takes a node out of its table or list; nobody finds it from there any more.
    pub(crate) fn unlink(&mut self, parent: u32, node: u32) {
        let next = self.parts.nodes[node as usize].next;
        let previous = self.children(parent).take_while(|&child| child != node).last();
        match previous {
            Some(previous) => self.parts.nodes[previous as usize].next = next,
            None => self.parts.nodes[parent as usize].first = next,
        }
        let parent = &mut self.parts.nodes[parent as usize];
        if parent.last == node {
            parent.last = previous.unwrap_or(NONE);
        }
    }

    /// Keeps text: as a range where it is part of the source itself, else as a copy.
    pub(crate) fn keep(&mut self, part: &str) -> Slice {
        let start = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        let is_inside = start.checked_add(part.len()).is_some_and(|end| end <= self.text.len());
        match part {
            "" => Slice::default(),
            _ if is_inside => self.store(Text::Source(start..start + part.len())),
            _ => self.store(Text::Decoded(part)),
        }
    }

    /// Adds an origin and returns its number, for [`Self::set_origin`].
    pub(crate) fn origin(&mut self, origin: Origin) -> u32 {
        self.given(Given::At(origin))
    }

    /// The same for a name in the source of the document.
    pub(crate) fn named(&mut self, name: &str) -> u32 {
        let name = self.store(Text::Decoded(name));
        self.given(Given::Under(name))
    }

    /// The same for an origin that another builder knows under a number.
    pub(crate) fn origin_of_other(&mut self, other: &Self, number: u32) -> u32 {
        match &other.parts.origins[number as usize] {
            Given::At(origin) => self.origin(origin.clone()),
            Given::Under(name) => self.named(other.slice(*name)),
        }
    }

    fn given(&mut self, given: Given) -> u32 {
        self.parts.origins.push(given);
        to_u32(self.parts.origins.len() - 1)
    }

    pub(crate) fn set_origin(&mut self, node: u32, origin: u32) {
        self.parts.nodes[node as usize].key_at = origin;
    }

    /// What a node's value is called in the source.
    pub(crate) fn name_of(&self, node: u32) -> Option<&str> {
        match &self.parts.origins[self.parts.nodes[node as usize].key_at as usize] {
            Given::At(origin) => origin.key(),
            Given::Under(name) => Some(self.slice(*name)),
        }
    }

    pub(crate) fn kind(&self, node: u32) -> NodeKind {
        self.parts.nodes[node as usize].kind
    }

    pub(crate) fn set_kind(&mut self, node: u32, kind: NodeKind) {
        self.parts.nodes[node as usize].kind = kind;
    }

    pub(crate) fn has(&self, node: u32, flag: u8) -> bool {
        self.parts.nodes[node as usize].flags & flag != 0
    }

    /// Whether a node has a kind, and of some flags exactly these.
    pub(crate) fn is(&self, node: u32, kind: NodeKind, mask: u8, flags: u8) -> bool {
        let node = &self.parts.nodes[node as usize];
        node.kind == kind && node.flags & mask == flags
    }

    pub(crate) fn add_flags(&mut self, node: u32, flags: u8) {
        self.parts.nodes[node as usize].flags |= flags;
    }

    pub(crate) fn set_flags(&mut self, node: u32, flags: u8) {
        self.parts.nodes[node as usize].flags = flags;
    }

    pub(crate) fn last_child(&self, node: u32) -> Option<u32> {
        Some(self.parts.nodes[node as usize].last).filter(|&last| last != NONE)
    }

    pub(crate) fn span(&self, node: u32) -> std::ops::Range<usize> {
        let (start, end) = self.parts.nodes[node as usize].span;
        start as usize..end as usize
    }

    pub(crate) fn set_span(&mut self, node: u32, span: std::ops::Range<usize>) {
        self.parts.nodes[node as usize].span = (to_u32(span.start), to_u32(span.end));
    }

    pub(crate) fn key_at(&self, node: u32) -> usize {
        self.parts.nodes[node as usize].key_at as usize
    }

    pub(crate) fn set_key_at(&mut self, node: u32, at: usize) {
        self.parts.nodes[node as usize].key_at = to_u32(at);
    }

    /// Says that nobody knows where a node stands.
    pub(crate) fn set_nowhere(&mut self, node: u32) {
        let node = &mut self.parts.nodes[node as usize];
        (node.key_at, node.span) = (NOWHERE, (NOWHERE, NOWHERE));
    }

    /// Says where a key stands: its text, and its beginning with quotation marks.
    pub(crate) fn set_key(&mut self, node: u32, text: Text<'_>, at: usize) {
        let key = self.store(text);
        let node = &mut self.parts.nodes[node as usize];
        (node.key, node.key_at) = (key, to_u32(at));
    }

    pub(crate) fn set_value(&mut self, node: u32, kind: NodeKind, value: Text<'_>) {
        let value = self.store(value);
        let node = &mut self.parts.nodes[node as usize];
        (node.kind, node.value) = (kind, value);
    }

    /// Makes a node a single value, at once.
    #[inline]
    pub(crate) fn fill(
        &mut self,
        node: u32,
        (kind, flags): (NodeKind, u8),
        value: Slice,
        span: std::ops::Range<usize>,
    ) {
        let node = &mut self.parts.nodes[node as usize];
        (node.kind, node.flags, node.value) = (kind, flags, value);
        node.span = (to_u32(span.start), to_u32(span.end));
    }

    pub(crate) fn text(&self, node: u32) -> &str {
        self.slice(self.parts.nodes[node as usize].value)
    }

    pub(crate) fn children(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.parts.nodes[node as usize].first;
        std::iter::from_fn(move || {
            let node = Some(next).filter(|&node| node != NONE)?;
            next = self.parts.nodes[node as usize].next;
            Some(node)
        })
    }

    pub(crate) fn key(&self, node: u32) -> &str {
        self.slice(self.parts.nodes[node as usize].key)
    }

    /// Appends a node. The caller has made sure that a table has no such key yet.
    pub(crate) fn push(&mut self, parent: u32, key: Text<'_>, key_at: usize, kind: NodeKind) -> u32 {
        let key = self.store(key);
        self.push_key(parent, self.stored_key(key, key_at), kind)
    }

    /// The same for a key that is stored already.
    pub(crate) fn push_key(&mut self, parent: u32, key: Key, kind: NodeKind) -> u32 {
        self.push_value(parent, key, kind, Slice::default(), 0..0)
    }

    /// A key of the source text.
    #[inline]
    pub(crate) fn source_key(&mut self, text: std::ops::Range<usize>, at: usize) -> Key {
        let looks = Glance::at(&self.text.as_bytes()[text.clone()]);
        Key { text: self.store(Text::Source(text)), at, looks }
    }

    /// A key that is stored already.
    pub(crate) fn stored_key(&self, text: Slice, at: usize) -> Key {
        Key { text, at, looks: Glance::at(self.bytes(text)) }
    }

    /// Appends a single value, at once; the same as [`Self::push`] and then [`Self::fill`].
    #[expect(clippy::inline_always, reason = "most of a call would be arguments, once for each value")]
    #[inline(always)]
    pub(crate) fn push_value(
        &mut self,
        parent: u32,
        Key { text: key, at: key_at, looks }: Key,
        kind: NodeKind,
        value: Slice,
        span: std::ops::Range<usize>,
    ) -> u32 {
        let id = to_u32(self.parts.nodes.len());
        self.parts.nodes.push(Node {
            key,
            value,
            key_at: to_u32(key_at),
            span: (to_u32(span.start), to_u32(span.end)),
            first: NONE,
            last: NONE,
            next: NONE,
            kind,
            flags: 0,
            count: 0,
        });
        let parent_node = &mut self.parts.nodes[parent as usize];
        let previous = std::mem::replace(&mut parent_node.last, id);
        let (table, glance) = self.glance.get();
        let is_keyed = parent_node.kind == NodeKind::Table;
        if previous == NONE {
            (parent_node.first, parent_node.count) = (id, 1);
            if is_keyed {
                self.glance.set((parent, looks));
            }
            return id;
        }
        if table == parent {
            self.glance.set((table, glance.and(looks)));
        }
        let is_large = parent_node.count >= SCANNED;
        parent_node.count += u16::from(!is_large);
        self.parts.nodes[previous as usize].next = id;
        if is_large && is_keyed {
            self.note_large(parent, previous, id);
        }
        id
    }

    /// Takes back the node pushed last, which has no children; `previous` is what stood before it.
    pub(crate) fn retract(&mut self, parent: u32, previous: Option<u32>) {
        self.parts.nodes.pop();
        let parent = &mut self.parts.nodes[parent as usize];
        if parent.count <= SCANNED {
            parent.count -= 1;
        }
        parent.last = previous.unwrap_or(NONE);
        match previous {
            Some(previous) => self.parts.nodes[previous as usize].next = NONE,
            None => parent.first = NONE,
        }
    }

    pub(crate) fn slice(&self, slice: Slice) -> &str {
        slice.of(self.text, &self.parts.decoded)
    }

    /// The content of a text that may not be stored yet.
    pub(crate) fn text_of<'s>(&'s self, text: Text<'s>) -> &'s str {
        match text {
            Text::Stored(slice) => self.slice(slice),
            Text::Source(range) => &self.text[range],
            Text::Decoded(text) => text,
        }
    }

    #[inline]
    pub(crate) fn store(&mut self, text: Text<'_>) -> Slice {
        match text {
            Text::Stored(slice) => slice,
            Text::Source(range) => Slice { start: to_u32(range.start), len: to_u32(range.end - range.start) },
            Text::Decoded(text) => {
                // Decoded text alone may outgrow what it was read from.
                let fits = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
                let start = fits(self.parts.decoded.len()) | DECODED;
                self.parts.decoded.push_str(text);
                Slice { start, len: fits(text.len()) }
            }
        }
    }
}

/// Sizes are checked against the document's limit before anything is built.
#[expect(clippy::cast_possible_truncation, reason = "texts are smaller than a gibibyte")]
#[inline]
fn to_u32(size: usize) -> u32 {
    debug_assert!(u32::try_from(size).is_ok());
    size as u32
}
