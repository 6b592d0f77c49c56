//! Formats of programs: a name, extensions, and a function that reads.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Nesting, SyntaxError};
use crate::document::{Document, SerializeError};
use crate::origin::OriginKind;

/// More than this many mistakes help nobody.
const MAX_ERRORS: usize = 100;

/// A format of the program's own, for [`Format::Custom`](super::Format::Custom).
///
/// The function gets the text and makes a document of it, most easily by [`Document::located`], or
/// says what is wrong with it and where. Its messages must not repeat the text, which may be secret.
///
/// A function that panics makes a problem, as one does that tells places outside of the text.
///
/// # Example
///
/// ```
/// use std::collections::BTreeMap;
///
/// use confkit_sources::{CustomFormat, Document, Format, FormatText, OriginKind, SyntaxError};
///
/// /// Lines of `key -> value`.
/// static ARROWS: CustomFormat = CustomFormat::new("arrows", &["arrow"], arrows).separators(&['-', '>']);
///
/// fn arrows(text: &FormatText<'_>) -> Result<Document, Vec<SyntaxError>> {
///     let mut values = BTreeMap::new();
///     let mut errors = Vec::new();
///     let mut at = 0;
///     for line in text.text().split_inclusive('\n') {
///         match line.trim().split_once(" -> ") {
///             Some((key, value)) => drop(values.insert(key, value)),
///             None if line.trim().is_empty() => {}
///             None => errors.push(SyntaxError::new(at..at + line.trim_end().len(), "there is no ` -> `")),
///         }
///         at += line.len();
///     }
///     if errors.is_empty() { Ok(Document::located(text, &values)?) } else { Err(errors) }
/// }
///
/// let read = |text: &str| Format::Custom(&ARROWS).read(OriginKind::File, "app.arrow", text.to_owned());
/// let document = read("host -> db\nport -> 80\n").unwrap();
/// assert_eq!(document.root().get("port").unwrap().text(), "80");
/// let (_, errors) = read("host -> db\nport\n").unwrap_err();
/// assert_eq!(errors[0].span, 11..15);
/// ```
pub struct CustomFormat {
    name: &'static str,
    extensions: &'static [&'static str],
    read: ReadFormat,
    pub(super) separators: &'static [char],
    pub(super) comments: &'static [&'static str],
    pub(super) nesting: Nesting,
}

type ReadFormat = fn(&FormatText<'_>) -> Result<Document, Vec<SyntaxError>>;

impl CustomFormat {
    /// A format by its name, the extensions of its files, and what reads it.
    ///
    /// # Example
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use confkit_sources::{CustomFormat, Document, Format};
    ///
    /// static ONE: CustomFormat = CustomFormat::new("one", &["one"], |text| {
    ///     Ok(Document::located(text, &BTreeMap::from([("value", text.text().trim())]))?)
    /// });
    /// assert_eq!((Format::Custom(&ONE).as_str(), ONE.extensions()), ("one", &["one"][..]));
    /// ```
    pub const fn new(
        name: &'static str,
        extensions: &'static [&'static str],
        read: fn(&FormatText<'_>) -> Result<Document, Vec<SyntaxError>>,
    ) -> Self {
        Self {
            name,
            extensions,
            read,
            separators: &['=', ':'],
            comments: &["#", "//", "/*"],
            nesting: Nesting::Inside,
        }
    }

    /// The same with what may stand between key and value, the usual one first: places and lines of
    /// source in reports follow it. Without it `=` and `:`.
    #[must_use]
    pub const fn separators(self, separators: &'static [char]) -> Self {
        Self { separators, ..self }
    }

    /// The same with what begins a comment: see [`Format::comments`](super::Format::comments).
    /// Without it `#`, `//` and `/*`.
    #[must_use]
    pub const fn comments(self, comments: &'static [&'static str]) -> Self {
        Self { comments, ..self }
    }

    /// The same with how it writes settings that belong to a table: help on missing ones follows it.
    /// Without it tables stand inside one another.
    #[must_use]
    pub const fn nesting(self, nesting: Nesting) -> Self {
        Self { nesting, ..self }
    }

    /// Returns the format's name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the extensions by which files tell that they are in this format.
    pub const fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    pub(super) fn read(
        &'static self,
        kind: OriginKind,
        name: &str,
        text: String,
    ) -> Result<Document, (String, Vec<SyntaxError>)> {
        let given = FormatText { format: self, kind, name, text: &text };
        // Nothing of ours is changed by the function, so that nothing can be left half done.
        match catch_unwind(AssertUnwindSafe(|| (self.read)(&given))) {
            Ok(Ok(document)) => Ok(document.called(kind, name)),
            Ok(Err(errors)) => {
                let errors = checked(&text, errors);
                Err((text, errors))
            }
            Err(_) => {
                let message = format!("the reader of the format `{}` has panicked", self.name);
                Err((text, vec![SyntaxError::new(0..0, message)]))
            }
        }
    }
}

/// Errors at places that exist, and at least one.
fn checked(text: &str, mut errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    errors.truncate(MAX_ERRORS);
    for error in &mut errors {
        error.span = inside(text, &error.span);
        error.related = error.related.take().map(|span| inside(text, &span));
    }
    if errors.is_empty() {
        errors.push(SyntaxError::new(0..0, "this text cannot be read, and its reader does not say why"));
    }
    errors
}

/// The part of a range that a text has, without halves of characters.
fn inside(text: &str, span: &Range<usize>) -> Range<usize> {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let start = floor(span.start);
    start..floor(span.end).max(start)
}

/// A format is the same as itself alone.
impl PartialEq for CustomFormat {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for CustomFormat {}

impl Hash for CustomFormat {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for CustomFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CustomFormat").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A text for the function of a [`CustomFormat`] to read.
///
/// # Example
///
/// ```
/// use std::collections::BTreeMap;
///
/// use confkit_sources::{CustomFormat, Document, Format, OriginKind};
///
/// static NAMED: CustomFormat = CustomFormat::new("named", &[], |text| {
///     Ok(Document::located(text, &BTreeMap::from([("from", text.name())]))?)
/// });
/// let document = Format::Custom(&NAMED).read(OriginKind::File, "app.x", String::new()).unwrap();
/// assert_eq!(document.root().get("from").unwrap().text(), "app.x");
/// ```
pub struct FormatText<'a> {
    format: &'static CustomFormat,
    kind: OriginKind,
    name: &'a str,
    text: &'a str,
}

impl<'a> FormatText<'a> {
    /// Returns the text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the name under which reports show the document.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the kind of place that the document's values have.
    pub fn origin_kind(&self) -> OriginKind {
        self.kind
    }

    /// Returns the format it is read in.
    pub fn format(&self) -> &'static CustomFormat {
        self.format
    }
}

/// Shows where the text is from, never the text, which may be secret.
impl fmt::Debug for FormatText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FormatText")
            .field("format", &self.format.name)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// For `?` in functions of a [`CustomFormat`].
impl From<SerializeError> for Vec<SyntaxError> {
    fn from(error: SerializeError) -> Self {
        vec![SyntaxError::new(0..0, error.to_string())]
    }
}
