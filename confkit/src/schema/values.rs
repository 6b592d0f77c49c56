//! What single values look like: the schema of a kind, and values written as JSON.

use confkit_sources::declared::{Content, Field, FieldDefault, Kind, ValueKind};
use serde_json::Value;

use super::json::{Json, Object};
use super::patterns;
use crate::resolve::{boolean, elements, json, pairs};

/// The schema of what a kind of value accepts in a file, null aside.
pub(super) fn of_kind(kind: &ValueKind, closed: bool) -> Object {
    let mut schema = match kind.kind() {
        Kind::Bool => Object::of_type("boolean"),
        Kind::Integer { min, max } => integer(*min, *max),
        Kind::Float => Object::of_type("number"),
        Kind::Text => Object::of_type("string"),
        Kind::Parsed(words) => parsed(words),
        Kind::Duration => duration(),
        Kind::Bytes => bytes(),
        Kind::List => container(kind, "array", "items", closed),
        Kind::Map => container(kind, "object", "additionalProperties", closed),
        Kind::Structure(keys) => structure(keys, closed),
        Kind::Choice(_) if kind.unsure => Object::new(),
        Kind::Choice(names) => choice(names, kind),
        _ => Object::new(),
    };
    if kind.is_secret() {
        schema.set("writeOnly", true);
    }
    schema
}

/// The schema of an element, which may be nothing.
fn element(kind: &ValueKind, closed: bool) -> Object {
    let mut schema = of_kind(kind, closed);
    if kind.is_optional() {
        schema.or_null();
    }
    schema
}

fn container(kind: &ValueKind, name: &str, inside: &str, closed: bool) -> Object {
    let mut schema = Object::of_type(name);
    // Of a tuple the kind tells the first element alone.
    if let Some(inner) = kind.element().filter(|_| !kind.unsure) {
        schema.set_full(inside, element(inner, closed));
    }
    schema
}

/// A whole number. Limits beyond 64 bits are left out: JSON has no exact numbers there.
pub(super) fn integer(min: i128, max: u128) -> Object {
    let mut schema = Object::of_type("integer");
    schema.set_some("minimum", i64::try_from(min).ok());
    schema.set_some("maximum", u64::try_from(max).ok());
    schema
}

/// A span of time as text.
pub(super) fn duration() -> Object {
    Object::of_type("string").with("pattern", patterns::duration())
}

/// A number of bytes, as a number or as text.
pub(super) fn bytes() -> Object {
    Object::of("type", Json::list(["integer", "string"]))
        .with("minimum", 0_u64)
        .with("maximum", u64::MAX)
        .with("pattern", patterns::BYTES)
}

/// An IP address of either kind.
pub(super) fn ip() -> Object {
    let kinds = ["ipv4", "ipv6"].map(|format| Object::of("format", format));
    Object::of_type("string").with("anyOf", Json::list(kinds))
}

/// Whether a kind says more of its values than their type would.
pub(super) fn is_told(kind: &ValueKind) -> bool {
    match kind.kind() {
        Kind::Duration | Kind::Bytes | Kind::Bool | Kind::Float => true,
        Kind::Parsed(words) => parsed(words) != Object::of_type("string"),
        _ => false,
    }
}

/// Text that its type parses, known by what the standard library says it expects.
fn parsed(words: &str) -> Object {
    let text = Object::of_type("string");
    match words {
        "IP address" => ip(),
        "IPv4 address" => text.with("format", "ipv4"),
        "IPv6 address" => text.with("format", "ipv6"),
        "socket address" => text.with("pattern", patterns::socket()),
        "IPv4 socket address" => text.with("pattern", patterns::socket_v4()),
        "IPv6 socket address" => text.with("pattern", patterns::socket_v6()),
        "a single character" => text.with("minLength", 1_u64).with("maxLength", 1_u64),
        _ => text,
    }
}

/// A structure of which only the keys are known.
fn structure(keys: &[&str], closed: bool) -> Object {
    let properties: Object = keys.iter().map(|key| ((*key).to_owned(), Object::new().into())).collect();
    let mut schema = Object::of_type("object").with("properties", properties);
    if closed {
        schema.set("additionalProperties", false);
    }
    schema
}

fn choice(names: &[&str], kind: &ValueKind) -> Object {
    if kind.takes_any_name() {
        return Object::of_type("string").with("examples", Json::list(names.iter().copied()));
    }
    let others = kind.other_names().iter().map(String::as_str);
    Object::of_type("string").with("enum", Json::list(names.iter().copied().chain(others)))
}

