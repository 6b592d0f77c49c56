//! JSON whose objects keep the order in which they were made, as readers of a schema expect.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    /// Null, true, false, a number or text.
    Scalar(Value),
    List(Vec<Json>),
    Object(Object),
}

impl Json {
    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::Scalar(value) => value.as_str(),
            _ => None,
        }
    }

    /// Lists things.
    pub(super) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        match value {
            Value::Array(items) => Self::list(items),
            Value::Object(entries) => {
                Self::Object(Object(entries.into_iter().map(|(key, value)| (key, value.into())).collect()))
            }
            scalar => Self::Scalar(scalar),
        }
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

macro_rules! scalars {
    ($($type:ty)*) => {$(
        impl From<$type> for Json {
            fn from(scalar: $type) -> Self {
                Self::Scalar(scalar.into())
            }
        }
    )*};
}

scalars!(bool usize i64 u64 &str String serde_json::Number);

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Scalar(value) => value.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

/// A JSON object; mostly a schema, of which every entry asks for something.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Object(Vec<(String, Json)>);

impl Object {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// An object of one entry.
    pub(super) fn of(key: &str, value: impl Into<Json>) -> Self {
        Self::new().with(key, value)
    }

    /// A schema for values of one type.
    pub(super) fn of_type(name: &str) -> Self {
        Self::of("type", name)
    }

    pub(super) fn with(mut self, key: &str, value: impl Into<Json>) -> Self {
        self.set(key, value);
        self
    }

    /// Sets an entry, in its place if it is there.
    pub(super) fn set(&mut self, key: &str, value: impl Into<Json>) {
        let value = value.into();
        match self.0.iter_mut().find(|(known, _)| known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.to_owned(), value)),
        }
    }

    /// Sets an entry if there is something to set.
    pub(super) fn set_some(&mut self, key: &str, value: Option<impl Into<Json>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    /// Sets a list or object unless it is empty.
    pub(super) fn set_full(&mut self, key: &str, value: impl Into<Json>) {
        let value = value.into();
        let is_empty = match &value {
            Json::List(items) => items.is_empty(),
            Json::Object(object) => object.is_empty(),
            Json::Scalar(value) => value.as_str() == Some(""),
        };
        if !is_empty {
            self.set(key, value);
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<Json> {
        let at = self.0.iter().position(|(known, _)| known == key)?;
        Some(self.0.remove(at).1)
    }

    /// Puts entries first, in this order.
    pub(super) fn lead_with(&mut self, keys: &[&str]) {
        let rank = |key: &str| keys.iter().position(|leading| *leading == key).unwrap_or(keys.len());
        self.0.sort_by_key(|(key, _)| rank(key));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value))
    }

    pub(super) fn values_mut(&mut self) -> impl Iterator<Item = (&str, &mut Json)> {
        self.0.iter_mut().map(|(key, value)| (key.as_str(), value))
    }

    /// Adds the entries of another object.
    pub(super) fn extend(&mut self, other: Self) {
        other.0.into_iter().for_each(|(key, value)| self.set(&key, value));
    }

    /// Asks for something more: beside what the schema asks for already, or in `allOf` where it asks
    /// for something else under the same key.
    pub(super) fn demand(&mut self, more: Self) {
        let mut aside = Self::new();
        for (key, value) in more.0 {
            match (self.0.iter_mut().find(|(known, _)| *known == key).map(|(_, known)| known), value) {
                (None, value) => self.0.push((key, value)),
                (Some(Json::List(known)), Json::List(more)) if key == "allOf" => known.extend(more),
                (Some(Json::Object(known)), Json::Object(more)) if holds_schema(&key) => known.demand(more),
                (Some(known), value) if *known == value => {}
                (Some(known), value) => match tighter(&key, known, &value) {
                    Some(limit) => *known = limit,
                    None => aside.set(&key, value),
                },
            }
        }
        if aside.is_empty() {
            return;
        }
        match self.0.iter_mut().find(|(key, _)| key == "allOf") {
            Some((_, Json::List(all))) => all.push(aside.into()),
            _ => self.set("allOf", Json::list([aside])),
        }
    }

    /// Asks for something more that means what it says only as a whole, as `if` with its `then`.
    pub(super) fn demand_together(&mut self, more: Self) {
        if more.iter().all(|(key, _)| self.get(key).is_none()) {
            self.extend(more);
        } else {
            self.demand(Self::of("allOf", Json::list([more])));
        }
    }

    /// Allows null beside what the schema allows.
    pub(super) fn or_null(&mut self) {
        if self.is_empty() {
            return;
        }
        let null = || Json::from("null");
        match self.0.iter_mut().find(|(key, _)| key == "type").map(|(_, value)| value) {
            Some(Json::List(types)) if types.contains(&null()) => {}
            Some(Json::List(types)) => types.push(null()),
            Some(only) if *only == null() => {}
            Some(only) => *only = Json::List(vec![only.clone(), null()]),
            None => {
                let inner = std::mem::take(self);
                self.set("anyOf", Json::list([inner, Self::of_type("null")]));
                return;
            }
        }
        if let Some((_, Json::List(names))) = self.0.iter_mut().find(|(key, _)| key == "enum")
            && !names.contains(&Json::Scalar(Value::Null))
        {
            names.push(Json::Scalar(Value::Null));
        }
    }
}

/// The limit of two that leaves less, where they can be compared.
fn tighter(key: &str, one: &Json, other: &Json) -> Option<Json> {
    let number = |json: &Json| match json {
        Json::Scalar(value) => value.as_f64(),
        _ => None,
    };
    let (first, second) = (number(one)?, number(other)?);
    let takes_other = match key {
        "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => second > first,
        "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => second < first,
        _ => return None,
    };
    Some(if takes_other { other.clone() } else { one.clone() })
}

/// Whether what stands under a key is a schema, which may ask for more.
fn holds_schema(key: &str) -> bool {
    matches!(key, "items" | "additionalProperties" | "propertyNames")
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}
