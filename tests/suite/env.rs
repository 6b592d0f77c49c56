//! Environment names, sentence by sentence of the contract.

use std::collections::{BTreeMap, HashMap};

use confkit::{Code, Config, Format, Problem, Report, Secret, System, Warnings, testing};

#[derive(Debug, Config)]
#[config(env_prefix = "ORDERS")]
struct Settings {
    #[config(default = 1)]
    port: u16,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    regions: BTreeMap<String, Server>,
    #[config(default)]
    labels: BTreeMap<String, String>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = 10)]
    max_conn: u16,
    #[config(default = "none")]
    max: String,
}

#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = 1)]
    max_weight: u32,
}

fn load<T: Config>(vars: &[(&str, &str)]) -> Result<T, Report> {
    T::loader().system(System::memory()).warnings(Warnings::Ignore).env_vars(vars.iter().copied()).load()
}

/// The warnings of a load that succeeds, as (message, suggestion).
fn warnings<T: Config>(vars: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let told = |problem: &Problem| (problem.message().to_owned(), problem.suggestion().map(str::to_owned));
    let loaded = T::loader().system(System::memory()).env_vars(vars.iter().copied()).load_traced();
    loaded.unwrap_or_else(|report| panic!("{report}")).warnings().iter().map(told).collect()
}

#[derive(Config)]
#[config(env_prefix = "A")]
struct Deep {
    #[config(nested)]
    b: B,
}

#[derive(Config)]
struct B {
    #[config(nested)]
    c_d: C,
}

#[derive(Config)]
struct C {
    e: u8,
}

#[test]
fn segments_are_joined_by_one_or_two_underscores_also_mixed() {
    for name in ["ORDERS_DATABASE_MAX_CONN", "ORDERS_DATABASE__MAX_CONN"] {
        let settings: Settings = load(&[(name, "7")]).unwrap();
        assert_eq!((settings.database.max_conn, settings.database.max.as_str()), (7, "none"), "{name}");
    }
    for name in ["A_B_C_D_E", "A_B__C_D_E", "A_B_C_D__E", "A_B__C_D__E"] {
        assert_eq!(load::<Deep>(&[(name, "7")]).map(|deep| deep.b.c_d.e).ok(), Some(7), "{name}");
    }
    assert!(load::<Deep>(&[("A_B_C__D_E", "7")]).is_err(), "inside a name there is one underscore");
}

