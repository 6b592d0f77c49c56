//! Any tree, written in every format: what comes out is read back equal, or every part that the format
//! cannot hold is named.

use std::collections::HashSet;
use std::fmt::Write as _;

use confkit_sources::path::{self, Segment};
use confkit_sources::{Document, Format, NodeKind, NodeRef, WriteError};
use proptest::prelude::*;

use super::read;

/// What a tree is made of, as JSON5 spells it.
#[derive(Debug, Clone)]
enum Tree {
    Word(String),
    Text(String),
    List(Vec<Tree>),
    Table(Vec<(String, Tree)>),
}

const NASTY: [&str; 80] = [
    "",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "a\r\nb\r\n",
    "a\nb",
    "a\nb\n",
    "a\nb\n\n",
    "\na\n",
    " a\nb",
    "a\n b\n",
    "a\n\n  b",
    "a\n \nb",
    "a\n\tb\n",
    "---",
    "--- a",
    "...",
    "%YAML 1.2",
    "key: value",
    "key:",
    ": x",
    "- a",
    "? a",
    "[x]",
    "[[x]]",
    "{x}",
    "[1, 2]",
    "{\"a\": 1}",
    "#",
    " # x",
    "a # b",
    "a ; b",
    ";x",
    "a=b",
    "!x",
    "!!int 1",
    "&x",
    "*x",
    "|",
    ">",
    "@x",
    "`x`",
    "$x",
    "${x}",
    "%(x)s",
    "'",
    "''",
    "\"",
    "\"\"\"",
    "'''",
    "it's",
    "say \"hi\"",
    "a\\",
    "\\",
    "\\n",
    "C:\\new\\",
    "null",
    "~",
    "No",
    "yes",
    "0755",
    "1_000",
    "12:30",
    "2026-01-31",
    ".inf",
    "1e3",
    "<<",
    "\u{feff}a",
    "\u{85}\u{2028}\u{a0}",
    "[redacted]",
    "%{x}",
    "$${x}",
    "%%{",
    "${",
    "$",
    "<<E\nx\nE\n",
    "/* x",
    "// x",
];

const KEYS: [&str; 24] = [
    "a.b", "a b", "a-b", "é", "a[0]", "0", "\"q\"", "=", "a:b", "A_B.c", "on", "null", "true", "for", "if",
    "None", "Some", "inf", "NaN", "r", "b", "br", "_", "-1",
];

const WORDS: [&str; 13] = [
    "null",
    "true",
    "false",
    "Infinity",
    "-Infinity",
    "NaN",
    "0xFF",
    "-0",
    "-0.0",
    "1e400",
    "5e-324",
    ".5",
    "5.",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,8}",
        4 => prop::sample::select(&NASTY[..]).prop_map(str::to_owned),
        3 => (prop::sample::select(&NASTY[..]), prop::sample::select(&NASTY[..])).prop_map(|(a, b)| format!("{a}{b}")),
        2 => "[ -~\n\r\té😀]{0,16}",
        1 => any::<String>(),
        1 => "[\u{0}-\u{20}\u{7f}-\u{a0}]{1,3}",
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-z][a-z0-9_]{0,6}",
        1 => prop::sample::select(&KEYS[..]).prop_map(str::to_owned),
        2 => text(),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        3 => any::<i64>().prop_map(|number| number.to_string()),
        1 => any::<i128>().prop_map(|number| number.to_string()),
        1 => any::<u128>().prop_map(|number| number.to_string()),
        2 => any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| format!("{number:?}")),
        1 => (0_u8..100).prop_map(|number| number.to_string()),
    ]
}

fn tree(
    key: impl Strategy<Value = String> + Clone + 'static,
    leaf: BoxedStrategy<Tree>,
) -> impl Strategy<Value = Tree> {
    let table = {
        let key = key.clone();
        move |inner: BoxedStrategy<Tree>, most| {
            prop::collection::vec((key.clone(), inner), 0..most).prop_map(distinct)
        }
    };
    let deeper = table.clone();
    let inner =
        leaf.prop_recursive(4, 20, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Tree::List),
                deeper(inner.boxed(), 5),
            ]
        });
    table(inner.boxed(), 6)
}

