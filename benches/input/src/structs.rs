//! Source text of a hundred structs, to measure what a derive costs the compiler.

use std::fmt::Write as _;

/// Which derive the structs are written for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// `serde::Deserialize`, defaults by path as serde wants them.
    Serde,
    /// `confkit::Config`, with defaults and ranges.
    Confkit,
}

/// `count` structs of `fields` fields.
pub fn structs(flavour: Flavour, count: usize, fields: usize) -> String {
    let derive = match flavour {
        Flavour::Serde => "serde::Deserialize",
        Flavour::Confkit => "confkit::Config",
    };
    let mut text = String::new();
    for number in 0..count {
        let _ = writeln!(text, "/// Section {number}.\n#[derive({derive})]\npub struct Section{number} {{");
        for field in 0..fields {
            let kind = KINDS[(number + field) % KINDS.len()];
            let attribute = match (flavour, field % 4) {
                (Flavour::Serde, 0) => {
                    format!("#[serde(default = \"crate::defaults::{}\")]", kind.name)
                }
                (Flavour::Confkit, 0) => format!("#[config(default = {})]", kind.default),
                (Flavour::Confkit, 1) => kind.rule.to_owned(),
                _ => String::new(),
            };
            let _ = writeln!(
                text,
                "    /// Field {field}.\n    {attribute}\n    pub field_{field}: {},",
                kind.written
            );
        }
        text.push_str("}\n");
    }
    text
}

#[derive(Clone, Copy)]
struct Kind {
    name: &'static str,
    written: &'static str,
    default: &'static str,
    rule: &'static str,
}

const KINDS: [Kind; 6] = [
    Kind { name: "text", written: "String", default: "\"text\"", rule: "#[config(validate(non_empty))]" },
    Kind {
        name: "port",
        written: "u16",
        default: "8080",
        rule: "#[config(validate(range(min = 1, max = 65000)))]",
    },
    Kind { name: "flag", written: "bool", default: "true", rule: "" },
    Kind { name: "size", written: "u64", default: "4096", rule: "#[config(validate(range(min = 1)))]" },
    Kind {
        name: "ratio",
        written: "f64",
        default: "0.5",
        rule: "#[config(validate(range(min = 0.0, max = 1.0)))]",
    },
    Kind {
        name: "list",
        written: "Vec<String>",
        default: "[\"one\", \"two\"]",
        rule: "#[config(validate(length(max = 10)))]",
    },
];
