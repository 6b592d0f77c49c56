//! One settings type, the same content in every format: equal values, and each mistake at the very text
//! that is wrong.

use std::collections::BTreeMap;
use std::time::Duration;

use confkit::{Config, Format, Report};
use serde::Deserialize;

#[derive(Debug, PartialEq, Config)]
struct Settings {
    #[config(flatten)]
    plain: Plain,
    #[config(nested)]
    database: Database,
    labels: BTreeMap<String, String>,
    limits: BTreeMap<String, u32>,
    #[config(nested)]
    store: Store,
}

/// What a format without sections can hold.
#[derive(Debug, PartialEq, Config)]
struct Plain {
    name: String,
    #[config(validate(range(max = 9000)))]
    port: u16,
    offset: i64,
    ratio: f64,
    debug: bool,
    timeout: Duration,
    tags: Vec<String>,
    codes: Vec<u8>,
    mode: Mode,
    note: Option<String>,
    absent: Option<u16>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Fast,
    Slow,
}

#[derive(Debug, PartialEq, Config)]
struct Database {
    host: String,
    #[config(nested)]
    pool: Pool,
}

#[derive(Debug, PartialEq, Config)]
struct Pool {
    #[config(validate(range(max = 64)))]
    max: u16,
}

#[derive(Debug, PartialEq, Config)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Store {
    Memory,
    Disk { path: String, size: u32 },
}

/// Formats with types can hold lists of sections.
#[derive(Debug, PartialEq, Config)]
struct Lists {
    #[config(nested)]
    servers: Vec<Server>,
}

#[derive(Debug, PartialEq, Config)]
struct Server {
    host: String,
    #[config(default = 80, validate(range(max = 9000)))]
    port: u16,
}

fn plain() -> Plain {
    Plain {
        name: "größe 1".to_owned(),
        port: 8080,
        offset: -3,
        ratio: 0.5,
        debug: true,
        timeout: Duration::from_secs(90),
        tags: vec!["a".to_owned(), "b c".to_owned()],
        codes: vec![1, 2, 3],
        mode: Mode::Slow,
        note: Some("0123".to_owned()),
        absent: None,
    }
}

fn settings() -> Settings {
    let pairs = |pairs: [(&str, &str); 2]| pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
    Settings {
        plain: plain(),
        database: Database { host: "db: 1".to_owned(), pool: Pool { max: 16 } },
        labels: BTreeMap::from(pairs([("team", "x"), ("a-b", "y=z")])),
        limits: BTreeMap::from([("cpu".to_owned(), 2), ("mem".to_owned(), 1024)]),
        store: Store::Disk { path: "C:\\var".to_owned(), size: 10 },
    }
}

const TOML: &str = r#"name = "größe 1"
port = 8080
offset = -3
ratio = 0.5
debug = true
timeout = "1m 30s"
tags = ["a", "b c"]
codes = [1, 2, 3]
mode = "slow"
note = "0123"
labels = { team = "x", a-b = "y=z" }

[database]
host = "db: 1"
pool.max = 16

[limits]
cpu = 2
mem = 1024

[store]
type = "disk"
path = 'C:\var'
size = 10
"#;

const JSON: &str = r#"{"name": "größe 1", "port": 8080, "offset": -3, "ratio": 0.5, "debug": true,
 "timeout": "1m 30s", "tags": ["a", "b c"], "codes": [1, 2, 3], "mode": "slow", "note": "0123",
 "labels": {"team": "x", "a-b": "y=z"},
 "database": {"host": "db: 1", "pool": {"max": 16}},
 "limits": {"cpu": 2, "mem": 1024}, "store": {"type": "disk", "path": "C:\\var", "size": 10}}
"#;

