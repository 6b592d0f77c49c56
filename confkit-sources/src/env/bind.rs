//! From variables to a document, by walking the declaration once for each variable.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::links::{self, Links};
use super::matches::{Match, Matches};
use super::names::{section_name, upper_snake, variable_for};
use super::{Bound, FileFault, Finding, Names, Spelling, Variables};
use crate::declared::{Content, EnvName, Field, Kind, Metadata, Shape, find};
use crate::document::MAX_DEPTH;
use crate::origin::{ENVIRONMENT, Origin, OriginKind};
use crate::path::{self, Segment};
use crate::system::{Status, System};
use crate::tree::{At, Tree};

/// A file that a variable names may be this large.
const MAX_FILE: usize = 1 << 20;

/// Binds variables to the names of a declaration.
///
/// # Example
///
/// ```
/// use confkit_sources::declared::{Content, Field, Kind, Metadata, ValueKind};
/// use confkit_sources::System;
/// use confkit_sources::env::{Names, Variables, bind};
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
/// let system = System::memory().var("APP_PORT", "80").var("APP_PROT", "81");
/// let bound = bind(&Variables::of_system(&system, ""), &names, &|_, _| Vec::new());
/// let port = bound.document.root().get("port").unwrap();
/// assert_eq!((port.text(), port.origin().to_string().as_str()), ("80", "environment variable APP_PORT"));
/// assert_eq!(bound.unbound, ["APP_PROT"]);
/// ```
pub fn bind(variables: &Variables, names: &Names<'_>, spelling: Spelling<'_>) -> Bound {
    let mut binder = Binder::new(variables, *names, spelling);
    for (name, value, number) in binder.candidates() {
        binder.variable(name, value, number);
    }
    binder.finish()
}

/// Looks up the settings that a name gives, without a variable of that name.
pub(crate) struct Lookup<'a>(Binder<'a>);

impl<'a> Lookup<'a> {
    pub(crate) fn new(names: Names<'a>, spelling: Spelling<'a>) -> Self {
        static NONE: OnceLock<Variables> = OnceLock::new();
        let none = NONE.get_or_init(|| Variables::new(Vec::new(), &System::memory(), ""));
        Self(Binder::new(none, names, spelling))
    }

    /// The paths of the settings; more than one if the declaration is not clear.
    pub(crate) fn find(&mut self, name: &str) -> Vec<Vec<Segment<'static>>> {
        let matches = self.0.matches(name);
        matches.iter().filter(|one| !one.file).map(|one| one.path.to_vec()).collect()
    }
}

struct Binder<'a> {
    variables: &'a Variables,
    names: Names<'a>,
    spelling: Spelling<'a>,
    /// `PREFIX_` with the section's names; empty without a prefix.
    start: String,
    /// Names that do not begin with the prefix, with the settings they give.
    absolute: Vec<(Cow<'static, str>, Vec<Segment<'static>>)>,
    /// Whether fields have variables although there is no prefix.
    marked: bool,
    /// Whether a variable under the prefix has the address of a service for its value.
    addresses: bool,
    /// The path that is walked, at the section between two walks, and what a name leads to: kept for the
    /// next variable.
    path: Vec<Segment<'static>>,
    matched: Matches,
    /// Services around, looked for once there is a reason to.
    links: OnceCell<Links<'a>>,
    /// Enums that the name at hand was followed into, each with what was left of the name and the
    /// path: variants may lead to one place, and the ways there would double with every level.
    entered: RefCell<HashSet<(*const Metadata, usize, Vec<Segment<'static>>)>>,
    /// Whether a name leads deeper than anything may.
    too_deep: Cell<bool>,
    /// Whether a name leads to a key of a map that other layers spell in several ways.
    alike: Cell<bool>,
    tree: Tree<'a>,
    findings: Vec<Finding>,
    unbound: Vec<String>,
}

