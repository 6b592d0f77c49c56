//! What goes wrong while serde reads a value, kept as facts until it is told.

use std::borrow::Cow;
use std::fmt;

use confkit_sources::declared::Kind;
use confkit_sources::path::Segment;
use confkit_sources::{NodeKind, NodeRef};
use serde::de::{Expected, Unexpected};

use super::Ref;

/// The error of the deserializer behind [`Config`](crate::Config). It holds one or more issues.
#[derive(Debug)]
#[expect(clippy::box_collection, reason = "results on the way up have to be small")]
pub struct Error(Box<Vec<Issue>>);

/// One issue: what, where, and the steps from the value to it, innermost first.
#[derive(Debug)]
pub(crate) struct Issue {
    pub(crate) what: What,
    pub(crate) at: Option<Ref>,
    pub(crate) path: Vec<Inner>,
    pub(crate) secret: bool,
    pub(crate) found: Option<Found>,
    /// Whether the place is the key, not the value.
    pub(crate) key: bool,
    /// Whether it is about the key of a map.
    pub(crate) map_key: bool,
}

/// A step inside a value.
#[derive(Debug)]
pub(crate) enum Inner {
    Key(String),
    Index(usize),
}

/// What stood where something else was expected.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    kind: NodeKind,
    text: String,
}

#[derive(Debug)]
pub(crate) enum What {
    /// Another kind of value was expected.
    Kind(Kind),
    /// The type names what it expected.
    Expected(String),
    /// The type's own words.
    Custom(String),
    UnknownVariant(String, Vec<String>),
    MissingField(String),
    DuplicateField(String),
    /// What is wrong with the number of elements, in words that follow the path.
    Length(String),
    /// A table over a single value, or the other way round; the lower of the two.
    Mixed(Ref),
    /// The mask of a secret, instead of one.
    Mask,
    /// Text that is empty where its type is not text: as if it were not there.
    Empty,
    /// There is no value at all.
    Absent,
    /// The reader only wanted to know the kind.
    Probed,
}

impl Error {
    pub(super) fn new(what: What) -> Self {
        Self(Box::new(vec![Issue {
            what,
            at: None,
            path: Vec::new(),
            secret: false,
            found: None,
            key: false,
            map_key: false,
        }]))
    }

