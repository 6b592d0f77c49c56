//! The formats that documents are written in.

#[cfg(any(feature = "hcl", feature = "ron"))]
mod brackets;
mod custom;
#[cfg(feature = "dotenv")]
mod dotenv;
#[cfg(feature = "hcl")]
pub(crate) mod hcl;
#[cfg(feature = "ini")]
mod ini;
#[cfg(feature = "json")]
mod json;
#[cfg(feature = "properties")]
mod properties;
#[cfg(feature = "ron")]
pub(crate) mod ron;
#[cfg(feature = "toml")]
mod toml;
#[cfg(any(feature = "dotenv", feature = "ini", feature = "properties"))]
#[cfg_attr(
    not(all(feature = "dotenv", feature = "ini", feature = "properties")),
    allow(dead_code, unused_imports, reason = "which parts are used depends on the formats")
)]
mod untyped;
#[cfg(feature = "yaml")]
mod yaml;

use std::ops::Range;
use std::path::Path;

pub use self::custom::{CustomFormat, FormatText};
use crate::document::{Document, Parts};
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
    /// JSON as RFC 8259 has it, and nothing beyond.
    #[cfg(feature = "json")]
    Json,
    /// JSON with comments and with commas behind last values.
    #[cfg(feature = "json")]
    Jsonc,
    /// JSON5 1.0.
    #[cfg(feature = "json")]
    Json5,
    /// YAML 1.2 with its core schema.
    #[cfg(feature = "yaml")]
    Yaml,
    /// YAML 1.2 with the merge keys (`<<`) of YAML 1.1. No extension tells it.
    #[cfg(feature = "yaml")]
    YamlMerge,
    /// INI: sections in brackets, and text as values.
    #[cfg(feature = "ini")]
    Ini,
    /// Variables as in `.env` files: a flat list of names as they are written, in their order.
    #[cfg(feature = "dotenv")]
    Dotenv,
    /// Java's properties in UTF-8, with keys whose dots nest.
    #[cfg(feature = "properties")]
    Properties,
    /// RON, Rusty Object Notation.
    #[cfg(feature = "ron")]
    Ron,
    /// HCL 2: attributes and blocks, without anything that would have to be computed.
    #[cfg(feature = "hcl")]
    Hcl,
    /// A format of the program's own.
    Custom(&'static CustomFormat),
}

/// How a format writes settings that belong to a table.
///
/// # Example
///
/// ```
/// use confkit_sources::{Format, Nesting};
///
/// assert_eq!(Format::Toml.nesting(), Nesting::Headers);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Nesting {
    /// Tables stand inside one another, as in JSON.
    Inside,
    /// A header in brackets says to which table the lines below it belong, as in TOML.
    Headers,
    /// Every key is a whole path, as in properties.
    Paths,
    /// There are no tables, as in dotenv.
    Flat,
}

