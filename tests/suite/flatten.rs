//! `flatten`: fields of another type beside one's own, and maps that take the rest.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Report, Secret, testing};

#[derive(Debug, Config)]
struct Pool {
    #[config(default = 10)]
    max_conn: u16,
    #[config(flatten)]
    timeouts: Timeouts,
}

#[derive(Debug, Config)]
struct Timeouts {
    #[config(default = 5, validate(range(min = 1)))]
    connect: u16,
    #[config(default)]
    token: Secret<String>,
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Settings {
    name: String,
    #[config(flatten)]
    pool: Pool,
    #[config(nested)]
    section: Option<Section>,
}

#[derive(Debug, Config)]
struct Section {
    #[config(flatten)]
    timeouts: Timeouts,
    #[config(flatten)]
    rest: BTreeMap<String, u16>,
}

fn load(text: &str) -> Result<Settings, Report> {
    Settings::loader().text(Format::Toml, "a.toml", text).load()
}

#[test]
fn nested_flattened_fields_are_beside_ones_own() {
    let settings = load("name = 'n'\nmax_conn = 3\nconnect = 4\n").unwrap();
    assert_eq!((settings.pool.max_conn, settings.pool.timeouts.connect), (3, 4));
    let vars = [("A_NAME", "n"), ("A_MAX_CONN", "7"), ("A_CONNECT", "8"), ("A_TOKEN", "t")];
    let settings = Settings::loader().env_vars(vars).load().unwrap();
    assert_eq!((settings.pool.max_conn, settings.pool.timeouts.connect), (7, 8));
    assert_eq!(settings.pool.timeouts.token.expose(), "t");
    assert_eq!(testing::paths::<Settings>()[..4], ["name", "max_conn", "connect", "token"]);
}

#[test]
fn problems_have_the_flat_path() {
    let report = load("name = 'n'\nmax_conn = 'x'\nconnect = 0\ntoken = 5\n").unwrap_err();
    let found: Vec<_> = report.problems().iter().map(|problem| (problem.code(), problem.path())).collect();
    assert_eq!(
        found,
        [(Code::Type, "max_conn"), (Code::Invalid, "connect"), (Code::Type, "token")],
        "{report}"
    );
    let unknown = load("name = 'n'\nconect = 1\npool = {}\ntimeouts = {}\n").unwrap_err();
    let paths: Vec<_> = unknown.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["conect", "pool", "timeouts"], "{unknown}");
    assert_eq!(unknown.problems()[0].suggestion(), Some("connect"));
}

#[test]
fn a_map_takes_the_rest() {
    let settings = load("name = 'n'\n[section]\nconnect = 2\nx = 1\n\"y.z\" = 2\n").unwrap();
    let section = settings.section.unwrap();
    assert_eq!(section.timeouts.connect, 2);
    assert_eq!(section.rest.into_iter().collect::<Vec<_>>(), [("x".into(), 1), ("y.z".into(), 2)]);
    let report = load("name = 'n'\n[section]\nx = 'a'\ny = 1\nz = 'b'\n").unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["section.x", "section.z"], "{report}");
}

#[test]
fn the_rest_is_combined_over_layers() {
    let loader = Settings::loader().text(Format::Toml, "base", "name = 'n'\n[section]\nx = 1\ny = 2\n").text(
        Format::Toml,
        "over",
        "[section]\ny = 3\nz = 4\n",
    );
    let rest = loader.load().unwrap().section.unwrap().rest;
    assert_eq!(rest.into_iter().collect::<Vec<_>>(), [("x".into(), 1), ("y".into(), 3), ("z".into(), 4)]);
}

#[test]
fn the_rest_of_the_root_takes_values_of_any_kind() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Open {
        #[config(default = 1)]
        port: u16,
        #[config(flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }
    let open =
        Open::loader().text(Format::Toml, "a", "port = 2\nother = [1]\ndeep.er = 'x'\n").load().unwrap();
    assert_eq!((open.port, open.rest.len()), (2, 2));
    assert_eq!(open.rest["deep"], serde_json::json!({ "er": "x" }));
}

