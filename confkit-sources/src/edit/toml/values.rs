//! Values of TOML, each on one line.

use toml_edit::{Array, InlineTable, Value};

use super::super::error::EditError;
use super::super::tree::{Scalar, Tree};
use crate::document::NodeKind;
use crate::format::Format;
use crate::path::Segment;

/// Text in single quotation marks, if it can stand there.
pub(super) fn literal(text: &str) -> Option<Value> {
    let is_plain = text.chars().all(|c| c != '\'' && !c.is_control());
    is_plain.then(|| format!("'{text}'").parse().ok()).flatten()
}

/// A value in one line.
pub(super) fn value(tree: &Tree, path: &[Segment<'_>]) -> Result<Value, EditError> {
    Ok(match tree {
        Tree::Scalar(single) => scalar(single, path)?,
        Tree::List(items) => {
            let mut array = Array::new();
            for item in items {
                array.push(value(item, path)?);
            }
            Value::Array(array)
        }
        Tree::Table(entries) => {
            let mut table = InlineTable::new();
            for (key, inner) in entries {
                table.insert(key, value(inner, path)?);
            }
            Value::InlineTable(table)
        }
    })
}

fn scalar(scalar: &Scalar, path: &[Segment<'_>]) -> Result<Value, EditError> {
    let unfit = |what, help| EditError::unfit(Format::Toml, path, what, help);
    Ok(match scalar.kind {
        NodeKind::Null => return Err(unfit("null", "remove the key, or leave the value out")),
        NodeKind::Bool => Value::from(scalar.text == "true"),
        NodeKind::Integer => Value::from(
            scalar
                .text
                .parse::<i64>()
                .map_err(|_| unfit("integers of more than 64 bits", "write the number as text"))?,
        ),
        NodeKind::Float => match scalar.text.parse::<f64>() {
            Ok(number) => Value::from(number),
            Err(_) => return Err(unfit("such numbers", "write it as text")),
        },
        _ if scalar.text.chars().any(char::is_control) => {
            // On one line, whatever is in it. JSON's escapes are TOML's.
            let escaped = serde_json::Value::from(&*scalar.text).to_string().replace('\u{7f}', "\\u007F");
            match escaped.parse() {
                Ok(value) => value,
                Err(_) => Value::from(&*scalar.text),
            }
        }
        _ => Value::from(&*scalar.text),
    })
}
