//! What types say of themselves through `schemars::JsonSchema`, put right where confkit reads them
//! otherwise.

use std::marker::PhantomData;

use confkit_sources::declared::{Kind, ValueKind};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::json::{Json, Object};
use super::values;

/// A type that is asked for its JSON Schema.
#[derive(Debug)]
pub struct SchemaOf<T>(PhantomData<T>);

impl<T> SchemaOf<T> {
    /// The question.
    pub const NEW: Self = Self(PhantomData);
}

/// Chosen for types that have a schema.
pub trait SchemaByType {
    /// Writes the schema as JSON.
    fn schema(&self) -> Option<String>;
}

/// Chosen for all others.
pub trait SchemaByNothing {
    /// Writes nothing.
    fn schema(&self) -> Option<String>;
}

impl<T: JsonSchema> SchemaByType for SchemaOf<T> {
    fn schema(&self) -> Option<String> {
        let settings = SchemaSettings::draft2020_12().with(|settings| {
            settings.inline_subschemas = true;
            settings.meta_schema = None;
        });
        serde_json::to_string(&settings.into_generator().into_root_schema_for::<T>()).ok()
    }
}

impl<T> SchemaByNothing for &SchemaOf<T> {
    fn schema(&self) -> Option<String> {
        None
    }
}

/// A schema that a type gives of itself.
pub(super) struct Own {
    pub(super) schema: Object,
    /// Schemas of recursive types inside, by their names.
    pub(super) definitions: Object,
}

/// Reads what a type says of itself.
pub(super) fn own(text: &str) -> Option<Own> {
    let Json::Object(mut schema) = serde_json::from_str::<serde_json::Value>(text).ok()?.into() else {
        return None;
    };
    let title = schema.remove("title");
    let definitions = match schema.remove("$defs") {
        Some(Json::Object(definitions)) => definitions,
        _ => Object::new(),
    };
    let mut own = Own { schema, definitions };
    if refers_to(&Json::Object(own.schema.clone()), "#") {
        // The root that the type means is not ours.
        let name = title.as_ref().and_then(Json::as_str).unwrap_or("Value").to_owned();
        let root = std::mem::replace(&mut own.schema, Object::of("$ref", format!("#/$defs/{name}")));
        own.definitions.set(&name, root);
        let change = |reference: &str| (reference == "#").then(|| format!("#/$defs/{name}"));
        own.definitions.values_mut().for_each(|(_, schema)| refer(schema, &change));
    }
    put_right(&mut own.schema);
    own.definitions.values_mut().for_each(|(_, schema)| put_right_inside(schema));
    Some(own)
}

/// Gives definitions other names, and changes what refers to them.
pub(super) fn rename(own: &mut Own, names: &[(String, String)]) {
    let change = |reference: &str| {
        let name = reference.strip_prefix("#/$defs/")?;
        let (_, new) = names.iter().find(|(old, _)| old == name)?;
        Some(format!("#/$defs/{new}"))
    };
    let mut schema = Json::Object(std::mem::take(&mut own.schema));
    refer(&mut schema, &change);
    if let Json::Object(schema) = schema {
        own.schema = schema;
    }
    own.definitions = std::mem::take(&mut own.definitions)
        .iter()
        .map(|(name, schema)| {
            let new = names.iter().find(|(old, _)| old == name).map_or(name, |(_, new)| new);
            let mut schema = schema.clone();
            refer(&mut schema, &change);
            (new.to_owned(), schema)
        })
        .collect();
}

/// Changes references.
fn refer(json: &mut Json, change: &dyn Fn(&str) -> Option<String>) {
    match json {
        Json::Object(object) => {
            for (key, value) in object.values_mut() {
                match value.as_str().filter(|_| key == "$ref").and_then(change) {
                    Some(new) => *value = new.into(),
                    None => refer(value, change),
                }
            }
        }
        Json::List(items) => items.iter_mut().for_each(|item| refer(item, change)),
        Json::Scalar(_) => {}
    }
}

fn refers_to(json: &Json, reference: &str) -> bool {
    match json {
        Json::Object(object) => object.iter().any(|(key, value)| {
            (key == "$ref" && value.as_str() == Some(reference)) || refers_to(value, reference)
        }),
        Json::List(items) => items.iter().any(|item| refers_to(item, reference)),
        Json::Scalar(_) => false,
    }
}

/// Adds the keys of a structure that its schema does not tell: what serde reads as aliases.
pub(super) fn know(schema: &mut Object, keys: &[&str]) {
    let Some(Json::Object(properties)) = schema.get("properties") else { return };
    let mut properties = properties.clone();
    let further: Vec<&str> = keys.iter().copied().filter(|key| properties.get(key).is_none()).collect();
    if further.is_empty() {
        return;
    }
    further.into_iter().for_each(|key| properties.set(key, Object::new()));
    schema.set("properties", properties);
    // Which key an alias stands for is not told.
    schema.remove("required");
}