#[test]
fn two_underscores_behind_the_prefix_are_read_or_told() {
    // The contract has `__` between segments; who writes it everywhere must not lose a value silently.
    let vars = [("ORDERS__DATABASE__MAX_CONN", "7")];
    let settings: Settings = load(&vars).unwrap();
    let told = warnings::<Settings>(&vars);
    let near = told.first().and_then(|(_, near)| near.as_deref());
    assert!(settings.database.max_conn == 7 || near == Some("ORDERS_DATABASE_MAX_CONN"), "{told:?}");
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP", rename_all = "camelCase")]
struct Names {
    #[config(default)]
    max_conn: String,
    #[config(rename = "kebab-key", default)]
    kebab: String,
    #[config(rename = "dotted.key", default)]
    dotted: String,
    #[config(rename = "snake_key", default)]
    snake: String,
    #[config(default)]
    utf8: String,
    #[config(rename = "oauth2_url", default)]
    oauth: String,
    #[config(default)]
    r#type: String,
    #[config(rename = "other", default)]
    original: String,
}

#[test]
fn names_follow_rename_and_split_words() {
    let read: [(&str, fn(&Names) -> &str); 8] = [
        ("APP_MAX_CONN", |names| &names.max_conn),
        ("APP_KEBAB_KEY", |names| &names.kebab),
        ("APP_DOTTED_KEY", |names| &names.dotted),
        ("APP_SNAKE_KEY", |names| &names.snake),
        ("APP_UTF8", |names| &names.utf8),
        ("APP_OAUTH2_URL", |names| &names.oauth),
        ("APP_TYPE", |names| &names.r#type),
        ("APP_OTHER", |names| &names.original),
    ];
    for (name, field) in read {
        let names: Names = load(&[(name, "set")]).unwrap();
        assert_eq!(field(&names), "set", "{name}");
    }
    assert_eq!(warnings::<Names>(&[("APP_ORIGINAL", "x"), ("APP_UTF_8", "x")]).len(), 2);
}

#[test]
fn a_trailing_underscore_of_the_prefix_is_tolerated() {
    #[derive(Config)]
    #[config(env_prefix = "APP_")]
    struct Settings {
        #[config(default = 1)]
        port: u16,
    }
    assert_eq!(load::<Settings>(&[("APP_PORT", "2")]).unwrap().port, 2);
    for prefix in ["OTHER", "OTHER_"] {
        let loader = Settings::loader().env_prefix(prefix).env_vars([("OTHER_PORT", "3"), ("APP_PORT", "2")]);
        assert_eq!(loader.load().unwrap().port, 3, "{prefix}");
    }
}

#[test]
fn without_a_prefix_only_marked_fields_have_variables() {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(env, default = "-")]
        marked: String,
        #[config(env = "DATABASE_URL", default = "-")]
        named: String,
        #[config(default = "-")]
        unmarked: String,
        #[config(nested)]
        inner: Inner,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(env, default = "-")]
        deep: String,
    }
    let vars = [
        ("MARKED", "a"),
        ("DATABASE_URL", "b"),
        ("UNMARKED", "c"),
        ("NAMED", "d"),
        ("INNER_DEEP", "e"),
        ("HOME", "/"),
    ];
    let settings: Settings = load(&vars).unwrap();
    let read = (settings.marked, settings.named, settings.unmarked, settings.inner.deep);
    assert_eq!(read, ("a".into(), "b".into(), "-".into(), "e".into()));
    assert_eq!(warnings::<Settings>(&vars), [], "without a prefix other variables are nobody's business");
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Marked {
    #[config(env(skip), default = "-")]
    skipped: String,
    #[config(env = "PORT", default = "-")]
    absolute: String,
    #[config(env_alias = "OLD_NAME", env_alias = "OLDER", default = "-")]
    aliased: String,
    #[config(nested(env_prefix = "DB"))]
    database: Part,
    #[config(nested, env(skip))]
    closed: Part,
}

#[derive(Debug, Config)]
struct Part {
    #[config(default = "-")]
    host: String,
}

#[test]
fn env_keys_decide_about_names() {
    let vars =
        [("APP_SKIPPED", "1"), ("PORT", "2"), ("OLDER", "3"), ("APP_DB_HOST", "4"), ("APP_CLOSED_HOST", "5")];
    let settings: Marked = load(&vars).unwrap();
    let read = (settings.skipped, settings.absolute, settings.aliased, settings.database.host);
    assert_eq!(read, ("-".into(), "2".into(), "3".into(), "4".into()));
    assert_eq!(settings.closed.host, "-");
    let unbound =
        [("APP_SKIPPED", ""), ("APP_CLOSED_HOST", ""), ("APP_ABSOLUTE", ""), ("APP_DATABASE_HOST", "")];
    assert_eq!(warnings::<Marked>(&unbound).len(), 4);
    assert_eq!(load::<Marked>(&[("APP_ALIASED", "6")]).unwrap().aliased, "6");
}

#[test]
fn a_lower_case_twin_is_a_warning_with_the_right_name() {
    for name in ["orders_port", "Orders_Port", "ORDERS_port", "orders_PORT"] {
        let settings: Settings = load(&[(name, "7")]).unwrap();
        assert_eq!(settings.port, 1, "{name}");
        let warnings = warnings::<Settings>(&[(name, "7")]);
        assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
        assert!(warnings[0].0.contains(name), "{warnings:?}");
        assert_eq!(warnings[0].1.as_deref(), Some("ORDERS_PORT"), "{name}");
    }
    let both: Settings = load(&[("orders_port", "7"), ("ORDERS_PORT", "8")]).unwrap();
    assert_eq!(both.port, 8);
}

