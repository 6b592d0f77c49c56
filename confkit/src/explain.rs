//! Why a setting has its value.

use std::fmt;
use std::ops::Deref;

use confkit_sources::declared::{Content, Field, FieldDefault, Metadata, Shape};
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef, Origin};

use crate::config::Config;
use crate::loader::Kept;
use crate::report::{Problem, clean};
use crate::secret::MASK;

/// A loaded value with everything that explains it.
///
/// It derefs to the value. [`explain`](Self::explain) looks in the documents that were read, so
/// that a load keeps no record of its own.
pub struct Loaded<T> {
    value: T,
    kept: Kept,
}

impl<T: Config> Loaded<T> {
    pub(crate) fn new(value: T, kept: Kept) -> Self {
        Self { value, kept }
    }

    /// Gives up what explains the value.
    pub fn into_inner(loaded: Self) -> T {
        loaded.value
    }

    /// Explains the setting at a path; `None` if there is no such setting.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Format};
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(default = 8080)]
    ///     port: u16,
    /// }
    ///
    /// let loaded = Settings::loader().load_traced().unwrap();
    /// let port = loaded.explain("port").unwrap();
    /// assert_eq!(port.to_string(), "port = 8080\n  from default");
    /// assert!(loaded.explain("prot").is_none());
    /// ```
    pub fn explain(&self, path: &str) -> Option<Explanation> {
        let path = path::parse(path).ok()?;
        let inside = path.strip_prefix(self.kept.section.as_slice())?;
        let route = Route::along(T::METADATA, inside)?;
        Some(self.explanation(&path, &route))
    }

    /// Explains every setting, in the order of the declaration.
    pub fn explanations(&self) -> Vec<Explanation> {
        let mut paths = Vec::new();
        let mut path = self.kept.section.clone();
        self.list(T::METADATA, &mut path, &mut paths, 0);
        paths
            .iter()
            .filter_map(|path| {
                let route = Route::along(T::METADATA, &path[self.kept.section.len()..])?;
                Some(self.explanation(path, &route))
            })
            .collect()
    }

    /// Returns the warnings of the load.
    pub fn warnings(&self) -> &[Problem] {
        &self.kept.warnings
    }

    /// Returns the profile that was chosen.
    pub fn profile(&self) -> &str {
        &self.kept.profile
    }

    fn explanation(&self, path: &[Segment<'_>], route: &Route) -> Explanation {
        let shown = path::to_string(path);
        let mut candidates = self.candidates(path, route);
        let mut steps = Vec::new();
        // Empty text counts only for types that keep text.
        if !route.keeps_empty() {
            candidates.retain(|candidate| {
                if candidate.empty {
                    steps.push(format!("{} is empty and counts as not set", candidate.origin));
                }
                !candidate.empty
            });
        }
        for (_, note) in self.kept.ignored.iter().filter(|(ignored, _)| *ignored == shown) {
            steps.push(note.clone());
        }
        let default = route.default();
        let mut candidates = candidates.into_iter();
        let (value, origin) = match candidates.next() {
            Some(winner) => (Some(winner.value), winner.origin),
            None => (default.clone(), Origin::default_value()),
        };
        let mut shadowed: Vec<Candidate> = candidates.collect();
        if origin.kind() != confkit_sources::OriginKind::Default
            && let Some(value) = default
        {
            shadowed.push(Candidate { value, origin: Origin::default_value(), empty: false });
        }
        Explanation { path: clean(&shown).into_owned(), value, origin, shadowed, steps }
    }

    /// What every layer offers, topmost first.
    fn candidates(&self, path: &[Segment<'_>], route: &Route) -> Vec<Candidate> {
        let layers = self.kept.layers.iter().enumerate().rev();
        layers
            .filter_map(|(layer, bound)| {
                let node = route.follow(bound.document.root(), &self.kept.section, path)?;
                let hidden = route.secret || self.announced(layer, node);
                let value = if hidden { MASK.to_owned() } else { shown(node, true) };
                let empty = node.kind() == NodeKind::Text && node.text().trim().is_empty();
                Some(Candidate { value, origin: node.origin(), empty })
            })
            .collect()
    }

    /// Whether a node, or anything inside it, belongs to a type that hides its value.
    fn announced(&self, layer: usize, node: NodeRef<'_>) -> bool {
        let is = |node: NodeRef<'_>| {
            self.kept.secrets.iter().any(|&(of, id)| of as usize == layer && id == node.id())
        };
        is(node) || node.items().any(|inside| self.announced(layer, inside))
    }

    fn list(
        &self,
        metadata: &'static Metadata,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        if depth > 64 {
            return;
        }
        for field in metadata.fields() {
            match field.content() {
                Content::Flattened(shape) => self.list(shape().section(), path, paths, depth + 1),
                Content::Nested(shape) => {
                    path.push(Segment::key(field.key()));
                    self.list_shape(shape(), path, paths, depth + 1);
                    path.pop();
                }
                Content::Value(_) => {
                    path.push(Segment::key(field.key()));
                    paths.push(path.clone());
                    path.pop();
                }
                Content::Rest(_) => self.list_rest(metadata, path, paths),
                _ => {}
            }
        }
    }

    /// The keys that a map takes because no field does.
    fn list_rest(
        &self,
        metadata: &'static Metadata,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
    ) {
        let mut keys: Vec<String> = Vec::new();
        for node in self.nodes(path).into_iter().rev() {
            let free = node.entries().map(|(key, _)| key).filter(|key| find(metadata, key).is_none());
            for key in free {
                if !keys.iter().any(|known| known == key) {
                    keys.push(key.to_owned());
                }
            }
        }
        for key in keys {
            path.push(Segment::key(key));
            paths.push(path.clone());
            path.pop();
        }
    }

    fn list_shape(
        &self,
        shape: Shape,
        path: &mut Vec<Segment<'static>>,
        paths: &mut Vec<Vec<Segment<'static>>>,
        depth: usize,
    ) {
        match shape {
            Shape::Section(section) => self.list(section, path, paths, depth),
            Shape::Optional(_) if self.nodes(path).is_empty() => {}
            Shape::Optional(inner) => self.list_shape(inner(), path, paths, depth),
            Shape::List(inner) => {
                let len = self.nodes(path).iter().map(|node| node.items().count()).next().unwrap_or(0);
                for index in 0..len {
                    path.push(Segment::Index(index));
                    self.list_shape(inner(), path, paths, depth);
                    path.pop();
                }
            }
            Shape::Map(inner) => {
                let mut keys: Vec<&str> = Vec::new();
                for node in self.nodes(path).into_iter().rev() {
                    for (key, _) in node.entries() {
                        if !keys.contains(&key) {
                            keys.push(key);
                        }
                    }
                }
                for key in keys {
                    path.push(Segment::Key(key.to_owned().into()));
                    self.list_shape(inner(), path, paths, depth);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn nodes(&self, path: &[Segment<'static>]) -> Vec<NodeRef<'_>> {
        let layers = self.kept.layers.iter().rev();
        layers.filter_map(|bound| follow(bound.document.root(), path)).collect()
    }
}

impl<T> Deref for Loaded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Loaded<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

/// Where a setting's value comes from, and what it won over.
///
/// Its `Display` is for people: the value, its place, and every other candidate.
#[derive(Debug, Clone)]
pub struct Explanation {
    path: String,
    value: Option<String>,
    origin: Origin,
    shadowed: Vec<Candidate>,
    steps: Vec<String>,
}

impl Explanation {
    /// Returns the setting's path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the value as its source writes it, `[redacted]` for a secret; `None` if it is not set.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// Returns where the value stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns what other layers offered, topmost first, the default last.
    pub fn shadowed(&self) -> &[Candidate] {
        &self.shadowed
    }

    /// Returns what else happened on the way: candidates that were ignored, and why.
    pub fn steps(&self) -> &[String] {
        &self.steps
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(f, "{} = {value}\n  from {}", self.path, self.origin)?,
            None => write!(f, "{} is not set", self.path)?,
        }
        for candidate in &self.shadowed {
            write!(f, "\n  over {} from {}", candidate.value, candidate.origin)?;
        }
        for step in &self.steps {
            write!(f, "\n  note: {step}")?;
        }
        Ok(())
    }
}

/// What one layer offered for a setting.
#[derive(Debug, Clone)]
pub struct Candidate {
    value: String,
    origin: Origin,
    empty: bool,
}

impl Candidate {
    /// Returns the value as its source writes it, `[redacted]` for a secret.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Returns where it stands.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}

/// The fields on the way to a setting.
struct Route {
    /// The field for each key of the path; none for indexes and map keys.
    fields: Vec<Option<&'static Field>>,
    last: Option<&'static Field>,
    secret: bool,
}

impl Route {
    fn along(metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<Self> {
        let mut route = Self { fields: Vec::new(), last: None, secret: false };
        route.section(metadata, path)?;
        Some(route)
    }

    fn section(&mut self, metadata: &'static Metadata, path: &[Segment<'_>]) -> Option<()> {
        let Some((step, rest)) = path.split_first() else { return Some(()) };
        let Segment::Key(key) = step else { return None };
        let Some(field) = find(metadata, key) else {
            // A map takes what no field takes.
            let takes_rest = |field: &&Field| matches!(field.content(), Content::Rest(_));
            let rest_field = visible(metadata).into_iter().find(takes_rest)?;
            self.fields.extend(path.iter().map(|_| None));
            self.last = Some(rest_field);
            self.secret |= rest_field.is_secret() || rest_field.holds_secret();
            return Some(());
        };
        self.fields.push(Some(field));
        self.last = Some(field);
        self.secret |= field.is_secret() || field.holds_secret();
        if let Content::Nested(shape) = field.content() {
            return self.shape(shape(), rest);
        }
        // Inside a value the steps are its own.
        self.fields.extend(rest.iter().map(|_| None));
        Some(())
    }

    fn shape(&mut self, shape: Shape, path: &[Segment<'_>]) -> Option<()> {
        match shape {
            Shape::Section(section) => self.section(section, path),
            Shape::Optional(inner) => self.shape(inner(), path),
            Shape::List(inner) | Shape::Map(inner) => {
                let Some((_, rest)) = path.split_first() else { return Some(()) };
                self.fields.push(None);
                self.shape(inner(), rest)
            }
            _ => None,
        }
    }

    fn follow<'d>(
        &self,
        root: NodeRef<'d>,
        section: &[Segment<'_>],
        path: &[Segment<'_>],
    ) -> Option<NodeRef<'d>> {
        let start = follow(root, section)?;
        let steps = path[section.len()..].iter().zip(&self.fields);
        steps.into_iter().try_fold(start, |node, (step, field)| match field {
            Some(field) => node.items().find(|inside| field.answers_to(inside.key())),
            None => follow(node, std::slice::from_ref(step)),
        })
    }

    fn keeps_empty(&self) -> bool {
        matches!(self.last.map(Field::content), Some(Content::Value(kind)) if *kind().kind() == confkit_sources::declared::Kind::Text)
    }

    fn default(&self) -> Option<String> {
        let field = self.last?;
        let hidden = |text: String| if self.secret { MASK.to_owned() } else { text };
        match field.default() {
            FieldDefault::Text(text) => Some(hidden((*text).to_owned())),
            FieldDefault::List(texts) => Some(hidden(format!("[{}]", texts.join(", ")))),
            FieldDefault::Expression { source, shown } => {
                let shown = if self.secret { None } else { shown() };
                let shown = shown.map(|text| if text.is_empty() { "\"\"".to_owned() } else { text });
                Some(hidden(shown.unwrap_or_else(|| (*source).to_owned())))
            }
            _ => None,
        }
    }
}

/// All fields of a section, those of flattened types in place of them.
fn visible(metadata: &'static Metadata) -> Vec<&'static Field> {
    let inside = |field: &'static Field| match field.content() {
        Content::Flattened(shape) => visible(shape().section()),
        _ => vec![field],
    };
    metadata.fields().iter().flat_map(inside).collect()
}

/// The field that answers to a key, flattened ones included.
fn find(metadata: &'static Metadata, key: &str) -> Option<&'static Field> {
    metadata.fields().iter().find_map(|field| match field.content() {
        Content::Flattened(shape) => find(shape().section(), key),
        Content::Rest(_) | Content::Skipped => None,
        _ => field.answers_to(key).then_some(field),
    })
}

fn follow<'d>(node: NodeRef<'d>, path: &[Segment<'_>]) -> Option<NodeRef<'d>> {
    path.iter().try_fold(node, |node, segment| match segment {
        Segment::Key(key) => node.get(key),
        Segment::Index(index) if node.kind() == NodeKind::Table => node.get(&index.to_string()),
        Segment::Index(index) => node.items().nth(*index),
    })
}

/// A value as its source writes it.
fn shown(node: NodeRef<'_>, outer: bool) -> String {
    let text = clean(node.text());
    match node.kind() {
        NodeKind::Null => "null".to_owned(),
        NodeKind::Array => {
            let items: Vec<String> = node.items().map(|item| shown(item, false)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Table => {
            let entries =
                node.entries().map(|(key, value)| format!("{} = {}", clean(key), shown(value, false)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        NodeKind::String if !outer => format!("\"{text}\""),
        NodeKind::Integer if node.radix() != 10 => {
            let prefix = match node.radix() {
                2 => "0b",
                8 => "0o",
                _ => "0x",
            };
            format!("{prefix}{text}")
        }
        _ => text.into_owned(),
    }
}