/// The extensions of all formats, and the feature that each needs.
const EXTENSIONS: [(&str, &str); 11] = [
    ("toml", "toml"),
    ("json", "json"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("yaml", "yaml"),
    ("yml", "yaml"),
    ("ini", "ini"),
    ("env", "dotenv"),
    ("properties", "properties"),
    ("ron", "ron"),
    ("hcl", "hcl"),
];

impl Format {
    /// Every format that this build can read, those of programs aside.
    pub const ALL: &'static [Self] = &[
        #[cfg(feature = "toml")]
        Self::Toml,
        #[cfg(feature = "json")]
        Self::Json,
        #[cfg(feature = "json")]
        Self::Jsonc,
        #[cfg(feature = "json")]
        Self::Json5,
        #[cfg(feature = "yaml")]
        Self::Yaml,
        #[cfg(feature = "yaml")]
        Self::YamlMerge,
        #[cfg(feature = "ini")]
        Self::Ini,
        #[cfg(feature = "dotenv")]
        Self::Dotenv,
        #[cfg(feature = "properties")]
        Self::Properties,
        #[cfg(feature = "ron")]
        Self::Ron,
        #[cfg(feature = "hcl")]
        Self::Hcl,
    ];

    /// Returns the format's name.
    pub fn as_str(self) -> &'static str {
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => "toml",
            #[cfg(feature = "json")]
            Self::Json => "json",
            #[cfg(feature = "json")]
            Self::Jsonc => "jsonc",
            #[cfg(feature = "json")]
            Self::Json5 => "json5",
            #[cfg(feature = "yaml")]
            Self::Yaml => "yaml",
            #[cfg(feature = "yaml")]
            Self::YamlMerge => "yaml with merge keys",
            #[cfg(feature = "ini")]
            Self::Ini => "ini",
            #[cfg(feature = "dotenv")]
            Self::Dotenv => "dotenv",
            #[cfg(feature = "properties")]
            Self::Properties => "properties",
            #[cfg(feature = "ron")]
            Self::Ron => "ron",
            #[cfg(feature = "hcl")]
            Self::Hcl => "hcl",
            Self::Custom(format) => format.name(),
        }
    }

    /// Returns the extensions by which files tell that they are in this format.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::Toml.extensions(), ["toml"]);
    /// ```
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => &["toml"],
            #[cfg(feature = "json")]
            Self::Json => &["json"],
            #[cfg(feature = "json")]
            Self::Jsonc => &["jsonc"],
            #[cfg(feature = "json")]
            Self::Json5 => &["json5"],
            #[cfg(feature = "yaml")]
            Self::Yaml => &["yaml", "yml"],
            #[cfg(feature = "ini")]
            Self::Ini => &["ini"],
            #[cfg(feature = "dotenv")]
            Self::Dotenv => &["env"],
            #[cfg(feature = "properties")]
            Self::Properties => &["properties"],
            #[cfg(feature = "ron")]
            Self::Ron => &["ron"],
            #[cfg(feature = "hcl")]
            Self::Hcl => &["hcl"],
            Self::Custom(format) => format.extensions(),
            #[allow(unreachable_patterns, reason = "not every format has an extension")]
            _ => &[],
        }
    }

    /// Returns the format that a path's extension tells. `.env` and `.env.local` count as
    /// files with the extension `env`.
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
        let (extension, _) = known_extension(path)?;
        let tells = |format: &Self| format.extensions().iter().any(|own| own.eq_ignore_ascii_case(extension));
        Self::ALL.iter().copied().find(tells)
    }

    /// Returns the format that a path's extension tells, where others are known besides the
    /// built-in ones. They come first, the last of them before the others.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// # #[cfg(all(feature = "toml", feature = "json"))]
    /// assert_eq!(Format::among(&[Format::Json], "app.toml".as_ref()), Some(Format::Toml));
    /// ```
    pub fn among(known: &[Self], path: &Path) -> Option<Self> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let tells = |format: &Self| format.extensions().iter().any(|own| own.eq_ignore_ascii_case(extension));
        known.iter().rev().copied().find(tells).or_else(|| Self::of_path(path))
    }

    /// Returns the Cargo feature that reads files such as this one, whether it is on or not.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::feature_for("app.yml".as_ref()), Some("yaml"));
    /// assert_eq!(Format::feature_for("app.txt".as_ref()), None);
    /// ```
    pub fn feature_for(path: &Path) -> Option<&'static str> {
        known_extension(path).map(|(_, feature)| feature)
    }

    /// Returns what may stand between key and value, the usual one first.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::Toml.separators(), ['=']);
    /// ```
    pub fn separators(self) -> &'static [char] {
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => &['='],
            #[cfg(feature = "ini")]
            Self::Ini => &['=', ':'],
            #[cfg(feature = "dotenv")]
            Self::Dotenv => &['='],
            #[cfg(feature = "properties")]
            Self::Properties => &['=', ':', ' ', '\t'],
            #[cfg(feature = "hcl")]
            Self::Hcl => &['=', ':'],
            Self::Custom(format) => format.separators,
            #[allow(unreachable_patterns, reason = "there may be no other format")]
            _ => &[':'],
        }
    }

    /// Returns what begins a comment. `/*` begins one that ends with `*/`, any other one that ends
    /// with the line.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert_eq!(Format::Toml.comments(), ["#"]);
    /// ```
    pub fn comments(self) -> &'static [&'static str] {
        match self {
            #[cfg(feature = "json")]
            Self::Json | Self::Jsonc | Self::Json5 => &["//", "/*"],
            #[cfg(feature = "ini")]
            Self::Ini => &[";", "#"],
            #[cfg(feature = "properties")]
            Self::Properties => &["#", "!"],
            #[cfg(feature = "ron")]
            Self::Ron => &["//", "/*"],
            #[cfg(feature = "hcl")]
            Self::Hcl => &["#", "//", "/*"],
            Self::Custom(format) => format.comments,
            #[allow(unreachable_patterns, reason = "there may be no other format")]
            _ => &["#"],
        }
    }

    /// Returns how settings are written that belong to a table.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{Format, Nesting};
    ///
    /// assert_eq!(Format::Toml.nesting(), Nesting::Headers);
    /// ```
    pub fn nesting(self) -> Nesting {
        match self {
            #[cfg(feature = "toml")]
            Self::Toml => Nesting::Headers,
            #[cfg(feature = "ini")]
            Self::Ini => Nesting::Headers,
            #[cfg(feature = "dotenv")]
            Self::Dotenv => Nesting::Flat,
            #[cfg(feature = "properties")]
            Self::Properties => Nesting::Paths,
            Self::Custom(format) => format.nesting,
            #[allow(unreachable_patterns, reason = "there may be no other format")]
            _ => Nesting::Inside,
        }
    }

    /// Returns whether values have types of their own. Where they have none, everything is text that
    /// the field's type reads.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::Format;
    ///
    /// assert!(Format::Toml.has_types());
    /// # #[cfg(feature = "ini")]
    /// assert!(!Format::Ini.has_types());
    /// ```
    pub fn has_types(self) -> bool {
        match self {
            #[cfg(feature = "ini")]
            Self::Ini => false,
            #[cfg(feature = "dotenv")]
            Self::Dotenv => false,
            #[cfg(feature = "properties")]
            Self::Properties => false,
            #[allow(unreachable_patterns, reason = "there may be no other format")]
            _ => true,
        }
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
    #[allow(unreachable_code, unused_variables, reason = "without formats all are programs' own")]
    pub fn read(
        self,
        kind: OriginKind,
        name: &str,
        text: String,
    ) -> Result<Document, (String, Vec<SyntaxError>)> {
        if text.len() > MAX_BYTES {
            return Err((text, vec![SyntaxError::limit(0..0, "the document is larger than a gibibyte")]));
        }
        let parts: Result<Parts, Vec<SyntaxError>> = match self {
            #[cfg(feature = "toml")]
            Self::Toml => toml::read(&text),
            #[cfg(feature = "json")]
            Self::Json => json::read(json::Dialect::JSON, &text),
            #[cfg(feature = "json")]
            Self::Jsonc => json::read(json::Dialect::JSONC, &text),
            #[cfg(feature = "json")]
            Self::Json5 => json::read(json::Dialect::JSON5, &text),
            #[cfg(feature = "yaml")]
            Self::Yaml => yaml::read(yaml::Rules::Settings, &text),
            #[cfg(feature = "yaml")]
            Self::YamlMerge => yaml::read(yaml::Rules::Merging, &text),
            #[cfg(feature = "ini")]
            Self::Ini => ini::read(&text),
            #[cfg(feature = "dotenv")]
            Self::Dotenv => dotenv::read(&text),
            #[cfg(feature = "properties")]
            Self::Properties => properties::read(&text),
            #[cfg(feature = "ron")]
            Self::Ron => ron::read(&text),
            #[cfg(feature = "hcl")]
            Self::Hcl => hcl::read(&text),
            Self::Custom(format) => {
                return format.read(kind, name, text).map(|document| document.in_format(self));
            }
        };
        match parts {
            Ok(parts) => Ok(parts.into_document(kind, name, text).in_format(self)),
            Err(errors) => Err((text, errors)),
        }
    }
}

