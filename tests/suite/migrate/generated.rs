//! Generated files and steps: what a step makes in memory and in a text is the same, and undone it is what
//! was there.

use std::cell::RefCell;
use std::collections::BTreeMap;

use confkit::migrate::{Files, Migrations, Step};
use confkit::{Code, Config, Document, Format, Loader, OriginKind, System, Warnings};
use proptest::prelude::*;
use proptest::test_runner::{Config as Runs, TestRunner};
use serde_json::{Map, Value, json};

use super::content;

thread_local! {
    /// The migrations of the case at hand: a type names a function, which cannot hold any.
    static CURRENT: RefCell<Migrations> = RefCell::new(Migrations::new());
}

fn current() -> Migrations {
    CURRENT.with_borrow(Clone::clone)
}

/// Whatever a file has, in the version after the steps.
#[derive(Debug, Config)]
#[config(version = 2, migrations = current)]
struct New {
    #[config(flatten)]
    all: BTreeMap<String, Value>,
}

/// Whatever a file has, as it is.
#[derive(Debug, Config)]
struct Old {
    #[config(flatten)]
    all: BTreeMap<String, Value>,
}

/// One change, with numbers for the settings that it is about.
#[derive(Debug, Clone)]
enum Change {
    Rename(usize, usize),
    Move(usize, usize),
    Map(usize),
    Split(usize, usize),
    Function(usize),
}

const NEW_KEYS: [&str; 4] = ["new", "other", "my key", "z9"];
const NEW_TABLES: [&str; 4] = ["", "fresh.", "a.", "fresh.deep."];

fn change() -> impl Strategy<Value = Change> {
    let (at, new) = (0..64usize, 0..4usize);
    prop_oneof![
        3 => (at.clone(), new.clone()).prop_map(|(at, new)| Change::Rename(at, new)),
        3 => (at.clone(), 0..16usize).prop_map(|(at, new)| Change::Move(at, new)),
        2 => at.clone().prop_map(Change::Map),
        1 => (at.clone(), new).prop_map(|(at, new)| Change::Split(at, new)),
        1 => at.prop_map(Change::Function),
    ]
}

/// A table of settings.
fn table() -> impl Strategy<Value = Map<String, Value>> {
    let leaf = prop_oneof![
        (-5i64..2000).prop_map(Value::from),
        "[a-z #:]{0,8}[a-z]".prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        prop::collection::vec(0u8..9, 0..3).prop_map(Value::from),
    ];
    let inner = leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            3 => prop::collection::btree_map("[a-e]", inner.clone(), 1..4).prop_map(|map| json!(map)),
            1 => prop::collection::vec(prop::collection::btree_map("[a-c]", inner, 1..3), 1..3)
                .prop_map(|list| json!(list)),
        ]
    });
    prop::collection::btree_map("[a-h]", inner, 1..6).prop_map(|map| map.into_iter().collect())
}

/// The paths of all entries that no list holds.
fn paths(table: &Map<String, Value>, prefix: &str, found: &mut Vec<(String, Value)>) {
    for (key, value) in table {
        found.push((format!("{prefix}{key}"), value.clone()));
        if let Value::Object(inner) = value {
            paths(inner, &format!("{prefix}{key}."), found);
        }
    }
}

fn step(step: Step, changes: &[Change], table: &Map<String, Value>) -> Step {
    let mut all = Vec::new();
    paths(table, "", &mut all);
    let at = |number: &usize| all[number % all.len()].clone();
    let parent = |path: &str| path.rsplit_once('.').map_or(String::new(), |(parent, _)| format!("{parent}."));
    let mut used: Vec<String> = Vec::new();
    changes.iter().fold(step, |step, change| {
        let number = match change {
            Change::Rename(number, _)
            | Change::Move(number, _)
            | Change::Split(number, _)
            | Change::Map(number)
            | Change::Function(number) => number,
        };
        let (from, value) = at(number);
        let to = match change {
            Change::Rename(_, key) | Change::Split(_, key) => {
                format!("{}{}", parent(&from), quoted(NEW_KEYS[*key]))
            }
            Change::Move(_, new) => format!("{}{}", NEW_TABLES[new % 4], quoted(NEW_KEYS[new / 4])),
            _ => from.clone(),
        };
        // Of two changes at one place, the way back of the second could be taken for that of the first.
        if [&from, &to].into_iter().any(|path| used.iter().any(|other| touches(path, other))) {
            return step;
        }
        used.extend([from.clone(), to.clone()]);
        match (change, value) {
            (Change::Rename(_, key), _) => step.rename(&from, NEW_KEYS[*key]),
            (Change::Move(..), _) => step.move_to(&from, &to),
            (Change::Map(_), Value::Number(_)) => step.map(
                &from,
                |number: i64| Ok(format!("n{number}")),
                |text: String| Ok(text.trim_start_matches('n').parse::<i64>()?),
            ),
            (Change::Map(_), Value::String(_)) => step.map(
                &from,
                |text: String| Ok(vec![text]),
                |mut list: Vec<String>| Ok(list.pop().unwrap_or_default()),
            ),
            (Change::Split(..), Value::Number(_)) => step.split(
                &from,
                [&format!("{}tens", parent(&from)), &to],
                |number: i64| Ok((number.div_euclid(10), number.rem_euclid(10))),
                |(tens, ones): (i64, i64)| Ok(tens * 10 + ones),
            ),
            (Change::Function(_), Value::Bool(_)) => {
                let back = from.clone();
                step.function(
                    move |values| match values.get::<bool>(&from)? {
                        Some(value) => values.set(&from, if value { "on" } else { "off" }),
                        None => Ok(()),
                    },
                    move |values| match values.get::<String>(&back)? {
                        Some(value) => values.set(&back, value == "on"),
                        None => Ok(()),
                    },
                )
            }
            _ => step,
        }
    })
}

