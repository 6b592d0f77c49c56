//! Unknown keys: exact, by the policy of the nearest container, and never with their values.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Report, Unknown, Warnings, testing};
use figment::providers::Serialized;

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Settings {
    #[config(default = 1)]
    port: u16,
    #[config(nested)]
    database: Database,
    #[config(nested)]
    open: Open,
    #[config(nested)]
    warned: Warned,
    #[config(default)]
    labels: BTreeMap<String, String>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 5432)]
    port: u16,
}

#[derive(Debug, Config)]
#[config(unknown_keys = "allow")]
struct Open {
    #[config(default = 1)]
    level: u8,
    #[config(nested)]
    inner: Inner,
    #[config(nested)]
    closed: Closed,
}

#[derive(Debug, Config)]
struct Inner {
    #[config(default = 1)]
    x: u8,
}

#[derive(Debug, Config)]
#[config(unknown_keys = "deny")]
struct Closed {
    #[config(default = 1)]
    x: u8,
}

#[derive(Debug, Config)]
#[config(unknown_keys = "warn")]
struct Warned {
    #[config(default = 1)]
    level: u8,
}

fn text(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "a.toml", text)
}

/// Errors and warnings of a load.
fn count(loader: &Loader<Settings>) -> (usize, usize) {
    match loader.load_traced() {
        Ok(loaded) => (0, loaded.warnings().len()),
        Err(report) => (report.problems().len(), report.warnings().len()),
    }
}

#[test]
fn each_kind_of_layer_has_its_policy() {
    assert_eq!(count(&text("other = 1")), (1, 0), "text denies");
    let system = confkit::System::memory().file("a.toml", "other = 1");
    assert_eq!(count(&Settings::loader().system(system).file("a.toml")), (1, 0), "files deny");
    assert_eq!(count(&Settings::loader().set("other", 1)), (1, 0), "set denies");
    assert_eq!(count(&Settings::loader().env_vars([("A_OTHER", "1")])), (0, 1), "variables warn");
    assert_eq!(
        count(&Settings::loader().provider(Serialized::default("other", 1))),
        (0, 1),
        "providers warn"
    );
}

#[test]
fn the_loader_decides_for_all_layers() {
    let loader = text("other = 1").provider(Serialized::default("more", 1)).set("last", 1);
    assert_eq!(count(&loader), (2, 1));
    assert_eq!(count(&loader.clone().unknown_keys(Unknown::Deny)), (3, 0));
    assert_eq!(count(&loader.clone().unknown_keys(Unknown::Warn)), (0, 3));
    assert_eq!(count(&loader.unknown_keys(Unknown::Allow)), (0, 0));
}

#[test]
fn the_loader_decides_for_variables_too() {
    let loader = Settings::loader().env_vars([("A_OTHER", "1")]);
    assert_eq!(count(&loader.clone().unknown_keys(Unknown::Allow)), (0, 0));
    assert_eq!(count(&loader.clone().unknown_keys(Unknown::Warn)), (0, 1));
    assert_eq!(count(&loader.unknown_keys(Unknown::Deny)), (1, 0));
}

#[test]
fn the_nearest_container_wins_over_the_loader() {
    let cases = [
        ("open.other = 1", (0, 0)),
        ("open.inner.other = 1", (0, 0)),
        ("open.closed.other = 1", (1, 0)),
        ("warned.other = 1", (0, 1)),
        ("database.other = 1", (1, 0)),
        ("other = 1", (1, 0)),
    ];
    for (key, expected) in cases {
        assert_eq!(count(&text(key)), expected, "{key}");
    }
    let loader = text("open.other = 1\nwarned.other = 1\nopen.closed.other = 1\ndatabase.other = 1");
    assert_eq!(count(&loader.clone().unknown_keys(Unknown::Allow)), (1, 1));
    assert_eq!(count(&loader.unknown_keys(Unknown::Deny)), (2, 1));
}

#[test]
fn a_container_decides_for_variables_too() {
    assert_eq!(count(&Settings::loader().env_vars([("A_OPEN_OTHER", "1")])), (0, 0));
    assert_eq!(count(&Settings::loader().env_vars([("A_OPEN_CLOSED_OTHER", "1")])), (1, 0));
}

#[test]
fn they_are_exact() {
    for key in [
        "Port = 1",
        "PORT = 1",
        "por-t = 1",
        "'port ' = 1",
        "'' = 1",
        "database.Host = 'x'",
        "'database.host' = 'x'",
    ] {
        let report = text(key).load().unwrap_err();
        assert_eq!(report.problems().len(), 1, "{key}: {report}");
        assert_eq!(report.problems()[0].code(), Code::UnknownKey, "{key}");
    }
}

#[test]
fn the_schema_key_at_the_root_alone_is_never_unknown() {
    assert_eq!(count(&text("'$schema' = 'https://example.com/s.json'")), (0, 0));
    assert_eq!(count(&text("'$schema' = 'x'").unknown_keys(Unknown::Deny)), (0, 0));
    assert_eq!(count(&text("database.'$schema' = 'x'")), (1, 0));
}

#[test]
fn the_near_name_is_told_and_nothing_where_nothing_is_near() {
    let near = |key: &str| {
        let report = text(key).load().unwrap_err();
        report.problems()[0].suggestion().map(str::to_owned)
    };
    assert_eq!(near("prot = 1").as_deref(), Some("port"));
    assert_eq!(near("Port = 1").as_deref(), Some("port"));
    assert_eq!(near("[databse]").as_deref(), Some("database"));
    assert_eq!(near("database.hots = 'x'").as_deref(), Some("host"));
    assert_eq!(near("xyzzy = 1"), None);
    assert_eq!(near("q = 1"), None);
}