impl<'a> Binder<'a> {
    fn new(variables: &'a Variables, names: Names<'a>, spelling: Spelling<'a>) -> Self {
        let mut start = names.prefix.map(|prefix| [prefix, "_"].concat()).unwrap_or_default();
        for segment in names.section {
            start.push_str(&section_name(segment));
            start.push('_');
        }
        let mut binder = Self {
            variables,
            names,
            spelling,
            start: variables.folded(&start).into_owned(),
            absolute: Vec::new(),
            marked: false,
            addresses: false,
            path: Vec::with_capacity(8),
            matched: Matches::default(),
            links: OnceCell::new(),
            entered: RefCell::default(),
            too_deep: Cell::new(false),
            alike: Cell::new(false),
            tree: match &variables.file {
                None => Tree::new(OriginKind::Variable, ENVIRONMENT),
                Some(file) => Tree::of_text(OriginKind::Variable, file),
            },
            findings: Vec::new(),
            unbound: Vec::new(),
        };
        let mut path = std::mem::take(&mut binder.path);
        path.extend(names.section.iter().cloned().map(Segment::into_owned));
        binder.survey(names.metadata, &mut path, &mut Vec::new());
        binder.path = path;
        binder
    }

    /// Collects the names that no walk along the prefix would find.
    fn survey(
        &mut self,
        metadata: &'static Metadata,
        path: &mut Vec<Segment<'static>>,
        open: &mut Vec<*const Metadata>,
    ) {
        if open.contains(&std::ptr::from_ref(metadata)) {
            return;
        }
        open.push(metadata);
        for field in metadata.fields() {
            let is_plain = matches!(field.content(), Content::Value(_) | Content::Skipped);
            if is_plain && *field.env() == EnvName::Derived && field.env_aliases().is_empty() {
                continue;
            }
            let flattened = matches!(field.content(), Content::Flattened(_));
            if !flattened {
                path.push(Segment::key(field.key()));
            }
            match field.env() {
                EnvName::Named(name) => self.absolute.push((self.variables.folded(name), path.clone())),
                EnvName::Marked => self.marked = true,
                EnvName::Derived | EnvName::Skipped => {}
            }
            for alias in field.env_aliases() {
                self.absolute.push((self.variables.folded(alias), path.clone()));
            }
            if let Content::Nested(shape) | Content::Flattened(shape) = field.content()
                && *field.env() != EnvName::Skipped
                && let Some(section) = shape().alone()
            {
                self.survey(section, path, open);
            }
            if !flattened {
                path.pop();
            }
        }
        open.pop();
    }

    /// The variables that may bind, sorted, so that reports are the same on every run; each with its
    /// number among all.
    fn candidates(&mut self) -> Vec<(&'a str, &'a OsStr, u32)> {
        let everything = self.names.prefix.is_none() && self.marked;
        let mut candidates = Vec::with_capacity(16);
        for ((name, value), number) in self.variables.list.iter().zip(0..) {
            if !everything && !self.concerns(name) {
                continue;
            }
            let Some(name) = name.to_str() else { continue };
            self.addresses |= links::is_address(value.as_encoded_bytes());
            candidates.push((name, value.as_os_str(), number));
        }
        candidates.sort_unstable();
        candidates
    }

    fn concerns(&self, name: &OsString) -> bool {
        let (bytes, prefix) = (name.as_encoded_bytes(), self.start.as_bytes());
        // Most names differ in their first letter, where the comparison ends.
        let under_prefix = !prefix.is_empty()
            && bytes.len() > prefix.len()
            && bytes[..prefix.len()].eq_ignore_ascii_case(prefix);
        under_prefix
            || (!self.absolute.is_empty() && name.to_str().is_some_and(|name| self.is_absolute(name)))
    }

    fn is_absolute(&self, name: &str) -> bool {
        let plain = name.strip_suffix("_FILE").unwrap_or(name);
        self.absolute.iter().any(|(own, _)| *own == name || *own == plain)
    }

