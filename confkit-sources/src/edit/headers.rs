//! The headers of INI, each with its place. A document knows only where a section comes first.

use std::ops::Range;

use crate::document::{Document, NodeKind, NodeRef};
use crate::format::Format;
use crate::origin::OriginKind;

/// A line with a section's name.
pub(super) struct Header {
    pub(super) names: Vec<String>,
    /// The line with its end.
    pub(super) line: Range<usize>,
    /// What stands between the brackets.
    pub(super) inside: Range<usize>,
}

impl Header {
    /// Whether the section is the one at a path, or inside it.
    pub(super) fn is_in(&self, path: &[String]) -> bool {
        self.names.starts_with(path)
    }
}

/// Every header, in the order of the text. Other formats have none.
pub(super) fn of(document: &Document) -> impl Iterator<Item = Header> {
    let format = document.format().filter(|format| format.as_str() == "ini");
    let text = document.text();
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    lines.filter_map(move |(start, line)| {
        let front = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
        let inside = closing(line[front..].strip_prefix('[')?)?;
        let inside = start + front + 1..start + front + 1 + inside;
        let names = names(format?, line.trim_end())?;
        Some(Header { names, line: start..start + line.len(), inside })
    })
}

/// Where the bracket ends, quotation marks minded.
fn closing(rest: &str) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let ends = |c: char| {
        let ends = c == ']' && !is_quoted;
        (is_quoted, is_escaped) =
            (is_quoted ^ (c == '"' && !is_escaped), is_quoted && c == '\\' && !is_escaped);
        ends
    };
    rest.find(ends)
}

/// The names in a header, as our reader takes them.
fn names(format: Format, header: &str) -> Option<Vec<String>> {
    let document = format.read(OriginKind::Text, "header", header.to_owned()).ok()?;
    let mut names = Vec::new();
    let mut node = document.root();
    while let Some(inner) = node.items().next() {
        names.push(inner.key().to_owned());
        node = inner;
    }
    Some(names)
}

/// The keys that lead to a node.
pub(super) fn path_of(node: NodeRef<'_>) -> Vec<String> {
    fn search(table: NodeRef<'_>, wanted: u32, path: &mut Vec<String>) -> bool {
        for inner in table.items() {
            path.push(inner.key().to_owned());
            if inner.id() == wanted || (inner.kind() == NodeKind::Table && search(inner, wanted, path)) {
                return true;
            }
            path.pop();
        }
        false
    }
    let mut path = Vec::new();
    search(node.document().root(), node.id(), &mut path);
    path
}
