//! `relaxed_keys`: every spelling of a key is one setting, in every layer and every output.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Secret, System, Unknown, testing};
use figment::providers::Serialized;

/// The value that is searched for.
const MARKER: &str = "marker-9d21";

#[derive(Debug, Config)]
#[config(relaxed_keys, env_prefix = "APP", args)]
struct Settings {
    #[config(default = 4, validate(range(max = 64)))]
    max_conn: u16,
    #[config(default = 1)]
    min_conn: u16,
    #[config(default, secret)]
    api_key: Secret<String>,
    #[config(default, secret(plain))]
    pin_code: String,
    #[config(nested)]
    data_base: Database,
    #[config(nested)]
    exact_part: Exact,
    #[config(nested, default)]
    work_groups: Vec<Group>,
    #[config(default)]
    free_labels: BTreeMap<String, String>,
    #[config(nested, default)]
    log_sinks: BTreeMap<String, Sink>,
}

#[derive(Debug, Config)]
#[config(relaxed_keys)]
struct Database {
    #[config(default = "localhost", alias = "server")]
    host_name: String,
    #[config(default)]
    pass_word: Secret<String>,
}

/// It says nothing of spellings.
#[derive(Debug, Config)]
struct Exact {
    #[config(default = 1)]
    time_out: u16,
}

#[derive(Debug, Default, Config)]
#[config(relaxed_keys)]
struct Group {
    #[config(default)]
    full_name: String,
}

#[derive(Debug, Config)]
#[config(relaxed_keys)]
#[serde(tag = "sink_type", rename_all = "kebab-case")]
enum Sink {
    PlainFile { file_path: String },
    Nothing,
}

fn toml(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text)
}

const SPELLINGS: [&str; 7] =
    ["max_conn", "maxConn", "max-conn", "MAX_CONN", "MaxConn", "maxconn", "MAX-CONN"];

#[test]
fn every_spelling_is_the_setting_in_every_kind_of_layer() {
    for key in SPELLINGS {
        let loaders = [
            ("text", toml(&format!("{key} = 9"))),
            ("json", Settings::loader().text(Format::Json, "a.json", format!("{{\"{key}\": 9}}"))),
            ("dotenv", Settings::loader().text(Format::Dotenv, ".env", format!("{key}=9"))),
            (
                "file",
                Settings::loader()
                    .system(System::memory().file("a.toml", format!("{key} = 9")))
                    .file("a.toml"),
            ),
            ("set", Settings::loader().set(key, 9)),
            ("provider", Settings::loader().provider(Serialized::default(key, 9))),
            ("arguments", Settings::loader().args([format!("--{key}=9")])),
        ];
        for (layer, loader) in loaders {
            let loaded = loader.unknown_keys(Unknown::Deny).load();
            assert_eq!(loaded.map(|it| it.max_conn).map_err(|it| it.to_string()), Ok(9), "{key} in {layer}");
        }
    }
}

#[test]
fn layers_meet_in_one_setting_whatever_they_call_it() {
    let loader = toml("maxConn = 2\nDataBase.hostName = 'a'\n[[workGroups]]\nFullName = 'g'")
        .text(Format::Yaml, "b.yaml", "MAX_CONN: 3\ndata-base: {SERVER: b}\n")
        .env_vars([("APP_MAX_CONN", "5"), ("APP_WORK_GROUPS__0__FULL_NAME", "h")])
        .set("max-conn", 6);
    let loaded = loader.load_traced().unwrap();
    assert_eq!((loaded.max_conn, loaded.data_base.host_name.as_str()), (6, "b"));
    assert_eq!(loaded.work_groups[0].full_name, "h");
    insta::assert_snapshot!(loaded.explain("max_conn").unwrap());
    insta::assert_snapshot!(loaded.explain("data_base.host_name").unwrap());
    insta::assert_snapshot!(loaded.explain("work_groups[0].full_name").unwrap());
}

#[test]
fn a_path_to_explain_may_be_spelt_in_any_way() {
    let loaded = toml("maxConn = 2\nDATA_BASE.server = 'a'").load_traced().unwrap();
    for (path, own) in [
        ("MAX-CONN", "max_conn"),
        ("dataBase.hostName", "data_base.host_name"),
        ("DataBase.Server", "data_base.host_name"),
    ] {
        let explained = loaded.explain(path).unwrap();
        assert_eq!(explained.path(), own);
        assert_eq!(explained.to_string(), loaded.explain(own).unwrap().to_string());
    }
    assert!(loaded.explain("exactPart").is_some());
    assert!(loaded.explain("exactPart.timeOut").is_none(), "sections decide for themselves");
}

