//! The formats that documents are written in.

#[cfg(feature = "toml")]
mod toml;

use std::ops::Range;
use std::path::Path;

use crate::document::Document;
use crate::origin::OriginKind;

/// A format of configuration files.
///
/// # Example
///
/// ```
/// use confkit_sources::Format;
///
/// assert_eq!(Format::Toml.as_str(), "toml");
/// assert!(Format::ALL.contains(&Format::Toml));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// TOML 1.1, which includes 1.0.
    #[cfg(feature = "toml")]
    Toml,
}

impl Format {
    /// Every format that this build can read.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "toml")]
        Self::Toml,
    ];

    /// Returns the format's name, which is also its file extension.
    pub fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => "toml",
            #[allow(unreachable_patterns, reason = "without formats the enum is empty")]
            _ => "",
        }
    }

    /// Returns the format that a path's extension tells.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// # #[cfg(feature = "toml")]
    /// assert_eq!(Format::of_path("config/base.TOML".as_ref()), Some(Format::Toml));
    /// assert_eq!(Format::of_path("config/base".as_ref()), None);
    /// ```
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        Self::ALL.iter().copied().find(|format| format.as_str().eq_ignore_ascii_case(extension))
    }

    /// Reads a document in this format.
    ///
    /// # Errors
    ///
    /// The text, for showing places in it, and every syntax error that can be told apart.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Format, OriginKind};
    ///
    /// let document = Format::Toml.read(OriginKind::File, "app.toml", "port = 80".to_owned()).unwrap();
    /// assert_eq!(document.root().get("port").unwrap().text(), "80");
    /// ```
    pub fn read(
        self,
        kind: OriginKind,
        name: &str,
        text: String,
    ) -> Result<Document, (String, Vec<SyntaxError>)> {
        if text.len() > MAX_BYTES {
            return Err((text, vec![SyntaxError::limit(0..0, "the document is larger than a gibibyte")]));
        }
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => toml::read(kind, name, text),
            #[allow(unreachable_patterns, reason = "without formats the enum is empty")]
            _ => {
                let _ = (kind, name);
                Ok(crate::document::Builder::new("").finish().into_document(kind, name, text))
            }
        }
    }
}

/// Documents are addressed with 31 bits.
const MAX_BYTES: usize = 1 << 30;

/// One mistake in the text of a document.
///
/// Messages are confkit's own and contain nothing of the text, which may be secret.
///
/// # Example
///
/// ```
/// use confkit_sources::Document;
///
/// let errors = Document::toml("app.toml", "host = db".to_owned()).unwrap_err();
/// assert_eq!(errors[0].span, 7..9);
/// assert_eq!(errors[0].message, "text has to stand in quotation marks");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead, where that is known.
    pub help: Option<String>,
    /// What stands in the way, such as the first of two equal keys.
    pub related: Option<Range<usize>>,
    /// Whether a limit was passed, as against a rule of the format broken.
    pub is_limit: bool,
    /// Whether a key is there twice.
    pub is_duplicate: bool,
    /// The key that is there twice, as a path. Keys are shown, values never.
    pub key: Option<String>,
}

impl SyntaxError {
    fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
            related: None,
            is_limit: false,
            is_duplicate: false,
            key: None,
        }
    }

    fn limit(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { is_limit: true, ..Self::new(span, message) }
    }
}

impl Document {
    /// Reads a TOML document.
    ///
    /// # Errors
    ///
    /// Every syntax error that can be told apart: at most one for each line, and none behind a
    /// bracket or quotation mark that is never closed.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Document;
    ///
    /// let errors = Document::toml("a.toml", "a = \nb = 1\nb = 2\n".to_owned()).unwrap_err();
    /// assert_eq!(errors.len(), 2);
    /// assert!(errors[1].is_duplicate);
    /// ```
    #[cfg(feature = "toml")]
    pub fn toml(name: &str, text: String) -> Result<Self, Vec<SyntaxError>> {
        Format::Toml.read(OriginKind::File, name, text).map_err(|(_, errors)| errors)
    }
}
