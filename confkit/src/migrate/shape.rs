//! The settings that a JSON Schema has, as far as migrations care.

use std::collections::BTreeMap;

use confkit_sources::path;
use serde_json::Value;

/// What one setting, or a table of settings, holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    kind: String,
    is_required: bool,
    is_unsigned: bool,
    /// Of a table everything inside, as one text.
    inside: Option<String>,
}

impl Shape {
    /// The word of JSON Schema for what it holds; `any` if that is not said.
    pub(super) fn kind(&self) -> &str {
        &self.kind
    }

    pub(super) fn is_table(&self) -> bool {
        self.inside.is_some()
    }

    /// Whether it has to be given.
    pub(super) fn is_required(&self) -> bool {
        self.is_required
    }

    /// Whether both hold the same, a table down to its last setting.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        (&self.kind, &self.inside) == (&other.kind, &other.inside)
    }

    pub(super) fn noun(&self) -> String {
        match self.kind.as_str() {
            "any" => "of any kind".to_owned(),
            "object" => "a table".to_owned(),
            "array" => "a list".to_owned(),
            kind @ "integer" => format!("an {kind}"),
            kind => format!("a {kind}"),
        }
    }

    pub(super) fn plural(&self) -> String {
        match self.kind.as_str() {
            "any" => "of any kind".to_owned(),
            "object" => "tables".to_owned(),
            "array" => "lists".to_owned(),
            kind => format!("{kind}s"),
        }
    }

    /// A type of Rust that reads it.
    pub(super) fn rust(&self) -> &'static str {
        match self.kind.as_str() {
            "integer" if self.is_unsigned => "u64",
            "integer" => "i64",
            "number" => "f64",
            "boolean" => "bool",
            "string" => "String",
            "array" => "Vec<serde_json::Value>",
            _ => "serde_json::Value",
        }
    }
}

/// All settings and tables by their paths, `[]` for elements and `<key>` for entries.
pub(super) fn shapes(schema: &Value) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::new();
    properties(schema, "", &mut shapes);
    shapes
}

fn properties(schema: &Value, prefix: &str, shapes: &mut BTreeMap<String, Shape>) {
    let required = |key: &str| {
        let names = schema["required"].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).any(|name| name == key)
    };
    // The version of a file is no setting.
    let settings = schema["properties"].as_object().into_iter().flatten();
    for (key, inner) in settings.filter(|(_, inner)| inner["x-confkit"]["file_version"] != true) {
        let mut at = prefix.to_owned();
        path::push_key(&mut at, key);
        let mut inside = BTreeMap::new();
        contained(inner, &at, &mut inside);
        let text = |(path, shape): (&String, &Shape)| format!("{}={};", &path[at.len()..], shape.kind);
        let own = Shape {
            kind: kind(inner),
            is_required: required(key) && inner.get("default").is_none(),
            is_unsigned: inner["minimum"].as_i64().is_some_and(|minimum| minimum >= 0),
            inside: (!inside.is_empty()).then(|| inside.iter().map(text).collect()),
        };
        shapes.insert(at, own);
        shapes.append(&mut inside);
    }
}

/// What is inside a table, the elements of a list or the entries of a map.
fn contained(schema: &Value, at: &str, shapes: &mut BTreeMap<String, Shape>) {
    properties(schema, at, shapes);
    if let Some(items) = schema.get("items") {
        contained(items, &format!("{at}[]"), shapes);
    }
    if let Some(entries) = schema.get("additionalProperties").filter(|entries| entries.is_object()) {
        contained(entries, &format!("{at}.<key>"), shapes);
    }
}

/// The kind, `null` aside.
fn kind(schema: &Value) -> String {
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    match kinds.into_iter().filter(|kind| *kind != "null").collect::<Vec<_>>()[..] {
        [kind] => kind.to_owned(),
        _ => "any".to_owned(),
    }
}
