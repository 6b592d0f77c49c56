//! Formats besides TOML: what they read, what they refuse, and what is said.

mod custom;
mod dotenv;
mod generated;
mod hcl;
mod ini;
mod json;
mod meaning;
mod probes;
mod properties;
mod ron;
mod secrets;
mod untyped;
mod written;
mod yaml;

use confkit_sources::{Document, Format, NodeKind, NodeRef, OriginKind, SyntaxError};

fn read(format: Format, text: &str) -> Result<Document, Vec<SyntaxError>> {
    format.read(OriginKind::Text, "case", text.to_owned()).map_err(|(_, errors)| errors)
}

/// Each error as `line:column message`.
fn mistakes(format: Format, text: &str) -> Vec<String> {
    let errors = read(format, text).expect_err(text);
    let place = |at| confkit_sources::position_in(text, at);
    let told = |error: &SyntaxError| {
        let place = place(error.span.start);
        format!("{}:{} {}", place.line, place.column, error.message)
    };
    errors.iter().map(told).collect()
}

/// A node in one line: strings quoted, numbers as they are kept, nothing as `~`.
fn shown(node: NodeRef<'_>) -> String {
    let inside = |node: NodeRef<'_>| node.items().map(shown).collect::<Vec<_>>().join(", ");
    let entry = |(key, node): (&str, NodeRef<'_>)| format!("{key}: {}", shown(node));
    match node.kind() {
        NodeKind::Null => "~".to_owned(),
        NodeKind::String | NodeKind::Text => format!("{:?}", node.text()),
        NodeKind::Array => format!("[{}]", inside(node)),
        NodeKind::Table => format!("{{{}}}", node.entries().map(entry).collect::<Vec<_>>().join(", ")),
        NodeKind::Integer if node.radix() != 10 => format!("{} in {}", node.text(), node.radix()),
        _ => node.text().to_owned(),
    }
}

fn read_as(format: Format, text: &str) -> String {
    match read(format, text) {
        Ok(document) => shown(document.root()),
        Err(errors) => panic!("{text:?}: {errors:?}"),
    }
}