    /// Keys that one text has twice, each with the steps to it, before what else is wrong with it.
    #[cold]
    pub(super) fn twice(keys: Vec<Vec<Segment<'_>>>, other: Option<Self>) -> Self {
        let issue = |mut path: Vec<Segment<'_>>| {
            let key = match path.pop() {
                Some(Segment::Key(key)) => key.into_owned(),
                _ => String::new(),
            };
            let step = |step: &Segment<'_>| match step {
                Segment::Key(key) => Inner::Key(key.clone().into_owned()),
                Segment::Index(index) => Inner::Index(*index),
            };
            let error = Self::new(What::DuplicateField(key));
            path.iter().rev().fold(error, |error, outer| error.inside(|| step(outer))).into_issues()
        };
        let twice = keys.into_iter().flat_map(issue);
        Self::several(twice.chain(other.into_iter().flat_map(Self::into_issues)).collect())
    }

    /// The mask of a secret where a value is expected.
    pub(super) fn mask() -> Self {
        Self::new(What::Mask).secret()
    }

    pub(super) fn several(issues: Vec<Issue>) -> Self {
        Self(Box::new(issues))
    }

    pub(super) fn into_issues(self) -> Vec<Issue> {
        *self.0
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self.0[..], [Issue { what: What::Empty, .. }])
    }

    /// Whether the value as a whole has too few elements.
    pub(super) fn is_length(&self) -> bool {
        matches!(self.0[..], [Issue { what: What::Length(_), ref path, .. }] if path.is_empty())
    }

    /// Of a list that is read as one of another length.
    pub(super) fn length(wanted: usize, found: usize) -> Self {
        Self::new(What::Length(exactly(wanted, found)))
    }

    /// What is wrong inside; nothing of the value as a whole.
    #[cold]
    pub(super) fn of_parts(mut self) -> Self {
        self.0.retain(|issue| !issue.path.is_empty());
        self
    }

    /// Whether text was empty, at any depth.
    pub(super) fn is_empty_inside(&self) -> bool {
        self.0.iter().all(|issue| matches!(issue.what, What::Empty))
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self.0[..], [Issue { what: What::Absent, ref path, .. }] if path.is_empty())
    }

    /// Notes the place; the innermost one stays.
    #[cold]
    pub(super) fn placed(mut self, at: Option<Ref>, found: impl Fn() -> Option<Found>) -> Self {
        for issue in self.0.iter_mut() {
            if issue.at.is_none() {
                issue.at = at;
            }
            if issue.found.is_none() && issue.path.is_empty() {
                issue.found = found();
            }
        }
        self
    }

    /// Forgets places in documents that exist only for the moment.
    pub(super) fn unplaced(mut self) -> Self {
        self.0.iter_mut().for_each(|issue| issue.at = None);
        self
    }

    #[cold]
    pub(super) fn inside(mut self, step: impl Fn() -> Inner) -> Self {
        self.0.iter_mut().for_each(|issue| issue.path.push(step()));
        self
    }

    pub(super) fn at_key(mut self) -> Self {
        self.0.iter_mut().for_each(|issue| issue.key = true);
        self
    }

    pub(super) fn of_map_key(mut self) -> Self {
        self.0.iter_mut().for_each(|issue| (issue.key, issue.map_key) = (true, true));
        self
    }

    #[cold]
    pub(super) fn secret(mut self) -> Self {
        self.0.iter_mut().for_each(|issue| issue.secret = true);
        self
    }

    /// Where a type said only in its own words what is wrong, puts what it expects in front.
    #[cold]
    pub(super) fn refined(mut self, kind: impl FnOnce() -> Kind) -> Self {
        let is_top = |issue: &Issue| {
            issue.path.is_empty() && matches!(issue.what, What::Custom(_) | What::Expected(_))
        };
        if self.0.iter().any(is_top)
            && let Kind::Parsed(words) = kind()
        {
            for issue in self.0.iter_mut().filter(|issue| is_top(issue)) {
                issue.what = What::Kind(Kind::Parsed(words.clone()));
            }
        }
        self
    }
}

impl Found {
    pub(super) fn of(node: NodeRef<'_>) -> Self {
        Self { kind: node.kind(), text: with_base(node).into_owned() }
    }

    pub(super) fn text(text: &str) -> Self {
        Self { kind: NodeKind::Text, text: text.to_owned() }
    }

    /// Whether it is a number, or text that looks like one.
    pub(crate) fn is_number(&self) -> bool {
        matches!(self.kind, NodeKind::Integer | NodeKind::Float) || self.text.trim().parse::<f64>().is_ok()
    }

    /// Whether it is a number that the type of a setting may be too narrow for.
    pub(crate) fn is_huge(&self) -> bool {
        matches!(self.kind, NodeKind::Integer | NodeKind::Float | NodeKind::Text)
            && self.text.contains(|c: char| c.is_ascii_digit())
            && super::text::number(&self.text)
                .parse()
                .is_ok_and(|number: f64| number.abs() > f64::from(f32::MAX))
    }

    /// The value in words; of a secret only its kind.
    pub(crate) fn words(&self, secret: bool) -> String {
        in_words(self.kind, &self.text, secret)
    }
}

/// A node's value in words; of a secret only its kind.
pub(crate) fn found_words(node: NodeRef<'_>, secret: bool) -> String {
    in_words(node.kind(), &with_base(node), secret)
}

/// Of a list that is read as one of another length, in words that follow its path.
pub(super) fn exactly(wanted: usize, found: usize) -> String {
    let elements = if wanted == 1 { "element" } else { "elements" };
    format!("must have exactly {wanted} {elements}, not {found}")
}

