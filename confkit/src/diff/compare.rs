//! Two documents of settings in force, node by node.

use std::collections::BTreeSet;

use confkit_sources::{NodeKind, NodeRef, path};

use super::{Change, Difference, Side};
use crate::effective::Effective;
use crate::explain::{shown, shown_key};
use crate::report::{KnownSecrets, clean, clean_origin};
use crate::secret::MASK;

/// Everything that differs, in the order of the documents.
pub(super) fn compare(old: &Effective, new: &Effective) -> Vec<Difference> {
    let mut texts = BTreeSet::new();
    for side in [old, new] {
        side.secrets.iter().for_each(|&secret| secret_texts(side.document.node(secret), &mut texts));
    }
    let mut compare =
        Compare { old, new, secrets: KnownSecrets::new(texts), path: String::new(), list: Vec::new() };
    compare.both(old.document.root(), new.document.root());
    compare.list
}

fn secret_texts(node: NodeRef<'_>, texts: &mut BTreeSet<String>) {
    if node.kind() == NodeKind::String {
        texts.insert(node.text().to_owned());
    }
    node.items().for_each(|inside| secret_texts(inside, texts));
}

struct Compare<'e> {
    old: &'e Effective,
    new: &'e Effective,
    secrets: KnownSecrets,
    path: String,
    list: Vec<Difference>,
}

impl Compare<'_> {
    /// What both sides have.
    fn both(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) {
        let is_whole = self.old.is_whole(old) || self.new.is_whole(new);
        match (old.kind(), new.kind()) {
            _ if is_whole => self.scalars(old, new),
            (NodeKind::Table, NodeKind::Table) => self.tables(old, new),
            (NodeKind::Array, NodeKind::Array) => self.lists(old, new),
            _ => self.scalars(old, new),
        }
    }

    fn scalars(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) {
        if !is_same(old, new) {
            self.push(Change::Changed, Some(old), Some(new));
        }
    }

    fn tables(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) {
        if old.items().map(NodeRef::key).eq(new.items().map(NodeRef::key)) {
            // As nearly always: nothing has to be looked up.
            for ((key, before), after) in old.entries().zip(new.items()) {
                self.at(Step::Key(key), |compare| compare.both(before, after));
            }
            return;
        }
        for key in keys(old, new) {
            self.at(Step::Key(key), |compare| match (old.get(key), new.get(key)) {
                (Some(before), Some(after)) => compare.both(before, after),
                (Some(before), None) => compare.one(Change::Removed, before),
                (None, Some(after)) => compare.one(Change::Added, after),
                (None, None) => {}
            });
        }
    }

    /// Elements are the same at one position, or if they have one key.
    fn lists(&mut self, old: NodeRef<'_>, new: NodeRef<'_>) {
        let name = self.new.key_of(new).filter(|name| self.old.key_of(old) == Some(*name));
        let before: Vec<NodeRef<'_>> = old.items().collect();
        let mut is_met = vec![false; before.len()];
        for (index, after) in new.items().enumerate() {
            let known = match name {
                Some(name) => before.iter().position(|before| has_key_of(*before, after, name)),
                None => Some(index).filter(|index| *index < before.len()),
            };
            self.at(Step::Index(index), |compare| match known {
                Some(known) => {
                    is_met[known] = true;
                    compare.both(before[known], after);
                }
                None => compare.one(Change::Added, after),
            });
        }
        for (index, before) in before.into_iter().enumerate().filter(|(index, _)| !is_met[*index]) {
            self.at(Step::Index(index), |compare| compare.one(Change::Removed, before));
        }
    }

    /// What one side has: a table is told by what is inside.
    fn one(&mut self, change: Change, node: NodeRef<'_>) {
        let side = if change == Change::Added { self.new } else { self.old };
        let is_table = |node: NodeRef<'_>| node.kind() == NodeKind::Table && node.items().next().is_some();
        if side.is_whole(node) {
            return self.only(change, node);
        }
        match node.kind() {
            NodeKind::Table if is_table(node) => {
                for (key, inside) in node.entries() {
                    self.at(Step::Key(key), |compare| compare.one(change, inside));
                }
            }
            NodeKind::Array if node.items().any(is_table) => {
                for (index, inside) in node.items().enumerate() {
                    self.at(Step::Index(index), |compare| compare.one(change, inside));
                }
            }
            _ => self.only(change, node),
        }
    }

    fn only(&mut self, change: Change, node: NodeRef<'_>) {
        match change {
            Change::Added => self.push(change, None, Some(node)),
            _ => self.push(change, Some(node), None),
        }
    }

    fn at(&mut self, step: Step<'_>, visit: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        match step {
            Step::Key(key) => path::push_key(&mut self.path, key),
            Step::Index(index) => path::push_index(&mut self.path, index),
        }
        visit(self);
        self.path.truncate(length);
    }

    fn push(&mut self, change: Change, old: Option<NodeRef<'_>>, new: Option<NodeRef<'_>>) {
        let is_secret = old.is_some_and(|node| self.old.is_secret(node))
            || new.is_some_and(|node| self.new.is_secret(node));
        let side = |node: Option<NodeRef<'_>>, of: &Effective| {
            node.map(|node| Side {
                value: if is_secret { MASK.to_owned() } else { self.shown(of, node) },
                origin: clean_origin(node.origin()),
            })
        };
        let (old, new) = (side(old, self.old), side(new, self.new));
        let path = clean(&self.path).into_owned();
        self.list.push(Difference { path, change, is_secret, old, new });
    }

    /// A value as explanations show it, without any secret's text.
    fn shown(&self, of: &Effective, node: NodeRef<'_>) -> String {
        self.secrets.mask(&of.shown(node, true)).into_owned()
    }
}