/// Refuses keys that the loader does not know: those of structures, also inside of lists, maps and
/// variants. Where serde keeps a value to look at it again, as for an enum with a tag, it knows none.
pub(super) fn close(schema: &mut Object, kind: &ValueKind) {
    let inside = match kind.kind() {
        Kind::Structure(_) | Kind::Choice(_) => return close_object(schema),
        Kind::List => "items",
        Kind::Map => "additionalProperties",
        _ => return,
    };
    for (key, value) in schema.values_mut() {
        if let (Json::Object(schema), Some(element), true) = (value, kind.element(), key == inside) {
            close(schema, element);
        }
    }
}

/// Refuses further keys in a structure that stands in another one.
pub(super) fn close_inside(schema: &mut Json) {
    if let Json::Object(schema) = schema {
        close_object(schema);
    }
}

fn close_object(schema: &mut Object) {
    let is_composed = ["additionalProperties", "patternProperties", "oneOf", "anyOf", "allOf", "$ref"]
        .iter()
        .any(|key| schema.get(key).is_some());
    for (key, inner) in schema.values_mut() {
        match (key, inner) {
            ("properties", Json::Object(named)) => named.values_mut().for_each(|(_, one)| close_inside(one)),
            ("items" | "additionalProperties", inner) => close_inside(inner),
            // A variant that is named by its key.
            ("oneOf" | "anyOf", Json::List(forms)) => forms.iter_mut().for_each(|form| match form {
                Json::Object(form) if form.get("additionalProperties").is_some() => close_object(form),
                _ => {}
            }),
            _ => {}
        }
    }
    if schema.get("properties").is_some() && !is_composed {
        schema.set("additionalProperties", false);
    }
}

fn put_right_inside(json: &mut Json) {
    match json {
        Json::Object(schema) => put_right(schema),
        Json::List(items) => items.iter_mut().for_each(put_right_inside),
        Json::Scalar(_) => {}
    }
}

/// Keys behind which there are values, and no schemas.
const VALUES: [&str; 5] = ["const", "default", "enum", "examples", "required"];

fn put_right(schema: &mut Object) {
    if is_span(schema) {
        let description = schema.remove("description");
        *schema = values::duration();
        schema.set_some("description", description);
        return;
    }
    // What is there twice is read into a set all the same.
    schema.remove("uniqueItems");
    if schema.get("writeOnly").is_some() {
        schema.remove("default");
    }
    let format = schema.get("format").and_then(Json::as_str).map(str::to_owned);
    if let Some(known) = format.as_deref().and_then(of_format) {
        schema.remove("format");
        for (key, value) in known.iter() {
            if schema.get(key).is_none() {
                schema.set(key, value.clone());
            }
        }
    }
    schema.lead_with(&["description", "type", "format", "minimum", "maximum", "minLength", "maxLength"]);
    for (key, inner) in schema.values_mut() {
        match inner {
            // Names of properties are no keywords.
            Json::Object(named) if matches!(key, "properties" | "patternProperties" | "$defs") => {
                named.values_mut().for_each(|(_, schema)| put_right_inside(schema));
            }
            inner if !VALUES.contains(&key) => put_right_inside(inner),
            _ => {}
        }
    }
}

/// Whether a schema is that of a span of time, which serde reads in parts and confkit as text.
fn is_span(schema: &Object) -> bool {
    let Some(Json::Object(properties)) = schema.get("properties") else { return false };
    properties.iter().map(|(key, _)| key).eq(["nanos", "secs"])
}

/// What schemars' own formats mean, in words that are judged.
fn of_format(format: &str) -> Option<Object> {
    let signed = |max: u128| values::integer(-i128::try_from(max).unwrap_or_default() - 1, max);
    Some(match format {
        "uint8" => values::integer(0, u8::MAX.into()),
        "uint16" => values::integer(0, u16::MAX.into()),
        "uint32" => values::integer(0, u32::MAX.into()),
        "uint64" | "uint" => values::integer(0, u64::MAX.into()),
        "int8" => signed(127),
        "int16" => signed(32_767),
        "int32" => signed(2_147_483_647),
        "int64" | "int" => signed(9_223_372_036_854_775_807),
        "uint128" | "int128" | "float" | "double" => Object::new(),
        "ip" => values::ip(),
        _ => return None,
    })
}

macro_rules! named {
    ($name:literal) => {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            $name.into()
        }

        fn inline_schema() -> bool {
            true
        }
    };
}

impl<T: JsonSchema> JsonSchema for crate::Secret<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Secret_{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = generator.subschema_for::<T>();
        schema.insert("writeOnly".to_owned(), true.into());
        schema
    }
}

impl JsonSchema for crate::SecretString {
    named!("SecretString");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "writeOnly": true })
    }
}

impl JsonSchema for crate::SecretBytes {
    named!("SecretBytes");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "array"],
            "minItems": 1,
            "items": { "type": "integer", "minimum": 0, "maximum": 255 },
            "writeOnly": true,
        })
    }
}

impl JsonSchema for crate::RelativePath {
    named!("RelativePath");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

impl JsonSchema for crate::ByteSize {
    named!("ByteSize");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": u64::MAX,
            "pattern": super::patterns::BYTES,
        })
    }
}
