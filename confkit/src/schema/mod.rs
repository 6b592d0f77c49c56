//! A JSON Schema from the declaration, for editors, reviews and other programs.
//!
//! [`Schema::of`] describes what [`Format::Json`](crate::Format::Json) and every other format with types
//! may hold, in the words of [JSON Schema 2020-12](https://json-schema.org/draft/2020-12): types and
//! their limits, names, defaults, examples, what has to be given, and those rules that JSON Schema can
//! say. What it cannot say (variables, units, secrets, functions that judge) stands under `x-confkit`, which
//! validators pass over.
//!
//! # Example
//!
//! ```
//! use confkit::Config;
//! use confkit::schema::Schema;
//!
//! /// Settings of the orders service.
//! #[derive(Config)]
//! #[config(env_prefix = "ORDERS")]
//! struct Settings {
//!     /// Number of worker threads.
//!     #[config(default = 4, validate(range(min = 1, max = 64)))]
//!     workers: u16,
//! }
//!
//! assert_eq!(Schema::of::<Settings>().to_string(), r#"{
//!   "$schema": "https://json-schema.org/draft/2020-12/schema",
//!   "title": "Settings",
//!   "description": "Settings of the orders service.",
//!   "type": "object",
//!   "properties": {
//!     "workers": {
//!       "description": "Number of worker threads.",
//!       "type": "integer",
//!       "minimum": 1,
//!       "maximum": 64,
//!       "default": 4,
//!       "x-confkit": {
//!         "variable": "ORDERS_WORKERS"
//!       }
//!     },
//!     "$schema": {
//!       "description": "Names the schema of this file."
//!     }
//!   },
//!   "additionalProperties": false,
//!   "x-confkit": {
//!     "env_prefix": "ORDERS"
//!   }
//! }"#);
//! ```
//!
//! # What agrees with the loader, and what does not
//!
//! A document that the loader refuses is refused by the schema, and the other way round, but for the
//! rules under `x-confkit` and these:
//!
//! - `1.0` is an integer to JSON Schema, and none to the loader.
//! - Numbers that are too large for an `f32` or `f64`, and sizes beyond 64 bits, are refused by the loader alone.
//! - `email` and `url` are said as `format`, which most validators take as a note unless they are told
//!   to assert formats; where they do, their grammars differ from the loader's in rare spellings. `ipv4`
//!   and `ipv6` are exact where formats are asserted.
//! - Numbers over 64 bits in the text of a span of time, and parts of nanoseconds, are refused by the
//!   loader alone; the form of a span in parts (`secs` and `nanos`), and blanks around the name of a
//!   variant, are accepted by the loader alone.
//! - Of a list that is read into a set the loader counts different elements, and of numbers that are
//!   keys of a map it knows the limits.
//! - A plain serde type with `flatten` that stands inside of another plain serde type takes keys that
//!   the schema refuses; serde keeps them from the loader.
//! - The mask `[redacted]` in place of a secret is refused by the loader alone.
//! - `$unset` is a matter of one file among several: only the [`partial`](Schema::partial) schema knows it.

mod build;
mod definitions;
mod facts;
mod json;
mod leaf;
mod parts;
mod patterns;
mod place;
mod present;
mod rules;
mod values;
mod variants;

use std::fmt;

use confkit_sources::declared::Metadata;
use serde::ser::{Serialize, Serializer};

pub use self::leaf::{SchemaByNothing, SchemaByType, SchemaOf};

use self::build::{Builder, described};
use self::json::{Json, Object};
use self::place::At;
use self::present::Extent;
use crate::Config;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The JSON Schema of a settings type.
///
/// `Display` writes it over several lines, as for a file; [`to_json`](Schema::to_json) in one line;
/// `Serialize` for any other use. Keys stand in the order of the declaration, so that the same type
/// gives the same text.
///
/// # Example
///
/// ```
/// use confkit::Config;
/// use confkit::schema::Schema;
///
/// #[derive(Config)]
/// struct Settings {
///     port: u16,
/// }
///
/// let schema: serde_json::Value = serde_json::to_value(Schema::of::<Settings>()).unwrap();
/// assert_eq!(schema["properties"]["port"]["maximum"], 65_535);
/// assert_eq!(schema["required"][0], "port");
/// ```
#[derive(Clone)]
pub struct Schema {
    metadata: &'static Metadata,
    extent: Extent,
    profile: Option<String>,
    id: Option<String>,
}

