//! From what is asked to the smallest steps that do it.
//!
//! A value that is set over another one of the same kind is compared with it part by part, so that
//! what is equal keeps its place, its comments and its spelling.

use super::error::{EditError, EditErrorKind};
use super::tree::Tree;
use crate::path::Segment;

/// One step of an edit. Everything but the last segment of its path exists.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// Puts a value under a key that is there or not, or in place of an element.
    Put(Path, Tree),
    Remove(Path),
    Rename(Path, String),
    /// Adds an element to a list.
    Append(Path, Tree),
}

pub(super) type Path = Vec<Segment<'static>>;

impl Step {
    pub(super) fn path(&self) -> &[Segment<'static>] {
        match self {
            Self::Put(path, _) | Self::Remove(path) | Self::Rename(path, _) | Self::Append(path, _) => path,
        }
    }

    /// What the tree is to be after the step.
    pub(super) fn apply(&self, tree: &mut Tree) -> Option<()> {
        let (last, parents) = self.path().split_last()?;
        match self {
            Self::Put(path, value) => {
                if let Some(place) = tree.at_mut(path) {
                    *place = value.clone();
                } else if let (Segment::Key(key), Tree::Table(entries)) = (last, tree.at_mut(parents)?) {
                    entries.push((key.to_string(), value.clone()));
                }
            }
            Self::Remove(path) => drop(tree.remove(path)?),
            Self::Rename(_, name) => {
                let (Segment::Key(key), Tree::Table(entries)) = (last, tree.at_mut(parents)?) else {
                    return None;
                };
                name.clone_into(&mut entries.iter_mut().find(|(own, _)| own == key)?.0);
            }
            Self::Append(path, value) => {
                let Tree::List(items) = tree.at_mut(path)? else { return None };
                items.push(value.clone());
            }
        }
        Some(())
    }
}