const JSONC: &str = r#"{
  // größe
  "name": "größe 1", "port": /* größe */ 8080, "offset": -3, "ratio": 0.5, "debug": true,
  "timeout": "1m 30s", "tags": ["a", "b c"], "codes": [1, 2, 3], "mode": "slow", "note": "0123",
  "labels": {"team": "x", "a-b": "y=z"},
  "database": {"host": "db: 1", "pool": {"max": 16}}, // why
  "limits": {"cpu": 2, "mem": 1024}, "store": {"type": "disk", "path": "C:\\var", "size": 10},
}
"#;

const JSON5: &str = r#"{
  name: 'größe 1', port: 8080, offset: -3, ratio: .5, debug: true, timeout: '1m 30s',
  tags: ['a', 'b c',], codes: [1, 2, 0x3], mode: 'slow', note: '0123',
  labels: {team: 'x', 'a-b': "y=z"},
  database: {host: 'db: 1', pool: {max: 16}},
  limits: {cpu: +2, mem: 1024}, store: {type: 'disk', path: 'C:\\var', size: 10},
}
"#;

const YAML: &str = r#"name: größe 1
port: 8080
offset: -3
ratio: 0.5
debug: true
timeout: 1m 30s
tags: [a, "b c"]
codes:
  - 1
  - 2
  - 3
mode: slow
note: "0123"
labels: {team: x, a-b: y=z}
database:
  host: "db: 1"
  pool:
    max: 16
limits:
  cpu: 2
  mem: 1024
store:
  type: disk
  path: C:\var
  size: 10
"#;

const INI: &str = r"; größe
name = größe 1
port = 8080
offset = -3
ratio = 0.5
debug = true
timeout = 1m 30s
tags = a, b c
codes = 1,2,3
mode = slow
note = 0123

[database]
host = db: 1

[database.pool]
max = 16

[labels]
team = x
a-b = y=z

[limits]
cpu = 2
mem = 1024

[store]
type = disk
path = C:\var
size = 10
";

const PROPERTIES: &str = r"# größe
name = größe 1
port = 8080
offset: -3
ratio 0.5
debug = true
timeout = 1m 30s
tags = a, b c
codes = 1,2,\
        3
mode = slow
note = 0123
database.host = db: 1
database.pool.max = 16
labels.team = x
labels.a-b = y=z
limits.cpu = 2
limits.mem = 1024
store.type = disk
store.path = C:\\var
store.size = 10
";

const RON: &str = r#"// größe
Settings(
    name: "größe 1",
    port: 8080,
    offset: -3,
    ratio: 0.5,
    debug: true,
    timeout: "1m 30s",
    tags: ["a", r"b c"],
    codes: [1, 2, 0x3],
    mode: slow,
    note: Some("0123"),
    absent: None,
    labels: {"team": "x", "a-b": "y=z"},
    database: Database(host: "db: 1", pool: (max: 16)),
    limits: (cpu: 2, mem: 1024),
    store: (type: "disk", path: r"C:\var", /* größe */ size: 10),
)
"#;

const HCL: &str = r#"# größe
name    = "größe 1"
port    = 8080
offset  = -3
ratio   = 0.5
debug   = true
timeout = "1m 30s"
tags    = ["a", "b c"]
codes   = [1, 2, 3]
mode    = "slow"
note    = "0123"
absent  = null
labels  = { team = "x", "a-b" = "y=z" }

database {
  host = "db: 1"
  pool { max = 16 }
}

limits {
  cpu = 2 // größe
  mem = 1024
}

store {
  type = "disk"
  path = "C:\\var"
  size = 10
}
"#;

const DOTENV: &str = r#"# größe
name="größe 1"
export port=8080
offset=-3
ratio=0.5
debug=true
timeout='1m 30s'
tags=a, b c
codes=1,2,3 # why
mode=slow
note=0123
"#;

/// Every format that has sections.
const FORMATS: [(Format, &str); 9] = [
    (Format::Toml, TOML),
    (Format::Json, JSON),
    (Format::Jsonc, JSONC),
    (Format::Json5, JSON5),
    (Format::Yaml, YAML),
    (Format::Ron, RON),
    (Format::Hcl, HCL),
    (Format::Ini, INI),
    (Format::Properties, PROPERTIES),
];