    fn variable(&mut self, name: &str, value: &OsStr, number: u32) {
        self.alike.set(false);
        let matches = self.matches(name);
        match (matches.iter().next(), matches.len()) {
            (None, _) if self.too_deep.take() => self.findings.push(Finding::Depth { name: name.to_owned() }),
            (None, _) => self.unbound(name, value),
            (Some(one), 1) => self.give((name, number), value, one),
            _ => {
                let paths = matches.iter().map(|one| path::to_string(one.path)).collect();
                let name = name.to_owned();
                let is_alike = self.alike.get();
                let finding = if is_alike {
                    Finding::Alike { name, paths }
                } else {
                    Finding::Ambiguous { name, paths }
                };
                self.findings.push(finding);
            }
        }
        self.matched = matches;
    }

    fn matches(&mut self, name: &str) -> Matches {
        let mut matches = std::mem::take(&mut self.matched);
        matches.clear();
        self.absolute_matches(name, false, &mut matches);
        if let Some(rest) = name.strip_prefix(&self.start) {
            let mut path = std::mem::take(&mut self.path);
            self.walk(self.names.metadata, rest, &mut path, &mut matches);
            self.entered.borrow_mut().clear();
            // Variants of an enum may have settings of one name.
            matches.dedup();
            self.path = path;
        }
        if matches.len() == 0
            && !self.absolute.is_empty()
            && let Some(name) = name.strip_suffix("_FILE")
        {
            self.absolute_matches(name, true, &mut matches);
            matches.retain(|one| field_at(&self.names, one.path).is_some_and(Field::is_secret));
        }
        // A field that is called `…_file` itself is meant before the file of another.
        if matches.len() > 1 && matches.iter().any(|one| !one.file) {
            matches.retain(|one| !one.file);
        }
        matches
    }

    fn absolute_matches(&self, name: &str, file: bool, matches: &mut Matches) {
        let own = self.absolute.iter().filter(|(own, _)| *own == name);
        own.for_each(|(_, path)| matches.push(path.iter().cloned(), file));
    }

    fn walk(
        &self,
        metadata: &'static Metadata,
        rest: &str,
        path: &mut Vec<Segment<'static>>,
        found: &mut Matches,
    ) {
        if path.len() >= MAX_DEPTH {
            return self.too_deep.set(true);
        }
        if metadata.variants().is_some()
            && !self.entered.borrow_mut().insert((metadata, rest.len(), path.clone()))
        {
            return;
        }
        for field in metadata.fields() {
            if let Content::Flattened(shape) = field.content() {
                if *field.env() != EnvName::Skipped
                    && let Some(section) = shape().alone()
                {
                    self.walk(section, rest, path, found);
                }
                continue;
            }
            // Most names differ in their first letter.
            if rest.as_bytes().first() == field.env_segment().as_bytes().first() {
                self.walk_field(field, (field.key(), field.env_segment()), rest, path, found);
            }
            if !field.env_formers.is_empty() {
                self.walk_formers(field, rest, path, found);
            }
        }
    }

    /// Under the names that a field had before. What is found keeps its old key.
    #[cold]
    fn walk_formers(&self, field: &Field, rest: &str, path: &mut Vec<Segment<'static>>, found: &mut Matches) {
        let formers = field.renamed_from().iter().copied().zip(field.env_formers.iter().copied());
        for former in formers.filter(|(_, segment)| !segment.is_empty()) {
            self.walk_field(field, former, rest, path, found);
        }
    }

