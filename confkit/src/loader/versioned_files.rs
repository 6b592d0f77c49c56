//! The files of a stack, in every profile, for those who change them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use confkit_sources::declared::{Metadata, Unknown};
use confkit_sources::path::Segment;
use confkit_sources::{Document, File, Read, ReadContext, Source, System};

use super::layers::{Bound, problems_of};
use super::profile::Profile;
use super::stack::{self, Stack, Step};
use super::{Loader, found, unreadable};
use crate::config::Config;
use crate::report::Problem;
use crate::resolve::Draft;

/// The files of a stack, and what tells of them.
#[derive(Debug, Clone)]
pub(crate) struct VersionedFiles {
    stack: Stack,
    pub(crate) metadata: &'static Metadata,
    section: String,
}

/// A file that was read.
pub(crate) struct ReadFile {
    pub(crate) document: Document,
    pub(crate) path: PathBuf,
    /// Its position in the stack.
    position: usize,
}

impl VersionedFiles {
    pub(crate) fn of<T: Config>(loader: &Loader<T>) -> Self {
        Self { stack: loader.stack.clone(), metadata: T::METADATA, section: loader.section.clone() }
    }

    /// The same with a file that no layer is read from.
    pub(crate) fn with(mut self, file: File) -> Self {
        self.stack.steps.push(Step::File(file));
        self
    }

    pub(crate) fn system(&self) -> &System {
        &self.stack.system
    }

    pub(crate) fn section(&self) -> Vec<Segment<'static>> {
        let section = stack::section(&self.section).unwrap_or_default();
        section.into_iter().map(Segment::into_owned).collect()
    }

    /// Reads all files that are there: those of every profile that has some.
    pub(crate) fn read(&self) -> (Vec<ReadFile>, Vec<Problem>) {
        let (mut files, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for profile in self.profiles() {
            let expanded = found::expand(&self.stack, &profile);
            let stack = expanded.as_ref().unwrap_or(&self.stack);
            for (position, step) in stack.steps.iter().enumerate() {
                let Step::File(file) = step else { continue };
                if !seen.insert(file.path().replace("{profile}", &profile.name)) {
                    continue;
                }
                match self.read_file(file, &profile.name) {
                    Ok(Some((document, path))) => files.push(ReadFile { document, path, position }),
                    Ok(None) => {}
                    Err(error) => {
                        let declared = Some(self.metadata);
                        problems.extend(unreadable::source_problems(stack, position, &error, declared));
                    }
                }
            }
        }
        (files, problems)
    }

    /// The chosen profile, and those for which there are files.
    fn profiles(&self) -> Vec<Profile> {
        let chosen = self.stack.chosen_profile(Some(self.metadata));
        let mut named = self.stack.profiles_of_files();
        named.remove(&chosen.name);
        std::iter::once(chosen).chain(named.into_iter().map(|name| Profile::new(&name, None))).collect()
    }

    fn read_file(
        &self,
        file: &File,
        profile: &str,
    ) -> Result<Option<(Document, PathBuf)>, confkit_sources::SourceError> {
        let is_of_profile = file.path().contains("{profile}");
        let file = if is_of_profile { file.clone().optional() } else { file.clone() };
        let cx = ReadContext::new()
            .with_system(self.stack.system.clone())
            .with_root(&self.stack.root)
            .with_profile(profile)
            .with_formats(&self.stack.formats)
            .with_declared(self.metadata);
        let Read::Document(document, _) = file.read(&cx)? else { return Ok(None) };
        let path = self.stack.root.join(document.name());
        Ok(Some((document, path)))
    }

    /// What is told of a document.
    pub(crate) fn problems(&self, document: Document, position: usize, draft: Draft) -> Vec<Problem> {
        let document = Arc::new(document);
        let bound = Bound { position, unknown: Unknown::Deny, document, whole: None, moves: None };
        problems_of(&self.stack, self.metadata, bound, vec![draft])
    }
}

impl ReadFile {
    pub(crate) fn position(&self) -> usize {
        self.position
    }
}
