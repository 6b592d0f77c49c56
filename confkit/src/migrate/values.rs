//! The values of one file while steps change them.

use confkit_sources::exposure::{self, Showing};
use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, NodeKind, NodeRef, OriginKind, Value};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::moves::Moves;
use super::pattern::Pattern;
use super::stop::{Failure, Stop};
use crate::report::{Code, KnownSecrets};
use crate::resolve::single;

pub(super) type Path = Vec<Segment<'static>>;

/// The values of one file, while a step changes them.
///
/// Paths are those of reports, `servers[1].host`; they begin at the settings that are loaded. Tables on
/// the way to a new path are made, and tables that become empty go. What is done here is done in the
/// text of the file, too, if it is that which is migrated.
///
/// # Example
///
/// ```
/// use confkit::migrate::{Failure, Migrations, Values};
/// use confkit::{Config, Format, Warnings};
///
/// /// Schemes instead of a switch, names in lower case, and no notes.
/// fn modern(values: &mut Values) -> Result<(), Failure> {
///     if values.contains("tls") {
///         let tls: bool = values.get("tls")?.unwrap_or_default();
///         values.set("scheme", if tls { "https" } else { "http" })?;
///         values.remove("tls")?;
///     }
///     for path in values.paths("hosts[].name")? {
///         let name: String = values.get(&path)?.unwrap_or_default();
///         values.set(&path, name.to_lowercase())?;
///         values.rename(&path, "host")?;
///     }
///     values.move_to("net.retries", "retries")
/// }
///
/// fn migrations() -> Migrations {
///     Migrations::new().step(2, |step| step.function_up(modern))
/// }
///
/// #[derive(Config)]
/// #[config(version = 2, migrations = migrations)]
/// struct Settings {
///     scheme: String,
///     retries: u8,
///     #[config(nested)]
///     hosts: Vec<Host>,
/// }
///
/// #[derive(Config)]
/// struct Host {
///     host: String,
/// }
///
/// let text = "tls = true\nhosts = [{ name = 'Alpha' }]\n[net]\nretries = 3\n";
/// let loader = Settings::loader().text(Format::Toml, "app.toml", text);
/// let settings = loader.warnings(Warnings::Ignore).load()?;
/// assert_eq!((settings.scheme.as_str(), settings.retries), ("https", 3));
/// assert_eq!(settings.hosts[0].host, "alpha");
/// # Ok::<(), confkit::Report>(())
/// ```
pub struct Values {
    document: Document,
    section: Path,
    /// The version that is being made.
    version: u32,
    changes: Vec<Change>,
    moves: Moves,
    /// Whether values may be secret.
    secret: bool,
}

/// One change, to be made in a text. Paths begin at the file's root.
#[derive(Debug)]
pub(super) enum Change {
    Move(Path, Path),
    Set(Path, Value),
    Remove(Path),
    /// Removes the first; its comments go to the second.
    Merge(Path, Path),
}

/// What a migration makes of one document.
pub(super) struct Made {
    pub(super) document: Document,
    pub(super) changes: Vec<Change>,
    pub(super) moves: Moves,
}

