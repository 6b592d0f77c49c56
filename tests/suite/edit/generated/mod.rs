//! Edits of generated documents: the result means what was asked for, or the edit is refused; what
//! does not belong to the edited entry keeps every byte.
//!
//! `CONFKIT_EDITS` says how many edits are made in each format; `cargo xtask edits` makes 10,000.

use std::collections::BTreeMap;

use confkit_sources::{EditErrorKind, Editor, Format, NodeKind, NodeRef};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Map, Value};

mod layouts;

/// What became of the edits in a format.
#[derive(Debug, Default)]
struct Counts {
    made: usize,
    refused: BTreeMap<String, usize>,
}

fn edits() -> usize {
    std::env::var("CONFKIT_EDITS").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

/// A value that every format but those without types holds.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e6..1e6).prop_map(Value::from),
        texts().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key(), inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{0,8}",
        "[ -~é😀\n\t]{0,12}",
        prop::sample::select(vec![
            "no", "null", "1", "1.5", "a: b", "# c", "- x", "'", "\"", "\\", "[x]", "a;b", "x # y"
        ])
        .prop_map(str::to_owned),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[a-z][a-z0-9_]{0,5}", 1 => "[a-z]{1,3}[ .-][a-z]{1,3}", 1 => "[0-9]{1,3}"]
}

fn table(value: BoxedStrategy<Value>) -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::btree_map(key(), value, 1..6).prop_map(|map| map.into_iter().collect())
}

/// Trees that a format can hold.
fn document(format: Format) -> BoxedStrategy<Map<String, Value>> {
    let text = || texts().prop_map(Value::from).boxed();
    match format.as_str() {
        "dotenv" => prop::collection::btree_map("[A-Z_][A-Z0-9_]{0,5}", text(), 1..8)
            .prop_map(|map| map.into_iter().collect())
            .boxed(),
        "ini" | "properties" => {
            let inner = text().prop_recursive(2, 12, 4, |inner| table(inner.boxed()).prop_map(Value::Object));
            table(inner.boxed()).boxed()
        }
        _ => table(value().boxed()).boxed(),
    }
}

/// What an edit does, in words of the model.
#[derive(Debug, Clone)]
enum Edit {
    Set(String, Value),
    Remove(String),
    Rename(String, String),
    Append(String, Value),
}

impl Edit {
    fn make(&self, editor: &mut Editor) -> Result<(), confkit_sources::EditError> {
        match self {
            Self::Set(path, value) => editor.set(path, value),
            Self::Remove(path) => editor.remove(path),
            Self::Rename(path, key) => editor.rename(path, key),
            Self::Append(path, value) => editor.append(path, value),
        }
    }
}

/// Every path of a tree, with the one of what holds it and what it leads to.
fn paths(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    let mut visit = |inner: &Value, path: String| {
        found.push((path.clone(), inner.clone()));
        paths(inner, &path, found);
    };
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                let mut path = path.to_owned();
                confkit_sources::path::push_key(&mut path, key);
                visit(inner, path);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                visit(inner, format!("{path}[{index}]"));
            }
        }
        _ => {}
    }
}

/// An edit of a tree, chosen by numbers.
fn edit(format: Format, tree: &Value, choice: (u8, usize), fresh: &str, value: Value) -> Edit {
    let mut found = Vec::new();
    paths(tree, "", &mut found);
    let (path, old) = found[choice.1 % found.len()].clone();
    let is_flat = format.as_str() == "dotenv";
    let below = |path: &str| {
        let mut path = path.to_owned();
        confkit_sources::path::push_key(&mut path, fresh);
        path
    };
    match choice.0 % 8 {
        0 | 1 => Edit::Set(path, value),
        2 | 3 => Edit::Remove(path),
        4 if !path.ends_with(']') => Edit::Rename(path, fresh.to_owned()),
        5 if old.is_array() => Edit::Append(path, value),
        6 if old.is_object() => Edit::Set(below(&path), value),
        7 if !is_flat => Edit::Set(below(&below("")), value),
        _ => Edit::Set(below(""), value),
    }
}

