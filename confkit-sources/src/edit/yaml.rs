//! YAML, by yaml-edit. It is an editor and no validator: what it makes is read by our own reader.

use std::str::FromStr as _;

use yaml_edit::{Mapping, MappingEntry, Sequence, YamlFile, YamlNode};

use super::error::EditError;
use super::plan::Step;
use super::scope;
use super::tree::{Scalar, Tree};
use crate::document::{Document, NodeKind};
use crate::path::Segment;

pub(super) fn edit(document: &Document, step: &Step) -> Result<String, EditError> {
    let unknown = || EditError::refused(step.path(), "an anchor, an alias or a tag stands on the way");
    let text = document.text();
    let file = YamlFile::from_str(text).map_err(|_| unknown())?;
    let (last, parents) = step.path().split_last().ok_or_else(unknown)?;
    if let (Step::Put(_, value), [Segment::Key(key)]) = (step, step.path())
        && document.root().items().next().is_none()
        && mapping(&file, &[]).is_none()
    {
        return Ok(first_key(text, key, value));
    }
    let done = match step {
        Step::Put(path, value) => {
            let value = match respelled(document, path, value) {
                Some(text) => word(&text),
                None => node(value),
            };
            let value = value.ok_or_else(unknown)?;
            put(&file, parents, last, &value)
        }
        Step::Append(path, value) => {
            let value = node(value).ok_or_else(unknown)?;
            sequence(&file, path).map(|list| list.push(value))
        }
        Step::Rename(_, name) => mapping(&file, parents).and_then(|table| {
            let name = word(&string(name))?;
            table.rename_key(entry(&table, last)?.key_node()?, name).then_some(())
        }),
        Step::Remove(_) => remove(&file, parents, last),
    };
    done.ok_or_else(unknown)?;
    Ok(file.to_string())
}

fn put(file: &YamlFile, parents: &[Segment<'_>], last: &Segment<'_>, value: &YamlNode) -> Option<()> {
    match last {
        Segment::Key(key) => {
            let table = mapping(file, parents)?;
            match entry(&table, last) {
                Some(entry) => table.set(entry.key_node()?, value),
                None => table.set(word(&string(key))?, value),
            }
            Some(())
        }
        Segment::Index(index) => sequence(file, parents)?.set(*index, value).then_some(()),
    }
}

fn remove(file: &YamlFile, parents: &[Segment<'_>], last: &Segment<'_>) -> Option<()> {
    match last {
        Segment::Key(_) => {
            let table = mapping(file, parents)?;
            table.remove(entry(&table, last)?.key_node()?).map(drop)
        }
        Segment::Index(index) => sequence(file, parents)?.remove(*index).map(drop),
    }
}

/// The first key of a document that holds nothing, behind what stands there.
fn first_key(text: &str, key: &str, value: &Tree) -> String {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let table = Tree::table_of(key, value.clone());
    format!("{text}{end}{}\n", block(&table))
}

fn at(file: &YamlFile, path: &[Segment<'_>]) -> Option<YamlNode> {
    let (last, parents) = path.split_last()?;
    match last {
        Segment::Key(_) => entry(&mapping(file, parents)?, last)?.value_node(),
        Segment::Index(index) => sequence(file, parents)?.get(*index),
    }
}

fn mapping(file: &YamlFile, path: &[Segment<'_>]) -> Option<Mapping> {
    match path {
        [] => file.document()?.as_mapping(),
        path => at(file, path)?.as_mapping().cloned(),
    }
}

fn sequence(file: &YamlFile, path: &[Segment<'_>]) -> Option<Sequence> {
    at(file, path)?.as_sequence().cloned()
}

fn entry(table: &Mapping, key: &Segment<'_>) -> Option<MappingEntry> {
    let Segment::Key(key) = key else { return None };
    let is_it = |entry: &MappingEntry| {
        entry.key_node().is_some_and(|node| node.as_scalar().is_some_and(|own| own.as_string() == **key))
    };
    table.entries().find(is_it)
}

/// A value as a node that can be put into another document.
fn node(value: &Tree) -> Option<YamlNode> {
    parsed(&block(&Tree::table_of("v", value.clone())))
}

/// A key or string, by its text.
fn word(text: &str) -> Option<YamlNode> {
    parsed(&format!("v: {text}"))
}

fn parsed(text: &str) -> Option<YamlNode> {
    let file = YamlFile::from_str(&format!("{text}\n")).ok()?;
    at(&file, &[Segment::key("v")])
}

/// A string in the quotation marks of the one before it.
fn respelled(document: &Document, path: &[Segment<'_>], tree: &Tree) -> Option<String> {
    let Tree::Scalar(Scalar { kind: NodeKind::String, text, .. }) = tree else { return None };
    let old = document.text().get(scope::node(document, path)?.span()?)?;
    match old.chars().next() {
        Some('\'') if is_printable(text) => Some(format!("'{}'", text.replace('\'', "''"))),
        Some('"') => Some(quoted(text)),
        _ => None,
    }
}

/// A value in block style; tables and lists that hold nothing, and single values, in one line.
fn block(tree: &Tree) -> String {
    let indented = |text: String| text.replace('\n', "\n  ");
    let lines: Vec<String> = match tree {
        Tree::Scalar(single) => vec![scalar(single)],
        Tree::List(items) if items.is_empty() => vec!["[]".to_owned()],
        Tree::Table(entries) if entries.is_empty() => vec!["{}".to_owned()],
        Tree::List(items) => items.iter().map(|item| format!("- {}", indented(block(item)))).collect(),
        Tree::Table(entries) => entries
            .iter()
            .map(|(key, inner)| {
                let is_below = !matches!(inner, Tree::Scalar(_)) && !inner.is_empty();
                let between = if is_below { "\n  " } else { " " };
                format!("{}:{between}{}", string(key), indented(block(inner)))
            })
            .collect(),
    };
    lines.join("\n")
}

fn scalar(scalar: &Scalar) -> String {
    match (scalar.kind, &*scalar.text) {
        (NodeKind::Null, _) => "null".to_owned(),
        (NodeKind::Float, "inf") => ".inf".to_owned(),
        (NodeKind::Float, "-inf") => "-.inf".to_owned(),
        (NodeKind::Float, "NaN") => ".nan".to_owned(),
        (NodeKind::Bool | NodeKind::Integer | NodeKind::Float, text) => text.to_owned(),
        (_, text) => string(text),
    }
}

fn quoted(text: &str) -> String {
    let written = string(text);
    if written.starts_with('"') { written } else { format!("\"{written}\"") }
}

fn string(text: &str) -> String {
    crate::write::yaml::string(text).into_owned()
}

fn is_printable(text: &str) -> bool {
    let is_other = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
    };
    !text.contains(is_other)
}
