//! `set`: overrides from the program.

use std::collections::BTreeMap;
use std::time::Duration;

use confkit::{Code, Config, Format, Loader, Secret, testing};
use serde::{Serialize, Serializer};

#[derive(Debug, Config)]
struct Settings {
    #[config(default = 1)]
    port: u16,
    tag: Option<String>,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default)]
    password: Secret<String>,
    #[config(default)]
    list: Vec<u16>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 5)]
    pool: u16,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default)]
    tags: Vec<String>,
}

const BASE: &str = "port = 2\n[database]\nhost = 'base'\n[[servers]]\nhost = 'a'\n[[servers]]\nhost = 'b'\ntags = ['x', 'y']\n[labels]\nk = 'v'\n";

fn base() -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "base.toml", BASE)
}

#[test]
fn paths_lead_into_sections_lists_and_maps() {
    let loader = base()
        .set("port", 3)
        .set("database.host", "set")
        .set("servers[1].host", "z")
        .set("servers[1].tags[0]", "w")
        .set("labels.\"a.b\"", "dotted")
        .set("labels.plain", String::from("p"));
    let settings = loader.load().unwrap();
    assert_eq!((settings.port, settings.database.host.as_str(), settings.database.pool), (3, "set", 5));
    assert_eq!(settings.servers[0].host, "a");
    assert_eq!(
        (settings.servers[1].host.as_str(), settings.servers[1].tags.as_slice()),
        ("z", &["w".to_owned(), "y".to_owned()][..])
    );
    assert_eq!(
        settings.labels.into_iter().collect::<Vec<_>>(),
        [("a.b", "dotted"), ("k", "v"), ("plain", "p")].map(|(k, v)| (k.to_owned(), v.to_owned()))
    );
}

#[test]
fn it_stacks_in_call_order() {
    assert_eq!(Settings::loader().set("port", 3).set("port", 4).load().unwrap().port, 4);
    assert_eq!(Settings::loader().set("port", 3).text(Format::Toml, "t", "port = 5").load().unwrap().port, 5);
}

#[test]
fn none_is_a_no_op() {
    let loader =
        base().set("port", None::<u16>).set("tag", None::<&str>).set("database.host", None::<String>);
    let settings = loader.load().unwrap();
    assert_eq!((settings.port, settings.tag, settings.database.host.as_str()), (2, None, "base"));
    assert_eq!(base().set("port", Some(9)).load().unwrap().port, 9);
    // A path is judged whatever the value.
    testing::assert_codes(&base().set("prot", None::<u16>).load(), &[]);
}

#[test]
fn values_may_be_of_any_type_that_serialises() {
    #[derive(Serialize)]
    struct Over {
        host: &'static str,
    }
    let loader = base()
        .set("database", Over { host: "whole" })
        .set("list", vec![1, 2])
        .set("labels", BTreeMap::from([("k", "new")]))
        .set("password", Secret::from("hunter2".to_owned()));
    let loaded = loader.load_traced().unwrap();
    assert_eq!((loaded.database.host.as_str(), loaded.database.pool), ("whole", 5));
    assert_eq!(loaded.list, [1, 2]);
    assert_eq!(loaded.labels["k"], "new");
    assert_eq!(loaded.password.expose(), "hunter2", "a secret is set in clear and shown masked");
    assert_eq!(loaded.explain("password").unwrap().value(), Some("[redacted]"));
}

#[test]
fn a_bad_path_is_a_problem_at_load() {
    for path in [
        "",
        ".",
        "a.",
        ".a",
        "servers[",
        "servers[x]",
        "servers[0",
        "a..b",
        "\"open",
        "servers[-1].host",
        "servers]0[",
    ] {
        let result = base().set(path, 1).load();
        let report = result.unwrap_err();
        assert_eq!(report.problems().len(), 1, "{path:?}: {report}");
    }
    insta::assert_snapshot!(base().set("servers[x].host", "h").load().unwrap_err());
}

#[test]
fn an_unknown_path_is_an_unknown_key() {
    let result = base().set("databse.host", "x").load();
    testing::assert_codes(&result, &[Code::UnknownKey]);
    let report = result.unwrap_err();
    assert_eq!(report.problems()[0].suggestion(), Some("database"));
    insta::assert_snapshot!(report);
    let inner = base().set("database.hots", "hunter2").load().unwrap_err();
    assert_eq!(
        (inner.problems()[0].path(), inner.problems()[0].suggestion()),
        ("database.hots", Some("host"))
    );
    testing::assert_hidden(&inner, "hunter2");
}

