//! The schema and the loader judge generated documents, most of them changed in one place or two, and
//! agree on each, but for what the schema says that it does not say.

use std::collections::BTreeMap;

use confkit::schema::Schema;
use confkit::{Code, Config, Format, Report, System, Warnings};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::types::{FORMS, Forms, KEYS, Keys, RULED, Ruled, VALUES, Values};
use crate::everything::Everything;

/// Documents in all, shared by the types.
const DOCUMENTS: usize = 2_500;

const EVERYTHING: &str = r#"{
    "listen": "[::1]:80", "workers": 8, "name": "Orders", "port": 80, "level": "error", "log_file": "a.log",
    "timeout": "5s", "cache": 1024, "pause": 1, "share": 1, "letter": "B", "hosts": ["a", "b"],
    "weights": [0, 1, 2], "labels": {"a": "b"}, "contact": "a@example.com", "shop": "https://example.com",
    "payments": true, "provider": "p", "region": "us", "session_key": "0123456789abcdef", "templates": "t",
    "batch": 2, "account": "xx", "extra": [1, {"a": null}], "shape": {"width": 1}, "retries": 2, "verbose": false,
    "traces": "http://localhost:1", "without": ["x"], "limits": {"connections": 9, "upload": "2kB"},
    "database": {"host": "h", "password": "p", "replicas": 2, "reader": "r", "pool": {"min": 2}},
    "reports": {"host": "h", "password": "p"}, "servers": [{"host": "s", "is-backup": true}],
    "shops": {"a": {"host": "s", "access-key": "k"}}, "store": {"type": "folder", "path": "p"},
    "channels": ["nobody", {"mail": "a@example.com"}, {"call": {"url": "http://a"}}],
    "payment": {"by": "card", "with": {"brands": ["v"]}}, "fallback": {"tries": 2},
    "menu": [{"title": "t", "entries": [{"title": "u"}]}], "plugins": {"SearchPath": "p", "other": 1}
}"#;

#[test]
fn schema_and_loader_agree() {
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut tally = Tally::default();
    for round in 0..DOCUMENTS / 5 {
        hold::<Everything>(EVERYTHING, round, &mut dice, &mut tally);
        hold::<Values>(VALUES, round, &mut dice, &mut tally);
        hold::<Ruled>(RULED, round, &mut dice, &mut tally);
        hold::<Keys>(KEYS, round, &mut dice, &mut tally);
        hold::<Forms>(FORMS, round, &mut dice, &mut tally);
    }
    assert!(tally.disagreements.is_empty(), "{}", tally.disagreements.join("\n"));
    assert!(tally.documents >= 2_000, "{tally:?}");
    assert!(tally.invalid * 10 >= tally.documents * 4, "{tally:?}");
    assert!((tally.documents - tally.invalid) * 10 >= tally.documents, "{tally:?}");
    // Documents that only such rules refuse, and that the schema therefore accepts.
    insta::assert_debug_snapshot!(tally.unsaid);
}

#[derive(Debug, Default)]
struct Tally {
    documents: usize,
    invalid: usize,
    disagreements: Vec<String>,
    /// How many documents only rules refuse that the schema does not say, by their names.
    unsaid: BTreeMap<String, usize>,
}

/// Changes a document, and has it judged.
fn hold<T: Config<Context = ()>>(document: &str, round: usize, dice: &mut Dice, tally: &mut Tally) {
    let mut document: Value = serde_json::from_str(document).unwrap();
    // The first is as it is written; of the others most are changed.
    if round > 0 {
        for _ in 0..=dice.roll(2) {
            change(&mut document, dice);
        }
    }
    let schema = Schema::of::<T>();
    let validator = validator(&schema);
    let report = load::<T>(&document.to_string()).err();
    let unsaid = report.as_ref().map(|report| only_unsaid(report, &schema)).unwrap_or_default();
    let loads = report.is_none() || !unsaid.is_empty();
    tally.documents += 1;
    tally.invalid += usize::from(!loads);
    for rule in unsaid {
        *tally.unsaid.entry(rule).or_default() += 1;
    }
    let fits = validator.is_valid(&document);
    if fits != loads {
        let said = validator.iter_errors(&document).map(|error| error.to_string()).collect::<Vec<_>>();
        let told = report.map(|report| report.to_string()).unwrap_or_default();
        tally.disagreements.push(format!("{document}\n  schema: {said:?}\n  loader: {told}"));
    }
}

