//! What to do about a setting that is missing.

use std::borrow::Cow;
use std::path::Path;

use confkit_sources::path::{self, Segment};
use confkit_sources::{Format, Nesting, NodeRef, OriginKind};

use super::assemble::Assembler;
use super::layers::Bound;
use super::stack::Step;
use super::target::Target;
use crate::resolve::{ElementOf, Missing, path_of, plain, trail};

impl Assembler<'_> {
    /// What to do about a missing setting: the file it belongs in, or its variable.
    pub(super) fn missing_help(&self, missing: &Missing, path: &str) -> String {
        let key = missing.field.key();
        let mut ways = Vec::new();
        let mut variables = self.variables_of(missing, path);
        if let (Some(last), Some(places)) = (variables.last_mut(), &self.ways.variables_in) {
            last.push_str(places);
        }
        let is_secret = missing.field.is_secret();
        let has_own_place = !variables.is_empty() || self.ways.secrets.is_some();
        if (!is_secret || !has_own_place)
            && let Some(file) = self.file_for(missing, !variables.is_empty())
        {
            ways.push(format!("{} in {}", file.setting(key), file.name));
        }
        ways.extend(variables);
        if let Some(folder) = self.ways.secrets.as_ref().filter(|_| is_secret || ways.is_empty()) {
            ways.push(format!("the file `{path}` in {folder}"));
        }
        ways.extend(self.declared.and_then(|metadata| self.ways.argument(metadata, path)));
        let mut help = if ways.is_empty() {
            format!("no file or variable is among the layers; add one, or `.set(\"{path}\", …)`")
        } else {
            format!("set {}", ways.join(", or "))
        };
        if let Some(notes) = self.notes_on(path) {
            help.push_str("; ");
            help.push_str(&notes);
        }
        help
    }

    fn variables_of(&self, missing: &Missing, path: &str) -> Vec<String> {
        let name = self.declared.and_then(|metadata| self.ways.variable(metadata, path));
        match name {
            Some(name) if missing.field.is_secret() => vec![name.clone(), format!("{name}_FILE")],
            name => name.into_iter().collect(),
        }
    }

    /// The file that holds the element of a list around, or the table, else the lowest file.
    fn file_for(&self, missing: &Missing, has_variable: bool) -> Option<Target> {
        let table = &*missing.table;
        if let Some(element) = missing.element.as_ref().filter(|element| !element.nodes.is_empty()) {
            let target = self.file_of(element, table);
            // What variables alone made is completed by them.
            if target.is_some() || has_variable {
                return target;
            }
        }
        let is_file =
            |bound: &&Bound| matches!(bound.document.origin_kind(), OriginKind::File | OriginKind::Text);
        let can_hold = |format| table.is_empty() || Target::nesting_of(format) != Nesting::Flat;
        let fits = |bound: &&Bound| is_file(bound) && can_hold(bound.document.format());
        let path = path::parse(table).unwrap_or_default();
        let mut files = self.layers.iter().filter(fits);
        let holds = |bound: &&Bound| self.way_to(&path, bound.document.root()).len() == path.len();
        let first = files.clone().next();
        let found = files.find(holds).or(first);
        found.map(|bound| self.target(bound, path.clone())).or_else(|| {
            let files = self.stack.steps.iter().filter(|step| matches!(step, Step::File(_)));
            let mut targets = files.map(|step| {
                let name = step.name();
                let format = Format::among(&self.stack.formats, Path::new(&*name));
                Target { name: name.into_owned(), format, table: table_of(&path) }
            });
            targets.find(|target| can_hold(target.format))
        })
    }

    /// The lowest file that has an element, with the table at the position that the element has in it.
    fn file_of(&self, element: &ElementOf, table: &str) -> Option<Target> {
        let inside = path::parse(table).ok()?.split_off(element.steps);
        element.nodes.iter().rev().find_map(|at| {
            let bound = &self.layers[at.layer as usize];
            let is_file = matches!(bound.document.origin_kind(), OriginKind::File | OriginKind::Text);
            let own = path_of(bound.document.node(at.node)).filter(|_| is_file)?;
            let path = path::parse(&own).ok()?.into_iter().chain(inside.iter().cloned());
            Some(self.target(bound, path.collect()))
        })
    }

    /// A file that is there, with the table as it is spelt in it.
    fn target(&self, bound: &Bound, mut path: Vec<Segment<'_>>) -> Target {
        let document = &bound.document;
        let way = self.way_to(&path, document.root());
        for (step, node) in path.iter_mut().zip(way) {
            if let Segment::Key(key) = step {
                *key = Cow::Owned(node.key().to_owned());
            }
        }
        Target { name: document.name().to_owned(), format: document.format(), table: table_of(&path) }
    }

    /// The nodes on the way along a path, as far as a document has them. The type may stand below
    /// the root.
    fn way_to<'n>(&self, path: &[Segment<'_>], root: NodeRef<'n>) -> Vec<NodeRef<'n>> {
        let mut way: Vec<NodeRef<'n>> = Vec::new();
        let mut longest = Vec::new();
        for section in 0..=path.len() {
            let node = way.last().copied().unwrap_or(root);
            let inside = self.declared.map(|metadata| trail(metadata, node, &path[section..]));
            let found = [way.as_slice(), &inside.unwrap_or_default()].concat();
            if found.len() > longest.len() {
                longest = found;
            }
            let Some(next) = path.get(section).and_then(|step| plain(node, step)) else { break };
            way.push(next);
        }
        longest
    }
}

/// A path that outlives what it was read from.
fn table_of(path: &[Segment<'_>]) -> Vec<Segment<'static>> {
    path.iter().cloned().map(Segment::into_owned).collect()
}
