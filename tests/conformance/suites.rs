//! Where the cases are, and how documents are compared with what they should be.

use std::path::{Path, PathBuf};
use std::process::Command;

use confkit_sources::{NodeKind, NodeRef};
use serde_json::Value;

/// The folder of a package in cargo's own store; its cases are files there.
pub(crate) fn package(name: &str) -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let found = packages.iter().find(|package| package["name"] == name).unwrap();
    Path::new(found["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned()
}

/// Compares a node with JSON. Numbers are compared as numbers.
pub(crate) fn same(node: NodeRef<'_>, expected: &Value) -> Result<(), String> {
    let differs = || Err(format!("{:?} {:?} is not {expected}", node.kind(), node.text()));
    match (node.kind(), expected) {
        (NodeKind::Null, Value::Null) => Ok(()),
        (NodeKind::Bool, Value::Bool(flag)) if (node.text() == "true") == *flag => Ok(()),
        (NodeKind::String, Value::String(text)) if node.text() == text => Ok(()),
        (NodeKind::Integer | NodeKind::Float, Value::Number(number)) if is_number(node, number) => Ok(()),
        (NodeKind::Array, Value::Array(elements)) if node.items().count() == elements.len() => {
            node.items().zip(elements).try_for_each(|(node, element)| same(node, element))
        }
        (NodeKind::Table, Value::Object(members)) if node.items().count() == members.len() => {
            node.entries().try_for_each(|(key, node)| match members.get(key) {
                Some(member) => same(node, member).map_err(|fault| format!("{key}: {fault}")),
                None => Err(format!("there is a key {key:?}, and {:?} are expected", members.keys())),
            })
        }
        _ => differs(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers of different kinds are compared as floats")]
fn is_number(node: NodeRef<'_>, number: &serde_json::Number) -> bool {
    if let Ok(own) = i128::from_str_radix(node.text(), node.radix())
        && node.kind() == NodeKind::Integer
    {
        return number.as_i128() == Some(own) || number.as_f64() == Some(own as f64);
    }
    node.text().parse::<f64>().ok() == number.as_f64()
}