fn load<T: Config<Context = ()>>(document: &str) -> Result<T, Report> {
    let loader = T::loader().system(System::memory()).warnings(Warnings::Ignore);
    loader.text(Format::Json, "app.json", document).load()
}

fn validator(schema: &Schema) -> Validator {
    let schema = serde_json::to_value(schema).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

/// The rules that refuse a document, if all of them stand under `x-confkit` and nothing else is wrong.
fn only_unsaid(report: &Report, schema: &Schema) -> Vec<String> {
    let unsaid = unsaid(&serde_json::to_value(schema).unwrap());
    let rules = report.problems().iter().map(|problem| {
        let rule = problem.rule()?;
        let key = problem.path().rsplit('.').next().unwrap_or_default();
        let is_unsaid =
            unsaid.iter().any(|(setting, name)| name == rule && (setting == key || setting.is_empty()));
        (problem.code() == Code::Invalid && is_unsaid).then(|| rule.to_owned())
    });
    rules.collect::<Option<Vec<_>>>().unwrap_or_default()
}

/// The rules under `x-confkit`, each with the key of its setting; that of a table is empty.
pub(super) fn unsaid(schema: &Value) -> Vec<(String, String)> {
    fn search(schema: &Value, key: &str, found: &mut Vec<(String, String)>) {
        match schema {
            Value::Object(entries) => {
                let is_table = entries.get("type").is_some_and(|it| it.to_string().contains("object"));
                let rules = entries.get("x-confkit").and_then(|facts| facts["rules"].as_array());
                for rule in rules.into_iter().flatten() {
                    let setting = if is_table { "" } else { key };
                    found.push((setting.to_owned(), rule["rule"].as_str().unwrap().to_owned()));
                }
                for (name, inner) in entries {
                    match (name.as_str(), inner) {
                        ("properties" | "$defs", Value::Object(named)) => {
                            named.iter().for_each(|(key, schema)| search(schema, key, found));
                        }
                        ("x-confkit" | "default" | "examples", _) => {}
                        _ => search(inner, key, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| search(item, key, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    search(schema, "", &mut found);
    found
}

/// Numbers that look as if they were thrown, and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'t, T>(&mut self, among: &'t [T]) -> &'t T {
        &among[self.roll(among.len())]
    }
}

/// Changes one place, the deeper the rarer.
fn change(value: &mut Value, dice: &mut Dice) {
    if dice.roll(4) > 0 {
        match value {
            Value::Object(entries) if !entries.is_empty() => {
                let at = dice.roll(entries.len());
                let (_, inside) = entries.iter_mut().nth(at).unwrap();
                return change(inside, dice);
            }
            Value::Array(items) if !items.is_empty() => {
                let at = dice.roll(items.len());
                return change(&mut items[at], dice);
            }
            _ => {}
        }
    }
    match value {
        Value::Object(entries) => change_keys(entries, dice),
        Value::Array(items) => change_items(items, dice),
        value => *value = other(value, dice),
    }
}

fn change_keys(entries: &mut Map<String, Value>, dice: &mut Dice) {
    let keys: Vec<String> = entries.keys().cloned().collect();
    if keys.is_empty() || dice.roll(4) == 0 {
        entries.insert((*dice.pick(&NEW_KEYS)).to_owned(), any(dice));
        return;
    }
    let key = dice.pick(&keys).clone();
    match dice.roll(4) {
        0 => drop(entries.remove(&key)),
        1 => {
            let value = entries.remove(&key).unwrap();
            entries.insert(spelt(&key, dice), value);
        }
        2 => drop(entries.insert(key, Value::Null)),
        _ => {
            let value = entries[&key].clone();
            entries.insert(spelt(&key, dice), value);
        }
    }
}

/// Keys of the types, in places where they belong and where they do not.
const NEW_KEYS: [&str; 24] = [
    "unknown",
    "$schema",
    "socket",
    "first",
    "second",
    "third",
    "key",
    "agent",
    "cert",
    "path",
    "max",
    "pool-size",
    "shop_url",
    "max_tries",
    "depth",
    "port",
    "type",
    "with",
    "verbose",
    "log_stream",
    "reader",
    "replicas",
    "nothing",
    "count",
];

fn spelt(key: &str, dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => key.to_uppercase(),
        1 => key.replace('_', "-"),
        2 => key.replace(['_', '-'], ""),
        _ => (*dice.pick(&NEW_KEYS)).to_owned(),
    }
}

fn change_items(items: &mut Vec<Value>, dice: &mut Dice) {
    match dice.roll(4) {
        0 => items.clear(),
        1 => drop(items.pop()),
        2 => items.push(any(dice)),
        _ => items.extend(items.clone()),
    }
}

/// A value near another one, or far from it.
fn other(value: &Value, dice: &mut Dice) -> Value {
    match value {
        Value::Number(_) if dice.roll(2) == 0 => dice.pick(&NUMBERS).parse().unwrap(),
        Value::String(text) if dice.roll(2) == 0 => match dice.roll(4) {
            0 => json!(""),
            1 => json!(text.repeat(4)),
            2 => json!(text.to_uppercase()),
            _ => json!(*dice.pick(&TEXTS)),
        },
        Value::Bool(flag) if dice.roll(2) == 0 => json!(!flag),
        _ => any(dice),
    }
}

const NUMBERS: [&str; 16] = [
    "-129",
    "-128",
    "-1",
    "0",
    "1",
    "5",
    "13",
    "64",
    "65",
    "127",
    "255",
    "256",
    "65536",
    "0.5",
    "4294967296",
    "18446744073709551615",
];

const TEXTS: [&str; 26] = [
    "5s",
    "1.5h",
    "5",
    "0",
    "10 MiB",
    "5x",
    "PT1M",
    "1h 2x",
    "::1",
    "1::2::3",
    "1.2.3.4",
    "256.1.1.1",
    "01.2.3.4",
    "[::1]:80",
    "[::ffff:1.2.3.4]:1",
    "1.2.3.4:70000",
    "disk",
    "disc",
    "InMemory",
    "in_memory",
    "auto",
    "xyz",
    "a.bc",
    "\u{1}",
    "nothing",
    "cash",
];

fn any(dice: &mut Dice) -> Value {
    match dice.roll(8) {
        0 => Value::Null,
        1 => json!(dice.roll(2) == 0),
        2 | 3 => dice.pick(&NUMBERS).parse().unwrap(),
        4 | 5 => json!(*dice.pick(&TEXTS)),
        6 => json!([any(dice)]),
        _ => json!({ *dice.pick(&NEW_KEYS): any(dice) }),
    }
}

/// Documents that the schema accepts and the loader refuses, or the other way round, as the module's
/// documentation says.
#[test]
fn what_is_judged_apart_is_what_is_documented() {
    let apart = |document: &str, change: &[(&str, Value)], fits: bool| {
        let mut changed: Value = serde_json::from_str(document).unwrap();
        for (pointer, value) in change {
            *changed.pointer_mut(pointer).unwrap() = value.clone();
        }
        let (schema, loads) = if document == VALUES {
            (Schema::of::<Values>(), load::<Values>(&changed.to_string()).is_ok())
        } else {
            (Schema::of::<Sets>(), load::<Sets>(&changed.to_string()).is_ok())
        };
        assert_eq!((validator(&schema).is_valid(&changed), loads), (fits, !fits), "{changed}");
    };
    for (pointer, value) in [
        ("/small", json!(1.0)),
        ("/wait", json!("99999999999999999999s")),
        ("/wait", json!("0.0000000001s")),
        ("/by_number", json!({"300": true})),
        ("/plain/token", json!("[redacted]")),
    ] {
        apart(VALUES, &[(pointer, value)], true);
    }
    apart(VALUES, &[("/wait", json!({"secs": 1, "nanos": 0}))], false);
    apart(VALUES, &[("/names/mode", json!(" disk "))], false);
    apart(SETS, &[("/names", json!(["a", "a"]))], true);
    apart(SETS, &[("/link", json!("http://example.com/a b"))], false);
    apart(SETS, &[("/outer", json!({"inner": {"a": 1, "other": 2}}))], false);
}

#[derive(Debug, Config)]
struct Sets {
    #[config(validate(length(min = 2)))]
    names: std::collections::BTreeSet<String>,
    #[config(validate(url))]
    link: String,
    outer: Outer,
}

/// Plain types of which one puts the keys of another beside its own.
#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
struct Outer {
    inner: Flat,
}

#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
struct Flat {
    #[serde(flatten)]
    beside: Beside,
}

#[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
struct Beside {
    a: u8,
}

const SETS: &str = r#"{"names": ["a", "b"], "link": "http://example.com", "outer": {"inner": {"a": 1}}}"#;