enum Step<'k> {
    Key(&'k str),
    Index(usize),
}

impl Effective {
    fn is_secret(&self, node: NodeRef<'_>) -> bool {
        self.secrets.contains(&node.id())
    }

    /// Whether nothing of what is inside may be told by itself.
    fn is_whole(&self, node: NodeRef<'_>) -> bool {
        self.is_secret(node) || self.made.contains(&node.id())
    }

    /// The key by which the elements of a list are the same.
    fn key_of(&self, list: NodeRef<'_>) -> Option<&'static str> {
        self.keyed.iter().find(|(node, _)| *node == list.id()).map(|(_, name)| *name)
    }

    fn shown(&self, node: NodeRef<'_>, outer: bool) -> String {
        if self.is_secret(node) {
            return MASK.to_owned();
        } else if self.made.contains(&node.id()) {
            return "…".to_owned();
        }
        match node.kind() {
            NodeKind::Array => {
                let items: Vec<String> = node.items().map(|item| self.shown(item, false)).collect();
                format!("[{}]", items.join(", "))
            }
            NodeKind::Table if node.items().next().is_none() => "{}".to_owned(),
            NodeKind::Table => {
                let entry = |(key, inside): (&str, NodeRef<'_>)| {
                    format!("{} = {}", shown_key(key), self.shown(inside, false))
                };
                format!("{{ {} }}", node.entries().map(entry).collect::<Vec<_>>().join(", "))
            }
            _ => shown(node, outer),
        }
    }
}

/// The keys of two tables: those of the first, and each other one behind the key that it follows.
fn keys<'d>(old: NodeRef<'d>, new: NodeRef<'d>) -> Vec<&'d str> {
    let mut keys: Vec<&str> = old.items().map(NodeRef::key).collect();
    let mut behind = 0;
    for key in new.items().map(NodeRef::key) {
        if let Some(known) = keys.iter().position(|known| *known == key) {
            behind = known;
        } else {
            keys.insert(behind, key);
        }
        behind += 1;
    }
    keys
}

/// Whether two tables have the same value under a key.
fn has_key_of(one: NodeRef<'_>, other: NodeRef<'_>, name: &str) -> bool {
    matches!((one.get(name), other.get(name)), (Some(one), Some(other)) if is_same(one, other))
}

/// Whether two nodes have the same value, whatever they are written like and wherever they stand.
fn is_same(old: NodeRef<'_>, new: NodeRef<'_>) -> bool {
    match (old.kind(), new.kind()) {
        (NodeKind::Table, NodeKind::Table) => {
            let is_in_new =
                |(key, inside): (&str, NodeRef<'_>)| new.get(key).is_some_and(|other| is_same(inside, other));
            old.items().count() == new.items().count() && old.entries().all(is_in_new)
        }
        (NodeKind::Array, NodeKind::Array) => {
            old.items().count() == new.items().count()
                && old.items().zip(new.items()).all(|(old, new)| is_same(old, new))
        }
        (NodeKind::Integer, NodeKind::Integer) => integer(old) == integer(new),
        (NodeKind::Float, NodeKind::Float) => float(old) == float(new),
        (one, other) => one == other && old.text() == new.text(),
    }
}

/// A whole number without its sign, and whether it has one.
fn integer(node: NodeRef<'_>) -> (bool, Option<u128>) {
    let text = node.text();
    let digits = text.trim_start_matches(['+', '-']);
    let number = u128::from_str_radix(digits, node.radix()).ok();
    (text.starts_with('-') && number != Some(0), number)
}

/// The bits of a number, so that one that is not a number equals itself.
fn float(node: NodeRef<'_>) -> Option<u64> {
    node.text().parse::<f64>().ok().map(|number| if number.is_nan() { f64::NAN } else { number }.to_bits())
}
