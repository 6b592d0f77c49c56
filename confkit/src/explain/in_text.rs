//! Parts of values that are written as one text, such as a list in a variable.

use confkit_sources::declared::{Content, Kind, ValueKind};
use confkit_sources::path::Segment;
use confkit_sources::{JsonText, NodeKind, NodeRef};

use super::route::Route;
use crate::resolve::{elements, pairs};

impl Route {
    /// The text that a path leads into, and the part of it that the path leads to.
    pub(super) fn in_text<'d>(
        &self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<(NodeRef<'d>, String)> {
        let field = self.last.filter(|_| self.inside)?;
        let Content::Value(kind) = field.content() else { return None };
        let (node, steps) = self.walk(root, section, path)?;
        let whole = self.fields.iter().rposition(Option::is_some)? + 1;
        if node.kind() != NodeKind::Text || !(whole..self.fields.len()).contains(&steps) {
            return None;
        }
        let kind = (whole..steps).fold(kind(), |kind, _| inner(&kind));
        let delimiter = if steps == whole { field.env_delimiter() } else { ',' };
        Some((node, part(&kind, node.text(), &path[section.len() + steps..], delimiter)?))
    }
}

/// What stands at a path in a text that is read as a kind of value.
fn part(kind: &ValueKind, text: &str, path: &[Segment<'_>], delimiter: char) -> Option<String> {
    let Some((step, rest)) = path.split_first() else { return Some(text.to_owned()) };
    let text = text.trim();
    let found = match (JsonText::read(text), step) {
        (Some(JsonText::List(values)), Segment::Index(index)) => values.into_iter().nth(*index)?.into_text(),
        (Some(JsonText::Table(entries)), Segment::Key(key)) => {
            entries.into_iter().find(|(name, _)| *name == **key)?.1.into_text()
        }
        (Some(JsonText::List(_) | JsonText::Table(_)), _) => return None,
        (_, Segment::Index(index)) if *kind.kind() == Kind::List && !text.is_empty() => {
            (*elements(text, delimiter).get(*index)?).to_owned()
        }
        (_, Segment::Key(key)) if matches!(kind.kind(), Kind::Map | Kind::Structure(_)) => {
            let pairs = pairs(text, delimiter)?;
            pairs.iter().rev().find(|(name, _)| *name == &**key)?.1.to_owned()
        }
        _ => return None,
    };
    part(&inner(kind), &found, rest, ',')
}

/// What elements or entries of a value are.
fn inner(kind: &ValueKind) -> ValueKind {
    kind.element().cloned().unwrap_or_else(|| ValueKind::new(Kind::Any))
}
