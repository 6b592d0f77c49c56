//! Settings as text: a value, or a document, in any format that can hold it.
//!
//! Secrets are left out unless they are asked for, wherever they are: fields that are declared secret,
//! and every [`Secret`](crate::Secret) inside other values. They are not masked, since a mask is no
//! value. A list with a secret element is left out as a whole, because the others would move up, and a
//! table of which nothing is left is left out too.
//!
//! # Example
//!
//! ```
//! use confkit::write::{self, Secrets};
//! use confkit::{Config, Format, Secret};
//! use serde::Serialize;
//!
//! #[derive(Config, Serialize)]
//! struct Settings {
//!     port: u16,
//!     host: Option<String>,
//!     #[config(nested)]
//!     database: Database,
//! }
//!
//! #[derive(Config, Serialize)]
//! #[config(rename_all = "kebab-case")]
//! struct Database {
//!     user_name: String,
//!     password: Secret<String>,
//! }
//!
//! let text = "port = 80\n[database]\nuser-name = 'app'\npassword = 'hunter2'\n";
//! let settings = Settings::loader().text(Format::Toml, "app.toml", text).load()?;
//!
//! let written = write::to_string(&settings, Format::Toml, Secrets::Omit)?;
//! assert_eq!(written, "port = 80\n\n[database]\nuser-name = \"app\"\n");
//!
//! let written = write::to_string(&settings, Format::Toml, Secrets::Expose)?;
//! assert!(written.ends_with("password = \"hunter2\"\n"));
//! # Ok::<(), confkit::Report>(())
//! ```

mod along;
mod fields;
#[cfg(feature = "migrate")]
mod hidden;
mod repeated;

#[cfg(feature = "migrate")]
pub(crate) use self::hidden::hidden;
use confkit_sources::declared::Versioned;
use confkit_sources::exposure::{self, Showing};
use confkit_sources::{Document, Format, OriginKind, SerializeError};
use serde::Serialize;

use self::along::{Along, Told};
#[cfg(feature = "generate")]
pub(crate) use self::fields::respelled;
use crate::config::Config;
use crate::report::{Code, Problem, Report};

/// What is done with secrets when settings are written.
///
/// # Example
///
/// ```
/// use confkit::write::Secrets;
///
/// assert_eq!(Secrets::default(), Secrets::Omit);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Secrets {
    /// They are left out.
    #[default]
    Omit,
    /// They are written in clear.
    Expose,
}

/// What is done with settings that no layer gives.
///
/// # Example
///
/// ```
/// use confkit::write::Defaults;
///
/// assert_eq!(Defaults::default(), Defaults::Omit);
/// ```
#[cfg(feature = "diff")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Defaults {
    /// They are left out: what is written is what was given.
    #[default]
    Omit,
    /// Their defaults are written.
    Include,
}

/// Writes settings in a format, under the keys that confkit reads.
///
/// Reading the text again gives the same value, unless secrets were left out. Fields that are `None`
/// or skipped are left out. If files of the type have a version, the text says it.
///
/// # Errors
///
/// A [`Report`] of everything that the format cannot hold, each with its path, and of keys that serde
/// writes and no field reads.
///
/// # Example
///
/// ```
/// use std::time::Duration;
///
/// use confkit::write::{self, Secrets};
/// use confkit::{Code, Config, Format};
/// use serde::Serialize;
///
/// #[derive(Config, Serialize)]
/// struct Settings {
///     timeout: Duration,
///     limit: u64,
/// }
///
/// let settings = Settings { timeout: Duration::from_millis(1500), limit: u64::MAX };
/// let report = write::to_string(&settings, Format::Toml, Secrets::Omit).unwrap_err();
/// assert_eq!(report.problems()[0].code(), Code::Unwritable);
/// assert_eq!(
///     report.problems()[0].message(),
///     "limit cannot be written as toml: integers have 64 bits",
/// );
///
/// let settings = Settings { limit: 10, ..settings };
/// let written = write::to_string(&settings, Format::Toml, Secrets::Omit)?;
/// assert_eq!(written, "timeout = \"1s 500ms\"\nlimit = 10\n");
/// # Ok::<(), confkit::Report>(())
/// ```
pub fn to_string<T: Config + Serialize>(
    settings: &T,
    format: Format,
    secrets: Secrets,
) -> Result<String, Report> {
    let showing = if secrets == Secrets::Expose { Showing::Clear } else { Showing::Nothing };
    let serialized =
        exposure::showing(showing, || Document::serialized(OriginKind::Code, "value", &[], settings));
    match serialized {
        Ok(Some(document)) => {
            #[cfg(feature = "migrate")]
            let document = crate::migrate::with_version(document, T::METADATA, &[]);
            revised::<T>(&document, format, Along::of_value(format, secrets))
        }
        Ok(None) => Ok(String::new()),
        Err(error) => Err(report::<T>([refused(&error)])),
    }
}

