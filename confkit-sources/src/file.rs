//! Files as a source, and as a figment provider.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use figment::value::{Dict, Map};
use figment::{Metadata, Profile, Provider};

use crate::document::{Document, NodeRef};
use crate::format::{Format, MAX_BYTES, SyntaxError};
use crate::origin::{Origin, OriginKind};
use crate::source::{Read, ReadContext, Source, SourceError};

/// One configuration file.
///
/// It is a layer of a confkit stack, and a provider of a plain `Figment`, whose errors then show
/// line and column. As a provider it is read once, when figment first asks, from the real system.
///
/// # Example
///
/// ```
/// use confkit_sources::{File, Read, ReadContext, Source, System};
///
/// let system = System::memory().file("base.toml", "port = 1\n");
/// let cx = ReadContext::new().with_system(system);
///
/// assert!(matches!(File::new("base.toml").read(&cx), Ok(Read::Document(..))));
/// assert!(File::new("other.toml").read(&cx).is_err());
/// assert!(matches!(File::new("other.toml").optional().read(&cx), Ok(Read::Absent)));
/// ```
#[derive(Debug, Clone)]
pub struct File {
    path: String,
    /// The path itself, where it is not UTF-8 and cannot have a profile in it.
    raw: Option<PathBuf>,
    format: Option<Format>,
    required: bool,
    /// What to read instead of what the file has.
    #[cfg(feature = "edit")]
    supposed: Option<std::sync::Arc<str>>,
    provided: OnceLock<Result<Option<std::sync::Arc<Document>>, String>>,
}

impl File {
    /// A file that has to be there. `{profile}` in its path stands for the chosen profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::File;
    ///
    /// let file = File::new("config/{profile}.toml");
    /// assert_eq!((file.path(), file.is_required()), ("config/{profile}.toml", true));
    /// ```
    pub fn new(path: impl AsRef<Path>) -> Self {
        let raw = path.as_ref().to_str().is_none().then(|| path.as_ref().to_owned());
        let path = path.as_ref().to_string_lossy().into_owned();
        Self {
            path,
            raw,
            format: None,
            required: true,
            #[cfg(feature = "edit")]
            supposed: None,
            provided: OnceLock::new(),
        }
    }

    /// The same file, which may be absent.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory());
    /// assert!(matches!(File::new("app.toml").optional().read(&cx), Ok(Read::Absent)));
    /// ```
    pub fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    /// The same file in this format, whatever its extension.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Format, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().file("app.conf", "port = 80"));
    /// assert!(File::new("app.conf").read(&cx).is_err());
    /// assert!(matches!(File::new("app.conf").format(Format::Toml).read(&cx), Ok(Read::Document(..))));
    /// ```
    pub fn format(self, format: Format) -> Self {
        Self { format: Some(format), ..self }
    }

    /// The same file, as if it were there and had this text: what would be if it were written.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let cx = ReadContext::new().with_system(System::memory().file("app.toml", "port = 80"));
    /// let file = File::new("app.toml").supposing("port = 8080");
    /// let Ok(Read::Document(document, _)) = file.read(&cx) else { panic!() };
    /// assert_eq!(document.root().get("port").unwrap().text(), "8080");
    /// ```
    #[cfg(feature = "edit")]
    pub fn supposing(self, text: &str) -> Self {
        Self { supposed: Some(text.into()), ..self }
    }

    /// Returns where the file is, for a profile, from the directory in which relative paths start.
    ///
    /// # Example
    ///
    /// ```
    /// use std::path::Path;
    ///
    /// use confkit_sources::File;
    ///
    /// let file = File::new("config/{profile}.toml");
    /// assert_eq!(file.location("/srv".as_ref(), "live"), Path::new("/srv/config/live.toml"));
    /// ```
    pub fn location(&self, root: &Path, profile: &str) -> PathBuf {
        self.located(root, &self.named(profile))
    }

    fn located(&self, root: &Path, name: &str) -> PathBuf {
        root.join(self.raw.as_deref().unwrap_or(Path::new(name)))
    }