#[test]
fn on_windows_names_are_not_told_apart_by_case() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "App", profile_env = "App_Profile", profiles("dev"))]
    struct Settings {
        port: u16,
        #[config(env = "http_proxy")]
        proxy: String,
        #[config(env_alias = "Old_Mode", default = "")]
        mode: String,
        #[config(secret)]
        key: Secret<String>,
        #[config(default)]
        labels: BTreeMap<String, String>,
    }
    let vars = [
        ("app_port", "7"),
        ("Http_Proxy", "p"),
        ("OLD_mode", "m"),
        ("app_Key_File", "key.txt"),
        ("App_Labels__One", "1"),
        ("APP_profile", "dev"),
        ("app_prot", "8"),
    ];
    let system = vars
        .iter()
        .fold(System::memory().file("key.txt", "k\n"), |system, (name, value)| system.var(*name, *value));
    let loaded =
        Settings::loader().system(system.clone().ignore_variable_case()).env().load_traced().unwrap();
    assert_eq!((loaded.port, loaded.proxy.as_str(), loaded.mode.as_str()), (7, "p", "m"));
    assert_eq!((loaded.key.expose().as_str(), loaded.labels["one"].as_str()), ("k", "1"));
    assert_eq!(loaded.profile(), "dev");
    let warnings: Vec<_> = loaded.warnings().iter().map(Problem::message).collect();
    assert_eq!(warnings, ["no setting has the environment variable APP_PROT"], "{warnings:?}");
    // The same variables elsewhere give nothing.
    testing::assert_codes(&Settings::loader().system(system).env().load(), &[Code::Missing; 3]);
    // An iterator may hold both spellings; Windows itself cannot.
    let both = [("app_port", "7"), ("APP_PORT", "8"), ("HTTP_PROXY", "p"), ("APP_KEY", "k")];
    let both = Settings::loader().system(System::memory().ignore_variable_case()).env_vars(both).load();
    testing::assert_codes(&both, &[Code::Conflict]);
}

#[test]
fn a_service_is_found_on_windows_too() {
    let links = [
        ("orders_port", "tcp://10.0.0.7:80"),
        ("Orders_Service_Host", "10.0.0.7"),
        ("orders_SERVICE_port", "80"),
    ];
    let system = System::memory().ignore_variable_case();
    let loaded = Settings::loader().system(system).env_vars(links).load_traced().unwrap();
    assert_eq!((loaded.port, loaded.warnings().len()), (1, 0));
}

#[test]
fn indexes_need_two_underscores_on_both_sides() {
    let vars = [
        ("ORDERS_SERVERS__0__HOST", "a"),
        ("ORDERS_SERVERS__1__HOST", "b"),
        ("ORDERS_SERVERS__1__MAX_WEIGHT", "9"),
    ];
    let settings: Settings = load(&vars).unwrap();
    let servers: Vec<_> =
        settings.servers.iter().map(|server| (server.host.as_str(), server.max_weight)).collect();
    assert_eq!(servers, [("a", 1), ("b", 9)]);
    for name in ["ORDERS_SERVERS_0_HOST", "ORDERS_SERVERS__0_HOST", "ORDERS_SERVERS_0__HOST"] {
        let settings: Settings = load(&[(name, "a")]).unwrap();
        assert!(settings.servers.is_empty(), "{name}");
        assert_eq!(warnings::<Settings>(&[(name, "a")]).len(), 1, "{name}");
    }
}

#[test]
fn variables_replace_single_elements_of_a_list() {
    let text = "[[servers]]\nhost = 'a'\nmax_weight = 3\n[[servers]]\nhost = 'b'\n";
    let loader = Settings::loader().text(Format::Toml, "base.toml", text);
    let settings = loader.clone().env_vars([("ORDERS_SERVERS__0__HOST", "z")]).load().unwrap();
    let servers: Vec<_> =
        settings.servers.iter().map(|server| (server.host.as_str(), server.max_weight)).collect();
    assert_eq!(servers, [("z", 3), ("b", 1)]);
    let settings = loader.env_vars([("ORDERS_SERVERS__2__HOST", "c")]).load().unwrap();
    assert_eq!(settings.servers.len(), 3);
    assert_eq!(settings.servers[2].host, "c");
}

#[test]
fn variables_replace_single_elements_of_a_list_of_leaves() {
    #[derive(Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        #[config(default)]
        ports: Vec<u16>,
    }
    let loader = Settings::loader().text(Format::Toml, "a.toml", "ports = [1, 2, 3]");
    let read = |vars: &[(&str, &str)]| loader.clone().env_vars(vars.iter().copied()).load().map(|s| s.ports);
    assert_eq!(read(&[("A_PORTS__1", "9")]).unwrap(), [1, 9, 3]);
    assert_eq!(read(&[("A_PORTS", "7,8")]).unwrap(), [7, 8]);
    assert_eq!(read(&[("A_PORTS__3", "4")]).unwrap(), [1, 2, 3, 4]);
    // A hole is nobody's wish: something has to be said about it.
    assert!(read(&[("A_PORTS__5", "4")]).is_err());
}

