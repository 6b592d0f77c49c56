//! The table of texts.

use std::path::Path;

use bench_untyped::Verdict;
use confkit_sources::{Format, NodeRef, OriginKind};

/// A text with what it means.
pub(crate) struct Case {
    about: String,
    pub(crate) text: String,
    /// What it means here.
    pub(crate) verdict: Verdict,
    /// Whether all peers agree with one another and not with us.
    pub(crate) alone: bool,
}

impl Case {
    pub(crate) fn name(&self) -> String {
        format!("{}: {:?}", self.about, self.text)
    }
}

/// Reads a table.
pub(crate) fn read(file: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let document = Format::Toml.read(OriginKind::File, "cases", text);
    let document = document.unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", file.display()));
    let cases = document.root().get("case").into_iter().flat_map(NodeRef::items);
    cases.map(case).collect()
}

fn case(node: NodeRef<'_>) -> Case {
    let text = |key: &str| node.get(key).map(|node| node.text().to_owned()).unwrap_or_default();
    let settings = |table: NodeRef<'_>| {
        table.entries().map(|(key, value)| (key.to_owned(), value.text().to_owned())).collect()
    };
    Case {
        about: text("about"),
        text: text("text"),
        verdict: node.get("is").map(settings),
        alone: node.get("alone").is_some(),
    }
}
