//! Documents as text, in every format that can hold them.
//!
//! One module for each format. None of them knows where in the document it is: what cannot be written
//! is noted at its node, and paths are made when all is known. How one key or value is spelled in a
//! format is a function of its own there, for those who change a text instead of making one.

#[cfg(feature = "dotenv")]
pub(crate) mod dotenv;
#[cfg(feature = "hcl")]
mod hcl;
#[cfg(feature = "ini")]
pub(crate) mod ini;
#[allow(dead_code, reason = "which parts are used depends on the formats")]
mod inline;
#[cfg_attr(not(feature = "json"), allow(dead_code, reason = "lists in formats without types use a part"))]
#[cfg(any(feature = "dotenv", feature = "ini", feature = "json", feature = "properties"))]
pub(crate) mod json;
#[cfg(feature = "properties")]
pub(crate) mod properties;
#[cfg(feature = "ron")]
mod ron;
#[allow(dead_code, reason = "which parts are used depends on the formats")]
mod scalar;
#[cfg(feature = "toml")]
pub(crate) mod toml;
#[allow(dead_code, reason = "which parts are used depends on the formats")]
#[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
pub(crate) mod untyped;
#[cfg(feature = "yaml")]
pub(crate) mod yaml;

use std::fmt;

use crate::document::{Document, MAX_DEPTH, NodeKind, NodeRef};
use crate::format::Format;
use crate::path;

/// A part of a document that a format cannot hold.
///
/// Messages name keys and contain no values, which may be secret.
///
/// # Example
///
/// ```
/// use confkit_sources::{Document, Format};
///
/// # #[cfg(feature = "json")] {
/// let document = Document::toml("app.toml", "[log]\nsince = 2026-01-31\n".to_owned()).unwrap();
/// let errors = Format::Json.write(&document).unwrap_err();
/// assert_eq!(errors[0].path, "log.since");
/// assert_eq!(
///     errors[0].to_string(),
///     "log.since cannot be written as json: there are no dates; write it as text",
/// );
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteError {
    /// Where it is, as a key path; empty for the document itself.
    pub path: String,
    /// What cannot be held.
    pub message: String,
    /// What to do instead, where that is known.
    pub help: Option<String>,
    /// Whether a limit is passed, as against something the format has no words for.
    pub is_limit: bool,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}

impl std::error::Error for WriteError {}

/// Why something cannot be written, and what to do instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal(pub(crate) &'static str, pub(crate) Option<&'static str>);

const TOO_DEEP: Refusal = Refusal("it is nested deeper than 128 levels", None);
const NOT_A_TABLE: Refusal = Refusal("only a table can stand at the root", None);
const NOT_WRITTEN: Refusal = Refusal("documents are read in this format, not written", None);

impl Format {
    /// Writes a document in this format, its keys in their order.
    ///
    /// Reading the text again gives the same document: the same keys, kinds and values. TOML and INI
    /// have the plain values of a table in front of its tables. In INI, dotenv and properties
    /// everything is text: what is read there is equal once a field's type has read it. Comments and
    /// layout of the text that a document was read from are not kept.
    ///
    /// # Errors
    ///
    /// Everything that the format cannot hold, each with its path: `null` in TOML, dates in JSON,
    /// YAML, RON and HCL, tables in dotenv, text without a type in formats with types.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Document, Format};
    ///
    /// let text = "port = 8_080\nhosts = ['a', 'b']\n[log]\nlevel = \"debug\"".to_owned();
    /// let document = Document::toml("app.toml", text).unwrap();
    /// assert_eq!(
    ///     Format::Toml.write(&document).unwrap(),
    ///     "port = 8080\nhosts = [\"a\", \"b\"]\n\n[log]\nlevel = \"debug\"\n",
    /// );
    /// # #[cfg(feature = "yaml")]
    /// assert_eq!(
    ///     Format::Yaml.write(&document).unwrap(),
    ///     "port: 8080\nhosts:\n  - a\n  - b\nlog:\n  level: debug\n",
    /// );
    /// # #[cfg(feature = "dotenv")]
    /// assert_eq!(Format::Dotenv.write(&document).unwrap_err()[0].path, "log");
    /// ```
    pub fn write(self, document: &Document) -> Result<String, Vec<WriteError>> {
        let root = document.root();
        let mut page = Page::default();
        if let Some(node) = too_deep(root) {
            page.exceed(node, TOO_DEEP);
        } else if root.kind() != NodeKind::Table {
            page.refuse(root, NOT_A_TABLE);
        } else {
            page.document(self, root);
        }
        page.finish(self, root)
    }
}