#[test]
fn a_map_key_takes_the_spelling_of_another_layer_else_lower_case() {
    let text = "[regions.EU-West]\nhost = 'file'\n";
    let loader = Settings::loader().text(Format::Toml, "base.toml", text);
    let vars = [("ORDERS_REGIONS__EU_WEST__MAX_WEIGHT", "5"), ("ORDERS_REGIONS__US_East__HOST", "us")];
    let settings = loader.warnings(Warnings::Ignore).env_vars(vars).load().unwrap();
    let west = &settings.regions["EU-West"];
    assert_eq!((west.host.as_str(), west.max_weight), ("file", 5));
    assert_eq!(settings.regions.len(), 2, "{:?}", settings.regions);
    assert!(settings.regions.contains_key("us_east"), "{:?}", settings.regions);
}

#[test]
fn a_map_of_leaves_takes_the_whole_rest_of_the_name() {
    let vars = [("ORDERS_LABELS__COST_CENTER", "1"), ("ORDERS_LABELS__A__B", "2"), ("ORDERS_LABELS__0", "3")];
    let settings: Settings = load(&vars).unwrap();
    let labels: Vec<_> = settings.labels.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    assert_eq!(labels, [("0", "3"), ("a__b", "2"), ("cost_center", "1")]);
    let text = "[labels]\ncost-center = 'file'\nOther = 'x'\n";
    let loader = Settings::loader().text(Format::Toml, "base.toml", text);
    let labels = loader
        .env_vars([("ORDERS_LABELS__COST_CENTER", "1"), ("ORDERS_LABELS__OTHER", "y")])
        .load()
        .unwrap()
        .labels;
    assert_eq!(
        labels.into_iter().collect::<Vec<_>>(),
        [("Other".into(), "y".into()), ("cost-center".into(), "1".into())]
    );
}

#[test]
fn a_key_that_other_layers_spell_in_two_ways_is_a_conflict() {
    let told = |text: &str, name: &str| {
        let loader = Settings::loader().text(Format::Toml, "base.toml", text).env_vars([(name, "5")]);
        let report = loader.load().unwrap_err();
        assert_eq!((report.problems().len(), report.problems()[0].code()), (1, Code::Conflict), "{report}");
        (report.problems()[0].message().to_owned(), report.to_string())
    };
    insta::assert_snapshot!(told("[labels]\nA-b = 'x'\na_b = 'y'\n", "ORDERS_LABELS__A_B").1, @"
    settings `Settings` cannot be loaded: 1 problem

    error[conflict]: the environment variable ORDERS_LABELS__A_B would set `labels.A-b` and `labels.a_b`
     --> environment variable ORDERS_LABELS__A_B
      = help: spell the key in one way in all layers, or set the one that is meant in a file
    ");
    let text = "[regions]\nEU-West = { host = 'a' }\neu_west = { host = 'b' }\n";
    assert_eq!(
        told(text, "ORDERS_REGIONS__EU_WEST__HOST").0,
        "the environment variable ORDERS_REGIONS__EU_WEST__HOST would set `regions.EU-West.host` and \
         `regions.eu_west.host`"
    );

    // What is exactly it is meant; so is the one spelling of several layers.
    let loader = Settings::loader().text(Format::Toml, "base.toml", "[labels]\nA-b = 'x'\nA_B = 'y'\n");
    let loader = loader.text(Format::Toml, "local.toml", "[labels]\nA_B = 'z'\nC-d = 'x'\n");
    let loader = loader.text(Format::Toml, "last.toml", "[labels]\nC-d = 'y'\n");
    let vars = [("ORDERS_LABELS__A_B", "5"), ("ORDERS_LABELS__C_D", "6")];
    let labels = loader.env_vars(vars).load().unwrap().labels;
    assert_eq!((labels["A-b"].as_str(), labels["A_B"].as_str(), labels["C-d"].as_str()), ("x", "5", "6"));
}

#[test]
fn a_map_of_lists_and_a_list_of_maps() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        #[config(default)]
        hosts: HashMap<String, Vec<String>>,
        #[config(nested, default)]
        pools: Vec<BTreeMap<String, Server>>,
    }
    let settings: Settings = load(&[("A_HOSTS__EU", "a,b"), ("A_POOLS__0__MAIN__HOST", "h")]).unwrap();
    assert_eq!(settings.hosts["eu"], ["a", "b"]);
    assert_eq!(settings.pools[0]["main"].host, "h");
}

