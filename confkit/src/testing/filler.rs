//! Settings filled until they load.
//!
//! Nothing here judges a value: the load is asked, its report names what is missing and what is
//! wrong, and the next candidate is tried there. So every rule counts, and none is known twice.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use confkit_sources::declared::{Merge, Metadata, RuleKind};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, OriginKind, Read, ReadContext, Source, SourceError};
use serde::Serialize;

use super::candidates::candidates;
use super::places::{self, Place, places};
use super::tree::{NAME, Tree};
use crate::config::Config;
use crate::explain::Loaded;
use crate::loader::Loader;
use crate::report::{Code, Problem, Report};

/// Layers, and a tree over them that is filled.
pub(super) struct Filler<T> {
    loader: Loader<T>,
    tree: Tree,
    /// What was put into the tree here, by path.
    tried: BTreeMap<String, Tried>,
    /// Paths that stay without a value.
    unset: BTreeSet<String>,
    /// Whether a place may be filled.
    may_fill: fn(&Place) -> bool,
    /// Paths that may be filled whatever stands there.
    named: BTreeSet<String>,
}

impl<T> Clone for Filler<T> {
    fn clone(&self) -> Self {
        Self {
            loader: self.loader.clone(),
            tree: self.tree.clone(),
            tried: self.tried.clone(),
            unset: self.unset.clone(),
            may_fill: self.may_fill,
            named: self.named.clone(),
        }
    }
}

/// A place that was filled.
#[derive(Clone)]
struct Tried {
    /// What is to be tried there, the next one last.
    left: Vec<Tree>,
    /// Whether nothing may stand there, too.
    is_optional: bool,
}

impl<T: Config> Filler<T> {
    /// Fills what is missing over the layers of a loader. Nothing is set aside: it is filled, too.
    pub(super) fn over(loader: Loader<T>) -> Self {
        Self {
            loader: loader.strict(),
            tree: Tree::empty(),
            tried: BTreeMap::new(),
            unset: BTreeSet::new(),
            may_fill: |_| true,
            named: BTreeSet::new(),
        }
    }

    pub(super) fn change(&mut self, change: impl FnOnce(Loader<T>) -> Loader<T>) {
        self.loader = change(self.loader.clone());
    }

    /// Fills no other places but those that are allowed, or named.
    pub(super) fn only(self, may_fill: fn(&Place) -> bool, named: BTreeSet<String>) -> Self {
        Self { may_fill, named, ..self }
    }

    /// Puts a value that stays.
    ///
    /// # Errors
    ///
    /// Words on a path or a value that cannot be used.
    pub(super) fn set(&mut self, path: &str, value: impl Serialize) -> Result<(), String> {
        let segments = parse(path)?;
        let root = [Segment::key("value")];
        let document = crate::with_exposed(|| Document::serialized(OriginKind::Code, NAME, &root, &value));
        let document = document.map_err(|error| format!("the value for `{path}` cannot be used: {error}"))?;
        self.unset.remove(&path::to_string(&segments));
        let Some(document) = document else { return Ok(()) };
        let value = document.root().get("value").map_or(Tree::Null, Tree::of);
        let is_put = self.tree.put(&segments, value);
        is_put.then_some(()).ok_or_else(|| format!("`{path}` is behind the end of its list"))
    }

    /// Takes a value away; nothing is put there.
    ///
    /// # Errors
    ///
    /// Words on a path that is none.
    pub(super) fn unset(&mut self, path: &str) -> Result<(), String> {
        let segments = parse(path)?;
        self.tree.remove(&segments);
        self.unset.insert(path::to_string(&segments));
        Ok(())
    }

    /// The tree as a layer of the version that the type reads.
    fn layer(&self) -> Given {
        let document = self.tree.document();
        #[cfg(feature = "migrate")]
        let document = crate::migrate::with_version(document, T::METADATA, &[]);
        Given(document)
    }

    /// Fills until everything loads.
    ///
    /// # Errors
    ///
    /// The last report, with a note on what no value was found for.
    pub(super) fn fill(mut self) -> Result<Loaded<T>, Report> {
        loop {
            match self.loader.clone().source(self.layer()).load_traced() {
                Ok(loaded) => return Ok(loaded),
                Err(report) => {
                    // Every problem is looked at in each round: loads cost more than looking.
                    let is_mended = report.problems().iter().fold(false, |any, one| self.mend(one) | any);
                    if !is_mended {
                        return Err(self.told(report));
                    }
                }
            }
        }
    }

