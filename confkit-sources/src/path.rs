//! The one grammar of key paths: `servers[1].labels."a.b"`.

use std::borrow::Cow;
use std::fmt;

/// One step of a key path.
///
/// # Example
///
/// ```
/// use confkit_sources::path::{self, Segment};
///
/// let path = path::parse("servers[1]").unwrap();
/// assert_eq!(path, [Segment::key("servers"), Segment::Index(1)]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment<'a> {
    /// Into a table, by key.
    Key(Cow<'a, str>),
    /// Into a list, by position from zero.
    Index(usize),
}

impl<'a> Segment<'a> {
    /// Steps into a table.
    pub fn key(key: impl Into<Cow<'a, str>>) -> Self {
        Self::Key(key.into())
    }

    /// Returns the segment with its text owned.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit_sources::path::{self, Segment};
    ///
    /// let text = "servers[1]".to_owned();
    /// let path: Vec<Segment<'static>> =
    ///     path::parse(&text).unwrap().into_iter().map(Segment::into_owned).collect();
    /// drop(text);
    /// assert_eq!(path::to_string(&path), "servers[1]");
    /// ```
    pub fn into_owned(self) -> Segment<'static> {
        match self {
            Self::Key(key) => Segment::Key(Cow::Owned(key.into_owned())),
            Self::Index(index) => Segment::Index(index),
        }
    }
}

/// A text that is not a key path.
///
/// # Example
///
/// ```
/// use confkit_sources::path;
///
/// let error = path::parse("servers[one]").unwrap_err();
/// assert_eq!(error.to_string(), "an index has to be a number at character 9");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathError {
    /// The byte at which reading stopped.
    pub at: usize,
    reason: &'static str,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at character {}", self.reason, self.at + 1)
    }
}

impl std::error::Error for PathError {}

/// Reads a key path.
///
/// # Errors
///
/// Empty keys outside quotes, unclosed quotes or brackets, and indexes that are not numbers.
///
/// # Example
///
/// ```
/// use confkit_sources::path::{self, Segment};
///
/// let path = path::parse(r#"servers[1].labels."a.b""#).unwrap();
/// assert_eq!(
///     path,
///     [Segment::key("servers"), Segment::Index(1), Segment::key("labels"), Segment::key("a.b")],
/// );
/// assert!(path::parse("servers[one]").is_err());
/// ```
pub fn parse(text: &str) -> Result<Vec<Segment<'_>>, PathError> {
    let mut segments = Vec::new();
    let mut rest = text;
    while !rest.is_empty() || segments.is_empty() {
        let at = text.len() - rest.len();
        rest = if rest.starts_with('[') && !segments.is_empty() {
            index(rest, at, &mut segments)?
        } else {
            let start = match rest.strip_prefix('.') {
                Some(after) if !segments.is_empty() => after,
                _ if segments.is_empty() => rest,
                _ => return Err(PathError { at, reason: "a `.` or `[` is expected" }),
            };
            key(start, text.len() - start.len(), &mut segments)?
        };
    }
    Ok(segments)
}

fn index<'a>(rest: &'a str, at: usize, segments: &mut Vec<Segment<'a>>) -> Result<&'a str, PathError> {
    let end = rest.find(']').ok_or(PathError { at, reason: "the `[` is not closed" })?;
    let index =
        rest[1..end].parse().map_err(|_| PathError { at: at + 1, reason: "an index has to be a number" })?;
    segments.push(Segment::Index(index));
    Ok(&rest[end + 1..])
}

fn key<'a>(rest: &'a str, at: usize, segments: &mut Vec<Segment<'a>>) -> Result<&'a str, PathError> {
    if rest.starts_with('"') {
        return quoted(rest, at, segments);
    }
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    if end == 0 {
        return Err(PathError { at, reason: "a key is expected" });
    }
    segments.push(Segment::key(&rest[..end]));
    Ok(&rest[end..])
}

fn quoted<'a>(rest: &'a str, at: usize, segments: &mut Vec<Segment<'a>>) -> Result<&'a str, PathError> {
    let mut key = String::new();
    let mut chars = rest.char_indices().skip(1);
    while let Some((offset, c)) = chars.next() {
        match c {
            '"' => {
                segments.push(Segment::key(key));
                return Ok(&rest[offset + 1..]);
            }
            '\\' => match chars.next() {
                Some((_, escaped @ ('"' | '\\'))) => key.push(escaped),
                Some((_, 'n')) => key.push('\n'),
                Some((_, 't')) => key.push('\t'),
                _ => return Err(PathError { at: at + offset, reason: "an unknown escape stands" }),
            },
            c => key.push(c),
        }
    }
    Err(PathError { at, reason: "the quotation mark is not closed" })
}

/// Appends one segment to a path's text.
///
/// # Example
///
/// ```
/// use confkit_sources::path::{self, Segment};
///
/// let mut path = "servers".to_owned();
/// path::push(&mut path, &Segment::Index(1));
/// path::push(&mut path, &Segment::key("host"));
/// assert_eq!(path, "servers[1].host");
/// ```
pub fn push(path: &mut String, segment: &Segment<'_>) {
    match segment {
        Segment::Key(key) => push_key(path, key),
        Segment::Index(index) => push_index(path, *index),
    }
}

/// Appends a key to a path's text, in quotation marks where it needs them.
///
/// # Example
///
/// ```
/// use confkit_sources::path;
///
/// let mut path = "labels".to_owned();
/// path::push_key(&mut path, "a.b");
/// assert_eq!(path, r#"labels."a.b""#);
/// ```
pub fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    if is_bare(key) {
        path.push_str(key);
        return;
    }
    path.push('"');
    for c in key.chars() {
        match c {
            '"' | '\\' => path.extend(['\\', c]),
            '\n' => path.push_str("\\n"),
            '\t' => path.push_str("\\t"),
            c => path.push(c),
        }
    }
    path.push('"');
}

/// Appends an index to a path's text.
///
/// # Example
///
/// ```
/// use confkit_sources::path;
///
/// let mut path = "servers".to_owned();
/// path::push_index(&mut path, 1);
/// assert_eq!(path, "servers[1]");
/// ```
pub fn push_index(path: &mut String, index: usize) {
    use fmt::Write as _;
    // Writing to a String cannot fail.
    let _ = write!(path, "[{index}]");
}

/// Writes a whole path.
///
/// # Example
///
/// ```
/// use confkit_sources::path::{self, Segment};
///
/// let path = [Segment::key("labels"), Segment::key("a.b"), Segment::Index(0)];
/// assert_eq!(path::to_string(&path), r#"labels."a.b"[0]"#);
/// ```
pub fn to_string(segments: &[Segment<'_>]) -> String {
    let mut path = String::new();
    for segment in segments {
        push(&mut path, segment);
    }
    path
}

fn is_bare(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}
