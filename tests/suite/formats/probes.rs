//! The probes of everyday mistakes in every format: the same problems, at the right places.

use confkit::{Code, Config, Format, Report, System, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    name: String,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
}

#[derive(Debug, Config)]
struct Database {
    host: String,
    port: u16,
}

#[derive(Debug, Config)]
struct Server {
    addr: String,
    weight: u32,
}

const JSON: &str = r#"{
  "name": 3,
  "database": {
    "port": 70000
  },
  "servers": [
    {"addr": "a", "weight": 1},
    {"addr": "b", "weight": "heavy"}
  ]
}
"#;

const YAML: &str = "\
name: 3
database:
  port: 70000
servers:
  - addr: a
    weight: 1
  - addr: b
    weight: heavy
";

const INI: &str = "\
servers = [{\"addr\": \"b\", \"weight\": 1}]
[database]
port = 70000
";

const PROPERTIES: &str = "\
servers = [{\"addr\": \"b\", \"weight\": 1}]
database.port = 70000
";

const RON: &str = "\
Settings(
    name: 3,
    database: (port: 70000),
    servers: [
        (addr: \"a\", weight: 1),
        Server(addr: \"b\", weight: \"heavy\"),
    ],
)
";

const HCL: &str = "\
name = 3
database {
  port = 70000
}
servers {
  addr   = \"a\"
  weight = 1
}
servers {
  addr   = \"b\"
  weight = \"heavy\"
}
";

fn places(report: &Report) -> Vec<(&str, String)> {
    let place = |problem: &confkit::Problem| problem.origin().map(ToString::to_string).unwrap_or_default();
    report.problems().iter().map(|problem| (problem.path(), place(problem))).collect()
}

#[test]
fn four_faults_in_one_file_are_four_problems() {
    for (path, text, expected) in [
        ("base.json", JSON, ["base.json:2:11", "base.json:4:13", "base.json:8:29"]),
        ("base.yaml", YAML, ["base.yaml:1:7", "base.yaml:3:9", "base.yaml:8:13"]),
        ("base.ron", RON, ["base.ron:2:11", "base.ron:3:22", "base.ron:6:35"]),
        ("base.hcl", HCL, ["base.hcl:1:8", "base.hcl:3:10", "base.hcl:11:12"]),
    ] {
        let system = System::memory().file(path, text);
        let report = Settings::loader().system(system).file(path).env_vars([("X", "")]).load().unwrap_err();
        insta::assert_snapshot!(report);
        let [name, port, weight] = expected.map(str::to_owned);
        let expected = [
            ("name", name),
            ("database.port", port),
            ("servers[1].weight", weight),
            ("database.host", String::new()),
        ];
        assert_eq!(places(&report), expected);
        let help = testing::problem_at(&report, "database.host").help().unwrap();
        assert_eq!(help, format!("set `host` under `database` in {path}, or ORDERS_DATABASE_HOST"));
    }
}

/// All values are text, which fits the name: what is left of the probe is the same in both.
#[test]
fn faults_in_formats_without_types_are_told_in_one_report() {
    for (path, text, port, help) in [
        ("base.ini", INI, "base.ini:3:8", "`host` under `[database]` in base.ini"),
        ("base.properties", PROPERTIES, "base.properties:2:17", "`database.host` in base.properties"),
    ] {
        let system = System::memory().file(path, text);
        let report = Settings::loader().system(system).file(path).env_vars([("X", "")]).load().unwrap_err();
        insta::assert_snapshot!(report);
        let place = testing::problem_at(&report, "database.port").origin().unwrap().to_string();
        assert_eq!(place, port);
        let told = testing::problem_at(&report, "database.host").help().unwrap();
        assert_eq!(told, format!("set {help}, or ORDERS_DATABASE_HOST"));
    }
}

#[test]
fn an_unknown_key_is_told_with_the_near_one() {
    for (format, text, place) in [
        (Format::Json, "{\"name\": \"a\",\n \"databse\": {\"host\": \"b\"}}", "x:2:2"),
        (Format::Yaml, "name: a\ndatabse:\n  host: b\n", "x:2:1"),
        (Format::Ini, "name = a\n[databse]\nhost = b\n", "x:2:2"),
        (Format::Dotenv, "name=a\ndatabse=b\n", "x:2:1"),
        (Format::Properties, "name=a\ndatabse.host=b\n", "x:2:1"),
        (Format::Ron, "(name: \"a\",\n databse: (host: \"b\"))", "x:2:2"),
        (Format::Hcl, "name = \"a\"\ndatabse {\n  host = \"b\"\n}\n", "x:2:1"),
    ] {
        let report = Settings::loader().text(format, "x", text).load().unwrap_err();
        let problem = testing::problem_at(&report, "databse");
        assert_eq!((problem.code(), problem.suggestion()), (Code::UnknownKey, Some("database")));
        assert_eq!(problem.origin().unwrap().to_string(), place);
    }
}

#[test]
fn a_key_that_is_there_twice_is_told_with_both_places() {
    for (format, text, places) in [
        (Format::Json, "{\"name\": \"a\",\n \"name\": \"b\"}", ["x:2:2", "x:1:2"]),
        (Format::Yaml, "name: a\nname: b\n", ["x:2:1", "x:1:1"]),
        (Format::Ini, "name = a\nname = b\n", ["x:2:1", "x:1:1"]),
        (Format::Dotenv, "name=a\nname=b\n", ["x:2:1", "x:1:1"]),
        (Format::Properties, "name=a\nname=b\n", ["x:2:1", "x:1:1"]),
        (Format::Ron, "(name: \"a\",\n name: \"b\")", ["x:2:2", "x:1:2"]),
        (Format::Hcl, "name = \"a\"\nname = \"b\"\n", ["x:2:1", "x:1:1"]),
    ] {
        let report = Settings::loader().text(format, "x", text).load().unwrap_err();
        let problem = testing::problem_at(&report, "name");
        assert_eq!(problem.code(), Code::Duplicate);
        assert_eq!(problem.origin().unwrap().to_string(), places[0]);
        assert_eq!(problem.related()[0].origin().to_string(), places[1]);
    }
}

#[test]
fn a_broken_file_and_a_wrong_type_in_another_are_two_problems_and_a_note() {
    for (format, broken, wrong) in [
        (Format::Json, "{\"name\": }", "{\"database\": {\"port\": \"x\"}}"),
        (Format::Yaml, "name: 'x\n", "database:\n  port: x\n"),
        (Format::Ini, "name = 'x\n", "[database]\nport = x\n"),
        (Format::Properties, "name = \\q\n", "database.port=x\n"),
        (Format::Ron, "(name: )", "(database: (port: \"x\"))"),
        (Format::Hcl, "name = \n", "database {\n  port = \"x\"\n}\n"),
    ] {
        let loader = Settings::loader().text(format, "base", broken);
        let result = loader.text(format, "over", wrong).load();
        testing::assert_codes(&result, &[Code::Syntax, Code::Type]);
        let note = "2 required settings were not checked because base could not be read";
        assert_eq!(result.unwrap_err().notes(), [note]);
    }
}

#[test]
fn formats_are_layers_like_any_other() {
    let loaded = Settings::loader()
        .text(Format::Toml, "a.toml", "name = 'a'\n[database]\nhost = 'h'\nport = 1\n")
        .text(Format::Json, "b.json", "{\"database\": {\"port\": 2}}")
        .text(Format::Yaml, "c.yaml", "name: c\n")
        .text(Format::Ini, "d.ini", "[database]\nport = 3\n")
        .text(Format::Properties, "e.properties", "database.host = e\n")
        .text(Format::Dotenv, "f.env", "name=f\n")
        .text(Format::Ron, "g.ron", "(database: Database(host: \"g\"))")
        .text(Format::Hcl, "h.hcl", "database {\n  port = 4\n}\n")
        .load_traced()
        .unwrap();
    assert_eq!((loaded.name.as_str(), loaded.database.port), ("f", 4));
    assert_eq!(loaded.explain("database.port").unwrap().origin().to_string(), "h.hcl:2:10");
    assert_eq!(loaded.explain("database.host").unwrap().origin().to_string(), "g.ron:1:27");
    assert_eq!(loaded.explain("name").unwrap().origin().to_string(), "f.env:1:6");
}

#[test]
fn text_that_is_not_utf8_is_an_encoding_problem() {
    for path in ["a.json", "a.yaml", "a.ini", "a.env", "a.properties", "a.ron", "a.hcl"] {
        let system = System::memory().file(path, *b"\"a\": \"\n \xff\"");
        let report = Settings::loader().system(system).file(path).load().unwrap_err();
        assert_eq!(report.problems()[0].code(), Code::Encoding);
        assert_eq!(report.problems()[0].origin().unwrap().to_string(), format!("{path}:2:2"));
    }
}

#[expect(clippy::result_large_err, reason = "figment asks for its own error")]
#[test]
fn files_are_figment_providers_and_figments_are_layers() {
    use figment::{Figment, Jail};

    Jail::expect_with(|jail| {
        jail.create_file("a.json", "{\"name\": \"n\", \"database\": {\"port\": 1}}")?;
        jail.create_file("b.yml", "database:\n  host: h\n  port: x\n")?;
        let file = |name: &str| confkit_sources::File::new(jail.directory().join(name));
        let figment = Figment::from(file("a.json")).merge(file("b.yml"));
        let host: String = figment.extract_inner("database.host")?;
        assert_eq!(host, "h");
        let error = figment.extract_inner::<u16>("database.port").unwrap_err().to_string();
        assert!(error.contains("b.yml:3:9"), "{error}");
        let report = Settings::loader().provider(figment).load().unwrap_err();
        testing::problem_at(&report, "database.port");
        Ok(())
    });
    let loader = Settings::loader().text(Format::Yaml, "c.yaml", "name: c\n");
    let name: String = loader.figment().unwrap().extract_inner("name").unwrap();
    assert_eq!(name, "c");
}
