//! The names that a declaration gives its variables.

use std::collections::BTreeMap;

use super::Names;
use crate::declared::{Content, EnvName, Field, Metadata, Shape, Unknown, nearest_policy};
use crate::path::{self, Segment};

/// A declared variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// Its name; `<KEY>` and `<N>` stand for a map's key and a list's position.
    pub name: String,
    /// The setting it gives.
    pub path: String,
}

/// Lists all variables of a declaration, in the order of its fields. Secrets have a second one,
/// which names a file. Recursive declarations are listed down to the first repetition.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::{Names, declared_names};
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "port",
///         env_segment: "PORT",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = declared_names(&Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS });
/// assert_eq!((names[0].name.as_str(), names[0].path.as_str()), ("APP_PORT", "port"));
/// ```
pub fn declared_names(names: &Names<'_>) -> Vec<Declared> {
    let mut lister = Lister { prefix: names.prefix, declared: Vec::new(), open: Vec::new() };
    let mut name = names.prefix.map(str::to_owned).unwrap_or_default();
    let mut setting = String::new();
    for segment in names.section {
        push_name(&mut name, &section_name(segment), "_");
        path::push(&mut setting, segment);
    }
    lister.section(names.metadata, &name, &setting, false);
    lister.declared
}

/// Lists the variables that name more than one setting, with those settings.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, EnvName, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::{Names, clashes};
///
/// const PORT: Field = Field {
///     key: "port",
///     env: EnvName::Named("PORT"),
///     content: Content::Value(|| ValueKind::new(Kind::Text)),
///     ..Field::EMPTY
/// };
/// static SETTINGS: Metadata =
///     Metadata { fields: &[PORT, Field { key: "admin_port", ..PORT }], ..Metadata::EMPTY };
/// let names = Names { prefix: None, section: &[], metadata: &SETTINGS };
/// assert_eq!(clashes(&names), [("PORT".to_owned(), vec!["port".to_owned(), "admin_port".to_owned()])]);
/// ```
pub fn clashes(names: &Names<'_>) -> Vec<(String, Vec<String>)> {
    let mut by_name = BTreeMap::<String, Vec<String>>::new();
    for Declared { name, path } in declared_names(names) {
        let paths = by_name.entry(name).or_default();
        // Variants of an enum may have one setting each at the same place.
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    by_name.into_iter().filter(|(_, paths)| paths.len() > 1).collect()
}

/// A section's part of a variable's name.
pub(super) fn section_name(segment: &Segment<'_>) -> String {
    match segment {
        Segment::Index(index) => index.to_string(),
        Segment::Key(key) => upper_snake(key),
    }
}

/// An entry's part of a variable's name; none for keys that no name leads to, or none that a shell
/// can set.
fn entry_name(segment: &Segment<'_>) -> Option<String> {
    let Segment::Key(key) = segment else { return Some(section_name(segment)) };
    let name = key.to_ascii_uppercase().replace('-', "_");
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let is_clear = !name.is_empty() && !name.contains("__") && !name.starts_with('_') && !name.ends_with('_');
    (is_word && is_clear).then_some(name)
}

/// Upper snake case: words end at `_`, `-`, `.` and before a capital behind a small letter.
pub(crate) fn upper_snake(key: &str) -> String {
    let mut name = String::with_capacity(key.len() + 4);
    let mut small = false;
    for c in key.chars() {
        if matches!(c, '_' | '-' | '.') {
            name.push('_');
        } else {
            if small && c.is_uppercase() {
                name.push('_');
            }
            name.extend(c.to_uppercase());
        }
        small = c.is_lowercase();
    }
    name
}

struct Lister<'a> {
    prefix: Option<&'a str>,
    declared: Vec<Declared>,
    /// The sections around the current one, so that recursion ends.
    open: Vec<*const Metadata>,
}

