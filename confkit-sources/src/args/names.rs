//! The names that a declaration gives its arguments.

use std::collections::BTreeMap;

use super::Names;
use super::find;
use crate::declared::{Content, Field, FieldDefault, Metadata, Shape, Unknown, nearest_policy};
use crate::path::{self, Segment};

/// A declared argument.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Declared {
    /// Its name without dashes; `<KEY>` and `<N>` stand for a map's key and a list's position.
    pub long: String,
    /// The letter that stands for it.
    pub short: Option<char>,
    /// The setting.
    pub path: String,
    /// The field of the setting.
    pub field: &'static Field,
    /// Whether there is no such argument because the value is secret.
    pub is_secret: bool,
    /// Whether it leads into a list or map of sections.
    pub is_dynamic: bool,
    /// Whether the setting has to be given, whatever else is.
    pub is_required: bool,
    /// Whether it is left out where arguments are listed.
    pub is_hidden: bool,
    /// Whether the setting was called so before.
    pub is_former: bool,
    /// Whether it says that a secret may be given, and the value is none.
    pub is_needless: bool,
    /// The setting's section, and what its documentation says.
    pub section: (String, &'static str),
}

impl Declared {
    /// Returns whether its value is true or false: `--tls` and `--no-tls`.
    pub fn is_switch(&self) -> bool {
        find::is_switch(self.field)
    }
}

/// Lists all arguments of a declaration, in the order of its fields. Recursive declarations are
/// listed down to the first repetition.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Names, declared_arguments};
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, Shape, ValueKind};
///
/// static DATABASE: Metadata = Metadata {
///     fields: &[Field {
///         key: "max_conn",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "database",
///         content: Content::Nested(|| Shape::Section(&DATABASE)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let arguments = declared_arguments(&Names { section: &[], metadata: &SETTINGS });
/// assert_eq!(arguments[0].long, "database-max-conn");
/// assert_eq!(arguments[0].path, "database.max_conn");
/// ```
pub fn declared_arguments(names: &Names<'_>) -> Vec<Declared> {
    let mut lister = Lister { declared: Vec::new(), open: Vec::new() };
    let mut at = Place::default();
    for segment in names.section {
        path::push(&mut at.path, segment);
        match segment {
            Segment::Key(key) => push_name(&mut at.long, &kebab(key)),
            Segment::Index(index) => push_name(&mut at.long, &index.to_string()),
        }
    }
    at.docs = if names.section.is_empty() { "" } else { names.metadata.docs() };
    lister.section(names.metadata, &at);
    let mut declared = lister.declared;
    // A section may be secret in one place and not in another; then the key does something.
    let secret: Vec<*const Field> = declared
        .iter()
        .filter(|one| one.field.arg().takes_secret() && !one.is_needless)
        .map(|one| std::ptr::from_ref(one.field))
        .collect();
    for one in &mut declared {
        one.is_needless &= !secret.contains(&std::ptr::from_ref(one.field));
    }
    declared
}

/// A name that means more than one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The name with its dashes.
    pub name: String,
    /// The settings; a single one where the name is that of `--help`.
    pub paths: Vec<String>,
}

/// Lists the names that more than one setting has, or a setting and `--help`.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Names, clashes, declared_arguments};
/// use confkit_sources::declared::{ArgName, Content, Field, Kind, Metadata, ValueKind};
///
/// const PORT: Field = Field {
///     key: "port",
///     arg: ArgName { short: Some('p'), ..ArgName::DERIVED },
///     content: Content::Value(|| ValueKind::new(Kind::Text)),
///     ..Field::EMPTY
/// };
/// static SETTINGS: Metadata =
///     Metadata { fields: &[PORT, Field { key: "path", ..PORT }], ..Metadata::EMPTY };
/// let found = clashes(&declared_arguments(&Names { section: &[], metadata: &SETTINGS }));
/// assert_eq!((found[0].name.as_str(), found[0].paths.len()), ("-p", 2));
/// ```
pub fn clashes(declared: &[Declared]) -> Vec<Clash> {
    let mut by_name = BTreeMap::<String, Vec<String>>::new();
    let reserved = ["--help", "-h"];
    for one in declared.iter().filter(|one| !one.is_secret && !one.is_dynamic) {
        let mut add = |name: String| {
            let paths = by_name.entry(name).or_default();
            // Variants of an enum may have one setting each at the same place.
            if !paths.contains(&one.path) {
                paths.push(one.path.clone());
            }
        };
        // A path without sections may be another's name; that of `--help` is read by nobody.
        let path = Some(&one.path).filter(|&path| *path != one.long && path != "help");
        for long in std::iter::once(&one.long).chain(path) {
            add(format!("--{long}"));
            if one.is_switch() {
                add(format!("--no-{long}"));
            }
        }
        one.short.into_iter().for_each(|short| add(format!("-{short}")));
    }
    let meant_twice =
        |(name, paths): &(String, Vec<String>)| paths.len() > 1 || reserved.contains(&name.as_str());
    by_name.into_iter().filter(meant_twice).map(|(name, paths)| Clash { name, paths }).collect()
}