/// A node that cannot be written.
#[derive(Debug)]
struct Refused {
    node: u32,
    why: Refusal,
    is_limit: bool,
}

/// A text in the making, and what cannot be part of it.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) text: String,
    refused: Vec<Refused>,
}

impl Page {
    fn document(&mut self, format: Format, root: NodeRef<'_>) {
        match format {
            #[cfg(feature = "toml")]
            Format::Toml => toml::write(self, root),
            #[cfg(feature = "json")]
            Format::Json | Format::Jsonc => json::write(self, root, false),
            #[cfg(feature = "json")]
            Format::Json5 => json::write(self, root, true),
            #[cfg(feature = "yaml")]
            Format::Yaml | Format::YamlMerge => yaml::write(self, root),
            #[cfg(feature = "ini")]
            Format::Ini => ini::write(self, root),
            #[cfg(feature = "dotenv")]
            Format::Dotenv => dotenv::write(self, root),
            #[cfg(feature = "properties")]
            Format::Properties => properties::write(self, root),
            #[cfg(feature = "ron")]
            Format::Ron => ron::write(self, root),
            #[cfg(feature = "hcl")]
            Format::Hcl => hcl::write(self, root),
            #[allow(unreachable_patterns, reason = "a format may be read alone")]
            _ => self.refuse(root, NOT_WRITTEN),
        }
    }

    /// Notes that a node cannot be written.
    #[cold]
    fn refuse(&mut self, node: NodeRef<'_>, why: Refusal) {
        self.note(Refused { node: node.id(), why, is_limit: false });
    }

    /// Notes that a node is more than is read.
    #[cold]
    fn exceed(&mut self, node: NodeRef<'_>, why: Refusal) {
        self.note(Refused { node: node.id(), why, is_limit: true });
    }

    fn note(&mut self, refused: Refused) {
        if !self.refused.iter().any(|known| known.node == refused.node) {
            self.refused.push(refused);
        }
    }

    /// Appends what could be written, or notes that it could not.
    #[allow(dead_code, reason = "not every format uses it")]
    fn push(&mut self, node: NodeRef<'_>, written: Result<impl AsRef<str>, Refusal>) {
        match written {
            Ok(text) => self.text.push_str(text.as_ref()),
            Err(why) => self.refuse(node, why),
        }
    }

    fn finish(self, format: Format, root: NodeRef<'_>) -> Result<String, Vec<WriteError>> {
        if self.refused.is_empty() {
            return Ok(self.text);
        }
        let mut errors = Vec::new();
        collect(root, &mut String::new(), &mut |node, path| {
            let refused = self.refused.iter().filter(|refused| refused.node == node.id());
            errors.extend(refused.map(|refused| error(format, path, refused)));
        });
        Err(errors)
    }
}

fn error(format: Format, path: &str, refused: &Refused) -> WriteError {
    let Refusal(reason, help) = refused.why;
    let what = if path.is_empty() { "the document" } else { path };
    WriteError {
        path: path.to_owned(),
        message: format!("{what} cannot be written as {}: {reason}", format.as_str()),
        help: help.map(str::to_owned),
        is_limit: refused.is_limit,
    }
}

/// Visits all nodes with their paths, in the order of the document.
fn collect(node: NodeRef<'_>, path: &mut String, visit: &mut impl FnMut(NodeRef<'_>, &str)) {
    visit(node, path);
    let length = path.len();
    for (index, inner) in node.items().enumerate() {
        match node.kind() {
            NodeKind::Array => path::push_index(path, index),
            _ => path::push_key(path, inner.key()),
        }
        collect(inner, path, visit);
        path.truncate(length);
    }
}

/// The first container that is nested deeper than any reader follows.
fn too_deep(root: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let mut open = vec![root.items()];
    while let Some(items) = open.last_mut() {
        match items.next() {
            Some(node) if node.is_container() && open.len() >= MAX_DEPTH => return Some(node),
            Some(node) if node.is_container() => open.push(node.items()),
            Some(_) => {}
            None => drop(open.pop()),
        }
    }
    None
}