fn distinct(entries: Vec<(String, Tree)>) -> Tree {
    let mut seen = HashSet::new();
    Tree::Table(entries.into_iter().filter(|(key, _)| seen.insert(key.clone())).collect())
}

fn any_tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![word().prop_map(Tree::Word), text().prop_map(Tree::Text)];
    tree(key().boxed(), leaf.boxed())
}

/// What every format but dotenv can hold, tables that are empty and lists with tables aside.
fn tame_tree() -> impl Strategy<Value = Tree> {
    let word = prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        any::<bool>().prop_map(|yes| yes.to_string())
    ];
    let text = "[ -~é😀\n\r\t]{0,16}";
    let leaf = prop_oneof![word.prop_map(Tree::Word), text.prop_map(Tree::Text)];
    let key = "[a-z][a-z0-9_-]{0,6}( [a-z]{1,3})?";
    let list = prop::collection::vec(leaf.clone(), 0..4).prop_map(Tree::List);
    let inner = prop_oneof![4 => leaf, 1 => list]
        .prop_recursive(4, 20, 5, move |inner| prop::collection::vec((key, inner), 1..5).prop_map(distinct));
    prop::collection::vec((key, inner), 0..6).prop_map(distinct)
}

fn json5(tree: &Tree, out: &mut String) {
    let quoted = |text: &str, out: &mut String| {
        out.push('"');
        for unit in text.encode_utf16() {
            let _ = write!(out, "\\u{unit:04x}");
        }
        out.push('"');
    };
    match tree {
        Tree::Word(word) => out.push_str(word),
        Tree::Text(text) => quoted(text, out),
        Tree::List(items) => {
            out.push('[');
            for item in items {
                json5(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Tree::Table(entries) => {
            out.push('{');
            for (key, value) in entries {
                quoted(key, out);
                out.push(':');
                json5(value, out);
                out.push(',');
            }
            out.push('}');
        }
    }
}

fn document(tree: &Tree) -> Document {
    let mut text = String::new();
    json5(tree, &mut text);
    read(Format::Json5, &text).unwrap()
}

/// A value in words that are equal for equal values.
fn canonical(node: NodeRef<'_>, is_ordered: bool) -> String {
    let float = |text: &str| text.replace("Infinity", "inf").parse::<f64>().unwrap();
    match node.kind() {
        NodeKind::Integer if node.radix() == 16 => {
            format!("Integer {}", i128::from_str_radix(node.text(), 16).unwrap())
        }
        NodeKind::Null => "Null".to_owned(),
        NodeKind::Integer => format!("Integer {}", if node.text() == "-0" { "0" } else { node.text() }),
        NodeKind::Float if float(node.text()).is_nan() => "Float NaN".to_owned(),
        NodeKind::Float => format!("Float {:x}", float(node.text()).to_bits()),
        NodeKind::Array => {
            format!(
                "[{}]",
                node.items().map(|item| canonical(item, is_ordered)).collect::<Vec<_>>().join(", ")
            )
        }
        NodeKind::Table => {
            let entry =
                |(key, inner): (&str, NodeRef<'_>)| format!("{key:?}: {}", canonical(inner, is_ordered));
            let mut entries: Vec<String> = node.entries().map(entry).collect();
            if !is_ordered {
                entries.sort();
            }
            format!("{{{}}}", entries.join(", "))
        }
        kind => format!("{kind:?} {:?}", node.text()),
    }
}

/// The same of a value for a format that has text alone.
fn canonical_text(node: NodeRef<'_>) -> String {
    match node.kind() {
        NodeKind::Table => {
            let entry = |(key, inner): (&str, NodeRef<'_>)| format!("{key:?}: {}", canonical_text(inner));
            let mut entries: Vec<String> = node.entries().map(entry).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        NodeKind::Array => canonical(node, true),
        NodeKind::String | NodeKind::Bool => format!("{:?}", node.text()),
        _ => format!("{:?}", canonical(node, true)),
    }
}

/// What was read, where the one that was written says what type a text has.
fn canonical_as(read: NodeRef<'_>, written: NodeRef<'_>) -> String {
    match (read.kind(), written.kind()) {
        (NodeKind::Table, NodeKind::Table) => {
            let entry = |(key, inner): (&str, NodeRef<'_>)| match written.get(key) {
                Some(written) => format!("{key:?}: {}", canonical_as(inner, written)),
                None => format!("{key:?} is new"),
            };
            let mut entries: Vec<String> = read.entries().map(entry).collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        (NodeKind::Text, NodeKind::Array) => {
            let text = read.text();
            let list = if text.starts_with('[') {
                text.to_owned()
            } else {
                format!("[{}]", text.replace("inf", "Infinity"))
            };
            let list = super::read(Format::Json5, &format!("{{\"list\": {list}}}")).unwrap();
            canonical(list.root().items().next().unwrap(), true)
        }
        (NodeKind::Text, NodeKind::Integer) => {
            format!("{:?}", format!("Integer {}", if read.text() == "-0" { "0" } else { read.text() }))
        }
        (NodeKind::Text, NodeKind::Float) => {
            let number: f64 = read.text().parse().unwrap();
            let words = if number.is_nan() {
                "Float NaN".to_owned()
            } else {
                format!("Float {:x}", number.to_bits())
            };
            format!("{words:?}")
        }
        (NodeKind::Text, _) => format!("{:?}", read.text()),
        _ => format!("{:?} is no text", read.kind()),
    }
}

fn at<'d>(document: &'d Document, path: &str) -> Option<NodeRef<'d>> {
    let steps = if path.is_empty() { Vec::new() } else { path::parse(path).unwrap() };
    steps.iter().try_fold(document.root(), |node, step| match step {
        Segment::Key(key) => node.get(key),
        Segment::Index(index) => node.items().nth(*index),
    })
}

/// Every place that a format with types refuses.
fn refused(node: NodeRef<'_>, format: Format) -> usize {
    let float = node.text().replace("Infinity", "inf").parse::<f64>();
    let is_refused = match (node.kind(), format) {
        (NodeKind::Null, Format::Toml) => true,
        (NodeKind::Integer, Format::Toml) => i64::from_str_radix(node.text(), node.radix()).is_err(),
        (NodeKind::Float, Format::Json | Format::Jsonc) => {
            !float.unwrap().is_finite() && !node.text().contains("e400")
        }
        (NodeKind::Float, Format::Hcl) => !float.unwrap().is_finite(),
        _ => false,
    };
    usize::from(is_refused) + node.items().map(|inner| refused(inner, format)).sum::<usize>()
}

/// Keys that HCL has in objects alone.
fn unnamed(root: NodeRef<'_>, format: Format) -> usize {
    let is_named = |key: &str| {
        let read = read(Format::Hcl, &format!("{key} = 1"));
        read.is_ok_and(|read| read.root().items().map(NodeRef::key).eq([key]))
    };
    // A node is told once.
    let is_told = |node: NodeRef<'_>| !node.is_container() && refused(node, format) > 0;
    let unnamed = root.items().filter(|node| !is_named(node.key()) && !is_told(*node));
    if format == Format::Hcl { unnamed.count() } else { 0 }
}

fn assert_named(document: &Document, errors: &[WriteError]) {
    assert!(!errors.is_empty());
    for error in errors {
        assert!(at(document, &error.path).is_some(), "there is no {}", error.path);
        assert!(!error.message.is_empty() && error.message.starts_with(&error.path));
    }
}

const TYPED: [Format; 8] = [
    Format::Toml,
    Format::Json,
    Format::Jsonc,
    Format::Json5,
    Format::Yaml,
    Format::YamlMerge,
    Format::Ron,
    Format::Hcl,
];
const UNTYPED: [Format; 3] = [Format::Ini, Format::Dotenv, Format::Properties];

fn comes_back(document: &Document, format: Format) -> Result<String, Vec<WriteError>> {
    let text = format.write(document)?;
    let read = read(format, &text).unwrap_or_else(|errors| panic!("{format:?} {text:?}: {errors:?}"));
    if UNTYPED.contains(&format) {
        assert_eq!(
            canonical_as(read.root(), document.root()),
            canonical_text(document.root()),
            "{format:?} {text:?}"
        );
    } else {
        let is_ordered = format != Format::Toml;
        let [read, written] = [&read, document].map(|document| canonical(document.root(), is_ordered));
        assert_eq!(read, written, "{format:?} {text:?}");
    }
    Ok(text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn any_tree_is_read_back_or_refused_by_path(tree in any_tree()) {
        let document = document(&tree);
        for format in TYPED {
            let expected = refused(document.root(), format) + unnamed(document.root(), format);
            match comes_back(&document, format) {
                Ok(_) => prop_assert_eq!(expected, 0),
                Err(errors) => {
                    assert_named(&document, &errors);
                    prop_assert_eq!(errors.len(), expected);
                }
            }
        }
        for format in UNTYPED {
            if let Err(errors) = comes_back(&document, format) {
                assert_named(&document, &errors);
            }
        }
    }

    #[test]
    fn what_every_format_can_hold_is_written_in_all(tree in tame_tree()) {
        let document = document(&tree);
        for format in TYPED.into_iter().chain([Format::Ini, Format::Properties]) {
            // HCL has keys with blanks in objects alone.
            if unnamed(document.root(), format) > 0 {
                continue;
            }
            let written = comes_back(&document, format);
            prop_assert!(written.is_ok(), "{:?} {:?}", format, written);
        }
        let tables = document.root().items().filter(|node| node.kind() == NodeKind::Table).count();
        let blanks = document.root().items().filter(|node| node.key().contains(' ') && node.kind() != NodeKind::Table);
        let refused = tables + blanks.count();
        prop_assert_eq!(comes_back(&document, Format::Dotenv).map_or_else(|errors| errors.len(), |_| 0), refused);
    }

    #[test]
    fn others_read_the_same(tree in any_tree()) {
        let document = document(&tree);
        // What is beyond the range of a float is refused by some.
        prop_assume!(document.nodes().all(|node| !node.text().contains("e400")));
        let toml = Format::Toml.write(&document).map(|text| toml::from_str::<toml::Table>(&text).unwrap());
        let json = Format::Json.write(&document).map(|text| {
            // Of numbers beyond 64 bits it keeps what fits.
            serde_json::from_str::<serde_json::Value>(&text).map_err(|error| assert!(error.to_string().contains("out of range"), "{error} {text}"))
        });
        if let Ok(table) = toml {
            let read = Document::serialized(confkit_sources::OriginKind::Text, "toml", &[], &table).unwrap();
            let read = read.unwrap_or_else(read_empty);
            prop_assert_eq!(canonical(read.root(), false), canonical(document.root(), false));
        }
        if let Ok(Ok(serde_json::Value::Object(object))) = json {
            prop_assert!(same_keys(document.root(), &serde_json::Value::Object(object)));
        }
        if let Ok(text) = Format::Yaml.write(&document) {
            let yaml: Result<yaml_edit::Document, _> = text.parse();
            prop_assert!(yaml.is_ok(), "{} {:?}", text, yaml.err());
        }
    }
}

fn read_empty() -> Document {
    read(Format::Json, "{}").unwrap()
}

/// Whether keys, texts and forms are the same; numbers as far as 64 bits go.
fn same_keys(node: NodeRef<'_>, value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Object(object) => {
            node.items().count() == object.len()
                && node
                    .entries()
                    .all(|(key, inner)| object.get(key).is_some_and(|value| same_keys(inner, value)))
        }
        serde_json::Value::Array(list) => {
            node.items().count() == list.len()
                && node.items().zip(list).all(|(node, value)| same_keys(node, value))
        }
        serde_json::Value::String(text) => node.kind() == NodeKind::String && node.text() == text,
        serde_json::Value::Null => node.kind() == NodeKind::Null,
        serde_json::Value::Bool(yes) => node.kind() == NodeKind::Bool && node.text() == yes.to_string(),
        serde_json::Value::Number(_) => matches!(node.kind(), NodeKind::Integer | NodeKind::Float),
    }
}

/// A TOML document has what the others cannot hold.
const KINDS: &str = "\
title = 'It''s'
since = 1979-05-27T07:32:00Z
limit = inf
mode = 0o755
mask = 0b1010
big = 9_223_372_036_854_775_807
\"\" = 'nameless'

[server]
hosts = ['a', 'b']
ports = [80, 443]
days = [1979-05-27]

[server.\"a.b\"]
empty = {}

[[route]]
path = '/'
[[route]]
path = \"a\\nb\"
[route.more]
x = 1
";

fn kinds() -> Document {
    read(Format::Toml, &KINDS.replace("It''s", "It is")).unwrap()
}

fn told(format: Format) -> String {
    match format.write(&kinds()) {
        Ok(text) => text,
        Err(errors) => errors.iter().fold(String::new(), |told, error| told + &error.to_string() + "\n"),
    }
}

#[test]
fn every_format_writes_it_or_says_why_not() {
    let all = TYPED.into_iter().chain(UNTYPED);
    let told: Vec<String> = all.map(|format| format!("=== {}\n{}", format.as_str(), told(format))).collect();
    insta::assert_snapshot!(told.join("\n"));
    let text = Format::Toml.write(&kinds()).unwrap();
    let again = read(Format::Toml, &text).unwrap();
    assert_eq!(canonical(again.root(), false), canonical(kinds().root(), false));
    assert_eq!(again.root().get("mode").unwrap().radix(), 8);
}

#[test]
fn text_without_a_type_stays_among_its_kind() {
    let ini = read(Format::Ini, "port = 80\n[a]\ntext = ' x '\n").unwrap();
    for format in UNTYPED {
        match format.write(&ini) {
            Ok(text) => {
                assert_eq!(canonical(read(format, &text).unwrap().root(), true), canonical(ini.root(), true));
            }
            Err(errors) => {
                assert_eq!((format, errors[0].path.as_str(), errors.len()), (Format::Dotenv, "a", 1));
            }
        }
    }
    for format in TYPED {
        let errors = format.write(&ini).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["port", "a.text"]);
    }
}

#[test]
fn what_a_type_has_to_decide_is_written_in_yaml_alone() {
    let yaml = "debug: yes\nmode: 0755\ncode: 0o17\nexp: 1e3\ntime: 12:30\nplain: 'yes'\n";
    let document = read(Format::Yaml, yaml).unwrap();
    let written = Format::Yaml.write(&document).unwrap();
    assert_eq!(written, "debug: yes\nmode: 0755\ncode: 0o17\nexp: 1e3\ntime: 12:30\nplain: \"yes\"\n");
    assert_eq!(Format::Toml.write(&document).unwrap_err().len(), 5);
}

#[test]
fn too_deep_a_document_is_a_limit() {
    let nested = |depth: usize| format!("{}1{}", "{a: ".repeat(depth), "}".repeat(depth));
    let deepest = read(Format::Yaml, &nested(128)).unwrap();
    let segments: Vec<Segment<'_>> = (0..128).map(|_| Segment::key("a")).collect();
    let empty = std::collections::BTreeMap::<String, u8>::new();
    let deeper = Document::serialized(confkit_sources::OriginKind::Code, "set", &segments, &empty);
    let deeper = deeper.unwrap().unwrap();
    // HCL ends earlier.
    for format in
        TYPED.into_iter().filter(|format| *format != Format::Hcl).chain([Format::Ini, Format::Properties])
    {
        comes_back(&deepest, format).unwrap();
        let errors = format.write(&deeper).unwrap_err();
        assert!(errors[0].is_limit && errors.len() == 1);
        assert_named(&deeper, &errors);
    }
}

#[test]
fn long_keys_and_texts_are_read_back_from_yaml() {
    let key = "k".repeat(3000);
    let tree = Tree::Table(vec![
        (key.clone(), Tree::Table(vec![(format!("{key}\n"), Tree::Text("a\nb\n".to_owned()))])),
        ("list".to_owned(), Tree::List(vec![Tree::Table(vec![(format!("{key} "), Tree::Text(key))])])),
    ]);
    comes_back(&document(&tree), Format::Yaml).unwrap();
}

#[test]
fn numbers_in_lists_of_text_are_exact() {
    let numbers = "{a: [1, 340282366920938463463374607431768211455], b: [0.1, Infinity], c: [1, 2], d: [[340282366920938463463374607431768211455]]}";
    let document = read(Format::Json5, numbers).unwrap();
    let errors = Format::Ini.write(&document).unwrap_err();
    assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["d[0][0]"]);
    let document =
        read(Format::Json5, &numbers.replace(", d: [[340282366920938463463374607431768211455]]", ""))
            .unwrap();
    let written = Format::Ini.write(&document).unwrap();
    assert_eq!(written, "a = 1, 340282366920938463463374607431768211455\nb = 0.1, inf\nc = [1, 2]\n");
}

#[test]
fn what_is_deeper_than_hcl_goes_is_named() {
    let nest = |open: &str, close: &str, depth: usize| {
        let text = format!("{{a: {}1{}}}", open.repeat(depth), close.repeat(depth));
        read(Format::Json5, &text).unwrap()
    };
    for (open, close) in [("{a: ", "}"), ("[", "]"), ("{'a b': ", "}"), ("[{a: ", "}]"), ("[{}, {a: ", "}]")]
    {
        let mut deepest = 0;
        for depth in (1..128 / open.matches(['{', '[']).count()).take_while(|depth| *depth < 120) {
            let document = nest(open, close, depth);
            match comes_back(&document, Format::Hcl) {
                Ok(_) => deepest = depth,
                Err(errors) => {
                    assert!(errors.len() == 1 && errors[0].is_limit, "{errors:?}");
                    assert!(at(&document, &errors[0].path).unwrap().is_container(), "{errors:?}");
                }
            }
        }
        let levels = deepest * open.matches(['{', '[']).count().min(2);
        assert!((62..=128).contains(&levels), "{open} {deepest}");
    }
}

#[test]
fn what_is_more_than_ron_or_hcl_reads_is_a_limit() {
    let list = |element: &str, count: usize| {
        format!("{{a: [{}]}}", vec![element; count].join(",                    "))
    };
    let deep =
        |depth: usize, text: &str| format!("{{a: {}'{text}'{}}}", "{a: ".repeat(depth), "}".repeat(depth));
    let keys = |count: usize| {
        let keys = (0..count).map(|key| format!("k{key}: 1")).collect::<Vec<_>>();
        format!("{{{}}}", keys.join(","))
    };
    let long = "x".repeat(200_000);
    for (text, ron, hcl) in [
        (list("'0123456789'", 70_000), true, false),
        (list("'0123456789'", 80_000), false, false),
        (list("1", 20_000), true, true),
        (list("1", 340_000), false, false),
        (deep(8, &long), true, true),
        (deep(11, &long), true, true),
        (deep(60, &long), false, true),
        (keys(10_000), true, true),
        (keys(10_001), true, false),
        (format!("{{a: '{}'}}", "x = y ".repeat(9_999)), true, true),
        (format!("{{a: '{}'}}", "x".repeat(1 << 20)), false, true),
        (format!("{{a: '{}'}}", "x".repeat(4 << 20)), false, false),
    ] {
        let document = read(Format::Json5, &text).unwrap();
        for (format, is_written) in [(Format::Ron, ron), (Format::Hcl, hcl)] {
            match comes_back(&document, format) {
                Ok(_) => assert!(is_written, "{format:?} {}", &text[..20]),
                Err(errors) => {
                    assert!(!is_written, "{format:?} {} {errors:?}", &text[..20]);
                    assert!(errors[0].is_limit && errors[0].path.is_empty(), "{errors:?}");
                }
            }
        }
    }
}

#[test]
fn ron_and_hcl_are_written_as_people_write_them() {
    let text = "{name: 'a ${b}', limit: 340282366920938463463374607431768211455, ratio: .5, none: null, \
        tags: ['a', 'b c'], server: {host: 'db', tls: {on: true}, empty: {}}, \
        route: [{path: '/'}, {path: '/api', hosts: []}], only: [{path: '/'}], \
        labels: {'a.b': 1, for: {deep: 'x\\ny'}, list: [{a: 1}, {b: [1, 2]}]}, last: 'é\\u0000'}";
    let document = read(Format::Json5, text).unwrap();
    let written = [Format::Ron, Format::Hcl].map(|format| comes_back(&document, format).unwrap());
    insta::assert_snapshot!(written.join("\n"));
}