impl Values {
    pub(super) fn new(document: Document, section: &[Segment<'static>], secret: bool) -> Self {
        Self {
            document,
            section: section.to_vec(),
            version: 0,
            changes: Vec::new(),
            moves: Moves::default(),
            secret,
        }
    }

    /// Begins the step to a version.
    pub(super) fn begin(&mut self, version: u32) {
        self.version = version;
    }

    pub(super) fn made(self) -> Made {
        Made { document: self.document, changes: self.changes, moves: self.moves }
    }

    pub(super) fn into_document(self) -> Document {
        self.document
    }

    /// Returns whether a path leads to something.
    pub fn contains(&self, path: &str) -> bool {
        self.absolute(path).is_ok_and(|path| self.node(&path).is_some())
    }

    /// Returns the paths that a path with `[]` for every element of a list, or `<key>` for every entry of
    /// a table, leads to.
    ///
    /// # Errors
    ///
    /// A text that is no path.
    pub fn paths(&self, pattern: &str) -> Result<Vec<String>, Failure> {
        let found = self.found(&Pattern::parse(pattern)?);
        Ok(found.iter().map(|found| path::to_string(&found.path)).collect())
    }

    /// Reads what a path leads to, as the type wants it; `None` if there is nothing.
    ///
    /// # Errors
    ///
    /// A text that is no path, and a value that is none of the type.
    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, Failure> {
        let path = self.absolute(path)?;
        Ok(self.read(&path)?)
    }

    /// Makes a path hold a value. One that is `None` takes away what is there.
    ///
    /// # Errors
    ///
    /// A text that is no path, a path on which a single value stands, and a value that the format of the
    /// file cannot hold.
    pub fn set(&mut self, path: &str, value: impl Serialize) -> Result<(), Failure> {
        let path = self.absolute(path)?;
        let document = serialized(&value, &path)?;
        let value = document.as_ref().and_then(|document| document.root().get(VALUE));
        Ok(self.put(&path, value, None)?)
    }

    /// Puts what a path leads to under another path. Where there is nothing, nothing happens.
    ///
    /// # Errors
    ///
    /// A text that is no path, and a path at which something is already.
    pub fn move_to(&mut self, from: &str, to: &str) -> Result<(), Failure> {
        let (from, to) = (self.absolute(from)?, self.absolute(to)?);
        Ok(self.relocate(&from, &to)?)
    }

    /// Gives what a path leads to another key, in the same table. Where there is nothing, nothing happens.
    ///
    /// # Errors
    ///
    /// A text that is no path, and a key that is there already.
    pub fn rename(&mut self, path: &str, key: &str) -> Result<(), Failure> {
        let from = self.absolute(path)?;
        let to = [&from[..from.len() - 1], &[Segment::key(key.to_owned())]].concat();
        Ok(self.relocate(&from, &to)?)
    }

    /// Takes away what a path leads to. Where there is nothing, nothing happens.
    ///
    /// # Errors
    ///
    /// A text that is no path.
    pub fn remove(&mut self, path: &str) -> Result<(), Failure> {
        let path = self.absolute(path)?;
        self.take(&path);
        Ok(())
    }

    /// The root of the settings.
    fn root(&self) -> Option<NodeRef<'_>> {
        self.document.root().at(&self.section)
    }

    /// The paths of a pattern, from the root of the settings.
    pub(super) fn found(&self, pattern: &Pattern) -> Vec<super::pattern::Found> {
        self.root().map(|root| pattern.find(root)).unwrap_or_default()
    }

