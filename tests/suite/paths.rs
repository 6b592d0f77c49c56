//! Keys that are data, in the one grammar of paths, wherever a path is printed or read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use confkit::{Config, File, Format, Loader, testing};
use confkit_sources::path::{self, Segment};

/// Keys that say something else without quotation marks, or that need none.
const KEYS: [&str; 14] =
    ["plain", "a-b", "a_b", "a.b", "a b", "a\"b", "a\\b", "größe", "", "a[0]", "[x]", "0", "it's", "a#b=c"];

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Settings {
    #[config(default, validate(each(range(max = 9))))]
    labels: BTreeMap<String, u16>,
    #[config(nested, default)]
    servers: BTreeMap<String, Server>,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = 1, validate(range(max = 9)))]
    port: u16,
    #[config(default)]
    tags: Vec<u16>,
}

/// A document of JSON: what every format makes of a key is the same.
fn json(value: &serde_json::Value) -> Loader<Settings> {
    Settings::loader().text(Format::Json, "app.json", value.to_string())
}

fn path_of(segments: &[Segment<'_>]) -> String {
    path::to_string(segments)
}

#[test]
fn every_output_quotes_a_key_in_the_same_way() {
    let mut table = String::new();
    for key in KEYS {
        let label = path_of(&[Segment::key("labels"), Segment::key(key)]);
        let port = path_of(&[Segment::key("servers"), Segment::key(key), Segment::key("port")]);
        let host = path_of(&[Segment::key("servers"), Segment::key(key), Segment::key("host")]);
        let tag =
            path_of(&[Segment::key("servers"), Segment::key(key), Segment::key("tags"), Segment::Index(1)]);
        let stranger = path_of(&[Segment::key("servers"), Segment::key(key), Segment::key("x y")]);
        let root = path_of(&[Segment::key(if key == "plain" { "simple" } else { key })]);
        let _ = writeln!(table, "{label}");

        // Wrong values, broken rules, missing and unknown keys.
        let mut broken = serde_json::json!({
            "labels": { key: 10 },
            "servers": { key: { "port": 10, "tags": [1, "two"], "x y": 1 } },
        });
        broken[if key == "plain" { "simple" } else { key }] = 1.into();
        let report = json(&broken).env_vars([("A", "")]).load().unwrap_err();
        for path in [&label, &port, &host, &tag, &stranger, &root] {
            let problem = testing::problem_at(&report, path);
            let quoted = problem.message().contains(path.as_str());
            assert!(quoted, "{path}: {}", problem.message());
            assert!(path::parse(problem.path()).is_ok(), "{path}");
            let _ = writeln!(table, "  {}: {}", problem.code().as_str(), problem.message());
            if let Some(help) = problem.help() {
                let _ = writeln!(table, "    help: {help}");
            }
        }
        let told: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
        let told: Vec<&str> =
            told["problems"].as_array().unwrap().iter().map(|one| one["path"].as_str().unwrap()).collect();
        for path in [&label, &port, &host, &tag, &stranger, &root] {
            assert!(told.contains(&path.as_str()), "{path} in {told:?}");
        }

        // Explanations, all of them and of one path.
        let sound = serde_json::json!({ "labels": { key: 1 }, "servers": { key: { "host": "h" } } });
        let loaded = json(&sound).set(&label, 2).load_traced().unwrap();
        assert_eq!(loaded.labels, BTreeMap::from([(key.to_owned(), 2)]), "set");
        let explained = loaded.explain(&label).unwrap();
        assert_eq!(explained.path(), label);
        assert!(explained.to_string().starts_with(&format!("{label} = 2")), "{explained}");
        let explained = loaded.explain(&host).unwrap();
        assert_eq!(explained.path(), host);
        let all: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
        assert!(all.iter().any(|one| one.starts_with(&format!("{host} = h"))), "{host} in {all:?}");
        let _ = writeln!(table, "  explain: {}", loaded.explain("labels").unwrap());

        // Arguments.
        let loader = Settings::loader();
        let loaded = loader.args([format!("--{label}=3"), format!("--{host}=h")]).load();
        let loaded = loaded.unwrap_or_else(|report| panic!("{label}: {report}"));
        assert_eq!(loaded.labels.get(key), Some(&3), "{label}");
        assert_eq!(loaded.servers.keys().collect::<Vec<_>>(), [key]);
        let report = Settings::loader().args([format!("--{label}=x")]).load().unwrap_err();
        assert_eq!(report.problems()[0].path(), label);
        let _ = writeln!(table, "  argument: {}", report.problems()[0].origin().unwrap());

        // Variables: a map of values takes the rest of the name.
        let loader = json(&sound).env_vars([(format!("APP_LABELS__{}", key.to_ascii_uppercase()), "x")]);
        let loaded = loader.load();
        if key.is_empty() {
            continue;
        }
        let report = loaded.unwrap_err();
        assert_eq!(report.problems()[0].path(), label, "the file has the key");
        let _ = writeln!(table, "  variable: {}", report.problems()[0].origin().unwrap());

        // figment, which has paths of its own, shows ours where the provider is one of ours.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app.json");
        std::fs::write(&file, broken.to_string()).unwrap();
        let file = file.to_str().unwrap();
        let figments = [json(&broken).figment().unwrap(), figment::Figment::new().merge(File::new(file))];
        for figment in figments {
            let error = figment.extract::<FigmentSettings>().unwrap_err();
            let error = error.to_string().replace(&format!("{}/", folder.path().display()), "");
            let _ = writeln!(table, "  figment: {error}");
        }
    }
    insta::assert_snapshot!(table);
}

#[derive(Debug, serde::Deserialize)]
struct FigmentSettings {
    #[expect(dead_code, reason = "it is read to fail")]
    labels: BTreeMap<String, bool>,
}

#[test]
fn notes_and_conflicts_quote_keys() {
    #[derive(Debug, Config)]
    struct Held {
        #[config(nested, default)]
        servers: BTreeMap<String, Pair>,
    }
    #[derive(Debug, Config)]
    #[config(check(self.min <= self.max, "min is above max"))]
    struct Pair {
        min: u16,
        max: u16,
    }
    let report = Held::loader()
        .text(Format::Toml, "a.toml", "[servers.'a.b']\nmin = 'x'\nmax = 1\n")
        .text(Format::Toml, "b.toml", "servers.'a.b'.max.c = 2\nservers.'c.d' = 1\n")
        .load()
        .unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_key_that_is_there_twice_is_quoted() {
    let mut told = String::new();
    for (format, name, text) in [
        (Format::Toml, "a.toml", "[labels]\n'a.b' = 1\n'a.b' = 2\n"),
        (Format::Json, "a.json", r#"{"labels": {"a.b": 1, "a.b": 2}}"#),
        (Format::Yaml, "a.yaml", "labels:\n  a.b: 1\n  a.b: 2\n"),
        (Format::Ini, "a.ini", "[labels]\na.b = 1\na.b = 2\n"),
        (Format::Properties, "a.properties", "labels.a\\.b=1\nlabels.a\\.b=2\n"),
    ] {
        let report = Settings::loader().text(format, name, text).load().unwrap_err();
        let problem = &report.problems()[0];
        let _ = writeln!(told, "{name}: {}: {}", problem.path(), problem.message());
    }
    insta::assert_snapshot!(told);
}

#[test]
fn declared_keys_with_dots_are_quoted_too() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP", args)]
    struct Dotted {
        #[config(nested, rename = "log.sink")]
        sink: Level,
        #[config(default = 1, rename = "a b")]
        spaced: u16,
    }
    #[derive(Debug, Config)]
    struct Level {
        #[config(rename = "max.level")]
        max_level: u8,
    }
    let mut told = format!("{:?}\n", testing::paths::<Dotted>());
    for (format, name, text) in [
        (Format::Json, "a.json", "{}"),
        (Format::Ini, "a.ini", ""),
        (Format::Properties, "a.properties", ""),
        (Format::Yaml, "a.yaml", "{}"),
    ] {
        let report = Dotted::loader().text(format, name, text).load().unwrap_err();
        let _ = writeln!(told, "{}", report.problems()[0].help().unwrap());
    }
    let report = Dotted::loader().text(Format::Toml, "a.toml", "'a b' = 'x'").env_vars([("A", "")]);
    let _ = writeln!(told, "{}", report.load().unwrap_err());
    let loader = Dotted::loader().args(["--\"log.sink\".\"max.level\"=3", "--\"a b\"=2"]);
    let loaded = loader.load_traced().unwrap();
    for explanation in loaded.explanations() {
        let _ = writeln!(told, "{explanation}");
    }
    let loaded = Dotted::loader().env_vars([("APP_LOG_SINK_MAX_LEVEL", "4")]).load_traced().unwrap();
    let _ = writeln!(told, "{}", loaded.explain("\"log.sink\".\"max.level\"").unwrap());
    let system = confkit::System::memory().args(["--help"]);
    let _ = writeln!(told, "{}", Dotted::loader().system(system).declared().load_traced().unwrap_err());
    insta::assert_snapshot!(told);
}
