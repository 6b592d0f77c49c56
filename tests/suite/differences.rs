//! What differs between two loads, by path.

use std::collections::BTreeMap;

use confkit::{Change, Config, Differences, Format, Loaded, Secret};

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default = 8080)]
    port: u16,
    host: Option<String>,
    #[config(default)]
    tags: Vec<String>,
    #[config(default)]
    numbers: Vec<u8>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested)]
    database: Database,
    #[config(nested, default, merge(key = "name"))]
    servers: Vec<Server>,
    #[config(nested)]
    tls: Option<Tls>,
    #[config(default)]
    keys: Vec<Secret<String>>,
    #[config(default_fn = made)]
    made: Made,
    #[config(default, merge(with = sum))]
    sum: u32,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default)]
    password: Secret<String>,
    #[config(default = "postgres://db")]
    url: String,
}

#[derive(Debug, Config)]
struct Server {
    name: String,
    #[config(default = 1)]
    weight: u8,
    key: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Tls {
    cert: String,
    key: Secret<String>,
}

#[derive(Debug, serde::Deserialize)]
struct Made {
    of: String,
}

fn sum(lower: u32, upper: u32) -> u32 {
    lower + upper
}

fn made() -> Made {
    Made { of: "nothing".to_owned() }
}

fn load(text: &str) -> Loaded<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text).load_traced().unwrap()
}

fn between(old: &str, new: &str) -> Differences {
    load(old).diff(&load(new))
}

/// Every difference in short.
fn short(differences: &Differences) -> Vec<String> {
    let one = |difference: &confkit::Difference| {
        let side = |value: Option<&str>| value.unwrap_or("-").to_owned();
        let (old, new) = (side(difference.old_value()), side(difference.new_value()));
        format!("{} {} {old} {new}", difference.path(), difference.change().as_str())
    };
    differences.iter().map(one).collect()
}

const OLD: &str = "
port = 80
tags = ['a', 'b']
labels = { team = 'x', 'a.b' = '1' }
keys = ['hunter2', 'hunter3']
sum = 1
[database]
host = 'db1'
password = 'hunter2'
[[servers]]
name = 'a'
[[servers]]
name = 'b'
key = 'hunter4'
[tls]
cert = 'a.pem'
key = 'hunter5'
";

const NEW: &str = "
host = 'example.org'
tags = ['a', 'c', 'd']
numbers = [1, 2]
labels = { team = 'y', 'c.d' = '2' }
keys = ['hunter2']
made = { of = 'something' }
sum = 1
[database]
password = 'hunter6'
url = 'postgres://app:hunter6@a-host-with-a-long-name.internal.example.org:5432/orders?sslmode=require'
[[servers]]
name = 'c'
[[servers]]
name = 'b'
weight = 3
key = 'hunter7'
";

#[test]
fn everything_that_differs_is_told_at_its_path() {
    let differences = between(OLD, NEW);
    insta::assert_snapshot!("for_people", differences);
    assert!(differences.to_string().lines().all(|line| line.chars().count() <= 80));
    assert_eq!(differences.len(), differences.iter().count());
    for shown in [differences.to_string(), format!("{differences:?}"), differences.to_json()] {
        assert!(!shown.contains("hunter"), "{shown}");
    }
    let json: serde_json::Value = serde_json::from_str(&differences.to_json()).unwrap();
    insta::assert_snapshot!("for_machines", serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn the_other_way_round_it_is_the_opposite() {
    let (one, other) = (between(OLD, NEW), between(NEW, OLD));
    let opposite = |difference: &confkit::Difference| {
        let change = match difference.change() {
            Change::Added => Change::Removed,
            Change::Removed => Change::Added,
            other => other,
        };
        let values = (difference.new_value().map(str::to_owned), difference.old_value().map(str::to_owned));
        (change, values)
    };
    let same = |difference: &confkit::Difference| {
        let values = (difference.old_value().map(str::to_owned), difference.new_value().map(str::to_owned));
        (difference.change(), values)
    };
    let sorted = |mut all: Vec<_>| {
        all.sort_by_key(|one| format!("{one:?}"));
        all
    };
    assert_eq!(sorted(one.iter().map(same).collect()), sorted(other.iter().map(opposite).collect()));
}

#[test]
fn the_same_settings_do_not_differ_wherever_they_come_from() {
    for text in [OLD, NEW, ""] {
        assert!(between(text, text).is_empty());
    }
    let by_file = load("port = 0x1F90\ntags = ['a', 'b']\ndatabase.host = 'localhost'");
    let by_variable = Settings::loader().env_vars([("APP_TAGS", "a,b")]).load_traced().unwrap();
    let differences = by_file.diff(&by_variable);
    assert!(differences.is_empty(), "{differences}");
    assert_eq!(differences.to_string(), "no setting differs");
}

#[test]
fn lists_are_compared_by_position_or_by_key() {
    assert_eq!(
        short(&between("tags = ['a', 'b']", "tags = ['b']")),
        ["tags[0] changed a b", "tags[1] removed b -"]
    );
    let old = "servers = [{ name = 'a' }, { name = 'b' }]";
    let moved = "servers = [{ name = 'b' }, { name = 'a', weight = 2 }]";
    assert_eq!(short(&between(old, moved)), ["servers[1].weight changed 1 2"]);
    let without = "servers = [{ name = 'b' }]";
    assert_eq!(
        short(&between(old, without)),
        ["servers[0].name removed a -", "servers[0].weight removed 1 -"]
    );
}

#[test]
fn of_a_secret_only_the_change_is_told() {
    let differences = between("keys = ['one-secret']", "keys = ['one-secret', 'other-secret']");
    assert_eq!(short(&differences), ["keys changed [redacted] [redacted]"]);
    assert!(differences.iter().all(confkit::Difference::is_secret));
    let differences = between("", "tls = { cert = 'a', key = 'abcdef' }");
    assert_eq!(short(&differences), ["tls.cert added - a", "tls.key added - [redacted]"]);
}

#[test]
fn what_a_function_makes_is_compared_by_what_it_is_given() {
    let load = |upper: u32| Settings::loader().set("sum", 1).set("sum", upper).load_traced().unwrap();
    assert!(load(2).diff(&load(2)).is_empty());
    assert_eq!(short(&load(2).diff(&load(3))), ["sum changed … …"]);
}