/// The extension that tells a path's format, and the feature that reads it.
fn known_extension(path: &Path) -> Option<(&'static str, &'static str)> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let known = |extension: &str| EXTENSIONS.iter().find(|(own, _)| own.eq_ignore_ascii_case(extension));
    let is_dotenv = |name: &&str| *name == ".env" || name.starts_with(".env.");
    let dotenv = || known(path.file_name()?.to_str().filter(is_dotenv).map(|_| "env")?);
    extension.and_then(known).or_else(dotenv).copied()
}

/// Documents are addressed with 31 bits.
pub(crate) const MAX_BYTES: usize = 1 << 30;

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
    /// A mistake at a range of bytes. The message must not repeat the text, which may be secret.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::SyntaxError;
    ///
    /// let error = SyntaxError::new(4..5, "the value is missing").with_help("write `key -> value`");
    /// assert_eq!((error.span, error.help.as_deref()), (4..5, Some("write `key -> value`")));
    /// ```
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Self {
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

    /// The same with what to write instead.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::SyntaxError;
    ///
    /// let error = SyntaxError::new(0..1, "this is no key").with_help("begin with a letter");
    /// assert_eq!(error.help.as_deref(), Some("begin with a letter"));
    /// ```
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    fn limit(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { is_limit: true, ..Self::new(span, message) }
    }

    /// A key that is there already, perhaps in quotation marks.
    #[cfg(any(feature = "hcl", feature = "json", feature = "ron", feature = "yaml"))]
    fn duplicate(text: &str, span: Range<usize>, first: Option<Range<usize>>) -> Self {
        let key = path_of_key(text.get(span.clone()).unwrap_or_default());
        let message = format!("`{key}` is set twice");
        Self { related: first, is_duplicate: true, key: Some(key), ..Self::new(span, message) }
    }
}

