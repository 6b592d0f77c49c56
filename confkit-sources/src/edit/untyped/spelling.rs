//! How values and keys are spelled in formats without types.

use super::super::error::EditError;
use super::super::tree::Tree;
use crate::document::{NodeKind, NodeRef};
use crate::format::Format;
use crate::write::Refusal;

/// A value of a document as these formats hold it: text, and tables of it.
pub(in super::super) fn tree(node: NodeRef<'_>, path: &str) -> Result<Tree, EditError> {
    if node.kind() == NodeKind::Table {
        let entry = |(key, inner): (&str, NodeRef<'_>)| Ok((key.to_owned(), tree(inner, path)?));
        return Ok(Tree::Table(node.entries().map(entry).collect::<Result<_, EditError>>()?));
    }
    crate::write::untyped::alone(node).map(Tree::text).map_err(|Refusal(why, help)| EditError {
        kind: super::super::EditErrorKind::Value,
        path: path.to_owned(),
        message: format!("cannot be written: {why}"),
        help: help.map(str::to_owned),
    })
}

pub(super) fn value(format: Format, text: &str) -> Result<String, Refusal> {
    use crate::write;
    match format {
        #[cfg(feature = "ini")]
        Format::Ini => write::ini::value(text).map(Into::into),
        #[cfg(feature = "dotenv")]
        Format::Dotenv => write::dotenv::value(text).map(Into::into),
        #[cfg(feature = "properties")]
        Format::Properties => Ok(write::properties::value(text)),
        _ => Ok(text.to_owned()),
    }
}

pub(super) fn key(format: Format, key: &str) -> Result<String, Refusal> {
    use crate::write;
    match format {
        #[cfg(feature = "ini")]
        Format::Ini => write::ini::key(key).map(str::to_owned),
        #[cfg(feature = "dotenv")]
        Format::Dotenv => write::dotenv::name(key).map(str::to_owned),
        _ => name(format, key),
    }
}

/// One of several names between dots.
pub(super) fn name(format: Format, name: &str) -> Result<String, Refusal> {
    use crate::write;
    match format {
        #[cfg(feature = "ini")]
        Format::Ini => write::ini::name(name).map(Into::into),
        #[cfg(feature = "properties")]
        Format::Properties => write::properties::name(name),
        _ => Ok(name.to_owned()),
    }
}