fn is_untyped(format: Format) -> bool {
    matches!(format, Format::Ini | Format::Properties | Format::Dotenv)
}

#[test]
fn the_same_content_is_the_same_value() {
    for (format, text) in FORMATS {
        let loaded = Settings::loader().text(format, "app", text).load();
        let loaded = loaded.unwrap_or_else(|report| panic!("{}: {report}", format.as_str()));
        assert_eq!(loaded, settings(), "{}", format.as_str());
    }
    let loaded = Plain::loader().text(Format::Dotenv, ".env", DOTENV).load();
    assert_eq!(loaded.unwrap_or_else(|report| panic!("{report}")), plain());
}

#[test]
fn formats_stack_over_one_another_in_any_order() {
    for (below, lower) in FORMATS {
        for (above, upper) in FORMATS {
            let lower = lower.replacen("8080", "1", 1).replacen("db: 1", "other", 1);
            let loader = Settings::loader().text(below, "lower", lower).text(above, "upper", upper);
            let loaded = loader.load().unwrap_or_else(|report| panic!("{report}"));
            assert_eq!(loaded, settings(), "{} over {}", above.as_str(), below.as_str());
        }
    }
}

#[test]
fn lists_of_sections_are_the_same_value() {
    let expected = Lists {
        servers: vec![Server { host: "a".to_owned(), port: 80 }, Server { host: "b".to_owned(), port: 81 }],
    };
    for (format, text) in [
        (Format::Toml, "[[servers]]\nhost = 'a'\n[[servers]]\nhost = 'b'\nport = 81\n"),
        (Format::Json, r#"{"servers": [{"host": "a"}, {"host": "b", "port": 81}]}"#),
        (Format::Jsonc, "{\"servers\": [{\"host\": \"a\"}, // why\n {\"host\": \"b\", \"port\": 81}]}"),
        (Format::Json5, "{servers: [{host: 'a'}, {host: 'b', port: 0x51}]}"),
        (Format::Yaml, "servers:\n- host: a\n- host: b\n  port: 81\n"),
        (Format::Ron, "(servers: [Server(host: \"a\"), (host: \"b\", port: 81)])"),
        (Format::Hcl, "servers {\n  host = \"a\"\n}\nservers {\n  host = \"b\"\n  port = 81\n}\n"),
    ] {
        assert_eq!(
            Lists::loader().text(format, "app", text).load().unwrap(),
            expected,
            "{}",
            format.as_str()
        );
        let wrong = text.replace("0x51", "81").replace("81", "9081");
        let report = Lists::loader().text(format, "app", wrong.clone()).load().unwrap_err();
        assert_eq!(
            told(&report, &wrong),
            [told_at("invalid", "servers[1].port", "servers[1].port must be at most 9000, not 9081", "9081")]
        );
    }
}

/// A problem: its code, its path, its message, and the text that it points at.
type Told = [String; 4];

fn told_at(code: &str, path: &str, message: &str, text: &str) -> Told {
    [code, path, message, text].map(str::to_owned)
}

fn told(report: &Report, source: &str) -> Vec<Told> {
    let report: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    let problem = |problem: &serde_json::Value| {
        let text = |key: &str| problem[key].as_str().unwrap_or_default().to_owned();
        let number = |key: &str| usize::try_from(problem[key].as_u64().unwrap()).unwrap();
        assert_eq!(number("line"), number("end_line"), "{problem}");
        let line = source.lines().nth(number("line") - 1).unwrap();
        let (start, end) = (number("column") - 1, number("end_column") - 1);
        let marked: String = line.chars().skip(start).take(end - start).collect();
        [text("code"), text("path"), text("message"), marked]
    };
    let mut told: Vec<Told> = report["problems"].as_array().unwrap().iter().map(problem).collect();
    told.sort_by_key(|problem| problem[1].clone());
    told
}

/// The five mistakes: what stands in a text that is right, and what is wrong instead.
const MISTAKES: [(&str, &str); 5] =
    [("slow", "quick"), ("8080", "9090"), ("1m 30s", "soon"), ("16", "65"), ("1024", "-5")];

/// What is told of the mistakes, in the order of the paths. Where values have types, the kind of the
/// wrong one is told too. A text in quotation marks is marked with them.
fn mistakes_in(format: Format) -> Vec<Told> {
    let (kind, negative) = if is_untyped(format) { ("", "\"-5\"") } else { ("the string ", "-5") };
    let marked = |text: &str| match format {
        Format::Toml | Format::Json | Format::Jsonc | Format::Hcl => format!("\"{text}\""),
        Format::Ron if text != "quick" => format!("\"{text}\""),
        Format::Json5 => format!("'{text}'"),
        _ => text.to_owned(),
    };
    vec![
        told_at("invalid", "database.pool.max", "database.pool.max must be at most 64, not 65", "65"),
        told_at(
            "type",
            "limits.mem",
            &format!("limits.mem must be an integer from 0 to 4294967295, not {negative}"),
            "-5",
        ),
        told_at(
            "unknown_variant",
            "mode",
            &format!("mode must be one of `fast`, `slow`, not {kind}\"quick\""),
            &marked("quick"),
        ),
        told_at("invalid", "port", "port must be at most 9000, not 9090", "9090"),
        told_at(
            "type",
            "timeout",
            &format!("timeout must be a duration such as `30s` or `1h 30m`, not {kind}\"soon\""),
            &marked("soon"),
        ),
    ]
}

#[test]
fn the_same_mistakes_are_told_alike_and_stand_at_what_is_wrong() {
    for (format, text) in FORMATS {
        let wrong = MISTAKES.iter().fold(text.to_owned(), |text, (right, wrong)| {
            assert_eq!(text.matches(right).count(), 1, "{right} in {}", format.as_str());
            text.replace(right, wrong)
        });
        let report = Settings::loader().text(format, "app", wrong.clone()).load().unwrap_err();
        assert_eq!(told(&report, &wrong), mistakes_in(format), "{}", format.as_str());
    }
}

#[test]
fn a_flat_format_tells_the_same_of_what_it_can_hold() {
    let wrong = MISTAKES.iter().fold(DOTENV.to_owned(), |text, (right, wrong)| text.replace(right, wrong));
    let report = Plain::loader().text(Format::Dotenv, ".env", wrong.clone()).load().unwrap_err();
    let mut expected = mistakes_in(Format::Dotenv).split_off(2);
    "'soon'".clone_into(&mut expected[2][3]);
    assert_eq!(told(&report, &wrong), expected);
}

#[test]
fn a_misspelt_key_is_told_alike_and_marked() {
    for (format, text) in FORMATS {
        let (right, wrong, key) = match format {
            Format::Properties => ("database.host", "database.hots", "hots"),
            Format::Json | Format::Jsonc => ("\"host\"", "\"hots\"", "\"hots\""),
            _ => ("host", "hots", "hots"),
        };
        let wrong = text.replace(right, wrong);
        let report = Settings::loader().text(format, "app", wrong.clone()).load().unwrap_err();
        let problem = report.problems().iter().find(|problem| problem.code().as_str() == "unknown_key");
        let problem = problem.unwrap_or_else(|| panic!("{report}"));
        assert_eq!(problem.message(), "there is no setting `database.hots`", "{}", format.as_str());
        assert_eq!(problem.suggestion(), Some("host"), "{}", format.as_str());
        let origin = problem.origin().unwrap();
        let line = wrong.lines().nth(origin.line().unwrap() - 1).unwrap();
        let rest: String = line.chars().skip(origin.column().unwrap() - 1).collect();
        assert!(rest.starts_with(key), "{}: {rest}", format.as_str());
    }
}