/// The declared default as JSON of the field's type; none for what may hold a secret.
pub(super) fn default(field: &Field, kind: Option<&ValueKind>) -> Option<Json> {
    if field.may_hold_secret() {
        return None;
    }
    let value = match (field.default(), kind) {
        (FieldDefault::Text(text), Some(kind)) => from_text(text, kind, field.env_delimiter())?,
        (FieldDefault::List(texts), Some(kind)) => list(texts, kind, field.env_delimiter())?,
        (FieldDefault::Expression { shown, .. }, kind) => from_shown(shown()?, kind),
        _ => return None,
    };
    let is_shown = value != Value::Null && (is_empty(&value) || !holds_secret(field));
    is_shown.then(|| spans_as_text(value).into())
}

/// Whether sections in a field have secrets, which their types may write in clear.
fn holds_secret(field: &Field) -> bool {
    match field.content() {
        Content::Nested(shape) => shape().section().may_hold_secret(),
        _ => false,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    }
}

/// An example, which is written as text.
pub(super) fn example(field: &Field, kind: &ValueKind) -> Option<Json> {
    from_text(field.example()?, kind, field.env_delimiter()).map(Json::from)
}

/// Text as a value of a kind; none where it is none.
pub(super) fn from_text(text: &str, kind: &ValueKind, delimiter: char) -> Option<Value> {
    match kind.kind() {
        Kind::Bool => boolean(text.trim()).map(Value::Bool),
        Kind::Integer { .. } | Kind::Float => number(text),
        Kind::List => match json(text) {
            Some(list @ Value::Array(_)) => Some(list),
            _ => list(&elements(text.trim(), delimiter), kind, delimiter),
        },
        Kind::Map | Kind::Structure(_) => match json(text) {
            Some(map @ Value::Object(_)) => Some(map),
            _ => map(text, kind, delimiter),
        },
        Kind::Any | Kind::Other => Some(json(text).unwrap_or_else(|| text.into())),
        _ => Some(text.into()),
    }
}

fn list(texts: &[&str], kind: &ValueKind, delimiter: char) -> Option<Value> {
    let inner = element_kind(kind);
    texts.iter().map(|text| from_text(text, &inner, delimiter)).collect()
}

fn map(text: &str, kind: &ValueKind, delimiter: char) -> Option<Value> {
    let inner = element_kind(kind);
    let pairs = pairs(text, delimiter)?.into_iter();
    pairs.map(|(key, value)| Some((key.to_owned(), from_text(value, &inner, delimiter)?))).collect()
}

fn element_kind(kind: &ValueKind) -> ValueKind {
    kind.element().cloned().unwrap_or_else(|| ValueKind::new(Kind::Any))
}

/// A number as it is written in settings or in Rust.
pub(super) fn number(text: &str) -> Option<Value> {
    let text = text.trim().replace('_', "");
    let text = SUFFIXES.iter().find_map(|suffix| text.strip_suffix(suffix)).unwrap_or(&text);
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits.trim_start()));
    let radixes = [("0x", 16), ("0o", 8), ("0b", 2)];
    let based = radixes.iter().find_map(|(mark, radix)| Some((digits.strip_prefix(mark)?, *radix)));
    let (digits, radix) = based.unwrap_or((digits, 10));
    if let Ok(number) = i128::from_str_radix(digits, radix) {
        let number = sign * number;
        return i64::try_from(number).map(Value::from).or(u64::try_from(number).map(Value::from)).ok();
    }
    let number: f64 = digits.parse().ok()?;
    serde_json::Number::from_f64(if sign < 0 { -number } else { number }).map(Value::Number)
}

/// What Rust may write behind a number.
const SUFFIXES: [&str; 14] =
    ["i128", "u128", "isize", "usize", "i16", "i32", "i64", "u16", "u32", "u64", "f32", "f64", "i8", "u8"];

/// What a default shows of itself: text as it is, anything else as JSON.
fn from_shown(shown: String, kind: Option<&ValueKind>) -> Value {
    match kind.map(ValueKind::kind) {
        Some(Kind::Text | Kind::Parsed(_) | Kind::Bytes | Kind::Choice(_)) => {
            if shown == "null" && kind.is_some_and(ValueKind::is_optional) {
                Value::Null
            } else {
                shown.into()
            }
        }
        _ => json(&shown).unwrap_or(Value::String(shown)),
    }
}

/// Spans of time are serialised in parts by their type, and read as text here.
fn spans_as_text(value: Value) -> Value {
    match value {
        Value::Object(entries) => match span(&entries) {
            Some(span) => humantime::format_duration(span).to_string().into(),
            None => entries.into_iter().map(|(key, value)| (key, spans_as_text(value))).collect(),
        },
        Value::Array(items) => items.into_iter().map(spans_as_text).collect(),
        scalar => scalar,
    }
}

fn span(entries: &serde_json::Map<String, Value>) -> Option<std::time::Duration> {
    let nanoseconds = u32::try_from(entries.get("nanos")?.as_u64()?).ok()?;
    let seconds = entries.get("secs")?.as_u64()?;
    (entries.len() == 2).then(|| std::time::Duration::new(seconds, nanoseconds))
}
