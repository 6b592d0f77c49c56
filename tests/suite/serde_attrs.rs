//! What the derive reads from `#[serde(…)]`.

use std::collections::BTreeMap;
use std::time::Duration;

use confkit::{Code, Config, Format, Report, testing};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

fn load<T: Config>(text: &str) -> Result<T, Report> {
    T::loader().text(Format::Toml, "a.toml", text).load()
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize, Config)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[config(env_prefix = "A")]
struct Names {
    #[serde(default)]
    max_conn: u16,
    #[serde(rename = "kind", default)]
    r#type: String,
    #[serde(rename(deserialize = "in", serialize = "out"), default)]
    both: String,
    #[serde(alias = "oldName", alias = "older", default)]
    new_name: String,
    #[serde(skip)]
    cache: Vec<u8>,
    #[serde(skip_deserializing)]
    shown: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    optional: Option<u8>,
}

#[test]
fn names_aliases_and_skips() {
    let names: Names = load("maxConn = 1\nkind = 'k'\nin = 'i'\noldName = 'o'\noptional = 2").unwrap();
    let by_serde: Names =
        serde_json::from_str(r#"{"maxConn":1,"kind":"k","in":"i","oldName":"o","optional":2}"#).unwrap();
    assert_eq!(names, by_serde, "serde reads the same");
    assert_eq!(load::<Names>("older = 'x'").unwrap().new_name, "x");
    for key in ["max_conn = 1", "type = 'x'", "both = 'x'", "out = 'x'", "cache = []", "shown = 1"] {
        testing::assert_codes(&load::<Names>(key), &[Code::UnknownKey]);
    }
    let vars = [("A_MAX_CONN", "5"), ("A_KIND", "k"), ("A_IN", "i"), ("A_NEW_NAME", "n")];
    let names = Names::loader().env_vars(vars).load().unwrap();
    assert_eq!(
        (names.max_conn, names.r#type.as_str(), names.both.as_str(), names.new_name.as_str()),
        (5, "k", "i", "n")
    );
}

#[test]
fn two_names_of_one_field_in_one_layer() {
    let report = load::<Names>("newName = 'a'\noldName = 'b'").unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    assert!(matches!(report.problems()[0].code(), Code::Conflict | Code::Duplicate), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn an_alias_above_wins_over_the_name_below() {
    let loader =
        Names::loader().text(Format::Toml, "base", "newName = 'a'").text(Format::Toml, "over", "older = 'b'");
    assert_eq!(loader.load().unwrap().new_name, "b");
    let loaded = loader.load_traced().unwrap();
    let name = loaded.explain("newName").unwrap();
    assert_eq!(
        (name.value(), name.shadowed().len()),
        (Some("b"), 2),
        "{name}: the other name and the default"
    );
}

fn five() -> u16 {
    5
}

#[derive(Debug, Deserialize, Config)]
#[serde(default)]
struct Defaults {
    port: u16,
    #[serde(default = "five")]
    level: u16,
    name: String,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { port: 80, level: 1, name: "from Default".to_owned() }
    }
}

#[test]
fn defaults_of_fields_and_containers() {
    let defaults: Defaults = load("").unwrap();
    assert_eq!((defaults.port, defaults.level, defaults.name.as_str()), (80, 5, "from Default"));
    let loaded = Defaults::loader().load_traced().unwrap();
    assert_eq!(loaded.explain("port").unwrap().value(), Some("80"));
    assert_eq!(loaded.explain("level").unwrap().value(), Some("5"));
}

mod seconds {
    use super::*;
    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_secs)
    }
    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.as_secs())
    }
}

fn doubled<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    u16::deserialize(from).map(|number| number * 2)
}

#[derive(Debug, Serialize, Deserialize, Config)]
#[config(env_prefix = "A")]
struct With {
    #[serde(with = "seconds")]
    wait: Duration,
    #[serde(deserialize_with = "doubled")]
    pairs: u16,
}

