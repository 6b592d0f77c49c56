//! Paths that may lead to several values: `servers[].port`, `regions.<key>.host`.

use std::borrow::Cow;

use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef};

/// Stands for `[]` while the path is read.
const EACH: usize = usize::MAX;

/// A path in which `[]` is every element of a list and `<key>` every entry of a table.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Step(Segment<'static>),
    Elements,
    Entries,
}

/// One of the paths that a pattern stands for, and what its open parts are there.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) path: Vec<Segment<'static>>,
    pub(super) open: Vec<Segment<'static>>,
}

impl Pattern {
    /// Reads a pattern; its last part has to be a key.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let parsed = path::parse(&marked(text))
            .map_err(|error| format!("`{text}` is no path: {error}"))?
            .into_iter()
            .map(|segment| match segment {
                Segment::Index(EACH) => Part::Elements,
                Segment::Key(key) if key == "<key>" => Part::Entries,
                segment => Part::Step(segment.into_owned()),
            })
            .collect::<Vec<_>>();
        match parsed.last() {
            Some(Part::Step(Segment::Key(_))) => Ok(Self { text: text.to_owned(), parts: parsed }),
            _ => Err(format!("`{text}` has to end with a key")),
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The same pattern with another key at its end.
    pub(super) fn beside(&self, key: &str) -> Self {
        let parents = &self.parts[..self.parts.len() - 1];
        let mut text = String::new();
        for part in parents {
            match part {
                Part::Step(segment) => path::push(&mut text, segment),
                Part::Elements => text.push_str("[]"),
                Part::Entries => text.push_str(if text.is_empty() { "<key>" } else { ".<key>" }),
            }
        }
        path::push_key(&mut text, key);
        let last = Part::Step(Segment::key(key.to_owned()));
        Self { text, parts: [parents, &[last]].concat() }
    }

    /// Says why values of another pattern cannot go where this one says.
    pub(super) fn follows(&self, from: &Self) -> Result<(), String> {
        let open = |pattern: &Self| -> Vec<Part> {
            pattern.parts.iter().filter(|part| !matches!(part, Part::Step(_))).cloned().collect()
        };
        let list = |pattern: &Self| {
            let end = pattern.parts.iter().rposition(|part| *part == Part::Elements);
            pattern.parts[..end.map_or(0, |end| end + 1)].to_vec()
        };
        if open(self) != open(from) {
            return Err(format!(
                "`{}` and `{}` need `[]` and `<key>` in the same order",
                from.text, self.text
            ));
        }
        if list(self) != list(from) {
            return Err(format!("`{}` lies in another list than `{}`", self.text, from.text));
        }
        Ok(())
    }

    /// The paths below a node at which something is.
    pub(super) fn find(&self, root: NodeRef<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        walk(&self.parts, root, &mut Found { path: Vec::new(), open: Vec::new() }, &mut found);
        found
    }

    /// The path with its open parts filled in.
    pub(super) fn filled(&self, open: &[Segment<'static>]) -> Vec<Segment<'static>> {
        let mut open = open.iter();
        let part = |part: &Part| match part {
            Part::Step(segment) => Some(segment.clone()),
            _ => open.next().cloned(),
        };
        self.parts.iter().filter_map(part).collect()
    }
}

fn walk(parts: &[Part], node: NodeRef<'_>, at: &mut Found, found: &mut Vec<Found>) {
    let Some((part, rest)) = parts.split_first() else { return found.push(at.clone()) };
    match part {
        Part::Step(segment) => {
            if let Some(inner) = node.at(std::slice::from_ref(segment)) {
                at.path.push(segment.clone());
                walk(rest, inner, at, found);
                at.path.pop();
            }
        }
        Part::Elements if node.kind() == NodeKind::Array => {
            for (index, inner) in node.items().enumerate() {
                open(Segment::Index(index), rest, inner, at, found);
            }
        }
        Part::Entries if node.kind() == NodeKind::Table => {
            for (key, inner) in node.entries() {
                open(Segment::key(key.to_owned()), rest, inner, at, found);
            }
        }
        _ => {}
    }
}

fn open(step: Segment<'static>, rest: &[Part], node: NodeRef<'_>, at: &mut Found, found: &mut Vec<Found>) {
    at.path.push(step.clone());
    at.open.push(step);
    walk(rest, node, at, found);
    at.path.pop();
    at.open.pop();
}

/// The text with an index for each `[]` outside of quotation marks.
fn marked(text: &str) -> Cow<'_, str> {
    if !text.contains("[]") {
        return Cow::Borrowed(text);
    }
    let (mut marked, mut quoted, mut escaped) = (String::new(), false, false);
    for (at, c) in text.char_indices() {
        marked.push(c);
        match c {
            '[' if !quoted && text[at..].starts_with("[]") => marked.push_str(&EACH.to_string()),
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
    }
    Cow::Owned(marked)
}
