//! Several names as one, with the dots between them.

use super::{Name, Untyped};
use crate::document::{DOTTED, Text};

impl Untyped<'_> {
    /// One name of several that stand behind each other in the text.
    pub(in super::super) fn joined_name(&mut self, names: &[Name]) -> Name {
        let (Some(first), Some(last)) = (names.first(), names.last()) else { return self.name(0..0) };
        let span = first.span.start..last.span.end;
        let joined = names.iter().map(|name| self.text_of(name)).collect::<Vec<_>>().join(".");
        // Whatever is not as it is written is shorter.
        let is_written = joined.len() == span.len();
        let content = if is_written { Text::Source(span.clone()) } else { Text::Decoded(&joined) };
        Name { is_joined: true, ..self.decoded_name(content, span) }
    }

    pub(in super::super) fn text_of(&self, name: &Name) -> &str {
        self.builder.slice(name.content)
    }

    /// Finds a name once all of them are there.
    pub(in super::super) fn find(&self, table: u32, name: &str) -> Option<u32> {
        self.builder.find_in_whole(table, name)
    }

    /// Whether a value was set under a joined name.
    pub(in super::super) fn is_joined(&self, node: u32) -> bool {
        self.builder.has(node, DOTTED)
    }
}