    /// A path from the root of the file.
    pub(super) fn below(&self, path: &[Segment<'static>]) -> Path {
        [&self.section[..], path].concat()
    }

    fn absolute(&self, text: &str) -> Result<Path, Failure> {
        let parsed = path::parse(text).map_err(|error| format!("`{text}` is no path: {error}"))?;
        let path: Path = parsed.into_iter().map(Segment::into_owned).collect();
        match path.last() {
            Some(Segment::Key(_)) => Ok(self.below(&path)),
            _ => Err(format!("`{text}` has to end with a key").into()),
        }
    }

    pub(super) fn node(&self, path: &[Segment<'_>]) -> Option<NodeRef<'_>> {
        self.document.root().at(path)
    }

    /// The value at a path; none where nothing or `null` is.
    pub(super) fn read<T: DeserializeOwned>(&self, path: &[Segment<'_>]) -> Result<Option<T>, Stop> {
        let node = self.node(path).filter(|node| node.kind() != NodeKind::Null);
        let Some(node) = node else { return Ok(None) };
        let read = single::value(&self.document, node.id(), path, self.secret);
        read.map(Some).map_err(|draft| self.unread(&path::to_string(path), *draft, node.id()))
    }

    /// The values at several paths as one list.
    pub(super) fn read_all<T: DeserializeOwned>(&self, paths: &[Path]) -> Result<T, Stop> {
        let id = |path: &Path| self.node(path).map(NodeRef::id);
        let nodes: Vec<_> = paths.iter().map(|path| (id(path), path.as_slice())).collect();
        let names: Vec<String> = paths.iter().map(|path| path::to_string(path)).collect();
        single::list(&self.document, &nodes, self.secret).map_err(|(at, draft)| {
            let own = nodes.get(at).and_then(|(node, _)| *node);
            let node = own.or_else(|| nodes.iter().find_map(|(node, _)| *node));
            self.unread(&names.join("`, `"), *draft, node.unwrap_or_default())
        })
    }

    fn unread(&self, path: &str, draft: crate::resolve::Draft, node: u32) -> Stop {
        let message = format!("`{path}` cannot be brought to version {}: {}", self.version, draft.message);
        Stop::new(Code::Type, path, message).at(Some(node))
    }

    /// What the code of a step says of a value.
    pub(super) fn failed(&self, failure: Failure, path: &[Segment<'_>]) -> Stop {
        let name = path::to_string(path);
        let node = self.node(path).map(NodeRef::id);
        let what = if path.is_empty() { "the file".to_owned() } else { format!("`{name}`") };
        let told = |words| {
            let message = format!("{what} cannot be brought to version {}: {words}", self.version);
            Stop::new(Code::Invalid, &name, message).at(node)
        };
        Stop::of(failure, told, &self.hidden())
    }

    /// Every text of the file, if it may be secret.
    fn hidden(&self) -> KnownSecrets {
        let texts = self.document.nodes().filter(|node| self.secret && !node.is_container());
        KnownSecrets::new(texts.map(|node| node.text().to_owned()).collect())
    }

    pub(super) fn relocate(
        &mut self,
        from: &[Segment<'static>],
        to: &[Segment<'static>],
    ) -> Result<(), Stop> {
        let Some(node) = self.node(from).map(NodeRef::id).filter(|_| from != to) else { return Ok(()) };
        let (old, new) = (path::to_string(from), path::to_string(to));
        let version = self.version;
        self.vacant(to, from)?;
        if to.starts_with(from) || self.document.relocate(from, to).is_none() {
            let message = format!("`{old}` cannot become `{new}`: something that is no table is on the way");
            return Err(Stop::new(Code::Conflict, &old, message).at(Some(node)));
        }
        self.moves.add(from, to, version);
        self.changes.push(Change::Move(from.to_vec(), to.to_vec()));
        Ok(())
    }

    /// Tells of a path at which something is already.
    pub(super) fn vacant(&self, to: &[Segment<'_>], from: &[Segment<'_>]) -> Result<(), Stop> {
        let Some(there) = self.node(to) else { return Ok(()) };
        let (old, new) = (path::to_string(from), path::to_string(to));
        let message = format!("`{old}` becomes `{new}` in version {}, and both are given", self.version);
        Err(Stop::new(Code::Conflict, &old, message)
            .at(self.node(from).map(NodeRef::id))
            .beside(there.id())
            .help(format!("keep one of them; the program reads `{new}`")))
    }

    /// Makes a path hold a value; `near` is where it was computed from.
    pub(super) fn put(
        &mut self,
        path: &[Segment<'static>],
        value: Option<NodeRef<'_>>,
        near: Option<u32>,
    ) -> Result<(), Stop> {
        let name = path::to_string(path);
        let Some(value) = value else {
            self.take(path);
            return Ok(());
        };
        let value = Value::of(self.document.format(), path, value).map_err(|error| {
            let stop = Stop::new(Code::Unwritable, &name, format!("`{name}` {}", error.message)).at(near);
            error.help.into_iter().fold(stop, Stop::help)
        })?;
        if self.document.set(path, &value, near.unwrap_or_default()).is_none() {
            let message = format!("`{name}` cannot be set: something that is no table is on the way");
            return Err(Stop::new(Code::Conflict, &name, message).at(near));
        }
        self.changes.push(Change::Set(path.to_vec(), value));
        Ok(())
    }

    pub(super) fn take(&mut self, path: &[Segment<'static>]) {
        if self.document.remove(path).is_some() {
            self.changes.push(Change::Remove(path.to_vec()));
        }
    }

    /// Takes a value away that has become a part of another one.
    pub(super) fn merge(&mut self, from: &[Segment<'static>], into: &[Segment<'static>]) {
        if self.document.remove(from).is_some() {
            self.changes.push(Change::Merge(from.to_vec(), into.to_vec()));
        }
    }

    /// Notes that a part of what was at a path is at another one.
    pub(super) fn came_from(&mut self, from: &[Segment<'static>], to: &[Segment<'static>]) {
        self.moves.add(from, to, self.version);
    }
}

/// The key of a value in a document of its own.
pub(super) const VALUE: &str = "value";

/// A value as a document, secrets in clear: they go where they came from.
pub(super) fn serialized(value: &impl Serialize, path: &[Segment<'_>]) -> Result<Option<Document>, Stop> {
    let key = [Segment::key(VALUE)];
    let document =
        exposure::showing(Showing::Clear, || Document::serialized(OriginKind::Code, VALUE, &key, value));
    document.map_err(|error| {
        let name = path::to_string(path);
        Stop::new(Code::Unwritable, &name, format!("`{name}` cannot be written: {error}"))
    })
}

/// Says nothing of the values, which may be secret.
impl std::fmt::Debug for Values {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Values").field("name", &self.document.name()).finish_non_exhaustive()
    }
}
