//! Declared defaults, as pages and samples show them.

use confkit_sources::declared::{Field, FieldDefault};
#[cfg(feature = "generate")]
pub(crate) use typed::{of_text, shown, value};

/// A default as it would be written in a variable; none of what may hold a secret.
pub(crate) fn text(field: &Field) -> Option<String> {
    if field.may_hold_secret() {
        return None;
    }
    match field.default() {
        FieldDefault::Text(text) => Some((*text).to_owned()),
        FieldDefault::List(texts) => Some(list(texts, field.env_delimiter())),
        // What the derive writes for `default` alone tells a reader nothing.
        FieldDefault::Expression { source: "Default::default()", shown } => shown(),
        FieldDefault::Expression { source, shown } => shown().or_else(|| Some((*source).to_owned())),
        _ => None,
    }
}

/// A list as text that is read as that list.
fn list(texts: &[&str], delimiter: char) -> String {
    let is_plain = |text: &&str| !text.is_empty() && text.trim() == *text && !text.contains(delimiter);
    if !texts.is_empty() && !texts[0].starts_with('[') && texts.iter().all(is_plain) {
        return texts.join(&delimiter.to_string());
    }
    serde_json::to_string(texts).unwrap_or_default()
}

#[cfg(feature = "generate")]
mod typed {
    use std::time::Duration;

    use confkit_sources::declared::{Field, FieldDefault, Kind, ValueKind};
    use serde_json::{Map, Number, Value};

    use crate::resolve::{boolean, elements, json, pairs};
    use crate::write::respelled;

    /// A default as a file holds it, as far as the declaration shows it; none of what may hold a secret.
    pub(crate) fn value(field: &Field, kind: &ValueKind) -> Option<Value> {
        if field.may_hold_secret() {
            return None;
        }
        let delimiter = field.env_delimiter();
        match *field.default() {
            FieldDefault::Text(text) => of_text(text, kind, delimiter),
            FieldDefault::List(texts) => {
                let element = kind.element().unwrap_or(kind);
                let values: Option<Vec<Value>> =
                    texts.iter().map(|text| of_text(text, element, delimiter)).collect();
                values.map(Value::Array)
            }
            FieldDefault::Expression { shown, .. } => of_shown(&shown()?, kind),
            _ => None,
        }
    }

    /// A default as text reads it, also where its type writes it in another way than confkit reads it.
    pub(crate) fn shown(field: &Field, kind: &ValueKind) -> Option<String> {
        if let (FieldDefault::Expression { .. }, Some(value)) = (field.default(), value(field, kind)) {
            return Some(match value {
                Value::String(text) => text,
                value => value.to_string(),
            });
        }
        super::text(field)
    }

    /// The value that a text stands for where a type of this kind reads it.
    pub(crate) fn of_text(text: &str, kind: &ValueKind, delimiter: char) -> Option<Value> {
        let element = |text: &str| match kind.element() {
            Some(element) => of_text(text, element, delimiter),
            None => Some(Value::from(text)),
        };
        match kind.kind() {
            Kind::Bool => boolean(text).map(Value::Bool),
            Kind::Integer { .. } | Kind::Float => number(text, kind),
            Kind::List => match json(text) {
                Some(value @ Value::Array(_)) => Some(value),
                _ => elements(text, delimiter).into_iter().map(element).collect(),
            },
            Kind::Map => match json(text) {
                Some(value @ Value::Object(_)) => Some(value),
                _ => pairs(text, delimiter)?
                    .into_iter()
                    .map(|(key, text)| Some((key.to_owned(), element(text)?)))
                    .collect(),
            },
            Kind::Structure(_) | Kind::Any | Kind::Other => Some(json(text).unwrap_or_else(|| text.into())),
            _ => Some(text.into()),
        }
    }

    fn number(text: &str, kind: &ValueKind) -> Option<Value> {
        let digits: String = text.trim().chars().filter(|c| *c != '_').collect();
        if *kind.kind() == Kind::Float {
            return Number::from_f64(digits.parse().ok()?).map(Value::Number);
        }
        let signed = || digits.parse::<i64>().ok().map(Value::from);
        digits.parse::<u64>().ok().map(Value::from).or_else(signed)
    }

    /// The value of an expression, from the text of its own `Serialize`: JSON, but text as it is.
    fn of_shown(shown: &str, kind: &ValueKind) -> Option<Value> {
        let is_text = matches!(kind.kind(), Kind::Text | Kind::Parsed(_) | Kind::Choice(_));
        let value = if is_text { shown.into() } else { json(shown).unwrap_or_else(|| shown.into()) };
        as_read(value, kind)
    }

    /// What serde writes, as confkit reads it; none of what is nothing.
    fn as_read(value: Value, kind: &ValueKind) -> Option<Value> {
        let inner = |value| match kind.element() {
            Some(element) => as_read(value, element),
            None => Some(value),
        };
        Some(match (kind.kind(), value) {
            (_, Value::Null) => return None,
            (Kind::Text | Kind::Parsed(_), Value::String(text)) if text == "null" && kind.is_optional() => {
                return None;
            }
            (Kind::Duration, Value::Object(parts)) => Value::from(span(&parts)?),
            (Kind::Choice(names), Value::String(name)) => match respelled(names, &name) {
                Some(known) => known.into(),
                None => names.contains(&name.as_str()).then_some(Value::String(name))?,
            },
            (Kind::List, Value::Array(list)) => {
                Value::Array(list.into_iter().map(inner).collect::<Option<_>>()?)
            }
            (Kind::Map, Value::Object(map)) => {
                let entries = map.into_iter().map(|(key, value)| Some((key, inner(value)?)));
                Value::Object(entries.collect::<Option<Map<String, Value>>>()?)
            }
            (_, value) => value,
        })
    }

    /// A span of time from serde's two numbers.
    fn span(parts: &Map<String, Value>) -> Option<String> {
        let (seconds, nanos) = (parts.get("secs")?.as_u64()?, parts.get("nanos")?.as_u64()?);
        let span = Duration::new(seconds, u32::try_from(nanos).ok()?);
        Some(humantime::format_duration(span).to_string())
    }
}
