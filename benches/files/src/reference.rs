//! What the reference parsers read.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bench_untyped::programs::Program;
use confkit_sources::{Format, NodeRef};

use crate::same;

/// A file as its reference parser reads it.
pub(crate) enum Reference {
    Json(serde_json::Value),
    Toml(toml::Table),
    Yaml(yaml_serde::Value),
    /// Names with dots between steps, and texts.
    Flat(BTreeMap<String, String>),
}

/// The reference parsers of all formats.
pub(crate) struct Parsers {
    /// Python's `configparser`, strict as it is by default, with the case of names kept and nothing
    /// interpolated.
    ini: Mutex<Program>,
}

impl Parsers {
    pub(crate) fn new(python: &str) -> Self {
        Self { ini: Mutex::new(Program::python(python, "ini")) }
    }

    /// Reads a text; `None` where the reference refuses it.
    pub(crate) fn read(&self, format: Format, text: &str) -> Option<Reference> {
        match format {
            Format::Toml => text.parse().ok().map(Reference::Toml),
            Format::Yaml => yaml_serde::from_str(text).ok().map(Reference::Yaml),
            Format::Ini => {
                let mut program = self.ini.lock().unwrap_or_else(PoisonError::into_inner);
                program.verdict(text).map(Reference::Flat)
            }
            Format::Dotenv => {
                let read: Result<_, _> = dotenvy::from_read_iter(text.as_bytes()).collect();
                read.ok().map(Reference::Flat)
            }
            Format::Properties => properties(text).map(Reference::Flat),
            _ => {
                let text = text.strip_prefix('\u{feff}').unwrap_or(text);
                serde_json::from_str(text).ok().map(Reference::Json)
            }
        }
    }
}

impl Reference {
    pub(crate) fn is_table(&self) -> bool {
        match self {
            Self::Json(value) => value.is_object(),
            Self::Toml(_) | Self::Flat(_) => true,
            Self::Yaml(value) => value.is_mapping(),
        }
    }

    /// Whether documents are read as a stream of any content.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self, Self::Yaml(_))
    }

    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self, Self::Yaml(yaml_serde::Value::Null))
    }

    /// Compares a node with it.
    pub(crate) fn same(&self, node: NodeRef<'_>) -> Result<(), String> {
        match self {
            Self::Json(value) => same::json(node, value),
            Self::Toml(table) => same::toml_table(node, table),
            Self::Yaml(value) => same::yaml(node, value),
            Self::Flat(values) => same::flat(node, values),
        }
    }
}

fn properties(text: &str) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut reader = java_properties::PropertiesIter::new_with_encoding(text.as_bytes(), encoding_rs::UTF_8);
    reader.read_into(|key, value| drop(values.insert(key, value))).ok()?;
    Some(values)
}