impl Schema {
    /// The schema of all that a type asks for, whatever the profile.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// assert!(Schema::of::<Settings>().to_json().contains(r#""required":["port"]"#));
    /// ```
    pub fn of<T: Config>() -> Self {
        Self { metadata: T::metadata(), extent: Extent::Whole, profile: None, id: None }
    }

    /// Asks for nothing to be given: the schema of one file of several, as editors use it.
    ///
    /// What may not stand together still may not.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// assert!(!Schema::of::<Settings>().partial().to_json().contains("required"));
    /// ```
    pub fn partial(self) -> Self {
        Self { extent: Extent::Layer, ..self }
    }

    /// Chooses the profile: what is required in it, and rules that hold in it, become plain. Without it
    /// they stand under `x-confkit`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     #[config(required(profile = "production"))]
    ///     region: Option<String>,
    /// }
    ///
    /// let schema = Schema::of::<Settings>().profile("production");
    /// assert!(schema.to_json().contains(r#""required":["region"]"#));
    /// ```
    pub fn profile(self, name: impl Into<String>) -> Self {
        Self { profile: Some(name.into()), ..self }
    }

    /// Says where the schema can be had, as its `$id`.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {}
    ///
    /// let schema = Schema::of::<Settings>().id("https://example.com/settings.schema.json");
    /// assert!(schema.to_json().contains(r#""$id":"https://example.com/settings.schema.json""#));
    /// ```
    pub fn id(self, url: impl Into<String>) -> Self {
        Self { id: Some(url.into()), ..self }
    }

    /// Writes the schema in one line.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {}
    ///
    /// assert!(Schema::of::<Settings>().to_json().starts_with(r#"{"$schema":"#));
    /// ```
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.root()).unwrap_or_default()
    }

    /// Writes it as `values.schema.json` of a Helm chart, which holds the settings under a key of its
    /// values. What else stands in the values is not looked at.
    ///
    /// Helm reads this version of JSON Schema from 3.18 on. A chart gives one layer of several: ask
    /// for a [partial](Self::partial) schema where other layers give the rest.
    ///
    /// # Example
    ///
    /// ```
    /// use confkit::Config;
    /// use confkit::schema::Schema;
    ///
    /// #[derive(Config)]
    /// struct Settings {
    ///     port: u16,
    /// }
    ///
    /// let schema = Schema::of::<Settings>().partial().helm("config");
    /// let values: serde_json::Value = serde_json::from_str(&schema).unwrap();
    /// assert_eq!(values["properties"]["config"]["properties"]["port"]["maximum"], 65535);
    /// ```
    pub fn helm(&self, key: &str) -> String {
        let mut settings = self.root();
        settings.remove("$schema");
        let definitions = settings.remove("$defs");
        let mut root = Object::of("$schema", DIALECT).with("type", "object");
        root.set("properties", Object::of(key, settings));
        root.set_some("$defs", definitions);
        serde_json::to_string_pretty(&root).unwrap_or_default()
    }

    fn root(&self) -> Object {
        let mut builder = Builder::new(self.metadata, self.extent, self.profile.as_deref());
        let mut root = Object::of("$schema", DIALECT);
        root.set_some("$id", self.id.as_deref());
        root.set("title", self.metadata.name());
        root.extend(described(self.metadata.docs()));
        let settings = builder.written(self.metadata, &At::root(self.metadata, self.extent), &[]).schema;
        root.extend(settings);
        let rules = root.remove(facts::FACTS);
        facts::add(&mut root, facts::of_type(self.metadata));
        if let Some(Json::Object(rules)) = rules {
            facts::add(&mut root, rules);
        }
        root.set_full("$defs", builder.definitions.into_object());
        root
    }
}

/// Names what it is of; a declaration may compare secrets with what nobody has to see.
impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schema")
            .field("of", &self.metadata.name())
            .field("extent", &self.extent)
            .field("profile", &self.profile)
            .field("id", &self.id)
            .finish()
    }
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string_pretty(&self.root()).unwrap_or_default())
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root().serialize(serializer)
    }
}