/// The same in plain values of serde_json, whatever the order of keys.
fn apply(tree: &mut Value, edit: &Edit) {
    use confkit_sources::path::{Segment, parse};
    fn at<'v>(tree: &'v mut Value, path: &[Segment<'_>]) -> &'v mut Value {
        path.iter().fold(tree, |tree, segment| match segment {
            Segment::Key(key) => {
                if !tree.is_object() {
                    *tree = Value::Object(Map::new());
                }
                tree.as_object_mut().unwrap().entry(key.to_string()).or_insert(Value::Null)
            }
            Segment::Index(index) => &mut tree[*index],
        })
    }
    match edit {
        Edit::Set(path, value) => *at(tree, &parse(path).unwrap()) = value.clone(),
        Edit::Append(path, value) => {
            at(tree, &parse(path).unwrap()).as_array_mut().unwrap().push(value.clone());
        }
        Edit::Remove(path) => {
            let path = parse(path).unwrap();
            let (last, parents) = path.split_last().unwrap();
            match (at(tree, parents), last) {
                (Value::Object(entries), Segment::Key(key)) => drop(entries.remove(&**key)),
                (Value::Array(items), Segment::Index(index)) => drop(items.remove(*index)),
                _ => panic!("{path:?}"),
            }
        }
        Edit::Rename(path, name) => {
            let path = parse(path).unwrap();
            let (last, parents) = path.split_last().unwrap();
            let (entries, Segment::Key(key)) = (at(tree, parents).as_object_mut().unwrap(), last) else {
                panic!()
            };
            let value = entries.remove(&**key).unwrap();
            entries.insert(name.clone(), value);
        }
    }
}

/// What a text says, as plain values.
fn said(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::Null => Value::Null,
        NodeKind::Bool => Value::from(node.text() == "true"),
        NodeKind::Integer => Value::from(i64::from_str_radix(node.text(), node.radix()).unwrap()),
        NodeKind::Float => Value::from(node.text().parse::<f64>().unwrap()),
        NodeKind::Array => node.items().map(said).collect(),
        NodeKind::Table => node.entries().map(|(key, inner)| (key.to_owned(), said(inner))).collect(),
        _ => Value::from(node.text()),
    }
}

fn read(format: Format, text: &str) -> Value {
    let read = format.read(confkit_sources::OriginKind::Text, "case", text.to_owned());
    let document = read.unwrap_or_else(|(text, errors)| panic!("{errors:?} {text}"));
    said(document.root())
}

/// Tables that hold nothing are not there in formats in which nothing makes them.
fn pruned(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries = entries.into_iter().map(|(key, inner)| (key, pruned(inner)));
            let is_something = |inner: &Value| {
                !inner.as_object().is_some_and(Map::is_empty) && !inner.as_array().is_some_and(Vec::is_empty)
            };
            Value::Object(entries.filter(|(_, inner)| is_something(inner)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(pruned).collect()),
        other => other,
    }
}

