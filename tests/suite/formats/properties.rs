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
    }

    #[test]
    fn no_text_makes_a_reader_panic(
        text in r#"((number|text|list|a)(: |:|=)|[ \n\t\r\{\}\[\],:"'\\#&*!|>%@?~.\-/0-9x]|\n  |é|\u{feff}|[\x00-\x08]){0,24}"#
    ) {
        for format in [Format::Json, Format::Jsonc, Format::Json5, Format::Yaml, Format::YamlMerge] {
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
