//! What commands ask a stack, besides loading it.

use confkit_sources::env::{Declared, Names, Variables, declared_names, variable_for};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Read, ReadContext, Source as _, System};

use super::builder::Loader;
use super::stack::{self, Stack, Step};
use crate::config::Config;

impl<T: Config> Loader<T> {
    /// Where files and variables are looked up.
    pub(crate) fn looked_up_in(&self) -> &System {
        &self.stack.system
    }

    /// Where the type stands below the root.
    pub(crate) fn section_path(&self) -> Vec<Segment<'static>> {
        let section = stack::section(&self.section).unwrap_or_default();
        section.into_iter().map(Segment::into_owned).collect()
    }

    /// The variable that chooses the profile.
    pub(crate) fn profile_variable(&self) -> Option<&str> {
        self.stack.profile_env.as_deref().or(T::METADATA.loading().profile_env())
    }

    /// Every variable of the type, whether or not variables are among the layers.
    pub(crate) fn declared_variables(&self) -> Vec<Declared> {
        self.named(|names| declared_names(&names))
    }

    /// The variable of a setting.
    pub(crate) fn variable(&self, path: &str) -> Option<String> {
        let path = path::parse(path).ok()?;
        self.named(|names| variable_for(&names, &path))
    }

    /// Where variables are set, topmost first, with their names: in files of variables, and in the
    /// environment if it is a layer.
    pub(crate) fn set_variables(&self) -> Vec<(String, Variables)> {
        let Stack { system, root, .. } = &self.stack;
        let profile = self.stack.chosen_profile(Some(T::METADATA)).name;
        let cx = ReadContext::new().with_system(system.clone()).with_root(root).with_profile(&profile);
        let read = |step: &Step| match step {
            Step::Env => Some(("environment".to_owned(), Variables::of_system(system, root))),
            Step::Dotenv(file) => match file.read(&cx) {
                Ok(Read::Document(document, _)) => {
                    Some((document.name().to_owned(), Variables::of_document(document, system, root)))
                }
                // What is wrong with one is told by a load.
                _ => None,
            },
            _ => None,
        };
        self.stack.steps.iter().rev().filter_map(read).collect()
    }

    fn named<R>(&self, ask: impl FnOnce(Names<'_>) -> R) -> R {
        let section = self.section_path();
        let prefix = self.stack.prefix.as_deref().or(T::METADATA.loading().env_prefix());
        let prefix = prefix.map(|prefix| prefix.strip_suffix('_').unwrap_or(prefix));
        ask(Names { prefix, section: &section, metadata: T::METADATA })
    }
}
