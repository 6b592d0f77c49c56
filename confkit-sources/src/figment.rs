//! Documents as figment's values, and figment's values as documents.

use std::collections::BTreeMap;

use figment::value::{Dict, Num, Tag, Value};
use figment::{Figment, Profile, Provider};

use crate::document::{Builder, Document, MAX_DEPTH, NodeKind, NodeRef, Text};
use crate::origin::{Origin, OriginKind};
use crate::source::SourceError;

/// Makes figment's value of a table.
pub(crate) fn to_dict(node: NodeRef<'_>) -> Dict {
    node.entries().map(|(key, node)| (key.to_owned(), to_value(node))).collect()
}

/// Makes figment's value of a node. Text without a type stays text; dates become text; integers
/// over 64 bits keep their width, which figment cannot hand to serde.
///
/// # Example
///
/// ```
/// use confkit_sources::Document;
/// use confkit_sources::figment::to_value;
///
/// let document = Document::toml("app.toml", "port = 80".to_owned()).unwrap();
/// let value = to_value(document.root().get("port").unwrap());
/// assert_eq!(value.to_i128(), Some(80));
/// ```
pub fn to_value(node: NodeRef<'_>) -> Value {
    let text = node.text();
    match node.kind() {
        NodeKind::Null => Value::from(figment::value::Empty::None),
        NodeKind::Bool => Value::from(text == "true"),
        NodeKind::Integer => integer(node),
        NodeKind::Float => text.parse::<f64>().map_or_else(|_| Value::from(text), Value::from),
        NodeKind::Array => Value::from(node.items().map(to_value).collect::<Vec<_>>()),
        NodeKind::Table => Value::from(to_dict(node)),
        NodeKind::String | NodeKind::Datetime | NodeKind::Text => Value::from(text),
    }
}

fn integer(node: NodeRef<'_>) -> Value {
    let (text, radix) = (node.text(), node.radix());
    if let Ok(number) = i64::from_str_radix(text, radix) {
        Value::from(number)
    } else if let Ok(number) = u64::from_str_radix(text, radix) {
        // Not as `i128`, which figment holds and does not read.
        Value::from(Num::U64(number))
    } else if let Ok(number) = i128::from_str_radix(text, radix) {
        Value::from(number)
    } else if let Ok(number) = u128::from_str_radix(text, radix) {
        Value::from(number)
    } else {
        Value::from(text)
    }
}

/// One layer out of a provider, and the profiles it knows.
///
/// # Example
///
/// ```
/// use confkit_sources::figment::read_provider;
/// use figment::providers::Serialized;
///
/// let provided = read_provider(Serialized::default("port", 80).profile("live"), "live").unwrap();
/// assert_eq!(provided.document.root().get("port").unwrap().text(), "80");
/// assert_eq!(provided.profiles, ["live"]);
/// ```
#[derive(Debug)]
pub struct Provided {
    /// The values: figment's default profile, then the chosen one, then its global one.
    pub document: Document,
    /// The profiles that the provider has values for, besides `default` and `global`.
    pub profiles: Vec<String>,
}

/// Reads any figment provider, a whole `Figment` included, as one layer.
///
/// Values keep the origins that figment knows of; what a `Figment` has merged away is gone.
///
/// # Errors
///
/// The provider's own error, as figment tells it without the value.
///
/// # Example
///
/// ```
/// use confkit_sources::figment::read_provider;
/// use figment::providers::Serialized;
///
/// let provided = read_provider(Serialized::default("port", 1), "default").unwrap();
/// let port = provided.document.root().get("port").unwrap();
/// assert_eq!(port.text(), "1");
/// ```
pub fn read_provider<P: Provider>(provider: P, profile: &str) -> Result<Provided, SourceError> {
    let figment = Figment::from(provider);
    let mut data = figment.data().map_err(|error| SourceError::new(describe(&error)))?;
    let global = data.remove(&Profile::Global);
    let mut layers: Vec<Dict> = data.remove(&Profile::Default).into_iter().collect();
    let chosen = data.keys().find(|known| known.as_str() == profile).cloned();
    let profiles = data.keys().map(|known| known.as_str().as_str().to_owned()).collect();
    layers.extend(chosen.and_then(|chosen| data.remove(&chosen)));
    layers.extend(global);

    let mut reader = Reader::new(&figment);
    let merged = layers.into_iter().fold(Dict::new(), merge);
    reader.fill(0, &merged, &mut Vec::new());
    if reader.too_deep {
        return Err(SourceError::new(format!("its values are nested deeper than {MAX_DEPTH} levels")));
    }
    let name = reader.name.clone();
    let document = reader.builder.finish().into_document(OriginKind::Provider, name, String::new());
    Ok(Provided { document, profiles })
}

