//! From files to a document.

use std::collections::BTreeMap;

use super::name::Files;
use super::{Bound, Finding, Mounted};
use crate::env::{Names, Spelling};
use crate::origin::{Origin, OriginKind};
use crate::path::Segment;
use crate::tree::{At, Tree};

impl Mounted {
    /// Binds the files to the names of a declaration.
    pub fn bind(&self, names: &Names<'_>, spelling: Spelling<'_>) -> Bound {
        let mut lookup = Files::new(names, spelling);
        let (mut findings, mut unbound, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        let mut given = BTreeMap::<String, Given<'_>>::new();
        for file in &self.files {
            let mut settings = lookup.find(&file.name);
            if settings.len() > 1 {
                let paths = settings.into_keys().collect();
                findings.push(Finding::Ambiguous { file: self.path(&file.name), paths });
                taken.push(file.name.clone());
                continue;
            }
            let Some((setting, path)) = settings.pop_first() else {
                if lookup.concerns(&file.name) {
                    unbound.push(file.name.clone());
                }
                continue;
            };
            taken.push(file.name.clone());
            if let Some(first) = given.get(&setting) {
                let (first, second) = (self.path(first.file), self.path(&file.name));
                findings.push(Finding::Conflict { path: setting, first, second });
                continue;
            }
            let text = match &file.content {
                Ok(text) => Some(text.as_str()),
                Err(fault) => {
                    let file = self.path(&file.name);
                    findings.push(Finding::File { file, path: setting.clone(), fault: *fault });
                    None
                }
            };
            given.insert(setting, Given { file: &file.name, path, text });
        }
        let (document, parts) = self.tree(given).into_documents();
        Bound { document, parts, findings, unbound, taken }
    }

    /// Puts the texts into a tree. What its values are bound by are names, as those of variables.
    fn tree(&self, given: BTreeMap<String, Given<'_>>) -> Tree<'static> {
        let mut tree = Tree::new(OriginKind::Variable, self.name.clone());
        let mut given: Vec<Given<'_>> = given.into_values().collect();
        // A whole comes before its parts.
        given.sort_by_key(|one| one.path.len());
        for one in given {
            let origin = Origin::new(OriginKind::File, self.path(one.file));
            if let Some(text) = one.text {
                // Nothing stands in the way: each setting has one file.
                let _ = tree.insert(&one.path, text, At::Origin(origin));
            }
        }
        tree
    }
}

/// A setting with its file.
struct Given<'m> {
    file: &'m str,
    path: Vec<Segment<'static>>,
    text: Option<&'m str>,
}