#[test]
fn functions_read_values() {
    let with: With = load("wait = 30\npairs = 4").unwrap();
    assert_eq!((with.wait.as_secs(), with.pairs), (30, 8));
    let with = With::loader().env_vars([("A_WAIT", "30"), ("A_PAIRS", "4")]).load().unwrap();
    assert_eq!((with.wait.as_secs(), with.pairs), (30, 8));
    let report = load::<With>("wait = 'x'\npairs = 70000").unwrap_err();
    let found: Vec<_> = report
        .problems()
        .iter()
        .map(|problem| (problem.path(), problem.origin().unwrap().to_string()))
        .collect();
    assert_eq!(found, [("wait", "a.toml:1:8".to_owned()), ("pairs", "a.toml:2:9".to_owned())], "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn flatten_is_serdes_too() {
    #[derive(Debug, Config, Deserialize)]
    struct Outer {
        a: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    let outer: Outer = load("a = 1\nb = 2").unwrap();
    assert_eq!((outer.a, outer.rest["b"]), (1, 2));
}

#[derive(Debug, Clone, Deserialize, Config)]
#[serde(try_from = "Raw")]
struct Range {
    low: u8,
    high: u8,
}

#[derive(Debug, Deserialize, Config)]
struct Raw {
    low: u8,
    #[config(default = 9)]
    high: u8,
}

impl TryFrom<Raw> for Range {
    type Error = String;
    fn try_from(raw: Raw) -> Result<Self, String> {
        let Raw { low, high } = raw;
        if low <= high { Ok(Self { low, high }) } else { Err("low is above high".to_owned()) }
    }
}

#[test]
fn a_conversion_may_fail_and_is_told() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        range: Range,
    }
    assert_eq!(load::<Outer>("range = { low = 1 }").unwrap().range.high, 9);
    let report = load::<Outer>("[range]\nlow = 10").unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    let problem = &report.problems()[0];
    assert_eq!((problem.code(), problem.path()), (Code::Invalid, "range"), "{report}");
    assert!(problem.message().contains("low is above high"), "{report}");
    insta::assert_snapshot!(report);
    let inner = load::<Outer>("[range]\nlow = 'x'").unwrap_err();
    assert_eq!(inner.problems()[0].path(), "range.low", "{inner}");
}

#[derive(Debug, PartialEq, Config)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
enum Level {
    LowAlarm,
    #[serde(rename = "h")]
    High,
    #[serde(alias = "mid")]
    Middle,
    #[serde(other)]
    Unknown,
}

#[test]
fn choices_follow_serdes_names() {
    #[derive(Debug, Config)]
    struct Outer {
        level: Level,
    }
    for (text, level) in [
        ("LOW-ALARM", Level::LowAlarm),
        ("h", Level::High),
        ("mid", Level::Middle),
        ("MIDDLE", Level::Middle),
        ("else", Level::Unknown),
    ] {
        assert_eq!(load::<Outer>(&format!("level = '{text}'")).unwrap().level, level, "{text}");
    }
    assert!(load::<Outer>("level = true").is_err(), "`other` takes unknown names, not other types");
}

#[test]
fn rename_all_of_the_derive_spells_keys() {
    #[derive(Debug, Config)]
    #[config(rename_all = "SCREAMING_SNAKE_CASE")]
    struct Loud {
        max_conn: u8,
        r#type: u8,
    }
    let loud: Loud = load("MAX_CONN = 1\nTYPE = 2").unwrap();
    assert_eq!((loud.max_conn, loud.r#type), (1, 2));
    assert_eq!(testing::paths::<Loud>(), ["MAX_CONN", "TYPE"]);
}

#[test]
fn deny_unknown_fields_goes_before_the_policy_of_the_layer() {
    use figment::providers::Serialized;
    testing::assert_codes(
        &Names::loader().provider(Serialized::default("other", 1)).load(),
        &[Code::UnknownKey],
    );
    testing::assert_codes(
        &Names::loader().unknown_keys(confkit::Unknown::Allow).set("other", 1).load(),
        &[Code::UnknownKey],
    );
}

#[test]
fn the_near_name_is_the_name_in_files() {
    let report = load::<Names>("maxCon = 1").unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("maxConn"));
    let report = load::<Names>("max_conn = 1").unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("maxConn"), "{report}");
}