/// As figment merges: tables combine, anything else replaces.
fn merge(mut below: Dict, above: Dict) -> Dict {
    for (key, value) in above {
        let value = match (below.remove(&key), value) {
            (Some(Value::Dict(_, inner)), Value::Dict(tag, outer)) => Value::Dict(tag, merge(inner, outer)),
            (_, value) => value,
        };
        below.insert(key, value);
    }
    below
}

/// Figment's words without the value it found, which may be secret.
fn describe(error: &figment::Error) -> String {
    use figment::error::Kind;
    match &error.kind {
        Kind::Message(message) => message.clone(),
        _ => "the provider refused to give its values".to_owned(),
    }
}

struct Reader<'f> {
    figment: &'f Figment,
    builder: Builder<'static>,
    name: String,
    /// For every tag what figment knows of it, so that names are made once.
    sources: BTreeMap<String, String>,
    too_deep: bool,
}

impl<'f> Reader<'f> {
    fn new(figment: &'f Figment) -> Self {
        let names: Vec<&str> = figment.metadata().map(|metadata| &*metadata.name).collect();
        let name = match names[..] {
            [name] => name.to_owned(),
            _ => "figment".to_owned(),
        };
        let builder = Builder::without_text(Origin::new(OriginKind::Provider, name.clone()));
        Self { figment, builder, name, sources: BTreeMap::new(), too_deep: false }
    }

    fn fill(&mut self, table: u32, dict: &Dict, path: &mut Vec<String>) {
        for (key, value) in dict {
            path.push(key.clone());
            let node = self.builder.push(table, Text::Decoded(key), 0, NodeKind::Null);
            self.value(node, value, path);
            path.pop();
        }
    }

    fn value(&mut self, node: u32, value: &Value, path: &mut Vec<String>) {
        if path.len() > MAX_DEPTH {
            self.too_deep = true;
            return;
        }
        let origin = self.origin(value.tag(), path);
        let origin = self.builder.origin(origin);
        self.builder.set_origin(node, origin);
        let (kind, text) = match value {
            Value::String(_, text) => (NodeKind::String, text.clone()),
            Value::Char(_, c) => (NodeKind::String, c.to_string()),
            Value::Bool(_, flag) => (NodeKind::Bool, flag.to_string()),
            Value::Num(_, Num::F32(number)) => (NodeKind::Float, format!("{number:?}")),
            Value::Num(_, Num::F64(number)) => (NodeKind::Float, format!("{number:?}")),
            Value::Num(_, number) => (NodeKind::Integer, whole(*number)),
            Value::Empty(..) => (NodeKind::Null, String::new()),
            Value::Dict(_, dict) => {
                self.builder.set_kind(node, NodeKind::Table);
                return self.fill(node, dict, path);
            }
            Value::Array(_, values) => {
                self.builder.set_kind(node, NodeKind::Array);
                for (index, value) in values.iter().enumerate() {
                    path.push(index.to_string());
                    let element = self.builder.push(node, Text::Decoded(""), 0, NodeKind::Null);
                    self.value(element, value, path);
                    path.pop();
                }
                return;
            }
        };
        self.builder.set_value(node, kind, Text::Decoded(&text));
    }

    fn origin(&mut self, tag: Tag, path: &[String]) -> Origin {
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(metadata) = self.figment.get_metadata(tag) else {
            return Origin::new(OriginKind::Provider, self.name.clone()).with_key(keys.join("."));
        };
        let shown = metadata.interpolate(&Profile::Default, &keys);
        // Most interpolaters put the profile in front; the default one says nothing.
        let shown = shown.strip_prefix("default.").unwrap_or(&shown).to_owned();
        let source = match &metadata.source {
            Some(source) => format!("{} {source}", metadata.name),
            None => metadata.name.to_string(),
        };
        let source = self.sources.entry(source.clone()).or_insert(source);
        Origin::new(OriginKind::Provider, source.clone()).with_key(shown)
    }
}

fn whole(number: Num) -> String {
    match number {
        Num::U8(n) => n.to_string(),
        Num::U16(n) => n.to_string(),
        Num::U32(n) => n.to_string(),
        Num::U64(n) => n.to_string(),
        Num::U128(n) => n.to_string(),
        Num::USize(n) => n.to_string(),
        Num::I8(n) => n.to_string(),
        Num::I16(n) => n.to_string(),
        Num::I32(n) => n.to_string(),
        Num::I64(n) => n.to_string(),
        Num::I128(n) => n.to_string(),
        Num::ISize(n) => n.to_string(),
        Num::F32(n) => n.to_string(),
        Num::F64(n) => n.to_string(),
    }
}