impl Lister<'_> {
    fn section(&mut self, metadata: &'static Metadata, name: &str, setting: &str, dynamic: bool) {
        if self.open.contains(&std::ptr::from_ref(metadata)) {
            return;
        }
        self.open.push(metadata);
        for field in metadata.fields() {
            self.field(field, name, setting, dynamic);
        }
        self.open.pop();
    }

    fn field(&mut self, field: &'static Field, name: &str, setting: &str, dynamic: bool) {
        if *field.env() == EnvName::Skipped {
            return;
        }
        let mut name = name.to_owned();
        let mut inner = setting.to_owned();
        if !matches!(field.content(), Content::Flattened(_)) {
            push_name(&mut name, field.env_segment(), if dynamic { "__" } else { "_" });
            path::push_key(&mut inner, field.key());
        }
        match field.content() {
            Content::Nested(shape) => self.shape(shape(), &name, &inner, false),
            Content::Flattened(shape) => {
                if let Some(metadata) = shape().alone() {
                    self.section(metadata, &name, setting, dynamic);
                }
            }
            Content::Value(_) => self.value(field, name, &inner),
            Content::Rest(_) | Content::Skipped => {}
        }
    }

    fn shape(&mut self, shape: Shape, name: &str, setting: &str, dynamic: bool) {
        match shape {
            Shape::Section(metadata) => {
                if let (Some(whole), Some(_)) = (metadata.whole(), self.prefix) {
                    self.push(name.to_owned(), setting, whole.is_secret());
                }
                self.section(metadata, name, setting, dynamic);
            }
            Shape::Optional(inner) => self.shape(inner(), name, setting, dynamic),
            Shape::List(inner) => {
                self.shape(inner(), &format!("{name}__<N>"), &format!("{setting}[<n>]"), true);
            }
            Shape::Map(inner) => {
                self.shape(inner(), &format!("{name}__<KEY>"), &format!("{setting}.<key>"), true);
            }
        }
    }

    fn value(&mut self, field: &Field, name: String, setting: &str) {
        let name = match field.env() {
            EnvName::Named(own) => Some((*own).to_owned()),
            EnvName::Marked => Some(name),
            _ => self.prefix.is_some().then_some(name),
        };
        if let Some(name) = name {
            self.push(name, setting, field.is_secret());
        }
        field.env_aliases().iter().for_each(|alias| self.push((*alias).to_owned(), setting, false));
    }

    fn push(&mut self, name: String, setting: &str, secret: bool) {
        let file = secret.then(|| format!("{name}_FILE"));
        for name in std::iter::once(name).chain(file) {
            self.declared.push(Declared { name, path: setting.to_owned() });
        }
    }
}

fn push_name(name: &mut String, part: &str, separator: &str) {
    if !name.is_empty() {
        name.push_str(separator);
    }
    name.push_str(part);
}

/// Returns the variable that gives the setting at a path, if it has one.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::env::{Names, variable_for};
/// use confkit_sources::path;
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "port",
///         env_segment: "PORT",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { prefix: Some("APP"), section: &[], metadata: &SETTINGS };
/// let path = path::parse("port").unwrap();
/// assert_eq!(variable_for(&names, &path).as_deref(), Some("APP_PORT"));
/// ```
pub fn variable_for(names: &Names<'_>, path: &[Segment<'_>]) -> Option<String> {
    let inside = path.get(names.section.len()..)?;
    let mut name = names.prefix.map(str::to_owned).unwrap_or_default();
    for segment in names.section {
        push_name(&mut name, &section_name(segment), "_");
    }
    along(names.metadata, inside, &name, names.prefix.is_some(), "_")
}

