//! Secrets that a document repeats where no secret is declared, as a URL repeats a password.

use std::collections::BTreeSet;

use confkit_sources::{Document, Fate, NodeKind, NodeRef, path};

use super::along::Told;
use crate::report::{Code, KnownSecrets};

/// A problem for every string that is kept and has the text of a secret in it.
pub(super) fn find(document: &Document, secrets: &[u32], fates: &[Fate]) -> Vec<Told> {
    let mut texts = BTreeSet::new();
    secrets.iter().for_each(|secret| strings(document.node(*secret), &mut texts));
    let mut told = Vec::new();
    let known = KnownSecrets::new(texts);
    kept(document.root(), fates, &known, &mut String::new(), &mut told);
    told
}

fn is_string(node: NodeRef<'_>) -> bool {
    matches!(node.kind(), NodeKind::String | NodeKind::Text)
}

fn strings(node: NodeRef<'_>, texts: &mut BTreeSet<String>) {
    if is_string(node) {
        texts.insert(node.text().to_owned());
    }
    node.items().for_each(|inner| strings(inner, texts));
}

fn kept(node: NodeRef<'_>, fates: &[Fate], known: &KnownSecrets, at: &mut String, told: &mut Vec<Told>) {
    if fates[node.id() as usize].is_left_out {
        return;
    }
    if is_string(node) && known.show_in(node.text()) {
        told.push(Told {
            code: Code::Unwritable,
            path: at.clone(),
            message: format!("{at} cannot be written: it has the text of a secret in it"),
            help: "declare it secret, or write with `Secrets::Expose`".to_owned(),
        });
    }
    let length = at.len();
    for (index, inner) in node.items().enumerate() {
        match node.kind() {
            NodeKind::Array => path::push_index(at, index),
            _ => path::push_key(at, inner.key()),
        }
        kept(inner, fates, known, at, told);
        at.truncate(length);
    }
}