#[test]
fn every_explanation_finds_what_stands_under_other_spellings() {
    let loaded = toml(
        "maxConn = 2\nworkGroups = [{ FULL_NAME = 'g' }]\nfreeLabels = { MyKey = 'v' }\n\
         [LogSinks.Main-One]\nsink_type = 'plain-file'\nFilePath = 'a.log'\n",
    )
    .load_traced()
    .unwrap();
    let all: Vec<String> = loaded.explanations().iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn two_spellings_in_one_document_are_set_twice() {
    let report = toml("maxConn = 2\nmin_conn = 1\nmax-conn = 2\nmin-conn = 2\n").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn map_keys_are_data() {
    let loaded = toml("freeLabels = { a-b = '1', a_b = '2', aB = '3' }").load().unwrap();
    assert_eq!(loaded.free_labels.keys().collect::<Vec<_>>(), ["a-b", "aB", "a_b"]);
    // A variable takes the key that the file has, whatever the file calls the map.
    let loader = toml("freeLabels = { MyKey = '1' }").env_vars([("APP_FREE_LABELS__MYKEY", "2")]);
    assert_eq!(loader.load().unwrap().free_labels, BTreeMap::from([("MyKey".to_owned(), "2".to_owned())]));
}

#[test]
fn names_of_variants_and_tags_are_exact() {
    let sink = |text: &str| toml(&format!("[log_sinks.a]\n{text}")).load();
    assert!(sink("sink_type = 'plain-file'\nFILE-PATH = 'a'").is_ok());
    let report = sink("sink_type = 'PlainFile'\nfile_path = 'a'").unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::UnknownVariant);
    let report = sink("sinkType = 'plain-file'\nfile_path = 'a'").unwrap_err();
    assert_eq!(testing::problem_at(&report, "log_sinks.a.sink_type").code(), Code::Missing);
}

#[test]
fn what_is_like_no_field_is_unknown_with_the_nearest_name() {
    let report = toml("maxCon = 2\nexact_part.timeOut = 3\nmax.conn = 1").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn problems_stand_at_the_key_that_is_there_and_name_the_declared_one() {
    let report = toml("MaxConn = 65\nminConn = 'x'\n[DataBase]\nHost-Name = 3\n").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[derive(Debug, Config)]
#[config(relaxed_keys)]
struct Needy {
    #[config(nested)]
    data_base: Needed,
}

#[derive(Debug, Config)]
#[config(relaxed_keys)]
struct Needed {
    host_name: String,
    user_name: String,
}

#[test]
fn help_for_what_is_missing_takes_the_table_that_is_there() {
    let loader = Needy::loader().text(Format::Toml, "app.toml", "[DataBase]\nUserName = 'u'\n");
    let report = loader.load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set `host_name` under `[DataBase]` in app.toml"));
    // In properties the path is the key.
    let loader = Needy::loader().text(Format::Properties, "app.properties", "dataBase.userName=u\n");
    let report = loader.load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set `dataBase.host_name` in app.properties"));
}

#[test]
fn a_section_has_its_own_path_exactly_and_its_keys_relaxed() {
    let text = "[service.DataBase]\nHostName = 'a'\nPASSWORD = 'p'\n";
    let loader = Database::loader().text(Format::Toml, "app.toml", text);
    let loaded = loader.clone().section("service.DataBase").load_traced().unwrap();
    assert_eq!(loaded.host_name, "a");
    assert_eq!(
        loaded.explain("service.DataBase.hostName").unwrap().to_string(),
        "service.DataBase.host_name = a\n  from app.toml:2:12\n  over localhost from default"
    );
    assert_eq!(loader.section("service.data_base").load().unwrap().host_name, "localhost");
}

#[test]
fn figment_gets_the_declared_keys() {
    let loader = toml("maxConn = 2\nDataBase.hostName = 'a'").set("MAX-CONN", 3);
    let figment = loader.figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("max_conn").unwrap(), 3);
    assert_eq!(figment.extract_inner::<String>("data_base.host_name").unwrap(), "a");
    assert!(figment.find_value("maxConn").is_err());
}

#[derive(Debug, Config)]
#[config(
    relaxed_keys,
    json_schema(text = r#"{
        "additionalProperties": false,
        "properties": {"max_conn": {"multipleOf": 10}, "free_labels": {"propertyNames": {"maxLength": 3}}}
    }"#)
)]
struct Schemed {
    max_conn: u16,
    #[config(default)]
    free_labels: BTreeMap<String, u16>,
}

