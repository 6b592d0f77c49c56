//! Paths of settings, as the program gives them.

use confkit_sources::path::{self, Segment};

use super::pipeline::refusal;
use super::shared::Shared;
use crate::config::Config;
use crate::explain::{Declared, normal};
use crate::report::{Code, Report};

impl<T: Config + Send + Sync + 'static> Shared<T> {
    /// Reads a path; returns it in the one spelling that the declaration has for it.
    pub(super) fn path(&self, text: &str) -> Result<Vec<Segment<'static>>, Report> {
        match path::parse(text) {
            Ok(path) => Ok(normal(T::METADATA, &self.options.repeated.section(), &path)),
            Err(error) => {
                let message = format!("`{text}` is not a path: {error}");
                let help = "write it as in `servers[0].host` or `labels.\"a.b\"`";
                Err(refusal::<T>(Code::Invalid, message, Some(help)))
            }
        }
    }

    /// What is declared at a path.
    pub(super) fn declared(&self, path: &[Segment<'_>]) -> Option<Declared> {
        Declared::at(T::METADATA, &self.options.repeated.section(), path)
    }
}