fn along(
    metadata: &'static Metadata,
    path: &[Segment<'_>],
    name: &str,
    prefixed: bool,
    separator: &str,
) -> Option<String> {
    let (Segment::Key(key), rest) = path.split_first()? else { return None };
    metadata.fields().iter().find_map(|field| {
        if *field.env() == EnvName::Skipped {
            return None;
        }
        let mut name = name.to_owned();
        match field.content() {
            Content::Flattened(shape) => along(shape().alone()?, path, &name, prefixed, separator),
            Content::Nested(shape) if field.answers_to(key) => {
                push_name(&mut name, field.env_segment(), separator);
                along_shape(shape(), rest, name, prefixed, "_")
            }
            Content::Value(_) if field.answers_to(key) && rest.is_empty() => match field.env() {
                EnvName::Named(own) => Some((*own).to_owned()),
                EnvName::Derived if !prefixed => field.env_aliases().first().map(|alias| (*alias).to_owned()),
                _ => {
                    push_name(&mut name, field.env_segment(), separator);
                    Some(name)
                }
            },
            _ => None,
        }
    })
}

fn along_shape(
    shape: Shape,
    path: &[Segment<'_>],
    mut name: String,
    prefixed: bool,
    separator: &str,
) -> Option<String> {
    match (shape, path.split_first()) {
        (Shape::Section(section), None) => (prefixed && section.whole().is_some()).then_some(name),
        (Shape::Section(section), _) => along(section, path, &name, prefixed, separator),
        (Shape::Optional(inner), _) => along_shape(inner(), path, name, prefixed, separator),
        (Shape::List(inner) | Shape::Map(inner), Some((step, rest))) => {
            push_name(&mut name, &entry_name(step)?, "__");
            along_shape(inner(), rest, name, prefixed, "__")
        }
        (Shape::List(_) | Shape::Map(_), None) => None,
    }
}

/// Whether a type has variables that need no prefix.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{EnvName, Field, Metadata};
/// use confkit_sources::env::has_own_names;
///
/// const PORT: Field = Field { key: "port", env: EnvName::Marked, ..Field::EMPTY };
/// static SETTINGS: Metadata = Metadata { fields: &[PORT], ..Metadata::EMPTY };
/// assert!(has_own_names(&SETTINGS));
/// assert!(!has_own_names(&Metadata::EMPTY));
/// ```
pub fn has_own_names(metadata: &'static Metadata) -> bool {
    fn search(metadata: &'static Metadata, seen: &mut Vec<*const Metadata>) -> bool {
        if seen.contains(&std::ptr::from_ref(metadata)) {
            return false;
        }
        seen.push(metadata);
        metadata.fields().iter().any(|field| {
            matches!(field.env(), EnvName::Named(_) | EnvName::Marked)
                || !field.env_aliases().is_empty()
                || match field.content() {
                    Content::Nested(shape) | Content::Flattened(shape) => search(shape().section(), seen),
                    _ => false,
                }
        })
    }
    search(metadata, &mut Vec::new())
}

/// Whether two settings of a type might share a variable; [`clashes`] then tells for certain.
pub fn may_clash(metadata: &'static Metadata) -> bool {
    fn search(metadata: &'static Metadata, seen: &mut Vec<*const Metadata>) -> bool {
        if seen.contains(&std::ptr::from_ref(metadata)) {
            return false;
        }
        seen.push(metadata);
        let fields = metadata.fields();
        fields.iter().any(|field| {
            let own = matches!(field.env(), EnvName::Named(_)) || !field.env_aliases().is_empty();
            if matches!(field.content(), Content::Value(_)) {
                return own;
            }
            let inner = match field.content() {
                Content::Flattened(_) => return true,
                Content::Nested(shape) => {
                    let segment = field.env_segment();
                    let begins = |other: &Field| {
                        // The underscore is looked for first: it is seldom there.
                        let other = other.env_segment();
                        other.as_bytes().get(segment.len()) == Some(&b'_') && other.starts_with(segment)
                    };
                    fields.iter().any(begins) || search(shape().section(), seen)
                }
                _ => false,
            };
            own || inner
        })
    }
    search(metadata, &mut Vec::new())
}

/// Returns what the nearest section says about unknown keys for a variable that binds nothing: the
/// innermost one whose names the variable's begins with.
pub fn policy_for(names: &Names<'_>, name: &str) -> Option<Unknown> {
    let mut start = names.prefix.map(|prefix| format!("{prefix}_")).unwrap_or_default();
    for segment in names.section {
        start.push_str(&section_name(segment));
        start.push('_');
    }
    nearest_policy(names.metadata, name.strip_prefix(&start)?, None, &step, "__")
}

/// What follows a section's part of a variable's name.
fn step<'n>(field: &Field, name: &'n str) -> Option<&'n str> {
    let after = name.strip_prefix(field.env_segment())?.strip_prefix('_')?;
    Some(after.strip_prefix('_').unwrap_or(after))
}