    fn walk_field(
        &self,
        field: &Field,
        (key, segment): (&'static str, &str),
        rest: &str,
        path: &mut Vec<Segment<'static>>,
        found: &mut Matches,
    ) {
        let Some(after) = rest.strip_prefix(segment) else { return };
        if !(after.is_empty() || after.starts_with('_')) || !self.has_derived_name(field) {
            return;
        }
        path.push(Segment::key(key));
        match field.content() {
            Content::Nested(shape) => self.walk_shape(shape(), after, path, found),
            Content::Value(_) if after.is_empty() => {
                found.push(path.iter().cloned(), false);
            }
            Content::Value(kind) if after.starts_with("__") => {
                self.walk_value(&kind().kind, (after, false), path, found);
            }
            Content::Value(_) if after == "_FILE" && field.is_secret() => {
                found.push(path.iter().cloned(), true);
            }
            _ => {}
        }
        path.pop();
    }

    /// Below a nested field, behind its name.
    fn walk_shape(&self, shape: Shape, after: &str, path: &mut Vec<Segment<'static>>, found: &mut Matches) {
        match shape {
            Shape::Optional(inner) => self.walk_shape(inner(), after, path, found),
            Shape::Section(section) => {
                if let Some(rest) = after.strip_prefix("__").or_else(|| after.strip_prefix('_')) {
                    self.walk(section, rest, path, found);
                }
                self.walk_whole(section, after, path, found);
            }
            Shape::List(inner) => {
                let Some((index, after)) = dynamic(after) else { return };
                let Ok(index) = index.parse() else { return };
                path.push(Segment::Index(index));
                self.walk_shape(inner(), after, path, found);
                path.pop();
            }
            Shape::Map(inner) => {
                let Some((key, after)) = dynamic(after) else { return };
                for key in self.spellings(path, key) {
                    path.push(Segment::key(key));
                    self.walk_shape(inner(), after, path, found);
                    path.pop();
                }
            }
        }
    }

    /// What stands in place of a section: the name of a variant, or its one value.
    fn walk_whole(
        &self,
        section: &'static Metadata,
        after: &str,
        path: &[Segment<'static>],
        found: &mut Matches,
    ) {
        let Some(whole) = section.whole() else { return };
        let file = after == "_FILE" && whole.is_secret();
        let inside = if file { "" } else { after };
        let Some(kind) = whole.kind() else { return };
        self.walk_value(kind.kind(), (inside, file), path, found);
    }

    /// Into a value that serde reads, or to all of it.
    fn walk_value(
        &self,
        kind: &Kind,
        (after, file): (&str, bool),
        path: &[Segment<'static>],
        found: &mut Matches,
    ) {
        match (kind, after.strip_prefix("__")) {
            // The keys of a map of values are taken whole.
            (Kind::Map, Some(key)) if !key.is_empty() => {
                for key in self.spellings(path, key) {
                    found.push(path.iter().cloned().chain([Segment::key(key)]), file);
                }
            }
            _ => {
                if let Some(inside) = inside_value(kind, after) {
                    found.push(path.iter().cloned().chain(inside), file);
                }
            }
        }
    }

    fn spellings(&self, path: &[Segment<'_>], key: &str) -> Vec<String> {
        let known = (self.spelling)(path, key);
        if known.is_empty() {
            return vec![key.to_lowercase()];
        }
        self.alike.set(self.alike.get() || known.len() > 1);
        known
    }

    fn has_derived_name(&self, field: &Field) -> bool {
        match field.env() {
            EnvName::Derived => self.names.prefix.is_some() || matches!(field.content(), Content::Nested(_)),
            EnvName::Marked => true,
            EnvName::Named(_) | EnvName::Skipped => false,
        }
    }

    /// Takes a value to its setting.
    fn give(&mut self, (name, number): (&str, u32), value: &OsStr, one: Match<'_>) {
        let names = self.names;
        let setting = || present(&names, one.path);
        if self.addresses && self.is_link(name, value.to_str(), true) {
            return self.findings.push(Finding::Link { name: name.to_owned(), path: setting() });
        }
        let Some(text) = value.to_str() else {
            return self.findings.push(Finding::Encoding { name: name.to_owned(), path: setting() });
        };
        if one.file && text.is_empty() {
            return;
        }
        let (content, at) = if one.file {
            match self.read_file(text) {
                Ok(content) => {
                    let origin = Origin::new(OriginKind::Variable, text.to_owned()).with_key(name.to_owned());
                    (Cow::Owned(content), At::Origin(origin))
                }
                Err(fault) => {
                    let (name, file) = (name.to_owned(), PathBuf::from(text));
                    return self.findings.push(Finding::File { name, path: setting(), file, fault });
                }
            }
        } else {
            (Cow::Borrowed(text), At::Name(name))
        };
        let at = self.variables.spans(number).map_or(at, |(name, value)| At::Text(name, value));
        if let Err(first) = self.tree.insert(one.path, &content, at) {
            self.findings.push(Finding::Conflict { path: setting(), first, second: name.to_owned() });
        }
    }

    fn read_file(&self, file: &str) -> Result<String, FileFault> {
        read_secret(&self.variables.system, &self.variables.root.join(file), self.variables.private)
    }

    fn unbound(&mut self, name: &str, value: &OsStr) {
        let upper = name.to_uppercase();
        if upper != name {
            if let Some(one) = self.matches(&upper).iter().next() {
                let path = present(&self.names, one.path);
                // An old name is not the right one.
                let is_old = path != path::to_string(one.path);
                let present = || variable_for(&self.names, one.path);
                let right = if is_old { present().unwrap_or(upper) } else { upper };
                self.findings.push(Finding::Case { path, name: name.to_owned(), right });
            }
            return;
        }
        if name.starts_with(&self.start)
            && self.names.prefix.is_some()
            && !self.is_link(name, value.to_str(), false)
        {
            self.unbound.push(name.to_owned());
        }
    }

    fn is_link(&self, name: &str, value: Option<&str>, declared: bool) -> bool {
        let links = self.links.get_or_init(|| {
            let text = |(name, value): &'a (OsString, OsString)| Some((name.to_str()?, value.to_str()));
            Links::among(&self.variables.list.iter().filter_map(text).collect::<Vec<_>>())
        });
        links.contains(name, value, declared)
    }

    fn finish(self) -> Bound {
        let (document, parts) = self.tree.into_documents();
        Bound { document, parts, findings: self.findings, unbound: self.unbound }
    }
}

/// A setting as reports name it.
fn present(names: &Names<'_>, path: &[Segment<'_>]) -> String {
    let present = find::present(names.metadata, names.section, path);
    present.map_or_else(|| path::to_string(path), |present| path::to_string(&present))
}

/// Reads a file that is one value. A newline at its end is the editor's.
pub(crate) fn read_secret(system: &System, path: &Path, private: bool) -> Result<String, FileFault> {
    if private && system.status(path).is_ok_and(Status::is_readable_by_others) {
        return Err(FileFault::Exposed);
    }
    let bytes = system.read_up_to(path, MAX_FILE).map_err(|error| error.kind())?;
    let mut text = String::from_utf8(bytes).map_err(|_| FileFault::Encoding)?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

/// A map's key or a list's position: between `__` and the next `__` or the end.
fn dynamic(after: &str) -> Option<(&str, &str)> {
    let rest = after.strip_prefix("__")?;
    let end = rest.find("__").unwrap_or(rest.len());
    (end > 0).then(|| rest.split_at(end))
}

/// The steps inside a value that serde reads: into a list or a structure.
fn inside_value(kind: &Kind, after: &str) -> Option<Vec<Segment<'static>>> {
    if after.is_empty() {
        return Some(Vec::new());
    }
    match kind {
        Kind::List => {
            let (index, after) = dynamic(after)?;
            let mut path = vec![Segment::Index(index.parse().ok()?)];
            let mut after = after;
            while let Some((key, rest)) = dynamic(after) {
                path.push(Segment::key(key.to_lowercase()));
                after = rest;
            }
            after.is_empty().then_some(path)
        }
        Kind::Structure(keys) => {
            let (key, rest) = dynamic(after)?;
            let key = keys.iter().find(|known| upper_snake(known) == key)?;
            rest.is_empty().then(|| vec![Segment::key(*key)])
        }
        _ => None,
    }
}

/// The field that a path without lists and maps leads to.
fn field_at(names: &Names<'_>, path: &[Segment<'_>]) -> Option<&'static Field> {
    let inside = path.get(names.section.len()..)?;
    find_field(names.metadata, inside)
}

fn find_field(metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<&'static Field> {
    let (Segment::Key(key), rest) = path.split_first()? else { return None };
    metadata.fields().iter().find_map(|field| match field.content() {
        Content::Flattened(shape) => find_field(shape().alone()?, path),
        Content::Nested(shape) if field.key() == key && !rest.is_empty() => {
            find_field(shape().alone()?, rest)
        }
        _ => (field.key() == key && rest.is_empty()).then_some(field),
    })
}
