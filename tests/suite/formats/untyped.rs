//! The tables of `tests/conformance/untyped`: what each text means, or why it is refused. `cargo xtask
//! conformance untyped` holds the same tables against other readers.

use std::collections::BTreeMap;

use confkit_sources::{Format, NodeKind, NodeRef};

use super::{mistakes, read};

fn collect(table: NodeRef<'_>, start: &str, settings: &mut BTreeMap<String, String>) {
    for (key, node) in table.entries() {
        let name = format!("{start}{key}");
        if node.kind() == NodeKind::Table {
            collect(node, &format!("{name}."), settings);
        } else {
            settings.insert(name, node.text().to_owned());
        }
    }
}

/// Checks every case of a table; returns how many there are.
fn check(format: Format, table: &str) -> usize {
    let table = read(Format::Toml, table).expect("a table");
    let cases: Vec<NodeRef<'_>> = table.root().get("case").expect("cases").items().collect();
    for case in &cases {
        let text = case.get("text").expect("a text").text();
        let is = case.get("is").map(|is| {
            let entries = is.entries().map(|(key, value)| (key.to_owned(), value.text().to_owned()));
            entries.collect::<BTreeMap<_, _>>()
        });
        match (is, case.get("refused")) {
            (Some(expected), None) => {
                let document = read(format, text).unwrap_or_else(|errors| panic!("{text:?}: {errors:?}"));
                let mut settings = BTreeMap::new();
                collect(document.root(), "", &mut settings);
                assert_eq!(settings, expected, "{text:?}");
            }
            (None, Some(refused)) => {
                let told = mistakes(format, text);
                let (_, message) = told[0].split_once(' ').expect("a place and a message");
                assert_eq!(message, refused.text(), "{text:?}");
            }
            _ => panic!("{text:?} is read, or it is refused"),
        }
    }
    cases.len()
}

#[test]
fn every_text_means_what_its_table_says() {
    let dotenv = check(Format::Dotenv, include_str!("../../conformance/untyped/dotenv.toml"));
    let ini = check(Format::Ini, include_str!("../../conformance/untyped/ini.toml"));
    assert!(dotenv + ini >= 150, "{dotenv} and {ini}");
    let properties = check(Format::Properties, include_str!("../../conformance/untyped/properties.toml"));
    assert!(properties >= 60, "{properties}");
}
