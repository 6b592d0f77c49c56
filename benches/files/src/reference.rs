//! What the reference parsers read.

use confkit_sources::{Format, NodeRef};

use crate::same;

/// A file as its reference parser reads it.
pub(crate) enum Reference {
    Json(serde_json::Value),
    Toml(toml::Table),
    Yaml(yaml_serde::Value),
}

impl Reference {
    /// Reads a text; `None` where the reference refuses it.
    pub(crate) fn read(format: Format, text: &str) -> Option<Self> {
        match format {
            Format::Toml => text.parse().ok().map(Self::Toml),
            Format::Yaml => yaml_serde::from_str(text).ok().map(Self::Yaml),
            _ => serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok().map(Self::Json),
        }
    }

    pub(crate) fn is_table(&self) -> bool {
        match self {
            Self::Json(value) => value.is_object(),
            Self::Toml(_) => true,
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
        }
    }
}