#[test]
fn explain_finds_flattened_settings_and_the_rest() {
    let loaded = Settings::loader()
        .text(Format::Toml, "a.toml", "name = 'n'\nconnect = 4\n[section]\nx = 1\n")
        .load_traced()
        .unwrap();
    assert_eq!(loaded.explain("connect").unwrap().origin().to_string(), "a.toml:2:11");
    assert_eq!(loaded.explain("token").unwrap().value(), Some("[redacted]"));
    let rest = loaded.explain("section.x");
    assert_eq!(rest.map(|rest| rest.origin().to_string()).as_deref(), Some("a.toml:4:5"));
}

#[test]
fn a_secret_rest_is_masked() {
    #[derive(Debug, Config)]
    struct Keys {
        #[config(flatten)]
        keys: BTreeMap<String, Secret<String>>,
    }
    let keys = Keys::loader().text(Format::Toml, "a", "a = 'hunter2'").load_traced().unwrap();
    assert_eq!(keys.keys["a"].expose(), "hunter2");
    assert!(!format!("{:?} {:?}", keys, keys.explanations()).contains("hunter2"));
    let report = Keys::loader()
        .text(Format::Toml, "a", "a = 'hunter2'\nb = ['hunter2']\nc = { d = 'hunter2' }")
        .load()
        .unwrap_err();
    assert_eq!(report.problems().len(), 2, "{report}");
    testing::assert_hidden(&report, "hunter2");
}

#[test]
fn an_unknown_key_policy_of_a_flattened_type_does_not_open_its_surroundings() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(default = 1)]
        a: u8,
        #[config(flatten)]
        inner: Open,
    }
    #[derive(Debug, Config)]
    #[config(unknown_keys = "allow")]
    struct Open {
        #[config(default = 1)]
        b: u8,
    }
    // The container of the keys is `Outer`, which says nothing: files deny.
    let result = Outer::loader().text(Format::Toml, "a", "a = 1\nc = 1").load();
    testing::assert_codes(&result, &[Code::UnknownKey]);
}

/// The derive does not see through it.
type Hidden = Option<Timeouts>;

#[test]
fn a_flattened_option_that_the_derive_cannot_see_takes_its_own_keys_alone() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(flatten)]
        timeouts: Hidden,
    }
    let load = |text: &str| Settings::loader().text(Format::Toml, "a.toml", text).load();
    assert_eq!(load("connect = 2").unwrap().timeouts.unwrap().connect, 2);
    let report = load("conect = 2\nother = 1").unwrap_err();
    let told: Vec<_> = report.problems().iter().map(|it| (it.path(), it.suggestion())).collect();
    assert_eq!(told, [("conect", Some("connect")), ("other", None)], "{report}");
}

#[test]
fn a_map_inside_a_flattened_type_takes_the_rest() {
    #[derive(Debug, Config)]
    struct Outer {
        port: u16,
        #[config(flatten)]
        middle: Middle,
    }
    #[derive(Debug, Config)]
    struct Middle {
        #[config(default = 1)]
        level: u8,
        #[config(flatten)]
        inner: Inner,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(flatten)]
        limits: BTreeMap<String, u8>,
    }
    let load = |text: &str| Outer::loader().text(Format::Toml, "a.toml", text).load();
    let outer = load("port = 80\nrequests = 5\nlevel = 2\nbytes = 6\n").unwrap();
    assert_eq!((outer.port, outer.middle.level), (80, 2));
    let limits: Vec<_> = outer.middle.inner.limits.into_iter().collect();
    assert_eq!(limits, [("bytes".into(), 6), ("requests".into(), 5)]);
    let report = load("port = 80\nrequests = 'many'\n").unwrap_err();
    assert_eq!(testing::problem_at(&report, "requests").origin().unwrap().to_string(), "a.toml:2:12");
}