/// The steps that make the tree hold a value at a path; none if it does already.
pub(super) fn set(tree: &Tree, path: &[Segment<'static>], value: Tree) -> Result<Vec<Step>, EditError> {
    let mut at = tree;
    for (depth, segment) in path.iter().enumerate() {
        let (here, rest) = path.split_at(depth + 1);
        match (at, segment) {
            (Tree::Table(_), Segment::Key(key)) => match at.get(key) {
                Some(inner) if !inner.is_null() || rest.is_empty() => at = inner,
                _ => return Ok(vec![Step::Put(here.to_vec(), wrapped(rest, value, path)?)]),
            },
            (Tree::List(items), Segment::Index(index)) => {
                at = items.get(*index).ok_or_else(|| beyond(here, items.len()))?;
            }
            _ => return Err(in_the_way(&path[..depth], at, segment)),
        }
    }
    let mut steps = Vec::new();
    differences(at, value, &mut path.to_vec(), &mut steps);
    Ok(steps)
}

/// The tables that lead to a value which does not exist yet.
fn wrapped(rest: &[Segment<'static>], value: Tree, path: &[Segment<'static>]) -> Result<Tree, EditError> {
    rest.iter().rev().try_fold(value, |inner, segment| match segment {
        Segment::Key(key) => Ok(Tree::table_of(key, inner)),
        Segment::Index(_) => {
            Err(EditError::new(EditErrorKind::Missing, path, "lies in a list that does not exist")
                .with_help("set the whole list"))
        }
    })
}

fn differences(old: &Tree, new: Tree, path: &mut Path, steps: &mut Vec<Step>) {
    if old.means_in_any_order(&new) {
        return;
    }
    match (old, new) {
        (Tree::Table(before), Tree::Table(after)) => {
            let gone = before.iter().filter(|(key, _)| !after.iter().any(|(new, _)| new == key));
            let gone: Vec<&str> = gone.map(|(key, _)| &**key).collect();
            for (key, value) in after {
                path.push(Segment::key(key.clone()));
                match old.get(&key) {
                    Some(inner) => differences(inner, value, path, steps),
                    None => steps.push(Step::Put(path.clone(), value)),
                }
                path.pop();
            }
            for key in gone {
                path.push(Segment::key(key.to_owned()));
                steps.push(Step::Remove(path.clone()));
                path.pop();
            }
        }
        (Tree::List(before), Tree::List(after)) => {
            let kept = after.len();
            for (index, value) in after.into_iter().enumerate() {
                match before.get(index) {
                    Some(inner) => {
                        path.push(Segment::Index(index));
                        differences(inner, value, path, steps);
                        path.pop();
                    }
                    None => steps.push(Step::Append(path.clone(), value)),
                }
            }
            for index in (kept..before.len()).rev() {
                path.push(Segment::Index(index));
                steps.push(Step::Remove(path.clone()));
                path.pop();
            }
        }
        (_, new) => steps.push(Step::Put(path.clone(), new)),
    }
}

/// What stands at a path, which has to exist.
pub(super) fn find<'t>(tree: &'t Tree, path: &[Segment<'static>]) -> Result<&'t Tree, EditError> {
    let mut at = tree;
    for (depth, segment) in path.iter().enumerate() {
        let here = &path[..=depth];
        at = match (at, segment) {
            (Tree::Table(entries), Segment::Key(key)) => match at.get(key) {
                Some(inner) => inner,
                None => return Err(EditError::missing(here, entries.iter().map(|(key, _)| &**key))),
            },
            (Tree::List(items), Segment::Index(index)) => {
                items.get(*index).ok_or_else(|| beyond(here, items.len()))?
            }
            _ => return Err(in_the_way(&path[..depth], at, segment)),
        };
    }
    Ok(at)
}

/// The steps that add an element to a list, which is made where it does not exist.
pub(super) fn append(tree: &Tree, path: &[Segment<'static>], value: Tree) -> Result<Vec<Step>, EditError> {
    match tree.at(path) {
        Some(Tree::List(_)) => Ok(vec![Step::Append(path.to_vec(), value)]),
        Some(other) if !other.is_null() => {
            let message = format!("is {}, not a list", other.noun());
            Err(EditError::new(EditErrorKind::InTheWay, path, message).with_help("set it to a list first"))
        }
        _ => set(tree, path, Tree::List(vec![value])),
    }
}

/// The step that gives an entry another key.
pub(super) fn rename(tree: &Tree, path: &[Segment<'static>], key: &str) -> Result<Vec<Step>, EditError> {
    find(tree, path)?;
    let (last, parents) = path.split_last().unwrap_or((&Segment::Index(0), &[]));
    if matches!(last, Segment::Index(_)) {
        return Err(EditError::new(EditErrorKind::InTheWay, path, "is an element of a list and has no key"));
    }
    if *last == Segment::key(key) {
        return Ok(Vec::new());
    }
    let beside = [parents, &[Segment::key(key.to_owned())]].concat();
    if tree.at(&beside).is_some() {
        return Err(EditError::new(EditErrorKind::Exists, &beside, "exists already")
            .with_help("remove it first, or choose another key"));
    }
    Ok(vec![Step::Rename(path.to_vec(), key.to_owned())])
}

fn beyond(path: &[Segment<'_>], length: usize) -> EditError {
    let elements = if length == 1 { "element" } else { "elements" };
    EditError::new(EditErrorKind::Missing, path, format!("does not exist; the list has {length} {elements}"))
        .with_help("indexes count from 0, and `append` adds an element")
}

fn in_the_way(path: &[Segment<'_>], tree: &Tree, segment: &Segment<'_>) -> EditError {
    if path.is_empty() {
        return EditError::new(
            EditErrorKind::NotAPath,
            std::slice::from_ref(segment),
            "is no path: the root is a table",
        );
    }
    let (holds, help) = match segment {
        Segment::Key(_) => ("holds no keys", "set it to a table first, or choose another path"),
        Segment::Index(_) => ("holds no elements", "set it to a list first, or choose another path"),
    };
    EditError::new(EditErrorKind::InTheWay, path, format!("is {} and {holds}", tree.noun())).with_help(help)
}
