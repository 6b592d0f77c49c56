//! Defaults of the declaration, as values.

use std::time::Duration;

use confkit_sources::declared::{Content as Declared, Field, FieldDefault, Kind, Shape, ValueKind};
use confkit_sources::{NodeKind, Origin};
use serde_json::Value;

use super::Filling;
use super::part::{Content, Part};
use super::sections::Walk;
use super::text::{element, of_json, typed};
use crate::resolve::json;

impl Walk<'_> {
    /// The default of a field that no layer gives, if it is asked for and can be told.
    pub(super) fn default(&self, field: &'static Field) -> Option<Part<'static>> {
        if self.filling == Filling::Nothing {
            return None;
        }
        let origin = Origin::default_value();
        match (field.default(), field.content()) {
            (FieldDefault::Text(text), Declared::Value(kind)) => {
                Some(typed(&kind(), text, field.env_delimiter(), &origin))
            }
            (FieldDefault::List(texts), Declared::Value(kind)) => {
                let inner = element(&kind());
                let elements = texts.iter().map(|text| typed(&inner, text, ',', &origin)).collect();
                Some(Part::new(Content::List(elements, None), origin))
            }
            (FieldDefault::Expression { source, shown }, Declared::Value(kind)) => {
                let kind = kind();
                let hides = field.holds_secret();
                let shown = || shown().and_then(|text| serialised(&kind, &text, &origin));
                (!hides).then(shown).flatten().or_else(|| self.in_words(source, field))
            }
            (FieldDefault::Expression { source, .. }, Declared::Nested(shape)) => {
                self.of_sections(source, shape(), field)
            }
            _ => None,
        }
    }

    /// The default of sections in a list or map is known if it is that of its type.
    fn of_sections(
        &self,
        source: &'static str,
        shape: Shape,
        field: &'static Field,
    ) -> Option<Part<'static>> {
        let empty = match shape {
            Shape::List(_) => Content::List(Vec::new(), None),
            Shape::Map(_) => Content::Table(Vec::new()),
            _ => return self.in_words(source, field),
        };
        if source == "Default::default()" {
            return Some(Part::new(empty, Origin::default_value()));
        }
        self.in_words(source, field)
    }

    /// The source text of an expression whose value is not known.
    fn in_words(&self, source: &'static str, field: &'static Field) -> Option<Part<'static>> {
        let part = Part::scalar(NodeKind::String, source, Origin::default_value());
        (self.filling == Filling::Words).then(|| part.secret(field.may_hold_secret()))
    }
}

/// A default as its own type serialises it: text as it is, anything else as JSON.
fn serialised(kind: &ValueKind, shown: &str, origin: &Origin) -> Option<Part<'static>> {
    let value = json(shown).filter(|value| value.is_object() || value.is_array());
    match (kind.kind(), value) {
        // Its own reader may want another form than its writer makes.
        (Kind::Other, _) => None,
        _ if shown == "null" => None,
        (Kind::Any, None) => None,
        (Kind::Text | Kind::Parsed(_), _) => Some(typed(kind, shown, ',', origin)),
        (_, Some(value)) => of_value(kind, &value, origin),
        _ => Some(typed(kind, shown, ',', origin)),
    }
}

/// A value of JSON as its kind is read; durations are serialised as their seconds and nanoseconds.
fn of_value(kind: &ValueKind, value: &Value, origin: &Origin) -> Option<Part<'static>> {
    let inner = element(kind);
    let content = match (kind.kind(), value) {
        (Kind::Duration, _) => {
            let part = |name: &str| value.get(name)?.as_u64();
            let nanos = u32::try_from(part("nanos")?).ok()?;
            let text = humantime::format_duration(Duration::new(part("secs")?, nanos)).to_string();
            Content::Scalar(NodeKind::String, text)
        }
        (Kind::List, Value::Array(values)) => {
            let parts: Option<Vec<_>> = values.iter().map(|value| of_value(&inner, value, origin)).collect();
            Content::List(parts?, None)
        }
        (Kind::Map, Value::Object(entries)) => {
            let part =
                |(key, value): (&String, &Value)| Some((key.clone(), of_value(&inner, value, origin)?));
            let parts: Option<Vec<_>> = entries.iter().map(part).collect();
            Content::Table(parts?)
        }
        _ => return Some(of_json(value, origin)),
    };
    Some(Part::new(content, origin.clone()))
}
