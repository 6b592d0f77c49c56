//! Why a text was not edited.

use std::fmt;

use crate::document::SerializeError;
use crate::exposure::REFUSED;
use crate::format::Format;
use crate::path::{self, Segment};

/// An edit that was not made. The text is as it was.
///
/// Keys are shown, values never.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "dotenv")] {
/// use confkit_sources::{EditErrorKind, Editor, Format};
///
/// let mut editor = Editor::new(Format::Dotenv, ".env", "DATABASE_HOST=db\n").unwrap();
/// let error = editor.remove("DATABSE_HOST").unwrap_err();
/// assert_eq!(error.kind, EditErrorKind::Missing);
/// assert_eq!(error.to_string(), "`DATABSE_HOST` does not exist: did you mean `DATABASE_HOST`?");
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EditError {
    /// What kind of obstacle it is.
    pub kind: EditErrorKind,
    /// The path that it is about.
    pub path: String,
    /// What is wrong, as the end of a sentence that begins with the path.
    pub message: String,
    /// What to do instead, where that is known.
    pub help: Option<String>,
}

/// The kinds of obstacle to an edit.
///
/// # Example
///
/// ```
/// # #[cfg(feature = "ini")] {
/// use confkit_sources::{EditErrorKind, Editor, Format};
///
/// let mut editor = Editor::new(Format::Ini, "app.ini", "port = 80\n").unwrap();
/// let kinds = [
///     editor.set("port.", 1).unwrap_err().kind,
///     editor.set("port.inner", 1).unwrap_err().kind,
///     editor.append("port", 81).unwrap_err().kind,
/// ];
/// assert_eq!(kinds, [EditErrorKind::NotAPath, EditErrorKind::InTheWay, EditErrorKind::Value]);
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// The path is not one.
    NotAPath,
    /// What the path names does not exist.
    Missing,
    /// On the way stands something that holds no such part.
    InTheWay,
    /// A key is there already.
    Exists,
    /// The format cannot hold the value or the key.
    Value,
    /// The value has a secret in it, which is written inside `confkit::with_exposed` alone.
    SecretValue,
    /// The text is written in a way in which this edit cannot be made without changing something else.
    Refused,
}

impl EditError {
    pub(super) fn new(kind: EditErrorKind, path: &[Segment<'_>], message: impl Into<String>) -> Self {
        Self { kind, path: path::to_string(path), message: message.into(), help: None }
    }

    pub(super) fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// A format that cannot hold something; `what` is said of it.
    pub(super) fn unfit(format: Format, path: &[Segment<'_>], what: &str, help: &str) -> Self {
        let message = format!("cannot be written: {} has no {what}", title(format));
        Self::new(EditErrorKind::Value, path, message).with_help(help)
    }

    /// A value that refuses to be written; its error knows which part of it does.
    pub(super) fn unwritten(path: &[Segment<'_>], error: &SerializeError) -> Self {
        let mut place = path::to_string(path);
        let inside = error.path();
        place.push_str(if inside.is_empty() || inside.starts_with('[') { "" } else { "." });
        place.push_str(&inside);
        let said = error.to_string();
        let (kind, message, help) = if said == REFUSED {
            let help = "write it inside `confkit::with_exposed`";
            (EditErrorKind::SecretValue, "is a secret, which is not shown".to_owned(), Some(help.to_owned()))
        } else {
            (EditErrorKind::Value, format!("cannot be written: {said}"), None)
        };
        Self { kind, path: place, message, help }
    }

    pub(super) fn refused(path: &[Segment<'_>], why: &str) -> Self {
        Self::new(EditErrorKind::Refused, path, format!("cannot be edited here: {why}"))
            .with_help("change it by hand")
    }

    /// A key that is not there; one of `known` may have been meant.
    pub(super) fn missing<'k>(path: &[Segment<'_>], known: impl Iterator<Item = &'k str>) -> Self {
        let error = Self::new(EditErrorKind::Missing, path, "does not exist");
        let Some((Segment::Key(wanted), parents)) = path.split_last() else { return error };
        match nearest(wanted, known) {
            None => error,
            Some(near) => {
                let near = path::to_string(&[parents, &[Segment::key(near)]].concat());
                error.with_help(format!("did you mean `{near}`?"))
            }
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.message)?;
        match &self.help {
            Some(help) => write!(f, ": {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for EditError {}

/// The format's name in a sentence.
pub(super) fn title(format: Format) -> &'static str {
    match format.as_str() {
        "toml" => "TOML",
        "json" => "JSON",
        "jsonc" => "JSON with comments",
        "json5" => "JSON5",
        "yaml" | "yaml with merge keys" => "YAML",
        "ini" => "INI",
        other => other,
    }
}

/// The name that was probably meant: one slip for each three letters.
fn nearest<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let near = |name: &'k str| {
        let distance = strsim::damerau_levenshtein(&wanted.to_lowercase(), &name.to_lowercase());
        let letters = wanted.chars().count().min(name.chars().count());
        (distance <= letters / 3).then_some((distance, name))
    };
    known.filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}
