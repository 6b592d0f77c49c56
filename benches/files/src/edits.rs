//! Edits of a text, each judged by what it left of the other bytes and by what the text means then.

use std::ops::Range;

use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, EditError, Editor, Format, NodeKind, NodeRef, OriginKind};

use crate::reference::Parsers;

/// The key that is added.
const KEY: &str = "added_by_an_edit";

/// What became of the edits of a file; of none if its root is no table.
pub(crate) struct Edits(pub(crate) Vec<Outcome>);

/// What became of one edit.
pub(crate) enum Outcome {
    Made,
    /// Refused, for a reason.
    Refused(String),
    /// The edit did something else than what was asked for.
    Wrong(String),
}

/// One edit.
struct Edit {
    path: Vec<Segment<'static>>,
    value: Value,
    /// The bytes of the value that stood there, from behind its key.
    over: Option<Range<usize>>,
}

#[derive(Debug, Clone, Copy)]
enum Value {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(&'static str),
}

impl Edits {
    /// There is nothing that could be edited.
    pub(crate) fn none() -> Self {
        Self(Vec::new())
    }

    /// A new key; another value for the first one; the second behind the first.
    pub(crate) fn of(parsers: &Parsers, format: Format, document: &Document) -> Self {
        let text = document.text();
        let added = Edit::added(document).map(|edit| edit.make(parsers, format, text));
        let changed = Edit::changed(document).map(|edit| edit.make(parsers, format, text));
        let both = added.as_ref().and_then(|made| made.as_ref().ok()).and_then(|text| {
            let document = read(format, text).ok()?;
            Some(Edit::changed(&document)?.make(parsers, format, text))
        });
        let outcomes = [added, changed, both].into_iter().flatten();
        Self(outcomes.map(|made| made.map_or_else(|outcome| outcome, |_| Outcome::Made)).collect())
    }
}

impl Edit {
    /// A key at the root; in INI beside the first one, or in the first section, if there is one: the
    /// reference refuses keys before a section.
    fn added(document: &Document) -> Option<Self> {
        let mut path = Vec::new();
        if matches!(document.format(), Some(Format::Ini)) {
            path = match first(document.root(), &mut Vec::new()) {
                Some((path, _)) => path[..path.len() - 1].to_vec(),
                None => vec![Segment::key(document.root().items().next()?.key().to_owned())],
            };
        }
        path.push(Segment::key(KEY));
        let has_types = document.format().is_some_and(Format::has_types);
        let value = if has_types { Value::Integer(8080) } else { Value::Text("8080") };
        Some(Self { path, value, over: None })
    }

    /// Another value of the same kind for the first one in the text.
    fn changed(document: &Document) -> Option<Self> {
        let (path, node) = first(document.root(), &mut Vec::new())?;
        let value = match node.kind() {
            NodeKind::Bool => Value::Bool(node.text() != "true"),
            NodeKind::Integer => Value::Integer(if node.text() == "8081" { 8082 } else { 8081 }),
            NodeKind::Float => Value::Float(if node.text() == "80.5" { 81.5 } else { 80.5 }),
            _ => Value::Text(if node.text() == "another text" { "one more text" } else { "another text" }),
        };
        Some(Self { path, value, over: place(document.text(), node) })
    }

    /// Makes the edit; the text afterwards.
    fn make(&self, parsers: &Parsers, format: Format, text: &str) -> Result<String, Outcome> {
        let refused = |error: EditError| Outcome::Refused(error.message);
        let mut editor =
            Editor::new(format, "file", text).map_err(|error| Outcome::Refused(format!("{error:?}")))?;
        let path = path::to_string(&self.path);
        match self.value {
            Value::Bool(value) => editor.set(&path, value),
            Value::Integer(value) => editor.set(&path, value),
            Value::Float(value) => editor.set(&path, value),
            Value::Text(value) => editor.set(&path, value),
        }
        .map_err(refused)?;
        let new = editor.into_text();
        self.check(parsers, format, text, &new).map_err(|what| Outcome::Wrong(format!("{path}: {what}")))?;
        Ok(new)
    }

