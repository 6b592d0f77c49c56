//! Text as the kind of value that its type takes.

use confkit_sources::declared::{Kind, ValueKind};
use confkit_sources::{NodeKind, Origin};

use super::part::{Content, Part};
use crate::resolve::{boolean, elements, json, pairs};

/// What elements or entries of a value are; of a tuple only the first is known, so none counts.
pub(super) fn element(kind: &ValueKind) -> ValueKind {
    let known = kind.element().filter(|element| !kind.unsure || element.unsure);
    known.cloned().unwrap_or_else(|| ValueKind::new(Kind::Any))
}

/// A text of a variable, an argument or a declared default.
pub(super) fn typed(kind: &ValueKind, text: &str, delimiter: char, origin: &Origin) -> Part<'static> {
    let trimmed = text.trim();
    let scalar = |kind, text: String| Part::scalar(kind, text, origin.clone());
    let part = match kind.kind() {
        Kind::Bool => boolean(trimmed).map(|value| scalar(NodeKind::Bool, value.to_string())),
        Kind::Integer { .. } => integer(trimmed).map(|number| scalar(NodeKind::Integer, number)),
        Kind::Float => float(trimmed).map(|number| scalar(NodeKind::Float, number)),
        Kind::List => Some(list(kind, trimmed, delimiter, origin)),
        Kind::Map | Kind::Structure(_) => table(kind, trimmed, delimiter, origin),
        Kind::Choice(_) => {
            json(trimmed).filter(serde_json::Value::is_object).map(|json| of_json(&json, origin))
        }
        Kind::Any => json(trimmed).map(|json| of_json(&json, origin)),
        Kind::Other if trimmed.starts_with(['{', '[']) => json(trimmed).map(|json| of_json(&json, origin)),
        _ => None,
    };
    // Words are read without the blanks around them.
    let plain = if matches!(kind.kind(), Kind::Text) { text } else { trimmed };
    part.unwrap_or_else(|| scalar(NodeKind::String, plain.to_owned())).secret(kind.is_secret())
}

fn integer(text: &str) -> Option<String> {
    let text = text.replace('_', "");
    let signed = text.parse::<i128>().map(|number| number.to_string());
    signed.or_else(|_| text.parse::<u128>().map(|number| number.to_string())).ok()
}

fn float(text: &str) -> Option<String> {
    text.replace('_', "").parse::<f64>().ok().map(|number| format!("{number:?}"))
}

fn list(kind: &ValueKind, text: &str, delimiter: char, origin: &Origin) -> Part<'static> {
    let inner = element(kind);
    let parts = match json(text) {
        Some(serde_json::Value::Array(values)) => {
            values.iter().map(|value| typed(&inner, &plain(value), ',', origin)).collect()
        }
        _ => elements(text, delimiter).into_iter().map(|text| typed(&inner, text, ',', origin)).collect(),
    };
    Part::new(Content::List(parts, None), origin.clone())
}

fn table(kind: &ValueKind, text: &str, delimiter: char, origin: &Origin) -> Option<Part<'static>> {
    let inner = element(kind);
    let entry = |key: &str, text: &str| (key.to_owned(), typed(&inner, text, ',', origin));
    let entries = match json(text) {
        Some(json @ serde_json::Value::Object(_)) if *kind.kind() != Kind::Map => {
            return Some(of_json(&json, origin));
        }
        Some(serde_json::Value::Object(entries)) => {
            entries.iter().map(|(key, value)| entry(key, &plain(value))).collect()
        }
        _ => pairs(text, delimiter)?.into_iter().map(|(key, text)| entry(key, text)).collect(),
    };
    Some(Part::new(Content::Table(entries), origin.clone()))
}

/// A value of JSON as a text that is read in turn.
fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// A value of JSON, whose kinds are its own.
pub(super) fn of_json(value: &serde_json::Value, origin: &Origin) -> Part<'static> {
    use serde_json::Value;
    let scalar = |kind, text: String| Part::scalar(kind, text, origin.clone());
    match value {
        Value::Null => scalar(NodeKind::Null, String::new()),
        Value::Bool(value) => scalar(NodeKind::Bool, value.to_string()),
        Value::Number(number) if number.is_f64() => scalar(NodeKind::Float, number.to_string()),
        Value::Number(number) => scalar(NodeKind::Integer, number.to_string()),
        Value::String(text) => scalar(NodeKind::String, text.clone()),
        Value::Array(values) => {
            let elements = values.iter().map(|value| of_json(value, origin)).collect();
            Part::new(Content::List(elements, None), origin.clone())
        }
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (key.clone(), of_json(value, origin))).collect();
            Part::new(Content::Table(entries), origin.clone())
        }
    }
}