/// Returns the argument that gives the setting at a path, with its dashes, if it has one.
///
/// # Example
///
/// ```
/// use confkit_sources::args::{Names, argument_for};
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::path;
///
/// static SETTINGS: Metadata = Metadata {
///     fields: &[Field {
///         key: "max_conn",
///         content: Content::Value(|| ValueKind::new(Kind::Text)),
///         ..Field::EMPTY
///     }],
///     ..Metadata::EMPTY
/// };
/// let names = Names { section: &[], metadata: &SETTINGS };
/// let path = path::parse("max_conn").unwrap();
/// assert_eq!(argument_for(&names, &path).as_deref(), Some("--max-conn"));
/// ```
pub fn argument_for(names: &Names<'_>, path: &[Segment<'_>]) -> Option<String> {
    let found = find::setting(names, path).filter(|found| !found.is_secret)?;
    let setting = path::to_string(&found.path);
    let declared = declared_arguments(names);
    let name = declared.into_iter().find(|one| one.path == setting).map_or(setting, |one| one.long);
    Some(format!("--{name}"))
}

/// Returns what the nearest section says about unknown keys for an argument that no setting has:
/// the innermost one into which its name, without dashes, leads.
pub fn policy_for(names: &Names<'_>, name: &str) -> Option<Unknown> {
    let mut rest = name;
    for segment in names.section {
        let Segment::Key(key) = segment else { return names.metadata.unknown_keys() };
        match step(rest, key) {
            Some(after) => rest = after,
            None => return None,
        }
    }
    nearest_policy(names.metadata, rest, None, &|field, rest| step(rest, field.key()), ".")
}

/// What follows a section's key in an argument's name, in either of its forms.
fn step<'n>(name: &'n str, key: &str) -> Option<&'n str> {
    let behind = |key: &str| name.strip_prefix(key)?.strip_prefix(['-', '.', '[']);
    behind(key).or_else(|| behind(&kebab(key)))
}

