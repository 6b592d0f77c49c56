//! Changes to a text that keep everything else as it is written.
//!
//! A change becomes steps (`plan`), each of which is made in three acts (`step`). The tree that is meant is
//! computed on a plain model (`tree`). A library or our own code makes the change in the text. Then
//! only those lines of its result are taken that the step may touch (`scope`, `lines`), our strict
//! reader reads them, and if the tree is not exactly the one that was meant, the text stays as it was.

mod comments;
mod error;
mod headers;
mod inline;
#[cfg(feature = "json-edit")]
mod json;
mod lines;
mod plan;
mod relocate;
mod scope;
mod step;
#[cfg(feature = "toml-edit")]
mod toml;
mod tree;
#[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
mod untyped;
mod value;
#[cfg(feature = "yaml-edit")]
mod yaml;

use std::fmt;

use serde::Serialize;

pub use self::error::{EditError, EditErrorKind};
use self::plan::{Path, Step};
#[cfg(feature = "migrate")]
pub(crate) use self::scope::node_at;
use self::tree::Tree;
#[cfg(feature = "migrate")]
pub(crate) use self::tree::Tree as Content;
#[cfg(feature = "migrate")]
pub use self::value::Value;
use crate::document::Document;
use crate::exposure::{self, Showing};
use crate::file::read_text;
use crate::format::Format;
use crate::origin::OriginKind;
use crate::path::{self, Segment};
use crate::source::SourceError;

/// A text of settings that is changed in place: comments, order, blank lines and spelling stay.
///
/// An edit touches the lines of what it changes and no other; all bytes of the others stay, line
/// ends and a byte order mark included. After each edit the new text is read by the strict reader
/// of the format. If it does not mean exactly what was asked for, the edit is refused and the text
/// is as it was before.
///
/// Paths are those of reports: `servers[1].labels."a.b"`.
///
/// | format | feature | notes |
/// |---|---|---|
/// | TOML | `toml-edit` | new tables get headers, beside their siblings |
/// | JSON, JSONC, JSON5 | `json-edit` | commas and indentation as around |
/// | YAML | `yaml-edit` | block or flow as around; nothing that an alias shares |
/// | INI, dotenv, properties | `edit` | values become text |
///
/// # Example
///
/// ```
/// # #[cfg(feature = "ini")] {
/// use confkit_sources::{Editor, Format};
///
/// let text = "# served by nginx\nport = 80\n\n[database]\nhost = db  \n";
/// let mut editor = Editor::new(Format::Ini, "app.ini", text)?;
/// editor.set("port", 8080)?;
/// editor.set("database.user", "orders")?;
/// assert_eq!(
///     editor.text(),
///     "# served by nginx\nport = 8080\n\n[database]\nhost = db  \nuser = orders\n",
/// );
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Editor {
    format: Format,
    document: Document,
}

impl Editor {
    /// Begins to edit a text. The name is that of the file, for messages.
    ///
    /// # Errors
    ///
    /// What is wrong with the text; and a format whose feature for editing is off.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "dotenv")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// assert!(Editor::new(Format::Dotenv, ".env", "HOST=db").is_ok());
    /// assert!(Editor::new(Format::Dotenv, ".env", "HOST").is_err());
    /// # }
    /// ```
    pub fn new(format: Format, name: &str, text: impl Into<String>) -> Result<Self, SourceError> {
        if let Err(help) = support(format) {
            return Err(SourceError::Other {
                message: format!("{name} cannot be edited: {} is not edited here", error::title(format)),
                help: Some(help.to_owned()),
            });
        }
        Ok(Self { format, document: read_text(format, OriginKind::File, name, text.into())? })
    }

    /// Makes a path hold a value, over what it held before. Tables on the way are made where they
    /// are missing.
    ///
    /// A table over a table, and a list over a list, is set part by part: what is equal stays as it
    /// is written, with its comments. A value that is equal already changes no byte. Fields that are
    /// `None` are left out; `None` itself is `null`, where the format has it.
    ///
    /// # Errors
    ///
    /// A path on which something else than a table or list stands, a value that the format cannot
    /// hold, a secret outside of `confkit::with_exposed`, a text in which the edit would change
    /// anything else.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "toml-edit")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let text = "[server]\nport = 80 # behind nginx\n";
    /// let mut editor = Editor::new(Format::Toml, "app.toml", text)?;
    /// editor.set("server.port", 8080)?;
    /// editor.set("server.tls.enabled", true)?;
    /// assert_eq!(
    ///     editor.text(),
    ///     "[server]\nport = 8080 # behind nginx\n\n[server.tls]\nenabled = true\n",
    /// );
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn set(&mut self, path: &str, value: impl Serialize) -> Result<(), EditError> {
        let path = parsed(path)?;
        let value = self.value(&path, &value)?;
        // A list of TOML's headers is gone with its last table and is there again as `[]` with one
        // more step.
        for _ in 0..2 {
            self.make(&plan::set(&self.tree(), &path, value.clone())?)?;
        }
        Ok(())
    }