/// A key of a document as paths write it.
#[cfg(any(feature = "hcl", feature = "json", feature = "ron", feature = "toml", feature = "yaml"))]
fn path_of_key(written: &str) -> String {
    let mut path = String::new();
    match written.trim_matches(['"', '\'']) {
        // What is escaped in a document is escaped in paths.
        key if written.starts_with('"') && key.contains('\\') => written.clone_into(&mut path),
        key => crate::path::push_key(&mut path, key),
    }
    path
}

/// Errors in the order of the text, the first of each line.
#[cfg(any(
    feature = "dotenv",
    feature = "hcl",
    feature = "ini",
    feature = "json",
    feature = "properties",
    feature = "ron",
    feature = "yaml"
))]
fn one_for_a_line(text: &str, mut errors: Vec<SyntaxError>) -> Vec<SyntaxError> {
    errors.sort_by_key(|error| error.span.start);
    let mut last = None;
    errors.retain(|error| {
        let at = error.span.start.min(text.len());
        let before = last.replace(at);
        before.is_none_or(|before| text.as_bytes()[before..at].contains(&b'\n'))
    });
    errors
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

    /// Reads all documents of a YAML text, whatever they hold, as the elements of a list: what the
    /// published cases are compared with.
    #[doc(hidden)]
    #[cfg(feature = "yaml")]
    pub fn yaml_stream(text: String) -> Result<Self, Vec<SyntaxError>> {
        let parts = yaml::read(yaml::Rules::Stream, &text)?;
        Ok(parts.into_document(OriginKind::Text, "stream", text))
    }
}
