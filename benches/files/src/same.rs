//! Nodes and values of reference parsers, compared.

use std::collections::BTreeMap;

use confkit_sources::{NodeKind, NodeRef};

type Verdict = Result<(), String>;

fn differ(node: NodeRef<'_>, value: &dyn std::fmt::Debug) -> Verdict {
    let mut value = format!("{value:?}");
    value.truncate(value.char_indices().nth(60).map_or(value.len(), |(at, _)| at));
    Err(format!("{} at {}: {:?} is not {value}", node.key(), node.origin(), node.text()))
}

/// The elements of a list, one by one.
fn all<T>(node: NodeRef<'_>, values: &[T], same: fn(NodeRef<'_>, &T) -> Verdict) -> Verdict {
    if node.kind() != NodeKind::Array || node.items().count() != values.len() {
        return Err(format!("{} is no list of {}", node.key(), values.len()));
    }
    node.items().zip(values).try_for_each(|(node, value)| same(node, value))
}

/// The entries of a table, looked up by key.
fn entries<'v, T: 'v>(
    node: NodeRef<'_>,
    count: usize,
    get: impl Fn(&str) -> Option<&'v T>,
    same: fn(NodeRef<'_>, &T) -> Verdict,
) -> Verdict {
    if node.kind() != NodeKind::Table || node.items().count() != count {
        return Err(format!("{} is no table of {count}", node.key()));
    }
    node.entries().try_for_each(|(key, node)| match get(key) {
        Some(value) => same(node, value),
        None => Err(format!("there is no {key:?} to the reference")),
    })
}

fn is_float(node: NodeRef<'_>, number: f64) -> bool {
    let own = if node.kind() == NodeKind::Integer {
        #[expect(clippy::cast_precision_loss, reason = "compared with a float")]
        i128::from_str_radix(node.text(), node.radix()).ok().map(|number| number as f64)
    } else {
        node.text().parse().ok()
    };
    own.is_some_and(|own: f64| own == number || own.is_nan() && number.is_nan())
}

fn is_whole(node: NodeRef<'_>, number: i128) -> bool {
    i128::from_str_radix(node.text(), node.radix()) == Ok(number)
}

pub(crate) fn json(node: NodeRef<'_>, value: &serde_json::Value) -> Verdict {
    use serde_json::Value;
    let equal = match (node.kind(), value) {
        (_, Value::Array(values)) => return all(node, values, json),
        (_, Value::Object(members)) => return entries(node, members.len(), |key| members.get(key), json),
        (NodeKind::Null, Value::Null) => true,
        (NodeKind::Bool, Value::Bool(flag)) => (node.text() == "true") == *flag,
        (NodeKind::String, Value::String(text)) => node.text() == text,
        (NodeKind::Integer | NodeKind::Float, Value::Number(number)) => {
            node.text() == number.as_str() || number.as_f64().is_some_and(|number| is_float(node, number))
        }
        _ => false,
    };
    if equal { Ok(()) } else { differ(node, value) }
}

pub(crate) fn toml_table(node: NodeRef<'_>, table: &toml::Table) -> Verdict {
    entries(node, table.len(), |key| table.get(key), toml)
}

fn toml(node: NodeRef<'_>, value: &toml::Value) -> Verdict {
    use toml::Value;
    let equal = match (node.kind(), value) {
        (_, Value::Array(values)) => return all(node, values, toml),
        (_, Value::Table(table)) => return toml_table(node, table),
        (NodeKind::Bool, Value::Boolean(flag)) => (node.text() == "true") == *flag,
        (NodeKind::String, Value::String(text)) => node.text() == text,
        (NodeKind::Integer, Value::Integer(number)) => is_whole(node, i128::from(*number)),
        (NodeKind::Float, Value::Float(number)) => is_float(node, *number),
        (NodeKind::Datetime, Value::Datetime(date)) => node.text().parse().ok() == Some(*date),
        _ => false,
    };
    if equal { Ok(()) } else { differ(node, value) }
}

pub(crate) fn yaml(node: NodeRef<'_>, value: &yaml_serde::Value) -> Verdict {
    use yaml_serde::Value;
    let equal = match (node.kind(), value) {
        (_, Value::Sequence(values)) => return all(node, values, yaml),
        (_, Value::Mapping(members)) => {
            let get =
                |key: &str| members.iter().find(|(known, _)| yaml_key(known, key)).map(|(_, value)| value);
            return entries(node, members.len(), get, yaml);
        }
        (_, Value::Tagged(tagged)) => return yaml(node, &tagged.value),
        (NodeKind::Null, Value::Null) => true,
        (NodeKind::Bool, Value::Bool(flag)) => (node.text() == "true") == *flag,
        (_, Value::String(text)) => node.as_written().unwrap_or(node.text()) == text,
        (NodeKind::Integer | NodeKind::Float, Value::Number(number)) => {
            number.to_string() == node.text() || number.as_f64().is_some_and(|number| is_float(node, number))
        }
        _ => false,
    };
    if equal { Ok(()) } else { differ(node, value) }
}

/// Keys take their text here, whatever it would be as a value.
fn yaml_key(known: &yaml_serde::Value, key: &str) -> bool {
    use yaml_serde::Value;
    match known {
        Value::String(text) => text == key,
        Value::Null => matches!(key, "" | "~" | "null" | "Null" | "NULL"),
        Value::Bool(flag) => key.eq_ignore_ascii_case(if *flag { "true" } else { "false" }),
        Value::Number(number) => number.to_string() == key || key.parse().ok() == number.as_f64(),
        _ => false,
    }
}

/// Texts under names with dots between steps. Quotation marks, which not every reader takes off, may
/// stand around them, and what stands for a variable may have been replaced.
pub(crate) fn flat(root: NodeRef<'_>, values: &BTreeMap<String, String>) -> Verdict {
    fn texts(node: NodeRef<'_>, name: &str, found: &mut BTreeMap<String, String>) {
        for (key, inner) in node.entries() {
            let name = if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
            if inner.is_container() {
                texts(inner, &name, found);
            } else {
                found.insert(name, inner.text().to_owned());
            }
        }
    }
    let mut found = BTreeMap::new();
    texts(root, "", &mut found);
    if let Some(name) = values.keys().find(|name| !found.contains_key(*name)) {
        return Err(format!("there is no {name:?} here"));
    }
    found.iter().try_for_each(|(name, text)| match values.get(name) {
        None => Err(format!("there is no {name:?} to the reference")),
        Some(other) if other == text || text.contains('$') || is_in_quotes(other, text) => Ok(()),
        Some(_) => Err(format!("{name:?} is another text")),
    })
}

fn is_in_quotes(written: &str, text: &str) -> bool {
    let marks = ['"', '\''];
    written.starts_with(marks) && written.replace('\\', "").contains(&text.replace('\\', ""))
}
