//! Figment's side: the stack as a `Figment`, and variables as a provider.

#[cfg(feature = "json-schema")]
mod combined;
mod merging;

use std::collections::BTreeMap;
use std::sync::Arc;

use confkit_sources::declared::{Content, Field, FieldDefault, Kind, Metadata, Shape, ValueKind};
use confkit_sources::path::{self, Segment};
use confkit_sources::{NodeKind, NodeRef};
use figment::value::{Dict, Empty, Map, Num, Value};
use figment::{Figment, Profile, Provider};

#[cfg(feature = "json-schema")]
pub(crate) use self::combined::{InForce, combined_section, combined_value};
use crate::loader::{Bound, Layers, Stack};
use crate::report::Report;
use crate::resolve::{Layer, Ref, Shared, field_for, plainly, shadowed};
use crate::secret::with_exposed;

/// One layer of an exported stack.
struct Exported {
    name: String,
    dict: Dict,
}

impl Provider for Exported {
    fn metadata(&self) -> figment::Metadata {
        let dict = Value::from(self.dict.clone());
        figment::Metadata::named(self.name.clone()).interpolater(move |_, keys| setting(&dict, keys))
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(Profile::Default.collect(self.dict.clone()))
    }
}

/// The path that figment's keys make in a layer. Inside lists figment names the position first.
fn setting(dict: &Value, keys: &[&str]) -> String {
    let indexes = keys.iter().take_while(|key| key.parse::<usize>().is_ok()).count();
    let (mut path, mut value) = (String::new(), Some(dict));
    for key in keys[indexes..].iter().chain(&keys[..indexes]) {
        value = if let (Some(Value::Array(_, list)), Ok(index)) = (value, key.parse::<usize>()) {
            path::push_index(&mut path, index);
            list.get(index)
        } else {
            path::push_key(&mut path, key);
            value.and_then(Value::as_dict).and_then(|dict| dict.get(*key))
        };
    }
    path
}

/// Hands a stack over.
pub(crate) fn export(stack: &Stack, metadata: &'static Metadata, section: &str) -> Result<Figment, Report> {
    let (mut layers, section) = Layers::for_export(stack, metadata, section)?;
    leave_out_shadowed(&mut layers, metadata, &section);
    let defaults = Exported { name: "default".to_owned(), dict: defaults(metadata, 0) };
    let mut below = Dict::new();
    let mut exported: Vec<Exported> = Vec::new();
    for bound in &layers {
        let root = plainly(bound.document.root(), &section);
        let dict = root.map(|root| section_dict(metadata, root, Some(&below))).unwrap_or_default();
        // What figment would combine is taken away from the layers below.
        for path in merging::replaced(metadata, &dict) {
            merging::take_away(&mut below, &path);
            exported.iter_mut().for_each(|lower| merging::take_away(&mut lower.dict, &path));
        }
        merge(&mut below, &dict);
        exported.push(Exported { name: bound.document.name().to_owned(), dict });
    }
    Ok(exported.into_iter().fold(Figment::new().merge(defaults), Figment::merge))
}

/// Leaves out what layers give of variants that are not in force.
fn leave_out_shadowed(layers: &mut [Bound], metadata: &'static Metadata, section: &[Segment<'static>]) {
    let documents: Vec<_> = layers.iter().map(|bound| Arc::clone(&bound.document)).collect();
    let layer =
        |(document, bound): (_, &Bound)| Layer { document, unknown: bound.unknown, position: bound.position };
    let shared = Shared::new(documents.iter().map(AsRef::as_ref).zip(layers.iter()).map(layer).collect());
    let roots = (0..).zip(&documents).filter_map(|(layer, document)| {
        let root = plainly(document.root(), section)?;
        Some(Ref { layer, node: root.id() })
    });
    let mut roots: Vec<Ref> = roots.collect();
    roots.reverse();
    for (layer, nodes) in by_layer(&shadowed(&shared, metadata, &roots)) {
        layers[layer as usize].document = Arc::new(documents[layer as usize].without(&nodes));
    }
}

fn by_layer(nodes: &[Ref]) -> BTreeMap<u32, Vec<u32>> {
    let mut layers = BTreeMap::<u32, Vec<u32>>::new();
    nodes.iter().for_each(|at| layers.entry(at.layer).or_default().push(at.node));
    layers
}

