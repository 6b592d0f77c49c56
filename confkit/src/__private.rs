//! Everything that generated code may name. Nothing here carries a promise.

use serde::Serialize;

pub use confkit_sources::declared::{
    ArgName, Check, Condition, Content, DeclaredFile, EnvName, Field, FieldDefault, Holds, Kind, Loading,
    Merge, Metadata, Refinement, Rule, RuleKind, Shape, Tagging, Unknown, ValueKind, Variant, Variants,
    Versioned,
};
use confkit_sources::exposure::{self, Showing};
pub use serde;
pub use serde::de::DeserializeOwned;

pub use crate::config::Config;
pub use crate::resolve::{
    At, Cx, De, Error, Given, Gives, Inside, Leaf, Nothing, Part, Resolve, Scope, Unheld, Unneeded, part,
    unit_enum,
};
#[cfg(feature = "json-schema")]
pub use crate::rules::JsonSchema;
pub use crate::rules::{Contains, Each, Keys, Length, Newtype, On, Pattern, Ranged, Text};
pub use crate::secret::{Redacted, assert_redacted};

/// The kind of a value that serde reads.
pub fn kind_of<T: Leaf>() -> ValueKind {
    crate::resolve::kind_of::<T>()
}

/// The kind of a field with `parse`: text, whatever its type.
pub fn kind_of_parsed() -> ValueKind {
    ValueKind::new(Kind::Text)
}

/// The kind of a field with `with`: only its function knows.
pub fn kind_of_read() -> ValueKind {
    ValueKind::new(Kind::Other)
}

/// The kind of a value that is one of several.
pub fn kind_of_either(kinds: &[fn() -> ValueKind]) -> ValueKind {
    let mut kinds = kinds.iter().map(|kind| kind());
    let Some(first) = kinds.next() else { return ValueKind::new(Kind::Other) };
    kinds.fold(first, |one, other| ValueKind {
        optional: one.optional || other.optional,
        secret: one.secret || other.secret,
        holds_secret: one.holds_secret || other.holds_secret,
        unsure: one.unsure || other.unsure,
        docs_of_names: if one.kind == other.kind { one.docs_of_names } else { Vec::new() },
        other_names: if one.kind == other.kind { one.other_names } else { Vec::new() },
        any_name: one.any_name || other.any_name,
        path: one.path && other.path,
        kind: if one.kind == other.kind { one.kind } else { Kind::Any },
        element: None,
    })
}

/// The kind of a variant's name; `docs` are the documentation comments of `names`, or nothing.
pub fn kind_of_names(names: &'static [&'static str], docs: &'static [&'static str]) -> ValueKind {
    let docs_of_names = docs.iter().map(|&docs| docs.to_owned()).collect();
    ValueKind { docs_of_names, ..ValueKind::new(Kind::Choice(names)) }
}

/// Says that a declaration names arguments. Without the feature nothing would read them.
#[cfg(feature = "args")]
pub const fn needs_args() {}

/// Says that a declaration names arguments. Without the feature nothing would read them.
#[cfg(not(feature = "args"))]
pub const fn needs_args() {
    panic!(
        "`args` and `arg(…)` need the feature `args` of confkit: write features = [\"args\"] at the dependency"
    )
}

/// Says that a declaration has rules that the crate validator judges.
#[cfg(feature = "validator")]
pub const fn needs_validator() {}

/// Says that a declaration has rules that the crate validator judges.
#[cfg(not(feature = "validator"))]
pub const fn needs_validator() {
    panic!(
        "rules such as `email`, `url`, `ip`, `regex` and `validator` need the feature `validator` of confkit: write features = [\"validator\"] at the dependency"
    )
}

/// Says that a declaration has rules that have to be waited for.
#[cfg(feature = "async")]
pub const fn needs_async() {}

/// Says that a declaration has rules that have to be waited for.
#[cfg(not(feature = "async"))]
pub const fn needs_async() {
    panic!(
        "`custom_async` needs the feature `async` of confkit: write features = [\"async\"] at the dependency"
    )
}

/// Says that a declaration has rules that are a JSON Schema.
#[cfg(feature = "json-schema")]
pub const fn needs_json_schema() {}

