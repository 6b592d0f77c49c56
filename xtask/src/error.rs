//! What went wrong, in words for the person at the terminal.

use std::fmt;

/// The result of a command or a step.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// A failure that ends the command.
#[derive(Debug)]
pub(crate) struct Error(String);

impl Error {
    /// A failure told in `message`.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says what was being done when a system call or a parser failed.
pub(crate) trait Context<T> {
    /// Turns any failure into `what: failure`.
    fn context(self, what: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, what: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|error| Error(format!("{}: {error}", what())))
    }
}