/// Lower case, words joined by `-`: they end at `_`, `-`, `.` and before a capital behind a small
/// letter.
pub(super) fn kebab(key: &str) -> String {
    let mut name = String::with_capacity(key.len() + 4);
    let mut small = false;
    for c in key.chars() {
        let ends = matches!(c, '_' | '-' | '.');
        if (ends || (small && c.is_uppercase())) && !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if !ends {
            name.extend(c.to_lowercase());
        }
        small = c.is_lowercase();
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

fn push_name(name: &mut String, part: &str) {
    if !name.is_empty() && !part.is_empty() {
        name.push('-');
    }
    name.push_str(part);
}

/// A section on the way through a declaration.
#[derive(Debug, Clone, Default)]
struct Place {
    long: String,
    path: String,
    is_dynamic: bool,
    is_secret: bool,
    is_hidden: bool,
    /// Whether something on the way is under an old key.
    is_former: bool,
    /// Whether the section may be absent as a whole, or is a variant that need not be chosen.
    is_optional: bool,
    docs: &'static str,
}

impl Place {
    fn inside(&self, key: &str) -> Self {
        let mut inner = self.clone();
        path::push_key(&mut inner.path, key);
        push_name(&mut inner.long, &kebab(key));
        inner
    }

    /// The same under the keys that the field had before.
    fn formerly(&self, field: &Field) -> impl Iterator<Item = Self> {
        let formers = field.renamed_from().iter();
        formers.map(|key| Self { is_former: true, is_optional: true, ..self.inside(key) })
    }
}

struct Lister {
    declared: Vec<Declared>,
    /// The sections around the current one, so that recursion ends.
    open: Vec<*const Metadata>,
}

impl Lister {
    fn section(&mut self, metadata: &'static Metadata, at: &Place) {
        if self.open.contains(&std::ptr::from_ref(metadata)) {
            return;
        }
        self.open.push(metadata);
        let in_variant = Place { is_optional: true, ..at.clone() };
        for field in metadata.fields().iter().filter(|field| !field.arg().is_skipped()) {
            let is_tag =
                metadata.variants().is_some_and(|variants| variants.tagging().tag() == Some(field.key()));
            let at = if metadata.variants().is_some() && !is_tag { &in_variant } else { at };
            match field.content() {
                Content::Flattened(shape) => {
                    if let Some(inner) = shape().alone() {
                        self.section(inner, at);
                    }
                }
                Content::Nested(shape) => {
                    let shape = shape();
                    for mut inner in std::iter::once(at.inside(field.key())).chain(at.formerly(field)) {
                        inner.is_secret |= field.is_secret();
                        inner.is_hidden |= field.is_hidden();
                        inner.is_optional |= !matches!(field.default(), FieldDefault::None);
                        inner.docs =
                            if field.docs().is_empty() { shape.section().docs() } else { field.docs() };
                        self.shape(shape, &inner);
                    }
                }
                Content::Value(_) => self.value(field, at),
                Content::Rest(_) | Content::Skipped => {}
            }
        }
        self.open.pop();
    }

    fn shape(&mut self, shape: Shape, at: &Place) {
        let dynamic =
            |step: &str| Place { path: format!("{}{step}", at.path), is_dynamic: true, ..at.clone() };
        match shape {
            Shape::Section(metadata) => {
                if let Some(whole) = metadata.whole() {
                    self.declare(whole, at.clone(), &Place { is_optional: true, ..at.clone() });
                }
                self.section(metadata, at);
            }
            Shape::Optional(inner) => self.shape(inner(), &Place { is_optional: true, ..at.clone() }),
            Shape::List(inner) => self.shape(inner(), &dynamic("[<N>]")),
            Shape::Map(inner) => self.shape(inner(), &dynamic(".<KEY>")),
        }
    }

    fn value(&mut self, field: &'static Field, at: &Place) {
        for inner in std::iter::once(at.inside(field.key())).chain(at.formerly(field)) {
            // Variants of an enum may have settings of one name.
            if !self.declared.iter().any(|one| one.path == inner.path) {
                self.declare(field, inner, at);
            }
        }
    }

    fn declare(&mut self, field: &'static Field, inner: Place, at: &Place) {
        let is_former = inner.is_former;
        if is_former && field.arg().long().is_some() {
            // It has not been named after its path.
            return;
        }
        let holds_secret = at.is_secret || field.holds_secret();
        let own = field.arg().long().filter(|_| !at.is_dynamic);
        let long = match own {
            Some(own) => own.to_owned(),
            // A key without letters has no name in lower case.
            None if at.is_dynamic || inner.long.is_empty() => inner.path.clone(),
            None if kebab(field.key()).is_empty() && !field.key().is_empty() => inner.path.clone(),
            None => inner.long,
        };
        self.declared.push(Declared {
            long,
            short: field.arg().short().filter(|_| !at.is_dynamic && !is_former),
            path: inner.path,
            field,
            is_secret: holds_secret && !field.arg().takes_secret(),
            is_dynamic: at.is_dynamic,
            is_required: !at.is_optional && !is_former && is_required(field),
            is_hidden: is_former || at.is_hidden || field.is_hidden(),
            is_former,
            is_needless: field.arg().takes_secret() && !holds_secret && !is_former,
            section: (at.path.clone(), at.docs),
        });
    }
}

/// Whether a value has neither a default nor a form in which it is absent.
fn is_required(field: &Field) -> bool {
    let may_be_absent = matches!(field.content(), Content::Value(kind) if kind().optional);
    !field.is_optional() && !may_be_absent && matches!(field.default(), FieldDefault::None)
}