/// A node's text with the mark of its base, which is kept apart from the digits.
fn with_base(node: NodeRef<'_>) -> Cow<'_, str> {
    let mark = match node.radix() {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => return Cow::Borrowed(node.text()),
    };
    let digits = node.text().trim_start_matches('-');
    let sign = if digits.len() < node.text().len() { "-" } else { "" };
    Cow::Owned(format!("{sign}{mark}{digits}"))
}

fn in_words(kind: NodeKind, text: &str, secret: bool) -> String {
    let text = shortened(text);
    match kind {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Array => "a list".to_owned(),
        NodeKind::Table => "a table".to_owned(),
        _ if secret => format!("this {}", kind.as_str()),
        NodeKind::String => format!("the string \"{text}\""),
        NodeKind::Text => format!("\"{text}\""),
        NodeKind::Bool | NodeKind::Integer | NodeKind::Float => text,
        _ => format!("the {} {text}", kind.as_str()),
    }
}

/// A value in a message is there to be recognised, not to be read whole.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// What a kind of value is called in "must be …".
pub(crate) fn kind_words(kind: &Kind) -> String {
    match kind {
        Kind::Bool => "true or false".to_owned(),
        Kind::Integer { min, max } => format!("an integer from {min} to {max}"),
        Kind::Float => "a number".to_owned(),
        Kind::Text => "a string".to_owned(),
        Kind::Parsed(words) => parsed_words(words),
        Kind::Duration => "a duration such as `30s` or `1h 30m`".to_owned(),
        Kind::Bytes => "a size such as `10MiB` or `512kB`".to_owned(),
        Kind::List => "a list".to_owned(),
        Kind::Map | Kind::Structure(_) => "a table".to_owned(),
        Kind::Choice(names) => one_of(names),
        _ => "a value".to_owned(),
    }
}

/// What types of the standard library and of well-known crates call what they parse, with an example.
fn parsed_words(words: &str) -> String {
    let example = match words {
        "socket address" => "an address with a port, such as `127.0.0.1:8080`",
        "IPv4 socket address" => "an IPv4 address with a port, such as `127.0.0.1:8080`",
        "IPv6 socket address" => "an IPv6 address with a port, such as `[::1]:8080`",
        "IP address" => "an IP address, such as `127.0.0.1` or `::1`",
        "IPv4 address" => "an IPv4 address, such as `127.0.0.1`",
        "IPv6 address" => "an IPv6 address, such as `::1`",
        "a string representing an URL" => "a URL, such as `https://example.org/`",
        _ => return article(words),
    };
    example.to_owned()
}

pub(crate) fn one_of<S: AsRef<str>>(names: &[S]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match &quoted[..] {
        [only] => only.clone(),
        all => format!("one of {}", all.join(", ")),
    }
}

/// Types name what they expect with or without an article.
pub(crate) fn article(words: &str) -> String {
    let words = words.trim();
    let has_article = ["a ", "an ", "the ", "one ", "any "].iter().any(|start| words.starts_with(start));
    if has_article {
        return words.to_owned();
    }
    let vowel = words.starts_with(|c: char| "aeiouAEIO".contains(c));
    format!("{} {words}", if vowel { "an" } else { "a" })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value cannot be read")
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(What::Custom(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(What::Expected(expected.to_string()))
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(What::Expected(expected.to_string()))
    }

    fn invalid_length(found: usize, expected: &dyn Expected) -> Self {
        let expected = article(&expected.to_string());
        Self::new(What::Length(format!("must be {expected}, not one of length {found}")))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let expected = expected.iter().map(|&name| name.to_owned()).collect();
        Self::new(What::UnknownVariant(variant.to_owned(), expected))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::new(What::Custom(format!("there is no field `{field}`")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(What::MissingField(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(What::DuplicateField(field.to_owned()))
    }
}