#[test]
fn two_spellings_with_different_values_are_a_conflict_naming_both() {
    let (one, two) = ("ORDERS_DATABASE_MAX_CONN", "ORDERS_DATABASE__MAX_CONN");
    let result = load::<Settings>(&[(one, "1"), (two, "2")]);
    testing::assert_codes(&result, &[Code::Conflict]);
    let report = result.unwrap_err();
    assert_eq!(report.problems()[0].path(), "database.max_conn");
    let text = report.to_string();
    assert!(text.contains(one) && text.contains(two), "{text}");
    insta::assert_snapshot!(report);
    let same: Settings = load(&[(one, "3"), (two, "3")]).unwrap();
    assert_eq!(same.database.max_conn, 3);
    // Two layers are no conflict: the later one wins.
    let layered = Settings::loader().env_vars([(one, "1")]).env_vars([(two, "2")]).load().unwrap();
    assert_eq!(layered.database.max_conn, 2);
}

#[test]
fn an_alias_and_the_name_with_different_values_are_a_conflict() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Settings {
        #[config(env_alias = "PORT")]
        port: u16,
    }
    testing::assert_codes(&load::<Settings>(&[("APP_PORT", "1"), ("PORT", "2")]), &[Code::Conflict]);
    assert_eq!(load::<Settings>(&[("APP_PORT", "2"), ("PORT", "2")]).unwrap().port, 2);
    assert_eq!(load::<Settings>(&[("APP_PORT", ""), ("PORT", "2")]).unwrap().port, 2, "empty is not set");
}

#[test]
fn what_binds_nothing_is_a_warning_with_the_nearest_name() {
    let cases = [
        ("ORDERS_PROT", Some("ORDERS_PORT")),
        ("ORDERS_DATABASE_MAXCONN", Some("ORDERS_DATABASE_MAX_CONN")),
        ("ORDERS_DATABSE_MAX_CONN", Some("ORDERS_DATABASE_MAX_CONN")),
        ("ORDERS_COMPLETELY_DIFFERENT", None),
    ];
    for (name, near) in cases {
        let warnings = warnings::<Settings>(&[(name, "hunter2")]);
        assert_eq!(warnings.len(), 1, "{name}: {warnings:?}");
        assert_eq!(warnings[0].1.as_deref(), near, "{name}");
        assert!(warnings[0].0.contains(name), "{warnings:?}");
        assert!(
            !format!("{warnings:?}").contains("hunter2"),
            "the value of an unknown variable is not shown"
        );
    }
    assert_eq!(
        warnings::<Settings>(&[("ORDERSX", "1"), ("ORDERSPORT", "1"), ("PORT", "1"), ("PATH", "/bin")]),
        []
    );
}

#[test]
fn a_variable_for_a_section_binds_nothing() {
    let warnings = warnings::<Settings>(&[("ORDERS_DATABASE", "host")]);
    assert_eq!(warnings.len(), 1, "{warnings:?}");
}

#[cfg(unix)]
#[test]
fn text_that_is_not_utf8_is_an_encoding_problem_in_a_declared_variable_only() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt as _;
    let bad = || OsString::from_vec(b"hunter2\xff\xfe".to_vec());
    let load = |name: &str| Settings::loader().env_vars([(OsString::from(name), bad())]).load_traced();
    let result = load("ORDERS_DATABASE_MAX");
    testing::assert_codes(&result, &[Code::Encoding]);
    let report = result.unwrap_err();
    assert_eq!(report.problems()[0].path(), "database.max");
    insta::assert_snapshot!(report);
    testing::assert_hidden(&report, "hunter2");
    assert_eq!(load("ORDERS_OTHER").unwrap().warnings().len(), 1);
    assert_eq!(load("OTHER").unwrap().warnings().len(), 0);
    let name = OsString::from_vec(b"ORDERS_\xff".to_vec());
    assert!(Settings::loader().env_vars([(name, OsString::from("1"))]).load().is_ok());
}