    /// Removes what a path leads to, with comments directly above it and at its line's end.
    ///
    /// # Errors
    ///
    /// A path that leads nowhere, a text in which the edit would change anything else.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "yaml-edit")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let text = "# all hosts\n\n# the old one\nhost: a\nhosts:\n  - b # one\n  - c # two\n";
    /// let mut editor = Editor::new(Format::Yaml, "app.yaml", text)?;
    /// editor.remove("host")?;
    /// editor.remove("hosts[0]")?;
    /// assert_eq!(editor.text(), "# all hosts\n\nhosts:\n  - c # two\n");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, path: &str) -> Result<(), EditError> {
        let path = parsed(path)?;
        plan::find(&self.tree(), &path)?;
        self.make(&[Step::Remove(path)])
    }

    /// Gives what a path leads to another key, in the same place.
    ///
    /// # Errors
    ///
    /// A path that leads nowhere or to an element of a list, a key that is there already, a text in
    /// which the edit would change anything else.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "json-edit")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let mut editor = Editor::new(Format::Jsonc, "app.jsonc", "{ \"prot\": 80 /* tcp */ }")?;
    /// editor.rename("prot", "port")?;
    /// assert_eq!(editor.text(), "{ \"port\": 80 /* tcp */ }");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn rename(&mut self, path: &str, key: &str) -> Result<(), EditError> {
        let steps = plan::rename(&self.tree(), &parsed(path)?, key)?;
        self.make(&steps)
    }

    /// Adds an element at the end of a list, which is made where it is missing.
    ///
    /// # Errors
    ///
    /// A path that leads to something else than a list, a value that the format cannot hold, a
    /// secret outside of `confkit::with_exposed`, a text in which the edit would change anything else.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "json-edit")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let mut editor = Editor::new(Format::Json, "app.json", "{\"hosts\": [\"a\"]}")?;
    /// editor.append("hosts", "b")?;
    /// assert_eq!(editor.text(), "{\"hosts\": [\"a\", \"b\"]}");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn append(&mut self, path: &str, value: impl Serialize) -> Result<(), EditError> {
        let path = parsed(path)?;
        let behind = match self.tree().at(&path) {
            Some(Tree::List(items)) => items.len(),
            _ => 0,
        };
        let value = self.value(&[&path[..], &[Segment::Index(behind)]].concat(), &value)?;
        #[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
        if !self.format.has_types() {
            return Err(untyped::no_lists(self.format, &path));
        }
        let steps = plan::append(&self.tree(), &path, value)?;
        self.make(&steps)
    }

    /// Returns the text as it is now.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "dotenv")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let mut editor = Editor::new(Format::Dotenv, ".env", "HOST=db\n").unwrap();
    /// editor.set("PORT", 80).unwrap();
    /// assert_eq!(editor.text(), "HOST=db\nPORT=80\n");
    /// # }
    /// ```
    pub fn text(&self) -> &str {
        self.document.text()
    }

    /// Gives up the text as it is now.
    ///
    /// # Example
    ///
    /// ```
    /// # #[cfg(feature = "dotenv")] {
    /// use confkit_sources::{Editor, Format};
    ///
    /// let editor = Editor::new(Format::Dotenv, ".env", "HOST=db").unwrap();
    /// assert_eq!(editor.into_text(), "HOST=db");
    /// # }
    /// ```
    pub fn into_text(self) -> String {
        self.document.into_text()
    }

    fn tree(&self) -> Tree {
        Tree::of(self.document.root())
    }

    /// A value as the format has it, for a place.
    fn value(&self, path: &[Segment<'static>], value: &impl Serialize) -> Result<Tree, EditError> {
        let key = [Segment::key("value")];
        // A mask in place of a value would be taken for one, by people too.
        let secrets = if exposure::shown() == Showing::Clear { Showing::Clear } else { Showing::Refusal };
        let document =
            exposure::showing(secrets, || Document::serialized(OriginKind::Code, "value", &key, value));
        let document = document.map_err(|error| EditError::unwritten(path, &error))?;
        value::tree(self.format, path, document.as_ref().and_then(|document| document.root().get("value")))
    }

    /// Makes all steps, or none.
    fn make(&mut self, steps: &[Step]) -> Result<(), EditError> {
        let mut made = None;
        for step in steps {
            made = Some(step::stepped(self.format, made.as_ref().unwrap_or(&self.document), step)?);
        }
        if let Some(document) = made {
            self.document = document;
        }
        Ok(())
    }
}

/// Whether two documents mean the same, whatever the order of keys.
#[cfg(feature = "migrate")]
#[doc(hidden)]
pub fn same(one: &Document, other: &Document) -> bool {
    Tree::of(one.root()).means_in_any_order(&Tree::of(other.root()))
}

/// Shows name and format, never the text, which may be secret.
impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor")
            .field("name", &self.document.name())
            .field("format", &self.format)
            .finish_non_exhaustive()
    }
}

fn parsed(text: &str) -> Result<Path, EditError> {
    let told = |error: path::PathError| EditError {
        kind: EditErrorKind::NotAPath,
        path: text.to_owned(),
        message: format!("is no path: {error}"),
        help: None,
    };
    Ok(path::parse(text).map_err(told)?.into_iter().map(Segment::into_owned).collect())
}

/// Whether a format can be edited; if not, what to do.
fn support(format: Format) -> Result<(), &'static str> {
    let (is_on, help) = match format.as_str() {
        "toml" => (cfg!(feature = "toml-edit"), "turn on the feature `toml-edit`"),
        "json" | "jsonc" | "json5" => (cfg!(feature = "json-edit"), "turn on the feature `json-edit`"),
        "yaml" | "yaml with merge keys" => (cfg!(feature = "yaml-edit"), "turn on the feature `yaml-edit`"),
        "ini" | "dotenv" | "properties" => (true, ""),
        _ => (false, "change it by hand"),
    };
    if is_on { Ok(()) } else { Err(help) }
}

/// Where comments stand in a document that was read from a text.
#[cfg(feature = "migrate")]
#[doc(hidden)]
pub fn comments_in(document: &Document) -> Vec<std::ops::Range<usize>> {
    comments::ranges(document)
}