/// The literal defaults of a type, so that the receiver needs none of its own.
fn defaults(metadata: &'static Metadata, depth: usize) -> Dict {
    let mut dict = Dict::new();
    // The defaults of a variant that is not chosen would choose it.
    if depth > 16 || metadata.variants().is_some() {
        return dict;
    }
    for field in metadata.fields() {
        match (field.content(), field.default()) {
            (Content::Value(kind), FieldDefault::Text(text)) => {
                dict.insert(field.key().to_owned(), typed(&kind(), text, field.env_delimiter()));
            }
            (Content::Value(kind), FieldDefault::List(texts)) => {
                let kind = kind();
                let element = |&text: &&str| match kind.element() {
                    Some(element) => typed(element, text, ','),
                    None => guessed(text),
                };
                let texts = texts.iter().map(element).collect::<Vec<_>>();
                dict.insert(field.key().to_owned(), Value::from(texts));
            }
            (Content::Value(kind), FieldDefault::Expression { shown, .. }) => {
                // Who asks for a `Figment` asks for what secrets are, not for their mask.
                if let Some(text) = with_exposed(shown) {
                    dict.insert(field.key().to_owned(), typed(&kind(), &text, field.env_delimiter()));
                }
            }
            (Content::Nested(shape), _) => {
                if let Shape::Section(section) = shape()
                    && section.variants().is_none()
                {
                    dict.insert(field.key().to_owned(), Value::from(defaults(section, depth + 1)));
                }
            }
            (Content::Flattened(shape), _) => {
                let section = shape().alone();
                dict.extend(section.map(|section| defaults(section, depth + 1)).unwrap_or_default());
            }
            _ => {}
        }
    }
    dict
}

/// A table as figment's, keys as the declaration spells them, text typed by the fields.
fn section_dict(metadata: &'static Metadata, table: NodeRef<'_>, below: Option<&Dict>) -> Dict {
    let entry = |(key, node): (&str, NodeRef<'_>)| match field_for(metadata, key) {
        Some(field) if is_unset(field, node) => None,
        Some(field) => {
            let below = below.and_then(|below| below.get(field.key())).filter(|_| !merging::replaces(field));
            Some((field.key().to_owned(), field_value(field, node, below)))
        }
        None => Some((key.to_owned(), confkit_sources::figment::to_value(node))),
    };
    table.entries().filter_map(entry).collect()
}

/// Empty text counts only for fields that keep text.
fn is_unset(field: &'static Field, node: NodeRef<'_>) -> bool {
    node.kind() == NodeKind::Text
        && node.text().trim().is_empty()
        && !matches!(field.content(), Content::Value(kind) if *kind().kind() == Kind::Text)
}

fn field_value(field: &'static Field, node: NodeRef<'_>, below: Option<&Value>) -> Value {
    let value = own_value(field, node, below);
    // Single elements were put into the whole list.
    if is_patch(node) { value } else { merging::list(field, node, value, below) }
}

/// What one layer gives of a field.
fn own_value(field: &'static Field, node: NodeRef<'_>, below: Option<&Value>) -> Value {
    match field.content() {
        Content::Nested(shape) => shaped(shape(), node, below),
        Content::Value(kind) if is_patch(node) && *kind().kind() == Kind::List => {
            let kind = kind();
            patched(node, below, |node, _| match kind.element() {
                Some(element) => typed_node(element, node, ','),
                None => confkit_sources::figment::to_value(node),
            })
        }
        Content::Value(kind) => typed_node(&kind(), node, field.env_delimiter()),
        _ => confkit_sources::figment::to_value(node),
    }
}

/// A value, with the texts in it typed by what its type accepts.
fn typed_node(kind: &ValueKind, node: NodeRef<'_>, delimiter: char) -> Value {
    let inside = |node| match kind.element() {
        Some(element) => typed_node(element, node, ','),
        None => confkit_sources::figment::to_value(node),
    };
    match (node.kind(), kind.kind()) {
        (NodeKind::Text, _) => typed(kind, node.text(), delimiter),
        (NodeKind::Array, Kind::List) => Value::from(node.items().map(inside).collect::<Vec<_>>()),
        // HCL writes a list of one as it writes a table.
        (NodeKind::Table, Kind::List) if node.is_block() => Value::from(vec![inside(node)]),
        (NodeKind::Table, Kind::Map) => {
            Value::from(node.entries().map(|(key, node)| (key.to_owned(), inside(node))).collect::<Dict>())
        }
        _ => confkit_sources::figment::to_value(node),
    }
}