#[test]
fn the_whole_environment_may_be_there() {
    let vars: Vec<(String, String)> = (0..500).map(|n| (format!("OTHER_{n}"), "x".repeat(n))).collect();
    let loaded = Settings::loader().env_vars(vars).env_vars([("ORDERS_PORT", "5")]).load_traced().unwrap();
    assert_eq!((loaded.port, loaded.warnings().len()), (5, 0));
}

#[derive(Debug, Config)]
#[config(env_prefix = "APP")]
struct Keys {
    #[config(default)]
    password: Secret<String>,
    limit: Option<Secret<u32>>,
    #[config(default)]
    path: String,
}

fn keys(system: System) -> Result<Keys, Report> {
    Keys::loader().system(system).warnings(Warnings::Ignore).declared().load()
}

#[test]
fn a_secret_is_read_from_the_file_that_its_variable_names() {
    let cases = [
        ("hunter2", "hunter2"),
        ("hunter2\n", "hunter2"),
        ("hunter2\n\n", "hunter2\n"),
        (" hunter2 \n", " hunter2 "),
        ("\n", ""),
        ("", ""),
    ];
    for (content, secret) in cases {
        let system = System::memory()
            .root("/app")
            .file("/run/secret", content)
            .var("APP_PASSWORD_FILE", "/run/secret");
        assert_eq!(keys(system).unwrap().password.expose(), secret, "{content:?}");
    }
    let relative = System::memory().root("/app").file("secret", "5\n").var("APP_LIMIT_FILE", "secret");
    assert_eq!(keys(relative).unwrap().limit.map(Secret::into_exposed), Some(5));
    let rooted = System::memory().root("/app").file("/srv/secret", "x").var("APP_PASSWORD_FILE", "secret");
    let rooted = Keys::loader().root("/srv").system(rooted).declared().load().unwrap();
    assert_eq!(rooted.password.expose(), "x");
}

#[test]
fn one_trailing_newline_is_also_that_of_windows() {
    let system = System::memory().file("secret", "hunter2\r\n").var("APP_PASSWORD_FILE", "secret");
    assert_eq!(keys(system).unwrap().password.expose(), "hunter2");
}

#[test]
fn a_secret_file_has_at_most_a_mebibyte() {
    let load = |len: usize| {
        let system =
            System::memory().file("/run/secret", "x".repeat(len)).var("APP_PASSWORD_FILE", "/run/secret");
        keys(system)
    };
    assert_eq!(load(1 << 20).unwrap().password.expose().len(), 1 << 20);
    let report = load((1 << 20) + 1).unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    assert_eq!(report.problems()[0].code(), Code::Limit);
    insta::assert_snapshot!(report);
}

#[test]
fn a_secret_file_that_cannot_be_read_is_told_with_variable_and_path() {
    let missing = keys(System::memory().var("APP_PASSWORD_FILE", "/run/secret"));
    testing::assert_codes(&missing, &[Code::NotFound]);
    let report = missing.unwrap_err();
    assert_eq!(report.problems()[0].path(), "password");
    let text = report.to_string();
    assert!(text.contains("APP_PASSWORD_FILE") && text.contains("/run/secret"), "{text}");
    insta::assert_snapshot!(report);
    let bytes = System::memory().file("/run/secret", b"hunter2\xff").var("APP_PASSWORD_FILE", "/run/secret");
    let result = keys(bytes);
    testing::assert_codes(&result, &[Code::Encoding]);
    testing::assert_hidden(&result.unwrap_err(), "hunter2");
}

#[test]
fn the_origin_shows_variable_and_path() {
    let system = System::memory().file("/run/secret", "x").var("APP_PASSWORD_FILE", "/run/secret");
    let loaded = Keys::loader().system(system).declared().load_traced().unwrap();
    let origin = loaded.explain("password").unwrap().origin().to_string();
    assert!(origin.contains("APP_PASSWORD_FILE") && origin.contains("/run/secret"), "{origin}");
}

#[test]
fn a_variable_and_its_file_are_a_conflict_unless_the_variable_is_empty() {
    let system = System::memory().file("/run/secret", "hunter2").var("APP_PASSWORD_FILE", "/run/secret");
    let result = keys(system.clone().var("APP_PASSWORD", "hunter3"));
    testing::assert_codes(&result, &[Code::Conflict]);
    let report = result.unwrap_err();
    testing::assert_hidden(&report, "hunter");
    insta::assert_snapshot!(report);
    assert_eq!(keys(system.var("APP_PASSWORD", "")).unwrap().password.expose(), "hunter2");
    let empty = System::memory().var("APP_PASSWORD", "x").var("APP_PASSWORD_FILE", "");
    assert_eq!(keys(empty).unwrap().password.expose(), "x", "an empty file name is not set");
}

