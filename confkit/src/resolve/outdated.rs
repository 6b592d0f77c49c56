//! Warnings about what is given under an old name, or is deprecated.

use confkit_sources::declared::{Field, Kind};
use confkit_sources::path::{push_index, push_key};
use confkit_sources::{NodeKind, NodeRef, OriginKind};

use super::section::taker;
use super::{Cx, Draft, PlaceOf, Ref, Scope, is_patch};
use crate::report::{Code, Severity};

impl Cx<'_> {
    /// Warns of each key of a table that somebody should change. Documents without such keys, and
    /// defaults, say nothing.
    #[cold]
    pub(super) fn outdated(&mut self, scope: &Scope, table: Ref) {
        let section = self.path_text();
        for node in self.shared.node(table).items() {
            let Some(field) = taker(scope, node.key()).map(|index| scope.field(index)) else { continue };
            let mut path = section.clone();
            push_key(&mut path, field.key());
            if let Some(former) = field.former(node.key()) {
                let mut old = section.clone();
                push_key(&mut old, former);
                for (at, inside) in places(field, node) {
                    let names = (format!("{old}{inside}"), format!("{path}{inside}"));
                    self.renamed(Ref { node: at, ..table }, field, names);
                }
            }
            if let Some(note) = field.deprecated() {
                let note = if note.is_empty() { String::new() } else { format!(": {note}") };
                for (at, inside) in places(field, node) {
                    let message = format!("`{path}{inside}` is deprecated{note}");
                    self.push(warning(Ref { node: at, ..table }, format!("{path}{inside}"), message));
                }
            }
        }
    }

    /// Warns of a name. That of a variable or an argument may be old in several parts, and is told
    /// once: from what is given to what is right in all of them.
    fn renamed(&mut self, at: Ref, field: &Field, (old, new): (String, String)) {
        let is_same =
            |draft: &&mut Draft| draft.place == Some(PlaceOf::Key(at)) && draft.suggestion.is_some();
        let told = if is_named_whole(self.shared.node(at)) {
            self.drafts.iter_mut().filter(|draft| draft.code == Code::Deprecated).find(is_same)
        } else {
            None
        };
        let message = |old: &str| format!("`{old}` is now `{new}`");
        if let Some(draft) = told {
            let old = draft.params.first().map_or(old.as_str(), |(_, old)| old);
            draft.message = message(old);
            draft.path = new;
            return;
        }
        let mut draft = warning(at, new.clone(), message(&old));
        draft.suggestion = Some(field.key().to_owned());
        draft.params.push(("renamed_from", old));
        self.push(draft);
    }
}

fn warning(at: Ref, path: String, message: String) -> Draft {
    let draft = Draft::new(Code::Deprecated, path, message).at(PlaceOf::Key(at));
    Draft { severity: Severity::Warning, ..draft }
}

/// The nodes to point at, each with its path below the field. Variables and arguments have a name
/// for every value, and none for the tables that these make.
fn places(field: &Field, node: NodeRef<'_>) -> Vec<(u32, String)> {
    let mut places = Vec::new();
    if is_named_whole(node) {
        if !is_unset(field, node) {
            leaves(node, &mut String::new(), &mut places);
        }
    } else {
        places.push((node.id(), String::new()));
    }
    places
}

/// Whether a node comes from something with one name for the whole path.
fn is_named_whole(node: NodeRef<'_>) -> bool {
    matches!(node.document().origin_kind(), OriginKind::Variable | OriginKind::Argument)
}

fn leaves(node: NodeRef<'_>, path: &mut String, found: &mut Vec<(u32, String)>) {
    if node.kind() != NodeKind::Table {
        return found.push((node.id(), path.clone()));
    }
    for inside in node.items() {
        let end = path.len();
        match inside.key().parse() {
            Ok(index) if is_patch(node) => push_index(path, index),
            _ => {
                // The field's own path stands before.
                path.push('.');
                let mut key = String::new();
                push_key(&mut key, inside.key());
                path.push_str(&key);
            }
        }
        leaves(inside, path, found);
        path.truncate(end);
    }
}

/// Empty text of a variable counts only for fields that keep text.
pub(super) fn is_unset(field: &Field, node: NodeRef<'_>) -> bool {
    let keeps_text = || field.kind().is_some_and(|kind| *kind.kind() == Kind::Text);
    is_named_whole(node) && node.kind() == NodeKind::Text && node.text().trim().is_empty() && !keeps_text()
}