fn shaped(shape: Shape, node: NodeRef<'_>, below: Option<&Value>) -> Value {
    let dict = |below: Option<&Value>| below.and_then(Value::as_dict).cloned();
    match (shape, node.kind()) {
        (Shape::Section(section), NodeKind::Table) => {
            Value::from(section_dict(section, node, dict(below).as_ref()))
        }
        (Shape::Section(section), NodeKind::Text) => match section.whole().and_then(Field::kind) {
            Some(kind) => typed(&kind, node.text(), ','),
            None => confkit_sources::figment::to_value(node),
        },
        (Shape::Optional(inner), _) => shaped(inner(), node, below),
        (Shape::List(inner), NodeKind::Array) => {
            Value::from(node.items().map(|item| shaped(inner(), item, None)).collect::<Vec<_>>())
        }
        (Shape::List(inner), NodeKind::Table) if node.is_block() => {
            Value::from(vec![shaped(inner(), node, None)])
        }
        (Shape::List(inner), NodeKind::Table) if is_patch(node) => {
            patched(node, below, |item, below| shaped(inner(), item, below))
        }
        (Shape::Map(inner), NodeKind::Table) => {
            let below = dict(below).unwrap_or_default();
            let entry =
                |(key, node): (&str, NodeRef<'_>)| (key.to_owned(), shaped(inner(), node, below.get(key)));
            Value::from(node.entries().map(entry).collect::<Dict>())
        }
        _ => confkit_sources::figment::to_value(node),
    }
}

/// Whether a table replaces single elements of a list.
fn is_patch(node: NodeRef<'_>) -> bool {
    node.kind() == NodeKind::Table && node.items().all(|inside| inside.key().parse::<usize>().is_ok())
}

/// A list with some elements replaced: figment itself only replaces whole lists.
fn patched(
    node: NodeRef<'_>,
    below: Option<&Value>,
    element: impl Fn(NodeRef<'_>, Option<&Value>) -> Value,
) -> Value {
    let mut list: Vec<Value> = below.and_then(Value::as_array).unwrap_or_default().to_vec();
    let mut nodes: Vec<NodeRef<'_>> = node.items().collect();
    nodes.sort_by_key(|node| node.key().parse::<usize>().unwrap_or(usize::MAX));
    for node in nodes {
        let index = node.key().parse::<usize>().unwrap_or(usize::MAX);
        let value = element(node, list.get(index));
        match list.get_mut(index) {
            Some(Value::Dict(_, known)) if value.as_dict().is_some() => {
                merge(known, value.as_dict().unwrap_or(&Dict::new()));
            }
            Some(known) => *known = value,
            None => list.push(value),
        }
    }
    Value::from(list)
}

/// As figment merges: tables combine, anything else replaces.
fn merge(below: &mut Dict, above: &Dict) {
    for (key, value) in above {
        match (below.get_mut(key), value) {
            (Some(Value::Dict(_, known)), Value::Dict(_, value)) => merge(known, value),
            _ => {
                below.insert(key.clone(), value.clone());
            }
        }
    }
}

/// Text as the kind of value that its field takes; what does not fit stays text, for figment to refuse.
pub(crate) fn typed(kind: &ValueKind, text: &str, delimiter: char) -> Value {
    let trimmed = text.trim();
    let inside = |text: &str| match kind.element() {
        Some(element) => typed(element, text, delimiter),
        None => guessed(text),
    };
    let value = match kind.kind() {
        Kind::Text | Kind::Parsed(_) | Kind::Duration | Kind::Bytes | Kind::Choice(_) => None,
        _ if trimmed.is_empty() => return Value::from(Empty::None),
        Kind::Bool => crate::resolve::boolean(trimmed).map(Value::from),
        Kind::Integer { .. } => integer(trimmed),
        Kind::Float => trimmed.parse::<f64>().ok().map(Value::from),
        Kind::List => Some(match json(trimmed, '[') {
            Some(json) => json,
            None => Value::from(
                crate::resolve::elements(trimmed, delimiter).into_iter().map(inside).collect::<Vec<_>>(),
            ),
        }),
        Kind::Map | Kind::Structure(_) => json(trimmed, '{').or_else(|| {
            let pairs = crate::resolve::elements(trimmed, delimiter).into_iter();
            let pairs: Option<Dict> = pairs
                .map(|pair| {
                    pair.split_once('=').map(|(key, value)| (key.trim().to_owned(), inside(value.trim())))
                })
                .collect();
            pairs.map(Value::from)
        }),
        _ => serde_json::from_str::<serde_json::Value>(trimmed)
            .ok()
            .and_then(|json| Value::serialize(json).ok()),
    };
    value.unwrap_or_else(|| Value::from(text))
}

fn json(text: &str, open: char) -> Option<Value> {
    let json: serde_json::Value =
        text.starts_with(open).then(|| serde_json::from_str(text).ok()).flatten()?;
    Value::serialize(json).ok()
}

fn integer(text: &str) -> Option<Value> {
    if let Ok(number) = text.parse::<i64>() {
        return Some(Value::from(number));
    }
    text.parse::<u64>()
        .map(|number| Value::from(Num::U64(number)))
        .ok()
        .or_else(|| text.parse::<i128>().ok().map(Value::from))
}

/// Elements of lists have no declared kind of their own: numbers and words for true and false
/// become what they look like if writing them back gives the same text.
fn guessed(text: &str) -> Value {
    match integer(text) {
        Some(number) if !text.starts_with(['0', '+']) || text == "0" => number,
        _ if text == "true" || text == "false" => Value::from(text == "true"),
        _ => Value::from(text),
    }
}

/// Environment variables as a figment provider, typed by a declaration.
///
/// Figment's own provider guesses types before it knows them and cannot tell `MAX_CONN` from
/// `MAX.CONN`. This one looks names up in the declaration of `T`.
///
/// # Example
///
/// ```
/// use confkit::{Config, Env, System};
/// use figment::Figment;
///
/// #[derive(Config)]
/// #[config(env_prefix = "APP")]
/// struct Settings {
///     code: String,
///     port: u16,
/// }
///
/// let system = System::memory().var("APP_CODE", "0123").var("APP_PORT", "80");
/// let figment = Figment::from(Env::for_type::<Settings>().system(system));
/// assert_eq!(figment.extract_inner::<String>("code").unwrap(), "0123");
/// assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 80);
/// ```
#[cfg(feature = "env")]
#[derive(Debug, Clone)]
pub struct Env {
    metadata: &'static Metadata,
    prefix: Option<String>,
    system: confkit_sources::System,
}

#[cfg(feature = "env")]
impl Env {
    /// The variables that a type declares, with its prefix.
    pub fn for_type<T: crate::Config>() -> Self {
        let metadata = T::METADATA;
        let prefix = metadata.loading().env_prefix().map(str::to_owned);
        Self { metadata, prefix, system: confkit_sources::System::real() }
    }

    /// Sets the prefix, over the declared one.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::{Config, Env, System};
    /// use figment::Figment;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let system = System::memory().var("APP_PORT", "80");
    /// let figment = Figment::from(Env::for_type::<Settings>().prefix("APP").system(system));
    /// assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 80);
    /// ```
    pub fn prefix(self, prefix: &str) -> Self {
        Self { prefix: Some(prefix.strip_suffix('_').unwrap_or(prefix).to_owned()), ..self }
    }

    /// Takes variables from another system.
    pub fn system(self, system: confkit_sources::System) -> Self {
        Self { system, ..self }
    }

    fn bound(&self) -> confkit_sources::env::Bound {
        use confkit_sources::env::{Names, Variables, bind};
        let variables = Variables::of_system(&self.system, "");
        let names = Names { prefix: self.prefix.as_deref(), section: &[], metadata: self.metadata };
        bind(&variables, &names, &|_, _| Vec::new())
    }
}

#[cfg(feature = "env")]
impl Provider for Env {
    fn metadata(&self) -> figment::Metadata {
        let (metadata, prefix) = (self.metadata, self.prefix.clone());
        figment::Metadata::named("environment variable").interpolater(move |_, keys| {
            use confkit_sources::env::{Names, variable_for};
            let segment = |key: &&str| match key.parse() {
                Ok(index) => Segment::Index(index),
                Err(_) => Segment::Key((*key).to_owned().into()),
            };
            let path: Vec<Segment<'_>> = keys.iter().map(segment).collect();
            let names = Names { prefix: prefix.as_deref(), section: &[], metadata };
            variable_for(&names, &path).unwrap_or_else(|| keys.join("."))
        })
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        use confkit_sources::env::Finding;
        let bound = self.bound();
        // What figment has no word for, a name in the wrong case or of a service, is left out.
        let is_wrong = |finding: &&Finding| !matches!(finding, Finding::Case { .. } | Finding::Link { .. });
        if let Some(wrong) = bound.findings.iter().find(is_wrong) {
            return Err(figment::Error::from(wrong.to_string()));
        }
        Ok(Profile::Default.collect(section_dict(self.metadata, bound.document.root(), None)))
    }
}
