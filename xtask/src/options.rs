//! Reading a command's own arguments.

use crate::error::{Error, Result};

/// The arguments of one command, taken out one by one.
pub(crate) struct Options {
    left: Vec<String>,
}

impl Options {
    /// All arguments after the command's name.
    pub(crate) fn new(arguments: &[String]) -> Self {
        Self { left: arguments.to_vec() }
    }

    /// Whether `--name` was given.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|argument| argument != name);
        self.left.len() < before
    }

    /// The number after `--name`.
    pub(crate) fn number(&mut self, name: &str) -> Result<Option<u64>> {
        let Some(at) = self.left.iter().position(|argument| argument == name) else {
            return Ok(None);
        };
        let value = self.left.get(at + 1).and_then(|text| text.parse().ok());
        let value = value.ok_or_else(|| Error::new(format!("{name} wants a whole number after it")))?;
        self.left.drain(at..=at + 1);
        Ok(Some(value))
    }

    /// What is left must be names out of `known`.
    pub(crate) fn names(self, what: &str, known: &[&str]) -> Result<Vec<String>> {
        match self.left.iter().find(|name| !known.contains(&name.as_str())) {
            Some(stray) => {
                Err(Error::new(format!("there is no {what} `{stray}`; there are: {}", known.join(", "))))
            }
            None => Ok(self.left),
        }
    }

    /// Nothing may be left.
    pub(crate) fn finish(self) -> Result<()> {
        match self.left.first() {
            Some(stray) => Err(Error::new(format!("`{stray}` means nothing here"))),
            None => Ok(()),
        }
    }
}