    /// What is wrong with the new text.
    fn check(&self, parsers: &Parsers, format: Format, old: &str, new: &str) -> Result<(), String> {
        let (before, after) = (read(format, old)?, read(format, new)?);
        if !self.is_the_difference(&before, &after) {
            return Err("the text means something else".to_owned());
        }
        let Some(reference) = parsers.read(format, new) else {
            return Err("the reference does not read it any more".to_owned());
        };
        reference.same(after.root())?;
        let (gone, came) = difference(old, new, self.over.as_ref());
        if gone.is_empty() { Ok(()) } else { Err(format!("{gone:?} became {came:?}")) }
    }

    fn is_the_difference(&self, before: &Document, after: &Document) -> bool {
        let (mut before, mut after) = (leaves(before), leaves(after));
        let path = path::to_string(&self.path);
        let changed = if self.over.is_some() { &mut before } else { &mut after };
        let Some(at) = changed.iter().position(|leaf| leaf.path == path) else { return false };
        if self.over.is_some() {
            before[at].text = self.value.text();
            return before == after;
        }
        let added = after.remove(at);
        added.text == self.value.text() && before == after
    }
}

impl Value {
    fn text(self) -> String {
        match self {
            Self::Bool(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::Text(value) => value.to_owned(),
        }
    }
}

/// A value of a document, or a table or list without what is inside.
#[derive(PartialEq)]
struct Leaf {
    path: String,
    kind: NodeKind,
    text: String,
}

fn leaves(document: &Document) -> Vec<Leaf> {
    fn collect(node: NodeRef<'_>, path: &mut Vec<Segment<'static>>, leaves: &mut Vec<Leaf>) {
        let text = if node.is_container() { String::new() } else { node.text().to_owned() };
        leaves.push(Leaf { path: path::to_string(path), kind: node.kind(), text });
        for (at, inner) in node.items().enumerate() {
            path.push(step(node, at, inner));
            collect(inner, path, leaves);
            path.pop();
        }
    }
    let mut leaves = Vec::new();
    collect(document.root(), &mut Vec::new(), &mut leaves);
    leaves
}

fn step(parent: NodeRef<'_>, at: usize, node: NodeRef<'_>) -> Segment<'static> {
    if parent.kind() == NodeKind::Array { Segment::Index(at) } else { Segment::key(node.key().to_owned()) }
}

/// The first value that there are others like, with its path.
fn first<'d>(
    node: NodeRef<'d>,
    path: &mut Vec<Segment<'static>>,
) -> Option<(Vec<Segment<'static>>, NodeRef<'d>)> {
    match node.kind() {
        NodeKind::Table | NodeKind::Array => node.items().enumerate().find_map(|(at, inner)| {
            path.push(step(node, at, inner));
            let found = first(inner, path);
            path.pop();
            found
        }),
        NodeKind::Null | NodeKind::Datetime => None,
        _ => Some((path.clone(), node)),
    }
}

/// What belongs to a value: everything behind its key, such as a tag, in a list everything on its
/// line; and blanks behind it.
fn place(text: &str, node: NodeRef<'_>) -> Option<Range<usize>> {
    let value = node.span()?;
    let line = || text[..value.start].rfind('\n').map_or(0, |newline| newline + 1);
    let behind = &text[value.end..];
    let blanks = behind.len() - behind.trim_start_matches([' ', '\t']).len();
    Some(node.key_span().map_or_else(line, |key| key.end)..value.end + blanks)
}

/// Reads settings; else what the first mistake is.
pub(crate) fn read(format: Format, text: &str) -> Result<Document, String> {
    let read = format.read(OriginKind::File, "file", text.to_owned());
    read.map_err(|(_, errors)| errors[0].message.clone())
}

/// The bytes at one place that went and came, besides those of a value that was to be replaced.
fn difference<'t>(old: &'t str, new: &'t str, value: Option<&Range<usize>>) -> (&'t str, &'t str) {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let front = |old: &str, new: &str| -> usize {
        old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum()
    };
    let back = |old: &str, new: &str| -> usize {
        old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum()
    };
    let start = front(old, new);
    let end = back(&old[start..], &new[start..]);
    let (gone, came) = (start..old.len() - end, start..new.len() - end);
    match value {
        Some(value) if value.start <= gone.start && gone.end <= value.end => ("", ""),
        _ => (&old[gone], &new[came]),
    }
}