/// Says that a declaration has rules that are a JSON Schema.
#[cfg(not(feature = "json-schema"))]
pub const fn needs_json_schema() {
    panic!(
        "`json_schema` needs the feature `json-schema` of confkit: write features = [\"json-schema\"] at the dependency"
    )
}

/// Says that a declaration has a version of its files.
#[cfg(feature = "migrate")]
pub const fn needs_migrate() {}

/// Says that a declaration has a version of its files.
#[cfg(not(feature = "migrate"))]
pub const fn needs_migrate() {
    panic!(
        "`version` needs the feature `migrate` of confkit: write features = [\"migrate\"] at the dependency"
    )
}

/// Makes the migrations that a declaration names.
#[cfg(feature = "migrate")]
pub fn migrations(make: fn() -> crate::migrate::Migrations) -> Box<dyn std::any::Any + Send + Sync> {
    Box::new(make())
}

/// Makes nothing, where nothing would use it.
#[cfg(not(feature = "migrate"))]
pub fn migrations<T>(_: T) -> Box<dyn std::any::Any + Send + Sync> {
    Box::new(())
}

/// Stands in for a schema where nothing could judge by it.
#[cfg(not(feature = "json-schema"))]
#[derive(Debug)]
pub struct JsonSchema;

#[cfg(not(feature = "json-schema"))]
impl JsonSchema {
    /// Keeps nothing.
    pub const fn new(_: &'static str, _: &'static str) -> Self {
        Self
    }
}

#[cfg(not(feature = "json-schema"))]
impl Cx<'_> {
    #[doc(hidden)]
    pub fn json_schema(&mut self, _: On<'_>, _: bool, _: &'static JsonSchema) {}

    #[doc(hidden)]
    pub fn section_json_schema(&mut self, _: &Scope, _: usize, _: bool, _: &'static JsonSchema) {}
}

/// Names a function that asks a type for its JSON Schema; without the feature nobody would ask.
#[cfg(feature = "schema")]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_of {
    ($type:ty) => {
        ::core::option::Option::Some(|| {
            #[allow(unused_imports)]
            use $crate::__private::{SchemaByNothing as _, SchemaByType as _};
            (&$crate::__private::SchemaOf::<$type>::NEW).schema()
        })
    };
}

/// Names a function that asks a type for its JSON Schema; without the feature nobody would ask.
#[cfg(not(feature = "schema"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __schema_of {
    ($type:ty) => {
        ::core::option::Option::None
    };
}

pub use __schema_of as schema_of;

#[cfg(feature = "schema")]
pub use crate::schema::{SchemaByNothing, SchemaByType, SchemaOf};

/// Shows the default of a secret where secrets are shown, and nowhere else.
pub fn in_clear(shown: fn() -> Option<String>) -> Option<String> {
    (exposure::shown() == Showing::Clear).then(shown).flatten()
}

/// Shows a default: as it is serialised if it can be, else not at all.
#[derive(Debug)]
pub struct Shown<'v, T>(pub &'v T);

/// Chosen for types that serialise.
pub trait ShownBySerialize {
    /// Writes the value.
    fn shown(&self) -> Option<String>;
}

/// Chosen for all others.
pub trait ShownByNothing {
    /// Writes nothing.
    fn shown(&self) -> Option<String>;
}

impl<T: Serialize> ShownBySerialize for Shown<'_, T> {
    fn shown(&self) -> Option<String> {
        match serde_json::to_value(self.0).ok()? {
            serde_json::Value::String(text) => Some(text),
            value => Some(value.to_string()),
        }
    }
}

impl<T> ShownByNothing for &Shown<'_, T> {
    fn shown(&self) -> Option<String> {
        None
    }
}

#[cfg(feature = "secrecy")]
impl Shown<'_, secrecy::SecretString> {
    /// Writes the text where secrets are shown. It does not serialise itself.
    pub fn shown(&self) -> Option<String> {
        use secrecy::ExposeSecret as _;
        (exposure::shown() == Showing::Clear).then(|| self.0.expose_secret().to_owned())
    }
}