/// Writes a document that holds settings of a type, such as the content of one file.
///
/// Values are those of the document, not what they are read as. What the type declares is needed to
/// know which of them are secret: what may have a secret inside, at a place that the type does not
/// tell, is left out with it.
///
/// # Errors
///
/// A [`Report`] of everything that the format cannot hold, each with its path. Where secrets are left
/// out, keys that no field reads are problems too: what is there may be the secret that was meant.
///
/// # Example
///
/// ```
/// use confkit::write::{self, Secrets};
/// use confkit::{Config, Document, Format, Secret};
///
/// #[derive(Config)]
/// struct Settings {
///     user: String,
///     password: Secret<String>,
/// }
///
/// let text = "user = 'app'\npassword = 'hunter2'\n".to_owned();
/// let document = Document::toml("app.toml", text).unwrap();
/// assert_eq!(write::document::<Settings>(&document, Format::Toml, Secrets::Omit)?, "user = \"app\"\n");
///
/// let misspelt = Document::toml("app.toml", "passwrod = 'hunter2'".to_owned()).unwrap();
/// let report = write::document::<Settings>(&misspelt, Format::Toml, Secrets::Omit).unwrap_err();
/// assert_eq!(report.problems()[0].path(), "passwrod");
/// # Ok::<(), confkit::Report>(())
/// ```
pub fn document<T: Config>(document: &Document, format: Format, secrets: Secrets) -> Result<String, Report> {
    revised::<T>(document, format, Along::of_document(format, secrets))
}

fn revised<T: Config>(document: &Document, format: Format, along: Along) -> Result<String, Report> {
    let versioned = T::METADATA.loading().versioned();
    let mut along = along.with_version(versioned.map(Versioned::key));
    along.section(T::METADATA, document.root());
    let (mut fates, told) = along.into_parts(document);
    let revised = document.revised(&mut |node| std::mem::take(&mut fates[node.id() as usize]));
    let written = format.write(&revised);
    let (text, errors) = match written {
        Ok(text) => (text, Vec::new()),
        Err(errors) => (String::new(), errors),
    };
    if told.is_empty() && errors.is_empty() {
        return Ok(text);
    }
    let unwritable = errors.into_iter().map(|error| {
        let code = if error.is_limit { Code::Limit } else { Code::Unwritable };
        Problem::unplaced(code, &error.path, &error.message, error.help.as_deref())
    });
    Err(report::<T>(told.into_iter().map(problem).chain(unwritable)))
}

fn problem(Told { code, path, message, help }: Told) -> Problem {
    Problem::unplaced(code, &path, &message, Some(&help))
}

/// A problem for every string of a document that has the text of one of its secrets in it.
#[cfg(feature = "diff")]
pub(crate) fn repeated(document: &Document, secrets: &[u32]) -> Vec<Problem> {
    let mut fates = vec![confkit_sources::Fate::default(); document.nodes().count()];
    secrets.iter().for_each(|&secret| fates[secret as usize].is_left_out = true);
    repeated::find(document, secrets, &fates).into_iter().map(problem).collect()
}

/// What serde or a type's own `Serialize` did not like.
fn refused(error: &SerializeError) -> Problem {
    let path = error.path();
    let what = if path.is_empty() { "the value" } else { &path };
    Problem::unplaced(Code::Unwritable, &path, &format!("{what} cannot be written: {error}"), None)
}

fn report<T: Config>(problems: impl IntoIterator<Item = Problem>) -> Report {
    let mut report = Report::of_writing(T::METADATA.name());
    problems.into_iter().for_each(|problem| report.add(problem));
    report
}
