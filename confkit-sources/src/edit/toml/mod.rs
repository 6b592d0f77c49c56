//! TOML, by toml_edit.

mod gap;
mod values;

use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Key, RawString, Table, Value};

use self::gap::{Gap, gap};
use self::values::{literal, value};
use super::error::EditError;
use super::plan::Step;
use super::scope;
use super::tree::{Scalar, Tree};
use crate::document::{Document, NodeKind};
use crate::path::Segment;

const NO_TABLE: &str = "elements of the list are tables below headers, and the new one is no table";

/// A list or table that can be changed.
enum Place<'p> {
    Table(&'p mut Table),
    Inline(&'p mut InlineTable),
    Array(&'p mut Array),
    Tables(&'p mut ArrayOfTables),
}

pub(super) fn edit(document: &Document, step: &Step) -> Result<String, EditError> {
    if let Step::Remove(path) = step
        && let Some(text) = without_lines(document, path)
    {
        return Ok(text);
    }
    let unknown = || EditError::refused(step.path(), "the library that edits TOML takes the text otherwise");
    let mut edited: DocumentMut = document.text().parse().map_err(|_| unknown())?;
    if let Step::Put(path, _) = step
        && let [Segment::Key(_)] = &**path
    {
        free_head(&mut edited);
    }
    let path = step.path();
    let (last, parents) = path.split_last().ok_or_else(unknown)?;
    let root = edited.as_table_mut();
    let done = match step {
        Step::Put(_, value) => put(place(root, parents).ok_or_else(unknown)?, last, value, path)?,
        Step::Append(_, value) => append(place(root, path).ok_or_else(unknown)?, value, path)?,
        Step::Rename(_, name) => place(root, parents).and_then(|place| rename(place, last, name)),
        Step::Remove(_) => remove(root, parents, last),
    };
    done.ok_or_else(unknown)?;
    Ok(edited.to_string())
}

fn place<'p>(root: &'p mut Table, path: &[Segment<'_>]) -> Option<Place<'p>> {
    path.iter().try_fold(Place::Table(root), |place, segment| match (place, segment) {
        (Place::Table(table), Segment::Key(key)) => of_item(table.get_mut(key)?),
        (Place::Inline(table), Segment::Key(key)) => of_value(table.get_mut(key)?),
        (Place::Array(array), Segment::Index(index)) => of_value(array.get_mut(*index)?),
        (Place::Tables(tables), Segment::Index(index)) => Some(Place::Table(tables.get_mut(*index)?)),
        _ => None,
    })
}

fn of_item(item: &mut Item) -> Option<Place<'_>> {
    match item {
        Item::Table(table) => Some(Place::Table(table)),
        Item::ArrayOfTables(tables) => Some(Place::Tables(tables)),
        Item::Value(value) => of_value(value),
        Item::None => None,
    }
}

fn of_value(value: &mut Value) -> Option<Place<'_>> {
    match value {
        Value::Array(array) => Some(Place::Array(array)),
        Value::InlineTable(table) => Some(Place::Inline(table)),
        _ => None,
    }
}

fn put(
    place: Place<'_>,
    last: &Segment<'_>,
    tree: &Tree,
    path: &[Segment<'_>],
) -> Result<Option<()>, EditError> {
    Ok(match (place, last) {
        (Place::Table(table), Segment::Key(key)) => match table.get_mut(key) {
            Some(Item::Value(old)) => {
                replace(old, tree, path)?;
                Some(())
            }
            Some(_) => {
                // A section that becomes a value stands among the values.
                table.remove(key);
                insert(table, key, tree, path)?;
                Some(())
            }
            None => {
                insert(table, key, tree, path)?;
                Some(())
            }
        },
        (Place::Inline(table), Segment::Key(key)) => {
            match table.get_mut(key) {
                Some(old) => replace(old, tree, path)?,
                None => insert_inline(table, key, value(tree, path)?),
            }
            Some(())
        }
        (Place::Array(array), Segment::Index(index)) => match array.get_mut(*index) {
            Some(old) => {
                replace(old, tree, path)?;
                Some(())
            }
            None => None,
        },
        (Place::Tables(_), _) => return Err(EditError::refused(path, NO_TABLE)),
        _ => None,
    })
}

/// Puts a value in place of another one, between the same blanks and comments.
fn replace(old: &mut Value, tree: &Tree, path: &[Segment<'_>]) -> Result<(), EditError> {
    let is_literal = matches!(old, Value::String(old) if old.display_repr().starts_with('\''));
    let mut new = match tree {
        Tree::Scalar(Scalar { kind: NodeKind::String, text, .. }) if is_literal => literal(text),
        _ => None,
    }
    .map_or_else(|| value(tree, path), Ok)?;
    *new.decor_mut() = old.decor().clone();
    *old = new;
    Ok(())
}

/// Puts a new entry at the end of a table that a header or dotted keys make.
fn insert(table: &mut Table, key: &str, tree: &Tree, path: &[Segment<'_>]) -> Result<(), EditError> {
    let key_of = Key::new(key);
    if let Tree::Table(entries) = tree
        && !(table.is_dotted() && entries.is_empty())
    {
        let mut inner = section(entries, table.is_dotted(), path)?;
        inner.set_dotted(table.is_dotted());
        table.insert_formatted(&key_of, Item::Table(inner));
        return Ok(());
    }
    if let Tree::List(items) = tree
        && !items.is_empty()
        && !table.is_dotted()
        && items.iter().all(|item| matches!(item, Tree::Table(_)))
    {
        let mut tables = ArrayOfTables::new();
        for item in items {
            tables.push(section_of(item, path)?);
        }
        table.insert_formatted(&key_of, Item::ArrayOfTables(tables));
        return Ok(());
    }
    let mut value = value(tree, path)?;
    let values = table.iter().filter_map(|(key, item)| Some((table.key(key)?, item.as_value()?)));
    let (decor, before) = values.last().map_or((Decor::new("", " "), " "), |(key, last)| style(key, last));
    value.decor_mut().set_prefix(before);
    table.insert_formatted(&key_of.with_leaf_decor(decor), Item::Value(value));
    Ok(())
}

/// The blanks of a new entry: indented as the one before it, and with blanks around `=` if that has.
fn style(key: &Key, value: &Value) -> (Decor, &'static str) {
    let blank = |raw: Option<&RawString>| match raw.and_then(RawString::as_str) {
        Some("") => "",
        _ => " ",
    };
    let front = key.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    let indent = front.rsplit('\n').next().filter(|line| line.trim().is_empty()).unwrap_or_default();
    (Decor::new(indent, blank(key.leaf_decor().suffix())), blank(value.decor().prefix()))
}

fn section_of(tree: &Tree, path: &[Segment<'_>]) -> Result<Table, EditError> {
    match tree {
        Tree::Table(entries) => section(entries, false, path),
        _ => Ok(Table::new()),
    }
}

/// A table under a header of its own. One that holds only tables needs none.
fn section(entries: &[(String, Tree)], is_dotted: bool, path: &[Segment<'_>]) -> Result<Table, EditError> {
    let mut table = Table::new();
    table.set_dotted(is_dotted);
    for (key, tree) in entries {
        insert(&mut table, key, tree, path)?;
    }
    let holds_values = table.iter().any(|(_, item)| item.is_value());
    table.set_implicit(!holds_values && !table.is_empty());
    Ok(table)
}

fn insert_inline(table: &mut InlineTable, key: &str, mut value: Value) {
    let fronts: Vec<String> = table
        .iter()
        .filter_map(|(key, _)| Some(text(table.key(key)?.leaf_decor().prefix()).to_owned()))
        .collect();
    let (has_comma, trailing) = (table.trailing_comma(), text(Some(table.trailing())).to_owned());
    let last = table.iter_mut().last().map(|(_, value)| value);
    let Gap { front, suffix, trailing } = gap(&fronts, last, has_comma, &trailing, " ");
    let has_blanks = table.iter().all(|(_, value)| !text(value.decor().prefix()).is_empty());
    let blank = if has_blanks { " " } else { "" };
    *value.decor_mut() = Decor::new(blank, suffix);
    table.set_trailing(trailing);
    table.insert_formatted(&Key::new(key).with_leaf_decor(Decor::new(front, blank)), value);
}

fn append(place: Place<'_>, tree: &Tree, path: &[Segment<'_>]) -> Result<Option<()>, EditError> {
    match (place, tree) {
        (Place::Tables(tables), Tree::Table(_)) => tables.push(section_of(tree, path)?),
        (Place::Tables(_), _) => {
            return Err(EditError::refused(path, NO_TABLE));
        }
        (Place::Array(array), _) => {
            let mut value = value(tree, path)?;
            let fronts: Vec<String> =
                array.iter().map(|value| text(value.decor().prefix()).to_owned()).collect();
            let (has_comma, trailing) = (array.trailing_comma(), text(Some(array.trailing())).to_owned());
            let Gap { front, suffix, trailing } =
                gap(&fronts, array.iter_mut().last(), has_comma, &trailing, "");
            *value.decor_mut() = Decor::new(front, suffix);
            array.set_trailing(trailing);
            array.push_formatted(value);
        }
        _ => return Ok(None),
    }
    Ok(Some(()))
}

fn rename(place: Place<'_>, last: &Segment<'_>, name: &str) -> Option<()> {
    let Segment::Key(old) = last else { return None };
    let renamed = |key: Key| {
        if key.get() == old {
            let (leaf, dotted) = (key.leaf_decor().clone(), key.dotted_decor().clone());
            Key::new(name).with_leaf_decor(leaf).with_dotted_decor(dotted)
        } else {
            key
        }
    };
    // Every entry is taken out and put in again, so that their order stays.
    match place {
        Place::Table(table) => {
            let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
            for key in keys {
                let (key, item) = table.remove_entry(&key)?;
                table.insert_formatted(&renamed(key), item);
            }
        }
        Place::Inline(table) => {
            let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
            for key in keys {
                let (key, value) = table.remove_entry(&key)?;
                table.insert_formatted(&renamed(key), value);
            }
        }
        _ => return None,
    }
    Some(())
}

fn remove(root: &mut Table, parents: &[Segment<'_>], last: &Segment<'_>) -> Option<()> {
    let is_last_table = match (place(root, parents)?, last) {
        (Place::Table(table), Segment::Key(key)) => table.remove(key).map(|_| false)?,
        (Place::Inline(table), Segment::Key(key)) => {
            let is_end = table.iter().last().is_some_and(|(end, _)| end == key);
            let removed = table.remove(key)?;
            if is_end && let Some((_, end)) = table.iter_mut().last() {
                end.decor_mut().set_suffix(text(removed.decor().suffix()));
            }
            false
        }
        (Place::Array(array), Segment::Index(index)) if *index < array.len() => {
            let removed = array.remove(*index);
            let (front, suffix) = (text(removed.decor().prefix()), text(removed.decor().suffix()));
            if *index == 0
                && let Some(first) = array.iter_mut().next()
            {
                first.decor_mut().set_prefix(front);
            }
            if *index == array.len()
                && let Some(end) = array.iter_mut().last()
            {
                end.decor_mut().set_suffix(suffix);
            }
            false
        }
        (Place::Tables(tables), Segment::Index(index)) if *index < tables.len() => {
            tables.remove(*index);
            tables.is_empty()
        }
        _ => return None,
    };
    match parents.split_last() {
        Some((last, parents)) if is_last_table => remove(root, parents, last),
        _ => Some(()),
    }
}

/// The text without the lines of an element that has them for itself. A comma behind the element
/// before it may stay.
fn without_lines(document: &Document, path: &[Segment<'_>]) -> Option<String> {
    let list = scope::node(document, path.split_last()?.1)?;
    let span = scope::node(document, path)?.span()?;
    let text = document.text();
    let is_in_brackets = list.kind() == NodeKind::Array && text[list.span()?].starts_with('[');
    let start = text[..span.start].rfind('\n')? + 1;
    let end = span.end + text[span.end..].find('\n')? + 1;
    let behind = text[span.end..end].trim_start_matches([' ', '\t', ',']).trim_end();
    let is_alone =
        text[start..span.start].trim().is_empty() && (behind.is_empty() || behind.starts_with('#'));
    (is_in_brackets && is_alone).then(|| format!("{}{}", &text[..start], &text[end..]))
}

/// What is first in a document stays there, with a blank line behind it, when the first key of the
/// root comes before the first header.
fn free_head(document: &mut DocumentMut) {
    if !document.get_values().is_empty() {
        return;
    }
    let Some(first) = first_section(document.as_table_mut()) else {
        // There is nothing but comments.
        let mut head = text(Some(document.trailing())).to_owned();
        if !head.is_empty() && !head.ends_with('\n') {
            head.push('\n');
        }
        document.decor_mut().set_prefix(head);
        return document.set_trailing("");
    };
    let before = text(first.decor().prefix()).to_owned();
    let head = before.rfind("\n\n").map_or(0, |blank| blank + 2);
    let rest = before[head..].trim_start_matches('\n').to_owned();
    first.decor_mut().set_prefix(format!("\n{rest}"));
    document.decor_mut().set_prefix(before[..head].to_owned());
}

/// The table whose header comes first, which may stand inside of one whose header comes later.
fn first_section(table: &mut Table) -> Option<&mut Table> {
    let position = first_position(table)?;
    section_at(table, position)
}

fn first_position(table: &Table) -> Option<isize> {
    let inner = table.iter().flat_map(|(_, item)| match item {
        Item::Table(table) => vec![table],
        Item::ArrayOfTables(tables) => tables.iter().collect(),
        _ => Vec::new(),
    });
    inner.flat_map(|table| [header_position(table), first_position(table)]).flatten().min()
}

fn section_at(table: &mut Table, position: isize) -> Option<&mut Table> {
    let mut inner = table.iter_mut().flat_map(|(_, item)| match item {
        Item::Table(table) => vec![table],
        Item::ArrayOfTables(tables) => tables.iter_mut().collect(),
        _ => Vec::new(),
    });
    inner.find_map(|table| match header_position(table) {
        Some(own) if own == position => Some(table),
        _ => section_at(table, position),
    })
}

fn header_position(table: &Table) -> Option<isize> {
    if table.is_implicit() || table.is_dotted() { None } else { table.position() }
}

fn text(raw: Option<&RawString>) -> &str {
    raw.and_then(RawString::as_str).unwrap_or_default()
}