    /// Tries something else because of a problem; false if there is nothing to try.
    fn mend(&mut self, problem: &Problem) -> bool {
        let Ok(path) = owned(problem.path()) else { return false };
        let is_missing = problem.code() == Code::Missing;
        if is_missing && (self.fill_at(&path) || self.fill_one_of(&path) || self.fill_keys(&path)) {
            return true;
        }
        if problem.code() == Code::Conflict && self.give_up(&path) {
            return true;
        }
        if problem.rule() == Some("must_match") && self.match_other(&path) {
            return true;
        }
        let around = (0..=path.len()).rev().map(|length| path[..length].to_vec());
        around.into_iter().any(|path| self.another(&path)) || self.another_in_check(&path)
    }

    /// Fills a place where nothing stands.
    fn fill_at(&mut self, path: &[Segment<'static>]) -> bool {
        let text = path::to_string(path);
        let is_empty = matches!(self.tree.get(path), None | Some(Tree::Null));
        if path.is_empty() || !is_empty || self.unset.contains(&text) || self.tried.contains_key(&text) {
            return false;
        }
        let found = places(T::METADATA, path);
        let Some(first) = found.first() else { return false };
        if !(self.may_fill)(first) && !self.named.contains(&text) {
            return false;
        }
        self.put(path, found.iter().flat_map(candidates).collect(), false)
    }

    /// Fills one of several fields of which at least one has to be given.
    fn fill_one_of(&mut self, path: &[Segment<'static>]) -> bool {
        let Some(section) = places::section(T::METADATA, path) else { return false };
        let wanted = section
            .checks()
            .iter()
            .filter(|check| matches!(check.rule().kind(), RuleKind::ExactlyOneOf | RuleKind::AtLeastOneOf));
        let mut is_filled = false;
        for check in wanted {
            let fields = paths_of(section, check.fields(), path);
            if fields.iter().all(|path| self.tree.get(path).is_none()) {
                is_filled |= fields.iter().any(|path| self.fill_at(path));
            }
        }
        is_filled
    }

    /// Fills the key by which the elements of a list are known, with another value in each.
    fn fill_keys(&mut self, path: &[Segment<'static>]) -> bool {
        let merge = places(T::METADATA, path).into_iter().find_map(|place| place.field?.merge());
        let (Some(Merge::Key(name)), Some(Tree::List(elements))) = (merge, self.tree.get(path)) else {
            return false;
        };
        let without = elements.iter().map(|element| element.get(&[Segment::key(name)]).is_none());
        let without: Vec<bool> = without.collect();
        let mut is_filled = false;
        for (index, _) in without.into_iter().enumerate().filter(|(_, is_without)| *is_without) {
            let key: Vec<Segment<'static>> =
                path.iter().cloned().chain([Segment::Index(index), Segment::key(name)]).collect();
            let mut values: Vec<Tree> = places(T::METADATA, &key).iter().flat_map(candidates).collect();
            if let (Some(Tree::Text(text)), true) = (values.first(), index > 0) {
                values.insert(0, Tree::Text(format!("{text}-{index}")));
            } else {
                let plainest = index.min(values.len());
                values.rotate_left(plainest);
            }
            is_filled |= self.put(&key, values, false);
        }
        is_filled
    }

    /// Puts the first of some values; the others are tried one by one, and then nothing, if that may be.
    pub(super) fn put(
        &mut self,
        path: &[Segment<'static>],
        mut values: Vec<Tree>,
        is_optional: bool,
    ) -> bool {
        values.reverse();
        let Some(first) = values.pop() else { return false };
        self.tried.insert(path::to_string(path), Tried { left: values, is_optional });
        self.tree.put(path, first)
    }

    /// Tries the next value at a path that was filled.
    fn another(&mut self, path: &[Segment<'static>]) -> bool {
        let text = path::to_string(path);
        let Some(tried) = self.tried.get_mut(&text) else { return false };
        match tried.left.pop() {
            Some(next) => {
                self.forget_inside(&text);
                self.tree.put(path, next)
            }
            None => self.give_up(path),
        }
    }

    /// Takes away what may be absent.
    fn give_up(&mut self, path: &[Segment<'static>]) -> bool {
        let text = path::to_string(path);
        // What is behind a lost element would move up, so an element stays where it is.
        let is_element = matches!(path.last(), Some(Segment::Index(_)));
        if is_element || !self.tried.get(&text).is_some_and(|tried| tried.is_optional) {
            return false;
        }
        self.forget_inside(&text);
        self.tried.remove(&text);
        self.tree.remove(path)
    }

    /// What was tried inside of something that is replaced may be tried again.
    fn forget_inside(&mut self, path: &str) {
        let is_inside =
            |inner: &str| inner.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']));
        self.tried.retain(|inner, _| !is_inside(inner));
    }

    /// Gives a field the value that another one has.
    fn match_other(&mut self, path: &[Segment<'static>]) -> bool {
        let Some((_, around)) = path.split_last() else { return false };
        let Some(section) = places::section(T::METADATA, around) else { return false };
        let others =
            places(T::METADATA, path).into_iter().flat_map(|place| place.rules).filter_map(|rule| match rule
                .kind()
            {
                RuleKind::MustMatch(other) => paths_of(section, &[*other], around).pop(),
                _ => None,
            });
        let value = others.into_iter().find_map(|other| self.tree.get(&other).cloned());
        match value.filter(|value| self.tree.get(path) != Some(value)) {
            Some(value) if self.tried.contains_key(&path::to_string(path)) => self.tree.put(path, value),
            _ => false,
        }
    }

    /// Tries another value of a field that a broken rule over several fields names.
    fn another_in_check(&mut self, path: &[Segment<'static>]) -> bool {
        let around = (0..=path.len()).rev().map(|length| &path[..length]);
        let named: Vec<Vec<Segment<'static>>> = around
            .filter_map(|around| Some((around, places::section(T::METADATA, around)?)))
            .flat_map(|(around, section)| {
                let checks = section.checks().iter().rev();
                checks.flat_map(|check| paths_of(section, check.fields(), around)).collect::<Vec<_>>()
            })
            .collect();
        named.iter().rev().any(|path| self.another(path))
    }

    /// A report with what to do about values that were not found.
    fn told(&self, mut report: Report) -> Report {
        let is_ours = |path: &str| {
            let Ok(segments) = owned(path) else { return false };
            let around = (1..=segments.len()).map(|length| path::to_string(&segments[..length]));
            !self.unset.contains(path) && around.into_iter().any(|path| self.tried.contains_key(&path))
        };
        let paths: BTreeSet<String> = report
            .problems()
            .iter()
            .map(Problem::path)
            .filter(|path| is_ours(path))
            .map(str::to_owned)
            .collect();
        for path in paths {
            report.note(format!(
                "no value was found that {path} takes: set it with `.set(\"{}\", …)`, or give it an `example` in the declaration",
                path.escape_debug()
            ));
        }
        report
    }
}

/// The paths of fields of a section, which rules call by their Rust names.
fn paths_of(
    section: &'static Metadata,
    names: &[&str],
    around: &[Segment<'static>],
) -> Vec<Vec<Segment<'static>>> {
    let path = |names: &&str| {
        let (mut section, mut path) = (section, around.to_vec());
        for name in names.split('.') {
            let field = section.fields().iter().find(|field| field.name() == name)?;
            match field.content() {
                confkit_sources::declared::Content::Nested(shape) => section = shape().section(),
                confkit_sources::declared::Content::Flattened(shape) => {
                    section = shape().section();
                    continue;
                }
                _ => {}
            }
            path.push(Segment::key(field.key()));
        }
        Some(path)
    };
    names.iter().filter_map(path).collect()
}

fn parse(path: &str) -> Result<Vec<Segment<'static>>, String> {
    owned(path).map_err(|error| format!("`{path}` is not a path: {error}"))
}

/// A path of a problem; the empty one is the root.
fn owned(path: &str) -> Result<Vec<Segment<'static>>, path::PathError> {
    if path.is_empty() {
        return Ok(Vec::new());
    }
    Ok(path::parse(path)?.into_iter().map(Segment::into_owned).collect())
}

/// The tree as a layer.
struct Given(Document);

impl Source for Given {
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(NAME)
    }

    fn read(&self, _: &ReadContext<'_>) -> Result<Read, SourceError> {
        Ok(Read::from(self.0.without(&[])))
    }
}