#[test]
fn a_key_of_another_level_may_be_suggested_but_never_wrongly() {
    // `host` stands one level deeper: a suggestion, if any, has to name a key that exists here.
    let report = text("host = 'x'").load().unwrap_err();
    let suggestion = report.problems()[0].suggestion();
    assert!(matches!(suggestion, None | Some("database.host")), "{report}");
}

#[test]
fn the_value_of_an_unknown_key_is_never_shown() {
    let faults = [
        "passwrod = 'hunter2'",
        "passwrod = ['hunter2']",
        "[passwrod]\nx = 'hunter2'",
        "passwrod.x = 'hunter2'",
        "passwrod = '''\nhunter2\n'''",
        "port = 'x'\npasswrod = 'hunter2'",
        "database = { hots = 'hunter2', port = 'x' }",
        "[[passwrod]]\nx = 'hunter2'",
        "passwrod = { a = { b = 'hunter2' } }",
    ];
    for fault in faults {
        let report = text(fault).load().unwrap_err();
        testing::assert_hidden(&report, "hunter2");
        let warned = text(fault).unknown_keys(Unknown::Warn).load_traced();
        if let Ok(warned) = warned {
            assert!(!format!("{:?}", warned.warnings()).contains("hunter2"), "{fault}");
        }
    }
    let report = Settings::loader().set("passwrod", "hunter2").load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn an_unknown_table_is_one_problem() {
    let report = text("[other]\na = 1\nb = 2\n[other.c]\nd = 1\n").load().unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn warnings_have_place_and_code() {
    let loaded = text("\nprot = 1").unknown_keys(Unknown::Warn).load_traced().unwrap();
    let warning = &loaded.warnings()[0];
    assert_eq!(
        (warning.code(), warning.severity().as_str(), warning.path()),
        (Code::UnknownKey, "warning", "prot")
    );
    assert_eq!(warning.origin().unwrap().to_string(), "a.toml:2:1");
}

#[test]
fn warnings_are_told_as_asked() {
    use std::sync::{Arc, Mutex};
    let loader = Settings::loader().env_vars([("A_PROT", "1"), ("A_HOSTS", "2")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let call = Warnings::call(move |warnings| {
        sink.lock().unwrap().extend(warnings.iter().map(|w| w.message().to_owned()));
    });
    assert!(loader.clone().warnings(call).load().is_ok());
    assert_eq!(seen.lock().unwrap().len(), 2);
    assert!(loader.clone().warnings(Warnings::Ignore).load().is_ok());
    let denied: Report = loader.clone().warnings(Warnings::Deny).load().unwrap_err();
    assert_eq!((denied.problems().len(), denied.warnings().len()), (2, 0));
    assert!(denied.problems().iter().all(|problem| problem.severity() == confkit::Severity::Error));
    insta::assert_snapshot!(denied);
    let names = [Warnings::Print, Warnings::Ignore, Warnings::Deny, Warnings::call(|_| ())]
        .map(|policy| policy.as_str());
    assert_eq!(names, ["print", "ignore", "deny", "call"]);
}

#[test]
fn a_variable_for_a_whole_section_is_told_the_longer_names() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "SHOP")]
    struct Shop {
        #[config(nested)]
        limits: Limits,
        #[config(nested, default)]
        servers: Vec<Server>,
        #[config(nested, default)]
        regions: BTreeMap<String, Server>,
    }
    #[derive(Debug, Config)]
    struct Limits {
        #[config(default = 1)]
        burst: u8,
        #[config(default = 1)]
        rate: u8,
        #[config(default = 1)]
        connections: u8,
        #[config(default = 1)]
        requests: u8,
    }
    #[derive(Debug, Config)]
    struct Server {
        #[config(default)]
        host: String,
    }
    let variables = [
        ("SHOP_LIMITS", "{}"),
        ("SHOP_SERVERS", r#"[{"host":"a"}]"#),
        ("SHOP_REGIONS", "{}"),
        ("SHOP_OTHER", "1"),
    ];
    let loader = Shop::loader().env_vars(variables).warnings(Warnings::Deny);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[test]
fn a_failed_load_shows_its_warnings() {
    let report = text("port = 'x'").env_vars([("A_PROT", "1")]).load().unwrap_err();
    assert_eq!((report.problems().len(), report.warnings().len()), (1, 1));
    assert!(report.to_string().contains("A_PROT"), "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn an_unknown_key_in_every_layer_is_told_for_each() {
    let loader = text("prot = 1").text(Format::Toml, "b.toml", "prot = 2");
    let report = loader.load().unwrap_err();
    let places: Vec<_> =
        report.problems().iter().map(|problem| problem.origin().unwrap().to_string()).collect();
    assert_eq!(places, ["a.toml:1:1", "b.toml:1:1"]);
}

#[test]
fn policies_have_names() {
    assert_eq!(
        [Unknown::Deny, Unknown::Warn, Unknown::Allow].map(Unknown::as_str),
        ["deny", "warn", "allow"]
    );
}

#[test]
fn short_names_have_near_names_too() {
    #[derive(Debug, Config)]
    struct Short {
        #[config(default = 1)]
        db: u8,
        #[config(default = 1)]
        pw: u8,
        #[config(default = 1)]
        tls: u8,
    }
    let near = |key: &str| {
        let report = Short::loader().set(key, 1).load().unwrap_err();
        report.problems()[0].suggestion().map(str::to_owned)
    };
    // BUG: nothing is suggested for names that differ by case alone, or by a doubled letter.
    assert_eq!(
        ["Db", "DB", "pww", "tsl", "TLS"].map(near),
        ["db", "db", "pw", "tls", "tls"].map(|name| Some(name.to_owned()))
    );
    assert_eq!(["xx", "a", "dc"].map(near)[..2], [None, None]);
}