#[test]
fn only_secrets_are_read_from_files() {
    let system = System::memory().file("/run/path", "x").var("APP_PATH_FILE", "/run/path");
    let loaded = Keys::loader().system(system).declared().load_traced().unwrap();
    assert_eq!(loaded.path, "");
    assert_eq!(loaded.warnings().len(), 1, "the variable binds nothing");
}

#[test]
fn two_settings_with_one_variable_are_a_mistake_of_the_declaration() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Settings {
        #[config(nested)]
        b: Inner,
        #[config(default = 1)]
        b_c: u8,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(default = 1)]
        c: u8,
    }
    testing::assert_codes(&testing::check_declaration::<Settings>(), &[Code::Declaration]);
    let result = load::<Settings>(&[("A_B_C", "2")]);
    testing::assert_codes(&result, &[Code::Declaration]);
    insta::assert_snapshot!(result.unwrap_err());
    testing::check_declaration::<super::env::Settings>().unwrap();
}

#[test]
fn an_absolute_name_reached_by_two_paths_is_a_mistake_of_the_declaration() {
    #[derive(Debug, Config)]
    struct Twice {
        #[config(nested)]
        one: Named,
        #[config(nested)]
        two: Named,
    }
    #[derive(Debug, Config)]
    struct Named {
        #[config(env = "NAME", default = "x")]
        name: String,
    }
    testing::assert_codes(&testing::check_declaration::<Twice>(), &[Code::Declaration]);
    testing::assert_codes(&Twice::loader().env_vars([("NAME", "a")]).load(), &[Code::Declaration]);
}

#[derive(Debug, Config)]
#[config(env_prefix = "A")]
struct Parts {
    #[config(default)]
    ports: Vec<u16>,
    #[config(default)]
    counts: BTreeMap<String, u16>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(nested, default)]
    regions: BTreeMap<String, Server>,
    #[config(nested, default)]
    servers: Vec<Server>,
}

fn parts(vars: &[(&str, &str)]) -> Result<Parts, Report> {
    let text = "ports = [1, 2]\ncounts = { a = 1 }\n";
    Parts::loader().text(Format::Toml, "a.toml", text).env_vars(vars.iter().copied()).load()
}

#[test]
fn a_whole_and_its_parts_in_one_layer_combine() {
    let read =
        parts(&[("A_PORTS", "7,8"), ("A_PORTS__0", "9"), ("A_COUNTS", "x=1,y=2"), ("A_COUNTS__Y", "3")])
            .unwrap();
    assert_eq!(read.ports, [9, 8]);
    let counts: Vec<_> = read.counts.iter().map(|(key, count)| (key.as_str(), *count)).collect();
    assert_eq!(counts, [("a", 1), ("x", 1), ("y", 3)], "maps combine with the layers below");
}

#[test]
fn an_empty_part_is_not_set() {
    let read = parts(&[
        ("A_PORTS__1", ""),
        ("A_COUNTS__B", ""),
        ("A_REGIONS__EU__MAX_WEIGHT", ""),
        ("A_SERVERS__0__MAX_WEIGHT", ""),
        ("A_LABELS__X", ""),
    ]);
    let read = read.unwrap_or_else(|report| panic!("{report}"));
    assert_eq!((read.ports, read.counts.len()), (vec![1, 2], 1));
    assert!(read.regions.is_empty() && read.servers.is_empty(), "{:?} {:?}", read.regions, read.servers);
    assert_eq!(read.labels["x"], "", "text is kept");
}

#[test]
fn a_hole_in_a_list_of_sections_is_told() {
    let report = parts(&[("A_SERVERS__1__HOST", "b")]).unwrap_err();
    assert_eq!(report.problems().len(), 1, "{report}");
    insta::assert_snapshot!(report);
}