/// Whether one path is the other, or leads into it.
fn touches(one: &str, other: &str) -> bool {
    let is_inside =
        |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    one == other || is_inside(one, other) || is_inside(other, one)
}

fn quoted(key: &str) -> String {
    if key.contains(' ') { format!("{key:?}") } else { key.to_owned() }
}

/// The table as text of version 1, with a comment above some lines.
fn text(format: Format, table: &Map<String, Value>, comments: u64) -> Option<String> {
    let mut table = table.clone();
    table.insert("version".to_owned(), json!(1));
    let document = Document::from_json("case", &[], &Value::Object(table)).ok()??;
    let written = format.write(&document).ok()?;
    let mark = format.comments()[0];
    let mut text = String::new();
    for (number, line) in written.lines().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let is_entry = line.contains([':', '=']) || line.trim_start().starts_with('[');
        if comments >> (number % 64) & 1 == 1 && is_entry && !line.trim_start().starts_with('-') {
            text.push_str(&format!("{indent}{mark} c{number}\n"));
        }
        text.push_str(&format!("{line}\n"));
    }
    format.read(OriginKind::File, "case", text.clone()).ok().map(|_| text)
}

fn loader<T: Config>(name: &str, system: System) -> Loader<T> {
    T::loader().system(system).file(name).warnings(Warnings::Ignore)
}

/// How a case ended.
#[derive(Debug, PartialEq)]
enum End {
    Same,
    /// The steps do not fit the file, which both ways told.
    Stopped,
    /// The text was kept as it is.
    Refused,
}

fn case(name: &str, text: &str, changes: &[Change], table: &Map<String, Value>) -> End {
    let is_rename_only = changes.iter().all(|change| matches!(change, Change::Rename(..)));
    CURRENT.set(Migrations::new().step(2, |step| self::step(step, changes, table)));
    let system = System::memory().file(name, text);
    let was = loader::<Old>(name, system.clone()).load().unwrap().all;
    let memory = loader::<New>(name, system.clone()).load();
    let plan = Files::of(&loader::<New>(name, system.clone())).up();
    let (memory, plan) = match (memory, plan) {
        (Ok(memory), Ok(plan)) => (memory, plan),
        (Err(_), Err(_)) => return End::Stopped,
        (Ok(_), Err(report)) => {
            assert!(report.problems().iter().all(|problem| problem.code() == Code::Unwritable), "{report}");
            return End::Refused;
        }
        (Err(report), Ok(_)) => panic!("in memory alone: {report}\n{text}"),
    };
    plan.write().unwrap();
    let disk = loader::<New>(name, system.clone()).load();
    let new = content(&system, name);
    let disk = disk.unwrap_or_else(|report| panic!("{report}\n{text}\n{new}"));
    assert_eq!(memory.all, disk.all, "{text}\n{new}");
    let comments =
        |text: &str| text.lines().filter(|line| line.trim_start().starts_with(['#', '/', ';'])).count();
    assert_eq!(comments(text), comments(&new), "{text}\n{new}");

    match Files::of(&loader::<New>(name, system.clone())).down(1) {
        Ok(plan) => plan.write().unwrap(),
        Err(report) => {
            assert!(
                report.problems().iter().all(|problem| problem.code() == Code::Unwritable),
                "{report}\n{new}"
            );
            return End::Refused;
        }
    }
    let back = content(&system, name);
    let is = loader::<Old>(name, system).load().unwrap().all;
    assert_eq!(was, is, "{text}\n{new}\n{back}");
    if is_rename_only {
        assert_eq!(text, back, "{new}");
    }
    End::Same
}

fn run(name: &str, cases: u32) {
    let format = Format::of_path(name.as_ref()).unwrap();
    let mut runner = TestRunner::new(Runs { cases, failure_persistence: None, ..Runs::default() });
    let counts = RefCell::new([0u32; 3]);
    let strategy = (table(), prop::collection::vec(change(), 1..4), any::<u64>());
    let result = runner.run(&strategy, |(table, changes, comments)| {
        let Some(text) = text(format, &table, comments) else { return Ok(()) };
        let end = case(name, &text, &changes, &table);
        counts.borrow_mut()[end as usize] += 1;
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let [same, stopped, refused] = counts.into_inner();
    assert!(same > cases / 4, "{same} the same, {stopped} stopped, {refused} refused");
    assert!(refused * 8 < same, "{same} the same, {stopped} stopped, {refused} refused");
}

#[test]
fn toml_in_memory_and_in_place() {
    run("app.toml", 200);
}

#[test]
fn yaml_in_memory_and_in_place() {
    run("app.yaml", 150);
}

#[test]
fn json5_in_memory_and_in_place() {
    run("app.json5", 150);
}