#[test]
fn a_schema_sees_the_declared_keys_and_points_at_those_that_are_there() {
    let loader = Schemed::loader();
    let text = "MaxConn = 81\nFREE-LABELS = { LONG = 1 }\n";
    let report = loader.text(Format::Toml, "app.toml", text).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn secrets_are_hidden_under_every_spelling() {
    let secrets = [
        format!("ApiKey = '{MARKER}'"),
        format!("api-key = '{MARKER}'"),
        format!("PIN_CODE = '{MARKER}'"),
        format!("pinCode = '{MARKER}'"),
        format!("[dataBase]\nPassWord = '{MARKER}'"),
        format!("dataBase = {{ 'pass-word' = '{MARKER}' }}"),
    ];
    for secret in secrets {
        // Beside all kinds of problem, on its own line too.
        let broken = format!("nobody = '{MARKER}'\nmaxConn = '{MARKER}'\nMinConn = 70000\n{secret}\n");
        let report = toml(&broken).load().unwrap_err();
        testing::assert_hidden(&report, MARKER);
        let report = toml(&secret.replace("= '", "= ['")).load().unwrap_err();
        testing::assert_hidden(&report, MARKER);
        let report = toml(&format!("{secret} x\n")).load().unwrap_err();
        testing::assert_hidden(&report, MARKER);

        let loaded = toml(&secret).set("max-conn", 3).load_traced().unwrap();
        let all: Vec<String> = loaded.explanations().iter().map(|one| format!("{one}\n{one:?}")).collect();
        assert!(!all.join("\n").contains(MARKER), "{secret}");
        for path in ["apiKey", "PinCode", "dataBase", "data-base.passWord"] {
            let shown = loaded.explain(path).unwrap().to_string();
            assert!(!shown.contains(MARKER), "{secret}: {shown}");
        }
    }
}

#[test]
fn flattened_types_decide_for_themselves_and_exact_keys_come_first() {
    #[derive(Debug, Config)]
    #[config(relaxed_keys)]
    struct Outer {
        #[config(default = 1)]
        max_conn: u16,
        #[config(flatten)]
        inner: Inner,
        #[config(flatten)]
        rest: BTreeMap<String, u16>,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(default = 2)]
        maxconn: u16,
        #[config(default = 3)]
        time_out: u16,
    }
    let load = |text: &str| Outer::loader().text(Format::Toml, "a.toml", text).load().unwrap();
    let it = load("maxConn = 5\nmaxconn = 6\ntimeOut = 7\nOther = 8");
    assert_eq!((it.max_conn, it.inner.maxconn, it.inner.time_out), (5, 6, 3));
    assert_eq!(it.rest, BTreeMap::from([("Other".to_owned(), 8), ("timeOut".to_owned(), 7)]));
}

#[test]
fn the_declaration_tells_it() {
    let metadata = Settings::metadata();
    assert!(metadata.relaxed_keys());
    assert!(metadata.fields().iter().all(confkit::Field::is_relaxed));
    assert!(!Exact::metadata().relaxed_keys() && !Exact::metadata().fields()[0].is_relaxed());
    assert!(Sink::metadata().relaxed_keys());
}

#[test]
fn rules_know_fields_under_every_spelling() {
    #[derive(Debug, Config)]
    #[config(
        relaxed_keys,
        check(self.min_conn <= self.max_conn, "{min_conn} is above {max_conn}"),
        at_most_one_of(unix_socket, tcp_port)
    )]
    struct Ruled {
        min_conn: u16,
        max_conn: u16,
        unix_socket: Option<String>,
        tcp_port: Option<u16>,
    }
    let text = "MinConn = 9\nMaxConn = 3\nunixSocket = 's'\nTCP-PORT = 80\n";
    let report = Ruled::loader().text(Format::Toml, "a.toml", text).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn a_reload_takes_another_spelling_for_the_same_setting() {
    #[derive(Debug, Config)]
    #[config(relaxed_keys)]
    struct Judged {
        #[config(validate(|most| most % 2 == 0, "must be even"))]
        max_conn: u16,
    }
    let loader = |text: &str| Judged::loader().text(Format::Toml, "a.toml", text);
    let first = loader("max_conn = 2").load_traced().unwrap();
    let second = loader("MaxConn = 2").reload(&first).unwrap();
    assert_eq!(second.explain("max_conn").unwrap().to_string(), "max_conn = 2\n  from a.toml:1:11");
    let broken = loader("max-conn = 3");
    let report = broken.reload(&second).unwrap_err();
    assert_eq!(report.to_string(), broken.load().unwrap_err().to_string());
    assert_eq!(report.problems()[0].path(), "max_conn");
}
