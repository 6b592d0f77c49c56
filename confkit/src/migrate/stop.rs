//! Why a migration cannot go on.

use std::fmt;

use crate::report::{Code, KnownSecrets};
use crate::resolve::{Draft, PlaceOf, Ref};

/// What a step's own code may fail with: any error, or a text.
///
/// # Example
///
/// ```
/// use confkit::migrate::Failure;
///
/// fn seconds(text: &str) -> Result<u64, Failure> {
///     let digits = text.strip_suffix('s').ok_or("the unit is missing")?;
///     Ok(digits.parse()?)
/// }
///
/// assert_eq!(seconds("30s").unwrap(), 30);
/// assert_eq!(seconds("30").unwrap_err().to_string(), "the unit is missing");
/// ```
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A migration that cannot go on, and where.
#[derive(Debug)]
pub(crate) struct Stop {
    code: Code,
    path: String,
    message: String,
    help: Option<String>,
    /// The number of the node it is about.
    node: Option<u32>,
    /// Another node that has part in it.
    other: Option<u32>,
}

impl Stop {
    pub(super) fn new(code: Code, path: &str, message: impl Into<String>) -> Self {
        Self { code, path: path.to_owned(), message: message.into(), help: None, node: None, other: None }
    }

    pub(super) fn at(self, node: Option<u32>) -> Self {
        Self { node, ..self }
    }

    pub(super) fn beside(self, node: u32) -> Self {
        Self { other: Some(node), ..self }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// The same with something to do, if nothing is known yet.
    pub(super) fn or_help(self, help: String) -> Self {
        Self { help: self.help.or(Some(help)), ..self }
    }

    /// What the code of a step said, without the texts that may be secret; a `Stop` stays one.
    pub(super) fn of(failure: Failure, told: impl FnOnce(String) -> Self, hidden: &KnownSecrets) -> Self {
        match failure.downcast::<Self>() {
            Ok(stop) => *stop,
            Err(failure) => told(hidden.mask(&failure.to_string()).into_owned()),
        }
    }

    /// The same as a draft of a report, in the document of a layer.
    pub(crate) fn into_draft(self, secret: bool) -> Draft {
        let mut draft = Draft::new(self.code, self.path, self.message);
        let place = |node| PlaceOf::Key(Ref { layer: 0, node });
        draft.place = self.node.map(place);
        draft.related =
            self.other.map(|other| (place(other), "it is here already".to_owned())).into_iter().collect();
        draft.help = self.help;
        draft.secret = secret;
        draft
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Stop {}
