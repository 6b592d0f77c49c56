//! One of the two schemas: its text, and the schemas inside it with references followed.

use serde_json::{Map, Value};

use super::invalid::{Fault, InvalidSchema, Which};
use super::vocabulary::{Holds, holds};

/// A whole schema, all references of which lead somewhere.
#[derive(Debug)]
pub(super) struct Root(Value);

impl Root {
    pub(super) fn read(text: &str, which: Which) -> Result<Self, InvalidSchema> {
        let invalid = |fault| InvalidSchema::new(which, fault);
        let value: Value = serde_json::from_str(text)
            .map_err(|error| invalid(Fault::NotJson { line: error.line(), column: error.column() }))?;
        let root = Self(value);
        root.check().map_err(invalid)?;
        Ok(root)
    }

    pub(super) fn node(&self) -> Node<'_> {
        Node { root: self, schema: &self.0 }
    }

    fn check(&self) -> Result<(), Fault> {
        let Value::Object(map) = &self.0 else { return Err(Fault::NotSchema { at: String::new() }) };
        if let Some(Value::String(name)) = map.get("$schema")
            && !name.contains("2020-12")
        {
            return Err(Fault::OtherDraft { name: name.clone() });
        }
        self.check_inside(&self.0, "", &mut Vec::new())
    }

    /// Checks a schema and all that it leads to.
    fn check_inside(&self, schema: &Value, at: &str, seen: &mut Vec<*const Value>) -> Result<(), Fault> {
        if seen.contains(&std::ptr::from_ref(schema)) {
            return Ok(());
        }
        seen.push(schema);
        let map = match schema {
            Value::Bool(_) => return Ok(()),
            Value::Object(map) => map,
            _ => return Err(Fault::NotSchema { at: at.to_owned() }),
        };
        for (keyword, value) in map {
            let at = format!("{at}/{keyword}");
            match (holds(keyword), value) {
                (Holds::Schema, schema) => self.check_inside(schema, &at, seen)?,
                (Holds::Named, Value::Object(named)) => {
                    for (name, schema) in named {
                        self.check_inside(schema, &format!("{at}/{name}"), seen)?;
                    }
                }
                (Holds::Listed, Value::Array(listed)) => {
                    for (index, schema) in listed.iter().enumerate() {
                        self.check_inside(schema, &format!("{at}/{index}"), seen)?;
                    }
                }
                (Holds::Named | Holds::Listed, _) => return Err(Fault::NotSchema { at }),
                (Holds::Value | Holds::Note, _) => self.check_reference(keyword, value, &at, seen)?,
            }
        }
        Ok(())
    }

    fn check_reference(
        &self,
        keyword: &str,
        value: &Value,
        at: &str,
        seen: &mut Vec<*const Value>,
    ) -> Result<(), Fault> {
        match keyword {
            "$ref" => {
                let to = value.as_str().unwrap_or_default();
                let target = self.target(to).ok_or_else(|| Fault::Reference { to: to.to_owned() })?;
                self.check_inside(target, to, seen)
            }
            "$dynamicRef" => Err(Fault::NotFollowed { keyword: "$dynamicRef" }),
            // Inside, it moves where references start.
            "$id" if at != "/$id" => Err(Fault::NotFollowed { keyword: "$id" }),
            _ => Ok(()),
        }
    }

    /// What a reference leads to.
    fn target(&self, reference: &str) -> Option<&Value> {
        self.0.pointer(&decoded(reference.strip_prefix('#')?)?)
    }
}