#[test]
fn a_wrong_part_names_its_own_variable() {
    let report = parts(&[
        ("A_PORTS__1", "x"),
        ("A_COUNTS__B", "y"),
        ("A_REGIONS__EU__MAX_WEIGHT", "z"),
        ("A_REGIONS__EU__HOST", "h"),
    ])
    .unwrap_err();
    let found: Vec<_> = report
        .problems()
        .iter()
        .map(|problem| (problem.path(), problem.origin().unwrap().key().unwrap()))
        .collect();
    let expected = [
        ("ports[1]", "A_PORTS__1"),
        ("counts.b", "A_COUNTS__B"),
        ("regions.eu.max_weight", "A_REGIONS__EU__MAX_WEIGHT"),
    ];
    for one in expected {
        assert!(found.contains(&one), "{one:?} is not in {found:?}");
    }
    assert_eq!(found.len(), 3, "{report}");
}

#[test]
fn a_missing_part_names_the_variable_that_sets_it() {
    let report =
        parts(&[("A_REGIONS__EU_WEST__MAX_WEIGHT", "1"), ("A_SERVERS__0__MAX_WEIGHT", "1")]).unwrap_err();
    let help = |path: &str| testing::problem_at(&report, path).help().unwrap().to_owned();
    assert!(help("regions.eu_west.host").contains("A_REGIONS__EU_WEST__HOST"), "{report}");
    assert!(help("servers[0].host").contains("A_SERVERS__0__HOST"), "{report}");
}

#[test]
fn digits_are_keys_in_maps_and_indexes_in_lists() {
    let read = parts(&[("A_REGIONS__0__HOST", "h"), ("A_COUNTS__1", "2")]).unwrap();
    assert_eq!((read.regions["0"].host.as_str(), read.counts["1"]), ("h", 2));
    assert!(parts(&[("A_PORTS__X", "1")]).is_ok(), "what is no index binds nothing");
    assert!(parts(&[("A_PORTS__-1", "1")]).is_ok());
}

#[test]
fn fields_that_begin_alike_are_told_apart() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A")]
    struct Alike {
        #[config(default)]
        log: String,
        #[config(default)]
        log_level: String,
        #[config(nested)]
        log_file: LogFile,
    }
    #[derive(Debug, Config)]
    struct LogFile {
        #[config(default)]
        path: String,
        #[config(default)]
        path_mode: String,
    }
    let alike: Alike = load(&[
        ("A_LOG", "1"),
        ("A_LOG_LEVEL", "2"),
        ("A_LOG_FILE_PATH", "3"),
        ("A_LOG_FILE_PATH_MODE", "4"),
    ])
    .unwrap();
    assert_eq!((alike.log.as_str(), alike.log_level.as_str()), ("1", "2"));
    assert_eq!((alike.log_file.path.as_str(), alike.log_file.path_mode.as_str()), ("3", "4"));
}

#[test]
fn one_prefix_inside_another_does_not_matter() {
    let vars = [("ORDERS_PORT", "1"), ("ORDERS_ADMIN_PORT", "2")];
    let told = warnings::<Settings>(&vars);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].0.contains("ORDERS_ADMIN_PORT"));
}

#[test]
fn an_environment_that_is_read_twice_is_told_once() {
    let system = System::memory().var("APP_PROT", "1").var("app_path", "2");
    let loaded = Keys::loader().system(system).declared().env().load_traced().unwrap();
    assert_eq!(loaded.warnings().len(), 2, "{:?}", loaded.warnings());
}

#[test]
fn a_field_without_a_variable_is_not_told_to_set_one() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "A", file = "a.toml")]
    struct Skipped {
        #[config(env(skip))]
        port: u16,
        #[config(env = "TOKEN", secret)]
        token: Secret<String>,
    }
    let system = System::memory().file("a.toml", "");
    let report = Skipped::loader().system(system).declared().load().unwrap_err();
    assert_eq!(testing::problem_at(&report, "port").help(), Some("set `port` in a.toml"));
    let token = testing::problem_at(&report, "token").help().unwrap();
    assert!(token.contains("TOKEN") && token.contains("TOKEN_FILE") && !token.contains("A_TOKEN"), "{token}");
}

#[test]
fn an_empty_prefix_is_none() {
    #[derive(Debug, Config)]
    struct Plain {
        #[config(default = 1)]
        port: u16,
    }
    let loaded =
        Plain::loader().env_prefix("").env_vars([("PORT", "2"), ("_PORT", "3")]).load_traced().unwrap();
    assert_eq!((loaded.port, loaded.warnings().len()), (1, 0));
}
