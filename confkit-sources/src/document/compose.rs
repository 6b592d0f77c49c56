//! Documents put together from parts of others, each node with the place it had.

use std::fmt;

use super::build::{Builder, Text};
use super::revise::copy_scalar;
use super::{Document, NodeKind, NodeRef};
use crate::origin::{Origin, OriginKind};

/// Makes a document node by node. The root is a table and has the number 0.
#[doc(hidden)]
pub struct Composer {
    builder: Builder<'static>,
    kind: OriginKind,
    name: String,
}

impl Composer {
    /// Begins a document without a text.
    pub fn new(kind: OriginKind, name: &str) -> Self {
        let builder = Builder::without_text(Origin::new(kind, name.to_owned()));
        Self { builder, kind, name: name.to_owned() }
    }

    /// Adds a node below another one and returns its number; a scalar has its text, decoded.
    pub fn add(&mut self, parent: u32, key: &str, kind: NodeKind, text: &str, origin: Origin) -> u32 {
        let node = self.node(parent, key, origin);
        self.builder.set_value(node, kind, Text::Decoded(text));
        node
    }

    /// Adds a scalar of another document, as it is written there.
    pub fn copy(&mut self, parent: u32, key: &str, scalar: NodeRef<'_>) -> u32 {
        let node = self.node(parent, key, scalar.origin());
        copy_scalar(&mut self.builder, node, scalar);
        node
    }

    fn node(&mut self, parent: u32, key: &str, origin: Origin) -> u32 {
        let origin = self.builder.origin(origin);
        let node = self.builder.push(parent, Text::Decoded(key), 0, NodeKind::Null);
        self.builder.set_origin(node, origin);
        node
    }

    /// Ends the document.
    pub fn finish(self) -> Document {
        self.builder.finish().into_document(self.kind, self.name, String::new())
    }
}

/// Shows the name, never content, which may be secret.
impl fmt::Debug for Composer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Composer").field("name", &self.name).finish_non_exhaustive()
    }
}
