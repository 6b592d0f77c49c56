//! How clap reads a value: not at all.

use std::ffi::{OsStr, OsString};

use ::clap::builder::{PossibleValue, TypedValueParser};
use ::clap::{Arg, Command, Error};

/// Takes any text, UTF-8 or not: confkit reads it, and tells what is wrong with it in its one report.
/// The names are there for help and completions.
#[derive(Debug, Clone)]
pub(super) struct Text {
    names: Vec<PossibleValue>,
}

impl Text {
    /// With names and their documentation.
    pub(super) fn with<D: Into<String>>(names: impl IntoIterator<Item = (&'static str, D)>) -> Self {
        let name = |(name, docs): (&'static str, D)| {
            let docs = docs.into();
            let value = PossibleValue::new(name);
            if docs.is_empty() { value } else { value.help(docs) }
        };
        Self { names: names.into_iter().map(name).collect() }
    }
}

impl TypedValueParser for Text {
    type Value = OsString;

    fn parse_ref(&self, _: &Command, _: Option<&Arg>, value: &OsStr) -> Result<OsString, Error> {
        Ok(value.to_owned())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        if self.names.is_empty() { None } else { Some(Box::new(self.names.iter().cloned())) }
    }
}