    /// The path with the profile in it. Most have none.
    fn named(&self, profile: &str) -> Cow<'_, str> {
        if self.path.contains('{') {
            self.path.replace("{profile}", profile).into()
        } else {
            (&*self.path).into()
        }
    }

    /// Returns the path as given, `{profile}` included.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns whether its absence is an error.
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// Reads the file after it was read before. Where it has the same text, in the same place and a built-in
    /// format, it says [`Read::Unchanged`]: the document before holds still.
    ///
    /// # Errors
    ///
    /// Those of [`Source::read`].
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::{File, Read, ReadContext, Source, System};
    ///
    /// let file = File::new("app.toml");
    /// let cx = |text| ReadContext::new().with_system(System::memory().file("app.toml", text));
    /// let Read::Document(document, _) = file.read(&cx("port = 80"))? else { panic!() };
    /// assert!(matches!(file.read_after(&document, &cx("port = 80"))?, Read::Unchanged));
    /// assert!(matches!(file.read_after(&document, &cx("port = 81"))?, Read::Document(..)));
    /// # Ok::<(), confkit_sources::SourceError>(())
    /// ```
    pub fn read_after(&self, before: &Document, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        self.read_unless_same(Some(before), cx)
    }

    fn load(&self, cx: &ReadContext<'_>) -> Result<Option<Document>, SourceError> {
        match self.read_unless_same(None, cx)? {
            Read::Document(document, _) => Ok(Some(document)),
            _ => Ok(None),
        }
    }

    fn read_unless_same(&self, before: Option<&Document>, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        let name = self.named(cx.profile());
        let path = self.located(cx.root(), &name);
        let Some(format) = self.format.or_else(|| cx.format_of(&path)) else {
            return Err(SourceError::Format { path: PathBuf::from(&*name) });
        };
        let bytes = match self.bytes(cx, &path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = PathBuf::from(&*name);
                return if self.required { Err(SourceError::NotFound { path }) } else { Ok(Read::Absent) };
            }
            Err(error) => return Err(SourceError::Io { path: PathBuf::from(&*name), error }),
        };
        let is_same = |before: &Document| {
            // What a program's own format reads besides the text is not known.
            !matches!(format, Format::Custom(_))
                && before.format() == Some(format)
                && before.name() == name
                && before.folder() == path.parent()
                && before.text().as_bytes() == bytes
        };
        if before.is_some_and(is_same) {
            return Ok(Read::Unchanged);
        }
        let document = read_bytes(format, OriginKind::File, &name, bytes)?;
        Ok(Read::from(document.in_folder(path.parent().unwrap_or(Path::new("")))))
    }

    fn bytes(&self, cx: &ReadContext<'_>, path: &Path) -> io::Result<Vec<u8>> {
        #[cfg(feature = "edit")]
        if let Some(text) = &self.supposed {
            return Ok(text.as_bytes().to_vec());
        }
        cx.system().read_up_to(path, MAX_BYTES)
    }

    #[expect(clippy::result_large_err, reason = "figment asks for its own error")]
    fn provide(&self) -> Result<Option<&std::sync::Arc<Document>>, figment::Error> {
        let provided = self.provided.get_or_init(|| match self.load(&ReadContext::new()) {
            Ok(document) => Ok(document.map(std::sync::Arc::new)),
            Err(error) => Err(describe(&error)),
        });
        provided.as_ref().map(Option::as_ref).map_err(|error| figment::Error::from(error.clone()))
    }
}

/// Reads bytes that should be text in a format.
fn read_bytes(format: Format, kind: OriginKind, name: &str, bytes: Vec<u8>) -> Result<Document, SourceError> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    read_text(format, kind, name, text)
}

/// Reads a document out of text.
///
/// # Errors
///
/// The text with every syntax error that can be told apart.
///
/// # Example
///
/// ```
/// use confkit_sources::{Format, OriginKind, SourceError, read_text};
///
/// let text = "port = \nhost = db\n".to_owned();
/// let error = read_text(Format::Toml, OriginKind::Text, "built in", text).unwrap_err();
/// let SourceError::Syntax { errors, .. } = error else { panic!() };
/// assert_eq!(errors.len(), 2);
/// ```
pub fn read_text(
    format: Format,
    kind: OriginKind,
    name: &str,
    text: String,
) -> Result<Document, SourceError> {
    // The text is kept aside for the report only where there are errors to show in it.
    match format.read(kind, name, text) {
        Ok(document) => Ok(document),
        Err((text, errors)) => Err(SourceError::Syntax { name: name.to_owned(), format, text, errors }),
    }
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> SourceError {
    let valid_up_to = error.utf8_error().valid_up_to();
    let before = String::from_utf8_lossy(&error.as_bytes()[..valid_up_to]);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    SourceError::Encoding {
        valid_up_to,
        name: name.to_owned(),
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// One line for figment's errors, which have no room for more.
fn describe(error: &SourceError) -> String {
    let SourceError::Syntax { name, text, errors, .. } = error else { return error.to_string() };
    let places = errors.iter().map(|SyntaxError { span, message, .. }| {
        let position = crate::document::position_in(text, span.start);
        format!("{name}:{}:{}: {message}", position.line, position.column)
    });
    places.collect::<Vec<_>>().join("; ")
}

impl Source for File {
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.path)
    }

    fn read(&self, cx: &ReadContext<'_>) -> Result<Read, SourceError> {
        self.read_unless_same(None, cx)
    }
}

impl Provider for File {
    fn metadata(&self) -> Metadata {
        let document = self.provide().ok().flatten().cloned();
        let path = self.path.clone();
        Metadata::from("file", Path::new(&self.path)).interpolater(move |_, keys| {
            // Inside lists figment names the position first.
            let indexes = keys.iter().take_while(|key| key.parse::<usize>().is_ok()).count();
            let keys = [&keys[indexes..], &keys[..indexes]].concat();
            let (setting, origin) = lookup(document.as_deref(), &keys);
            match origin {
                Some(origin) => format!("{setting} ({origin})"),
                None => format!("{setting} ({path})"),
            }
        })
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        let dict =
            self.provide()?.map(|document| crate::figment::to_dict(document.root())).unwrap_or_default();
        Ok(Profile::Default.collect(dict))
    }
}

/// The path that figment's keys make, and where the value there stands, or the nearest table around it.
fn lookup(document: Option<&Document>, keys: &[&str]) -> (String, Option<Origin>) {
    let mut node = document.map(Document::root);
    let (mut path, mut origin) = (String::new(), None);
    for key in keys {
        let list = node.filter(|node| node.kind() == crate::document::NodeKind::Array);
        node = if let (Some(list), Ok(index)) = (list, key.parse::<usize>()) {
            crate::path::push_index(&mut path, index);
            list.items().nth(index)
        } else {
            crate::path::push_key(&mut path, key);
            node.and_then(|node| node.get(key))
        };
        origin = node.map(NodeRef::origin).or(origin);
    }
    (path, origin)
}
