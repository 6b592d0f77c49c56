//! Text of variables and arguments that is JSON as a whole. Unlike `serde_json::Value` it keeps the
//! order of keys, and those that are there twice: which of two values is meant, nobody can tell.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::path::Segment;

/// A value of JSON.
#[derive(Debug, Clone, PartialEq)]
pub enum JsonText {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer of 64 bits with a sign.
    Signed(i64),
    /// An integer of 64 bits without one.
    Unsigned(u64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// An object, with all of its keys as they come.
    Table(Vec<(String, Self)>),
}

impl JsonText {
    /// Reads text that is JSON as a whole.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The value as a text that is read in turn: strings without their quotation marks.
    pub fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            value => serde_json::to_string(&value).unwrap_or_default(),
        }
    }

    /// Leaves one of the entries that have the same key, in all objects. Returns the keys that had
    /// different values, each with the steps to it.
    pub fn settle(&mut self) -> Vec<Vec<Segment<'static>>> {
        let mut twice = Vec::new();
        self.settle_at(&mut Vec::new(), &mut twice);
        twice
    }

    fn settle_at(&mut self, path: &mut Vec<Segment<'static>>, twice: &mut Vec<Vec<Segment<'static>>>) {
        let mut inside = |step, value: &mut Self, twice: &mut _| {
            path.push(step);
            value.settle_at(path, twice);
            path.pop();
        };
        match self {
            Self::List(items) => {
                let items = items.iter_mut().enumerate();
                items.for_each(|(index, item)| inside(Segment::Index(index), item, twice));
            }
            Self::Table(entries) => {
                let repeated = settle_entries(entries);
                for (key, value) in entries {
                    inside(Segment::key(key.clone()), value, twice);
                }
                for key in repeated {
                    path.push(Segment::key(key));
                    twice.push(path.clone());
                    path.pop();
                }
            }
            _ => {}
        }
    }
}

/// Leaves the first of the entries that have the same key. Returns the keys whose values differ.
pub fn settle_entries<K: Clone + Ord, V: PartialEq>(entries: &mut Vec<(K, V)>) -> Vec<K> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|&one, &other| entries[one].0.cmp(&entries[other].0));
    let mut is_first = vec![false; entries.len()];
    let mut repeated = Vec::new();
    for same in order.chunk_by(|&one, &other| entries[one].0 == entries[other].0) {
        is_first[same[0]] = true;
        if same.iter().any(|&other| entries[other].1 != entries[same[0]].1) {
            repeated.push(same[0]);
        }
    }
    repeated.sort_unstable();
    let repeated = repeated.into_iter().map(|first| entries[first].0.clone()).collect();
    let mut is_first = is_first.into_iter();
    entries.retain(|_| is_first.next().unwrap_or_default());
    repeated
}

impl Serialize for JsonText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Signed(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Table(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = JsonText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<JsonText, E> {
        Ok(JsonText::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<JsonText, E> {
        Ok(JsonText::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<JsonText, E> {
        Ok(JsonText::Signed(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonText, E> {
        Ok(JsonText::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<JsonText, E> {
        Ok(JsonText::Float(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<JsonText, E> {
        Ok(JsonText::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<JsonText, E> {
        Ok(JsonText::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<JsonText, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(JsonText::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonText, A::Error> {
        let mut entries: Vec<(String, JsonText)> = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        match &entries[..] {
            [(key, JsonText::Text(digits))] if key == NUMBER => Ok(number(digits)),
            _ => Ok(JsonText::Table(entries)),
        }
    }
}

/// How serde_json gives numbers where a crate of the program has its feature `arbitrary_precision` on.
const NUMBER: &str = "$serde_json::private::Number";

fn number(digits: &str) -> JsonText {
    let signed = digits.parse().map(JsonText::Signed);
    let number = signed.or_else(|_| digits.parse().map(JsonText::Unsigned));
    number.unwrap_or_else(|_| digits.parse().map_or(JsonText::Null, JsonText::Float))
}