#[test]
fn a_wrong_type_names_the_call() {
    let result = base().set("port", "many").set("database", 5).set("servers[0]", "x").load();
    let report = result.unwrap_err();
    assert_eq!(report.problems()[0].origin().unwrap().to_string(), "set(\"port\")");
    assert!(
        report.problems().iter().all(|problem| matches!(problem.code(), Code::Type | Code::Conflict)),
        "{report}"
    );
    assert_eq!(report.problems().len(), 3, "{report}");
    insta::assert_snapshot!(report);
}

/// A value whose type does not let it be written, and says why.
struct Refuses;

impl Serialize for Refuses {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("hunter2 is too short"))
    }
}

#[test]
fn a_value_that_cannot_be_written_is_a_problem_without_the_value() {
    let result = base().set("port", Refuses).load();
    assert_eq!(result.unwrap_err().problems().len(), 1);
    let result = base().set("labels", BTreeMap::from([((1, 2), 3)])).load();
    assert_eq!(result.unwrap_err().problems().len(), 1, "a key that is no text");
}

#[test]
fn what_a_value_says_of_itself_is_shown_where_nothing_is_secret() {
    #[derive(Debug, Config)]
    struct Open {
        #[config(default = "x")]
        name: String,
    }
    let report = base().set("password", Refuses).load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    assert_eq!(
        report.problems()[0].message(),
        "the value for `password` cannot be used: its type refuses to write it"
    );
    let report = Open::loader().set("name", Refuses).load().unwrap_err();
    assert_eq!(report.problems()[0].message(), "the value for `name` cannot be used: hunter2 is too short");
}

#[test]
fn an_index_past_the_end() {
    let settings = base().set("servers[2].host", "c").load().unwrap();
    assert_eq!(settings.servers.len(), 3);
    assert!(base().set("servers[7].host", "c").load().is_err(), "a hole is a problem");
    assert!(base().set("servers[4000000000].host", "c").load().is_err(), "and costs nothing");
    assert!(base().set("servers[18446744073709551616].host", "c").load().is_err());
}

#[test]
fn numbers_keep_their_width() {
    #[derive(Debug, Config)]
    struct Wide {
        big: u128,
        small: i128,
        float: f64,
        letter: char,
        wait: Duration,
    }
    let loader = Wide::loader()
        .set("big", u128::MAX)
        .set("small", i128::MIN)
        .set("float", 1.5)
        .set("letter", 'x')
        .set("wait", "5s");
    let wide = loader.load().unwrap();
    assert_eq!((wide.big, wide.small, wide.letter, wide.wait.as_secs()), (u128::MAX, i128::MIN, 'x', 5));
    testing::assert_codes(&loader.set("wait", 5).load(), &[Code::Type]);
}

#[test]
fn a_duration_that_the_program_has_can_be_set() {
    #[derive(Debug, Config)]
    struct Waits {
        wait: Duration,
    }
    // serde writes `{ secs, nanos }`; who sets a `Duration` expects it to be taken.
    assert_eq!(
        Waits::loader().set("wait", Duration::from_millis(1500)).load().unwrap().wait,
        Duration::from_millis(1500)
    );
}

#[test]
fn text_set_by_the_program_keeps_its_type() {
    // `set` is typed by its argument, as files are.
    testing::assert_codes(&base().set("port", "5").load(), &[Code::Type]);
    testing::assert_codes(&base().set("tag", 5).load(), &[Code::Type]);
}

#[test]
fn the_mask_is_no_value() {
    let result = base().set("password", "[redacted]").load();
    assert_eq!(result.unwrap_err().problems()[0].path(), "password");
}

#[test]
fn a_key_with_control_characters_is_shown_clean() {
    let report = base().set("a\u{202e}b\u{7}", 1).load().unwrap_err();
    for text in [report.to_string(), report.to_json(), report.problems()[0].message().to_owned()] {
        assert!(!text.contains(['\u{202e}', '\u{7}']), "{text:?}");
    }
}

#[test]
fn elements_of_an_absent_list() {
    let settings = Settings::loader().set("list[0]", 7).set("servers[0].host", "h").load().unwrap();
    assert_eq!((settings.list, settings.servers[0].host.as_str()), (vec![7], "h"));
}

#[test]
fn a_section_that_is_a_scalar() {
    let result = Database::loader().set("database", 5).section("database").load();
    let report = result.unwrap_err();
    assert_eq!((report.problems().len(), report.problems()[0].path()), (1, "database"), "{report}");
}
