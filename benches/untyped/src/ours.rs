//! Our own verdicts.

use std::collections::BTreeMap;

use bench_untyped::Verdict;
use confkit_sources::{Format, NodeKind, NodeRef, OriginKind};

pub(crate) fn verdict(format: &str, text: &str) -> Verdict {
    let format = match format {
        "dotenv" => Format::Dotenv,
        "ini" => Format::Ini,
        _ => Format::Properties,
    };
    let document = format.read(OriginKind::Text, "case", text.to_owned()).ok()?;
    let mut settings = BTreeMap::new();
    collect(document.root(), "", &mut settings);
    Some(settings)
}

fn collect(table: NodeRef<'_>, start: &str, settings: &mut BTreeMap<String, String>) {
    for (key, node) in table.entries() {
        let name = format!("{start}{key}");
        match node.kind() {
            NodeKind::Table => collect(node, &format!("{name}."), settings),
            _ => {
                settings.insert(name, node.text().to_owned());
            }
        }
    }
}
