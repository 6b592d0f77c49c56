//! What the reference parsers read.

use std::collections::BTreeMap;

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

impl Reference {
    /// Reads a text; `None` where the reference refuses it.
    pub(crate) fn read(format: Format, text: &str) -> Option<Self> {
        match format {
            Format::Toml => text.parse().ok().map(Self::Toml),
            Format::Yaml => yaml_serde::from_str(text).ok().map(Self::Yaml),
            Format::Ini => ini(text).map(Self::Flat),
            Format::Dotenv => {
                dotenvy::from_read_iter(text.as_bytes()).collect::<Result<_, _>>().ok().map(Self::Flat)
            }
            Format::Properties => properties(text).map(Self::Flat),
            _ => serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok().map(Self::Json),
        }
    }

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

/// With the case of names kept and without comments behind values, which the crate can be told to do.
/// A key without a value is none, as in most readers.
fn ini(text: &str) -> Option<BTreeMap<String, String>> {
    let mut rules = configparser::ini::IniDefault::default();
    rules.case_sensitive = true;
    rules.inline_comment_symbols = Some(Vec::new());
    let root = rules.default_section.clone();
    let sections = configparser::ini::Ini::new_from_defaults(rules).read(text.to_owned()).ok()?;
    let name = |section: &str, key| if section == root { key } else { format!("{section}.{key}") };
    let entries = sections.into_iter().flat_map(|(section, entries)| {
        entries.into_iter().map(move |(key, value)| (section.clone(), key, value))
    });
    entries.map(|(section, key, value)| Some((name(&section, key), value?))).collect()
}

fn properties(text: &str) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut reader = java_properties::PropertiesIter::new_with_encoding(text.as_bytes(), encoding_rs::UTF_8);
    reader.read_into(|key, value| drop(values.insert(key, value))).ok()?;
    Some(values)
}