fn run(format: Format) -> Counts {
    let config = Config { failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let is_untyped = matches!(format.as_str(), "ini" | "dotenv" | "properties");
    let values = if is_untyped { texts().prop_map(Value::from).boxed() } else { value().boxed() };
    let fresh: BoxedStrategy<String> = if format.as_str() == "dotenv" {
        "[A-Z]{3}[0-9]{4}".boxed()
    } else {
        "[a-z]{3}(_[0-9]{4}| [a-z]{4})".boxed()
    };
    let case = (document(format), any::<layouts::Layout>(), any::<(u8, usize)>(), fresh, values);
    let mut counts = Counts::default();
    for _ in 0..edits() {
        let (tree, layout, choice, fresh, value) = case.new_tree(&mut runner).unwrap().current();
        let written = layout.write(format, &tree);
        let before = read(format, &written.text);
        if before.as_object().is_none_or(Map::is_empty) {
            continue;
        }
        let edit = edit(format, &before, choice, &fresh, value);
        check(format, &written, before, &edit, &mut counts);
    }
    counts
}

fn check(format: Format, written: &layouts::Written, before: Value, edit: &Edit, counts: &mut Counts) {
    let text = &*written.text;
    let context = || format!("{}: {edit:?}\n{text}", format.as_str());
    let mut editor = Editor::new(format, "case", text).unwrap();
    match edit.make(&mut editor) {
        Ok(()) => {
            let after = editor.text();
            let mut meant = before;
            apply(&mut meant, edit);
            assert_eq!(pruned(read(format, after)), pruned(meant), "{}\n=>\n{after}", context());
            layouts::assert_untouched(written, after, edit, &context);
            counts.made += 1;
        }
        Err(error) => {
            assert_eq!(editor.text(), text, "{}", context());
            assert!(
                matches!(error.kind, EditErrorKind::Refused | EditErrorKind::Value | EditErrorKind::InTheWay),
                "{error} {}",
                context()
            );
            *counts.refused.entry(error.message).or_default() += 1;
        }
    }
}

proptest! {
    /// Any text that can be read at all: with anchors, tags, escapes, comments in odd places.
    #[test]
    fn no_text_makes_an_editor_panic(
        text in r#"((a|b|c)(: |:|=| = )|\n  (- |b: |b=)|\n(- |c: |\[a\]\n|\[\[a\]\]\n)|[ \n\t\r\{\}\[\],:"'\\#&*!|>.\-/0-9x]|é|\u{feff}){0,16}"#,
        choice in any::<usize>(),
    ) {
        for &format in Format::ALL {
            let Ok(editor) = Editor::new(format, "any", &*text) else { continue };
            let document = format.read(confkit_sources::OriginKind::Text, "any", editor.into_text()).unwrap();
            let mut found = vec![("b".to_owned(), Value::Null)];
            paths(&shape(document.root()), "", &mut found);
            let path = &found[choice % found.len()].0;
            for edit in [
                Edit::Set(path.clone(), Value::from("x y")),
                Edit::Set(path.clone(), serde_json::json!({ "n": [1] })),
                Edit::Remove(path.clone()),
                Edit::Rename(path.clone(), "n".to_owned()),
                Edit::Append(path.clone(), Value::from(1)),
            ] {
                let mut editor = Editor::new(format, "any", &*text).unwrap();
                let _ = edit.make(&mut editor);
            }
        }
    }
}

/// The tables and lists of a text.
fn shape(node: NodeRef<'_>) -> Value {
    match node.kind() {
        NodeKind::Array => node.items().map(shape).collect(),
        NodeKind::Table => node.entries().map(|(key, inner)| (key.to_owned(), shape(inner))).collect(),
        _ => Value::Null,
    }
}

/// Runs a format, tells the counts and holds refusals to so many of a thousand.
#[expect(clippy::print_stdout, reason = "`cargo xtask edits` shows the counts")]
fn bounded(format: Format, most: usize) {
    let counts = run(format);
    let refused: usize = counts.refused.values().sum();
    println!("{}: {} edits made, {refused} refused {:?}", format.as_str(), counts.made, counts.refused);
    assert!(refused * 1000 <= most * (counts.made + refused), "{}: {counts:?}", format.as_str());
}

/// Elements that are no tables are not put among tables below headers.
#[test]
fn toml() {
    bounded(Format::Toml, 5);
}

#[test]
fn json() {
    bounded(Format::Json, 1);
}

#[test]
fn jsonc() {
    bounded(Format::Jsonc, 1);
}

#[test]
fn json5() {
    bounded(Format::Json5, 1);
}

#[test]
fn yaml() {
    bounded(Format::Yaml, 1);
}

#[test]
fn ini() {
    bounded(Format::Ini, 1);
}

#[test]
fn dotenv() {
    bounded(Format::Dotenv, 1);
}

#[test]
fn properties() {
    bounded(Format::Properties, 1);
}