/// A fragment of an address without its `%` escapes.
fn decoded(fragment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'%', [high, low, after @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
                rest = after;
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

/// A schema in its root.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'s> {
    root: &'s Root,
    schema: &'s Value,
}

/// References that are followed one behind the other.
const MOST_REFERENCES: usize = 64;

/// Accepts every value.
pub(super) static ANYTHING: Value = Value::Bool(true);

impl<'s> Node<'s> {
    /// Another schema of the same root.
    pub(super) fn at(self, schema: &'s Value) -> Self {
        Self { schema, ..self }
    }

    pub(super) fn schema(self) -> &'s Value {
        self.schema
    }

    /// Tells schemas apart that stand in different places of the text.
    pub(super) fn identity(self) -> *const Value {
        self.schema
    }

    /// The schema itself, where this is a reference and nothing else.
    pub(super) fn resolved(self) -> Self {
        let mut node = self;
        // Circles of references alone end somewhere in the circle.
        for _ in 0..MOST_REFERENCES {
            match node.referred().filter(|_| node.asks_nothing_more()) {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }

    /// Whether there are only notes beside a reference.
    fn asks_nothing_more(self) -> bool {
        let mut keywords = self.schema.as_object().into_iter().flat_map(Map::keys);
        keywords.all(|keyword| holds(keyword) == Holds::Note)
    }

    /// The schema that a reference leads to, if there is one.
    pub(super) fn referred(self) -> Option<Self> {
        let target = self.root.target(self.schema.get("$ref")?.as_str()?)?;
        Some(self.at(target))
    }

    pub(super) fn view(self) -> View<'s> {
        let mut view = View { node: self, is_never: false, maps: Vec::new() };
        view.add(self);
        view
    }
}

/// A schema with all that its references and `allOf` ask for beside it.
#[derive(Debug, Clone)]
pub(super) struct View<'s> {
    pub(super) node: Node<'s>,
    /// No value is accepted.
    pub(super) is_never: bool,
    maps: Vec<&'s Map<String, Value>>,
}

impl<'s> View<'s> {
    fn add(&mut self, node: Node<'s>) {
        let map = match node.schema {
            Value::Object(map) => map,
            other => {
                self.is_never |= *other == Value::Bool(false);
                return;
            }
        };
        if self.maps.iter().any(|known| std::ptr::eq(*known, map)) {
            return;
        }
        self.maps.push(map);
        if let Some(target) = node.referred() {
            self.add(target);
        }
        for all in map.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.add(node.at(all));
        }
    }

    /// Every object that asks for something, the outermost first.
    pub(super) fn maps(&self) -> &[&'s Map<String, Value>] {
        &self.maps
    }

    /// Everything that stands behind a keyword.
    pub(super) fn each(&self, keyword: &'s str) -> impl Iterator<Item = &'s Value> {
        self.maps.iter().filter_map(move |map| map.get(keyword))
    }

    /// The objects that have one of several keywords, which only mean something together.
    pub(super) fn with_any(&self, keywords: &[&str]) -> Vec<&'s Map<String, Value>> {
        let has = |map: &&&Map<String, Value>| keywords.iter().any(|keyword| map.contains_key(*keyword));
        self.maps.iter().filter(has).copied().collect()
    }

    /// A note, such as a description; the outermost counts.
    pub(super) fn note(&self, keyword: &str) -> Option<&'s Value> {
        self.maps.iter().find_map(|map| map.get(keyword))
    }

    /// What confkit says beside the schema.
    pub(super) fn fact(&self, name: &str) -> Option<&'s Value> {
        self.maps.iter().find_map(|map| map.get("x-confkit")?.get(name))
    }

    /// Texts that confkit says, one or several.
    pub(super) fn fact_texts(&self, name: &str) -> Vec<&'s str> {
        match self.fact(name) {
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            one => one.and_then(Value::as_str).into_iter().collect(),
        }
    }

    pub(super) fn is_secret(&self) -> bool {
        let says = |value: Option<&Value>| value == Some(&Value::Bool(true));
        says(self.note("writeOnly")) || says(self.fact("secret"))
    }

    /// Names of properties that have to be there.
    pub(super) fn required(&self) -> impl Iterator<Item = &'s str> {
        self.each("required").filter_map(Value::as_array).flatten().filter_map(Value::as_str)
    }
}
