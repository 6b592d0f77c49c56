//! Properties over any value and any text: one value means the same in every format that can say
//! it, and no text makes a reader or a report panic.

use confkit::{Config, Format};
use proptest::prelude::*;
use serde_json::Value;

use super::{read, read_as};

fn value() -> impl Strategy<Value = Value> {
    let text = "[ -~é😀\n\t]{0,12}";
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(text, inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Tables of text, to a few levels: what formats without types can hold.
fn texts() -> impl Strategy<Value = serde_json::Map<String, Value>> {
    let key = "[a-z][a-z0-9_-]{0,5}( [a-z]{1,3})?";
    let leaf = "[ -~é😀\n\t]{0,12}".prop_map(Value::from);
    let value = leaf.prop_recursive(3, 24, 5, move |inner| {
        prop::collection::hash_map(key, inner, 1..5).prop_map(|map| Value::Object(map.into_iter().collect()))
    });
    prop::collection::hash_map(key, value, 0..5).prop_map(|map| map.into_iter().collect())
}

/// Every value with the path to it.
fn leaves<'t>(
    table: &'t serde_json::Map<String, Value>,
    path: &[&'t str],
    found: &mut Vec<(Vec<&'t str>, &'t str)>,
) {
    for (key, value) in table {
        let path = [path, &[key.as_str()]].concat();
        match value {
            Value::Object(inner) => leaves(inner, &path, found),
            value => found.push((path, value.as_str().unwrap())),
        }
    }
}

fn as_toml(leaves: &[(Vec<&str>, &str)]) -> String {
    let line =
        |(path, text): &(Vec<&str>, &str)| format!("\"{}\" = {}\n", path.join("\".\""), Value::from(*text));
    leaves.iter().map(line).collect()
}

fn as_ini(leaves: &[(Vec<&str>, &str)], newline: &str) -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let line = |(path, text): &(Vec<&str>, &str)| {
        let (key, section) = path.split_last().unwrap();
        let header = if section.is_empty() { String::new() } else { format!("[{}]", section.join(".")) };
        (!section.is_empty(), format!("{header}{newline}{key} = \"{}\"{newline}", quoted(text)))
    };
    let mut lines: Vec<(bool, String)> = leaves.iter().map(line).collect();
    // Below a header there is no way back to the root.
    lines.sort_by_key(|(has_header, _)| *has_header);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn as_properties(leaves: &[(Vec<&str>, &str)], newline: &str) -> String {
    let escaped = |c: char| match c {
        '\n' => "\\n".to_owned(),
        ' ' | '\\' | '=' | ':' | '#' | '!' => format!("\\{c}"),
        c if c.is_ascii() => c.to_string(),
        c => {
            let units: Vec<String> =
                c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect();
            units.concat()
        }
    };
    let line = |(path, text): &(Vec<&str>, &str)| {
        let key: String = path.join(".").chars().map(escaped).collect();
        let value: String = text.chars().map(escaped).collect();
        // A tab in front is a blank.
        let (front, value) = value.strip_prefix('\t').map_or(("", &*value), |rest| ("\\t", rest));
        format!("{key}={front}{value}{newline}")
    };
    leaves.iter().map(line).collect()
}

/// JSON's values as RON writes them: `null` and escapes differ.
fn as_ron(value: &Value) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::String(text) => format!("{text:?}"),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(as_ron).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{key:?}: {}", as_ron(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

/// JSON's values as HCL writes them: `${` and `%{` would be computed.
fn as_hcl(value: &Value) -> String {
    let text = |text: &str| {
        let json = Value::from(text).to_string();
        json.replace("${", "$${").replace("%{", "%%{")
    };
    match value {
        Value::String(value) => text(value),
        Value::Array(values) => {
            format!("[{}]", values.iter().map(as_hcl).collect::<Vec<_>>().join(", "))
        }
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| format!("{} = {}", text(key), as_hcl(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        value => value.to_string(),
    }
}

/// Keys and texts, without regard to the order of keys.
fn sorted(node: confkit_sources::NodeRef<'_>) -> String {
    let mut entries: Vec<String> =
        node.entries().map(|(key, inner)| format!("{key:?}: {}", sorted(inner))).collect();
    entries.sort();
    if node.is_container() { format!("{{{}}}", entries.join(", ")) } else { format!("{:?}", node.text()) }
}

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 0)]
    number: u8,
    #[config(default = "")]
    text: String,
    #[config(default)]
    list: Vec<bool>,
}

proptest! {
    #[test]
    fn one_value_is_the_same_in_every_format(value in value(), pretty in any::<bool>()) {
        let whole = serde_json::json!({ "value": value });
        let text = if pretty { serde_json::to_string_pretty(&whole) } else { serde_json::to_string(&whole) };
        let text = text.unwrap();
        let json = read_as(Format::Json, &text);
        for format in [Format::Jsonc, Format::Json5, Format::Yaml, Format::YamlMerge] {
            prop_assert_eq!(&read_as(format, &text), &json);
        }
        prop_assert_eq!(&read_as(Format::Ron, &as_ron(&whole)), &json);
        prop_assert_eq!(read_as(Format::Hcl, &format!("value = {}", as_hcl(&value))), json);
    }

    #[test]
    fn texts_are_the_same_in_formats_without_types(table in texts(), crlf in any::<bool>()) {
        let newline = if crlf { "\r\n" } else { "\n" };
        let mut found = Vec::new();
        leaves(&table, &[], &mut found);
        let expected = read(Format::Toml, &as_toml(&found)).unwrap();
        let ini = read(Format::Ini, &as_ini(&found, newline));
        let properties = read(Format::Properties, &as_properties(&found, newline));
        for document in [ini, properties] {
            prop_assert_eq!(sorted(document.unwrap().root()), sorted(expected.root()));
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(
        text in r#"((number|text|list|a)(: |:|=)|[ \n\t\r\{\}\[\],:"'\\#&*!|>%@?~.\-/0-9x]|\n  |é|\u{feff}|[\x00-\x08]){0,24}"#
    ) {
        for &format in Format::ALL {
            let errors = read(format, &text).err();
            let report = Settings::loader().text(format, "any", &text).load().err();
            prop_assert!(errors.is_none() || report.is_some());
            if let Some(report) = report {
                let shown = report.to_string();
                prop_assert!(!shown.chars().any(|c| c.is_control() && c != '\n'));
            }
        }
    }
}
