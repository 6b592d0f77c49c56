//! `renamed_from` and `deprecated`: what is old is read, and told where it stands.

use std::collections::BTreeMap;

use confkit::{Code, Config, Format, Loader, Secret, System, Unknown, Warnings, testing};
use figment::providers::Serialized;

/// The value that is searched for.
const MARKER: &str = "marker-5f0e";

#[derive(Debug, Config)]
#[config(env_prefix = "APP", args)]
struct Settings {
    /// Connections at most.
    #[config(renamed_from = "pool", renamed_from = "pool-size", default = 4, validate(range(max = 64)))]
    max_connections: u16,
    #[config(renamed_from = "db", nested)]
    database: Database,
    #[config(deprecated = "use `listen`", arg(short = 'p'))]
    port: Option<u16>,
    #[config(deprecated, default = false)]
    verbose: bool,
    #[config(renamed_from = "key", secret, default)]
    session_key: Secret<String>,
    #[config(flatten)]
    log: Log,
    #[config(renamed_from = "servers", nested, default)]
    backends: Vec<Backend>,
    #[config(renamed_from = "tags", merge = "append", default)]
    labels: Vec<String>,
    #[config(renamed_from = "zones", nested, default)]
    regions: BTreeMap<String, Backend>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(renamed_from = "server", default = "localhost")]
    host: String,
    #[config(default, renamed_from = "pass")]
    password: Secret<String>,
    #[config(arg(long = "tls"), default = false)]
    tls: bool,
}

#[derive(Debug, Config)]
struct Log {
    #[config(renamed_from = "verbosity", default = "info")]
    level: String,
}

#[derive(Debug, Default, Config)]
struct Backend {
    #[config(renamed_from = "addr", default)]
    address: String,
}

fn toml(text: &str) -> Loader<Settings> {
    Settings::loader().text(Format::Toml, "app.toml", text).warnings(Warnings::Ignore)
}

/// All warnings of a load, as a report shows them.
fn warned(loader: Loader<Settings>) -> String {
    loader.warnings(Warnings::Deny).load().unwrap_err().to_string()
}

#[test]
fn an_old_key_is_read_in_every_kind_of_layer_and_told_there() {
    let memory = || System::memory().file("a.toml", "pool = 9").file("run/pool", "9");
    let loader = || Settings::loader().system(memory());
    let loaders = [
        ("text", toml("pool = 9"), "app.toml:1:1", "max_connections"),
        ("text", toml("pool-size = 9"), "app.toml:1:1", "max_connections"),
        ("json", loader().text(Format::Json, "a.json", "{\"pool\": 9}"), "a.json:1:2", "max_connections"),
        ("file", loader().file("a.toml"), "a.toml:1:1", "max_connections"),
        ("set", loader().set("pool", 9), "set(\"pool\")", "max_connections"),
        ("provider", loader().provider(Serialized::default("pool", 9)), "", "max_connections"),
        ("secrets", loader().secrets_dir("run"), "run/pool", "max_connections"),
        (
            "variable",
            loader().env_vars([("APP_POOL", "9")]),
            "environment variable APP_POOL",
            "APP_MAX_CONNECTIONS",
        ),
        (
            "variable",
            loader().env_vars([("APP_POOL_SIZE", "9")]),
            "environment variable APP_POOL_SIZE",
            "APP_MAX_CONNECTIONS",
        ),
        ("arguments", loader().args(["--pool=9"]), "--pool", "--max-connections"),
        ("arguments", loader().args(["--pool-size", "9"]), "--pool-size", "--max-connections"),
    ];
    for (layer, loader, place, name) in loaders {
        let loaded = loader.warnings(Warnings::Ignore).unknown_keys(Unknown::Deny).load_traced();
        let loaded = loaded.unwrap_or_else(|report| panic!("{layer}: {report}"));
        assert_eq!(loaded.max_connections, 9, "{layer}");
        let [warning] = loaded.warnings() else { panic!("{layer}: {:?}", loaded.warnings()) };
        assert_eq!((warning.code(), warning.path()), (Code::Deprecated, "max_connections"), "{layer}");
        assert!(warning.message().ends_with("` is now `max_connections`"), "{layer}: {}", warning.message());
        assert!(warning.message().starts_with("`pool"), "{layer}: {}", warning.message());
        let origin = warning.origin().unwrap().to_string();
        assert!(origin.contains(place), "{layer}: {origin}");
        assert_eq!(warning.suggestion(), Some(name), "{layer}");
    }
}

#[test]
fn a_variable_in_a_file_has_its_line() {
    let system = System::memory().file(".env", "APP_PORT=1\nAPP_POOL=9\n");
    insta::assert_snapshot!(warned(Settings::loader().system(system).dotenv(".env")));
}

#[test]
fn the_present_key_says_nothing() {
    let loader = toml("max_connections = 9\n[database]\nhost = 'a'\n[[backends]]\naddress = 'b'");
    let loader = loader.env_vars([("APP_DATABASE_HOST", "b")]).args(["--database-host=c"]);
    assert!(loader.load_traced().unwrap().warnings().is_empty());
}

#[test]
fn warnings_stand_at_the_old_keys() {
    let loader = toml(
        "pool = 9\nverbosity = 'warn'\nport = 80\nverbose = true\nservers = [{ addr = 'a' }]\n\
         zones.eu.addr = 'b'\ntags = ['x']\n\n[db]\nserver = 'c'\n",
    )
    .env_vars([
        ("APP_DB_SERVER", "d"),
        ("APP_DB_PASS", MARKER),
        ("APP_SERVERS__0__ADDR", "e"),
        ("APP_TAGS__0", "y"),
    ])
    .args(["--db-server=f", "--port", "81", "--verbosity=debug"]);
    let text = warned(loader.clone());
    assert!(!text.contains(MARKER));
    insta::assert_snapshot!(text);
    let it = loader.load().unwrap();
    assert_eq!((it.max_connections, it.database.host.as_str(), it.port), (9, "f", Some(81)));
    assert_eq!((it.log.level.as_str(), it.backends[0].address.as_str()), ("debug", "e"));
    assert_eq!(it.regions["eu"].address, "b");
    assert_eq!(it.database.password.expose(), MARKER);
}

#[test]
fn old_and_new_in_one_layer_are_a_conflict() {
    let report = toml("max_connections = 1\npool = 2\n[db]\nhost = 'a'\n[database]\nhost = 'b'\n")
        .env_vars([("APP_POOL", "3"), ("APP_MAX_CONNECTIONS", "4")])
        .load()
        .unwrap_err();
    insta::assert_snapshot!(report);
    // An old variable that is empty is not set.
    let loader = toml("").env_vars([("APP_POOL", ""), ("APP_MAX_CONNECTIONS", "4")]);
    let loaded = loader.load_traced().unwrap();
    assert_eq!((loaded.max_connections, loaded.warnings().len()), (4, 0));
}

#[test]
fn in_different_layers_they_are_one_setting() {
    let loader = toml("pool = 2\ntags = ['a']\n[db]\nserver = 'a'\ntls = true\n").text(
        Format::Toml,
        "local.toml",
        "max_connections = 3\nlabels = ['b']\n[database]\nhost = 'b'\n",
    );
    let loaded = loader.load_traced().unwrap();
    assert_eq!((loaded.max_connections, loaded.database.host.as_str()), (3, "b"));
    assert!(loaded.database.tls, "tables combine");
    assert_eq!(loaded.labels, ["a", "b"]);
    assert_eq!(loaded.warnings().len(), 4);
    // The old name above the new one counts as well.
    let loaded = toml("max_connections = 2").env_vars([("APP_POOL", "5")]).load_traced().unwrap();
    assert_eq!(loaded.max_connections, 5);
}

#[test]
fn explanations_say_under_which_name_a_value_came() {
    let loaded = toml("pool = 2\nport = 80\nverbose = true\n[db]\nserver = 'a'\n")
        .env_vars([("APP_MAX_CONNECTIONS", "3"), ("APP_DB_SERVER", "b"), ("APP_KEY", MARKER)])
        .load_traced()
        .unwrap();
    let paths = ["max_connections", "pool", "database.host", "db.server", "port", "verbose", "session_key"];
    let told: Vec<String> = paths.iter().map(|path| loaded.explain(path).unwrap().to_string()).collect();
    assert!(!told.join("\n").contains(MARKER));
    insta::assert_snapshot!(told.join("\n"));
    assert!(loaded.explanations().iter().all(|one| !one.path().contains("db.")));
}

#[test]
fn problems_name_the_present_setting_at_the_old_key() {
    let report = toml("pool = 65\n[db]\nserver = 3\ncolour = 1\n").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn old_names_are_never_suggested() {
    let report = toml("poool = 1").env_vars([("APP_POOOL", "1")]).args(["--poool=1"]).load().unwrap_err();
    for problem in report.problems().iter().chain(report.warnings()) {
        assert_eq!(problem.suggestion(), None, "{problem:?}");
    }
}

#[test]
fn problems_of_variables_and_arguments_name_the_present_setting() {
    let system = System::memory();
    let loader = toml("").system(system).env_vars([("APP_KEY_FILE", "nowhere"), ("app_pool", "1")]).args([
        "--pool",
        "--db-pass=x",
        "--no-verbosity",
    ]);
    insta::assert_snapshot!(loader.load().unwrap_err());
}

#[test]
fn clap_takes_old_names_and_does_not_show_them() {
    use confkit::clap::augment;
    let mut command = augment::<Settings>(clap::Command::new("orders"));
    assert!(!command.render_long_help().to_string().contains("pool"));
    let matches = command.try_get_matches_from(["orders", "--pool=9", "--db.server", "a"]).unwrap();
    let loaded = toml("").matches(&matches).load_traced().unwrap();
    assert_eq!((loaded.max_connections, loaded.database.host.as_str()), (9, "a"));
    assert_eq!(loaded.warnings().len(), 2);
}

#[test]
fn help_names_the_present_setting_alone() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP", args)]
    struct Needy {
        #[config(renamed_from = "pool")]
        #[allow(dead_code, reason = "it is missing")]
        max_connections: u16,
    }
    let report =
        Needy::loader().text(Format::Toml, "app.toml", "").env_vars([("X", "1")]).args([""; 0]).load();
    let help = report.unwrap_err().problems()[0].help().unwrap().to_owned();
    assert_eq!(help, "set `max_connections` in app.toml, or APP_MAX_CONNECTIONS, or --max-connections");
    let report = Needy::loader().system(System::memory()).args(["--help"]).load().unwrap_err().to_string();
    assert!(!report.contains("pool"), "{report}");
}

#[test]
fn secrets_are_hidden_under_old_names() {
    for secret in [
        format!("key = '{MARKER}'"),
        format!("[db]\npass = '{MARKER}'"),
        format!("[database]\npass = '{MARKER}'"),
        format!("db = {{ password = '{MARKER}' }}"),
    ] {
        for text in [
            format!("nobody = '{MARKER}'\npool = '{MARKER}'\n{secret}\n"),
            secret.replace("= '", "= ['"),
            format!("{secret} x\n"),
            format!("key = '{MARKER}'\nsession_key = '{MARKER}'"),
        ] {
            testing::assert_hidden(&toml(&text).load().unwrap_err(), MARKER);
        }
        testing::assert_hidden(&toml(&secret).warnings(Warnings::Deny).load().unwrap_err(), MARKER);
        let loaded = toml(&secret).load_traced().unwrap();
        let all: Vec<String> = loaded.explanations().iter().map(|one| format!("{one}\n{one:?}")).collect();
        assert!(!all.join("\n").contains(MARKER), "{secret}");
    }
    for words in [format!("--key={MARKER}"), format!("--db-pass={MARKER}"), format!("--db.pass={MARKER}")] {
        testing::assert_hidden(&toml("").args([words]).load().unwrap_err(), MARKER);
    }
    let system = System::memory().file("s", MARKER);
    let loader = toml("").system(system).env_vars([("APP_DB_PASS_FILE", "s"), ("APP_KEY_FILE", "s")]);
    let loaded = loader.load_traced().unwrap();
    assert_eq!(
        (loaded.session_key.expose().as_str(), loaded.database.password.expose().as_str()),
        (MARKER, MARKER)
    );
    let names: Vec<_> = loaded.warnings().iter().map(|warning| warning.suggestion().unwrap()).collect();
    assert_eq!(names, ["APP_DATABASE_PASSWORD_FILE", "APP_SESSION_KEY_FILE"]);
}

#[test]
fn unset_takes_away_what_has_the_old_name() {
    let loaded = toml("pool = 2\n[db]\nserver = 'a'").unset("max_connections").unset("database.host");
    let loaded = loaded.load().unwrap();
    assert_eq!((loaded.max_connections, loaded.database.host.as_str()), (4, "localhost"));
    let loaded = toml("max_connections = 2").unset("pool").load().unwrap();
    assert_eq!(loaded.max_connections, 4);
}

#[test]
fn figment_gets_the_present_keys() {
    let figment = toml("pool = 2\n[db]\nserver = 'a'").figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("max_connections").unwrap(), 2);
    assert_eq!(figment.extract_inner::<String>("database.host").unwrap(), "a");
    assert!(figment.find_value("pool").is_err());
}

#[test]
fn relaxed_spellings_of_old_keys_are_old() {
    #[derive(Debug, Config)]
    #[config(relaxed_keys)]
    struct Relaxed {
        #[config(renamed_from = "pool_size", renamed_from = "maxConn", default = 1)]
        max_conn: u16,
    }
    for (key, former) in [
        ("max_conn", None),
        ("max-conn", None),
        ("MAX_CONN", None),
        ("maxConn", Some("maxConn")),
        ("poolSize", Some("pool_size")),
        ("POOL-SIZE", Some("pool_size")),
    ] {
        let loader = Relaxed::loader().text(Format::Toml, "a.toml", format!("{key} = 3"));
        let loaded = loader.load_traced().unwrap();
        let messages: Vec<&str> = loaded.warnings().iter().map(confkit::Problem::message).collect();
        let wanted: Vec<String> = former.iter().map(|old| format!("`{old}` is now `max_conn`")).collect();
        assert_eq!((loaded.max_conn, messages), (3, wanted.iter().map(String::as_str).collect()), "{key}");
    }
}

#[test]
fn exact_keys_beside_a_flattened_type_come_first() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(renamed_from = "size", default = 1)]
        length: u16,
        #[config(flatten)]
        inner: Inner,
        #[config(flatten)]
        rest: BTreeMap<String, u16>,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(default = 2)]
        size: u16,
        #[config(default = 3, renamed_from = "wide", deprecated = "drop it")]
        width: u16,
    }
    let loader = Outer::loader().text(Format::Toml, "a.toml", "size = 5\nwide = 6\nother = 7\n");
    let it = loader.load_traced().unwrap();
    assert_eq!((it.length, it.inner.size, it.inner.width), (1, 5, 6));
    assert_eq!(it.rest, BTreeMap::from([("other".to_owned(), 7)]));
    let messages: Vec<&str> = it.warnings().iter().map(confkit::Problem::message).collect();
    assert_eq!(messages, ["`wide` is now `width`", "`width` is deprecated: drop it"]);
}

#[derive(Debug, Config)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Sink {
    File {
        #[config(renamed_from = "file")]
        path: String,
    },
    #[allow(dead_code, reason = "it is not chosen")]
    Socket { address: String },
}

#[derive(Debug, Config)]
#[serde(untagged)]
enum Target {
    #[allow(dead_code, reason = "it is not chosen")]
    Host { host: String },
    Path {
        #[config(renamed_from = "file")]
        path: String,
    },
}

#[test]
fn variants_know_old_keys() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Sinks {
        #[config(nested, renamed_from = "out")]
        sink: Sink,
        #[config(nested)]
        target: Target,
    }
    let text = "[out]\nkind = 'file'\nfile = 'a'\n[target]\nfile = 'b'\n";
    let loader = Sinks::loader().text(Format::Toml, "a.toml", text);
    let loaded = loader.load_traced().unwrap();
    assert!(matches!(&loaded.sink, Sink::File { path } if path == "a"));
    assert!(matches!(&loaded.target, Target::Path { path } if path == "b"));
    let messages: Vec<&str> = loaded.warnings().iter().map(confkit::Problem::message).collect();
    assert_eq!(
        messages,
        ["`out` is now `sink`", "`sink.file` is now `sink.path`", "`target.file` is now `target.path`"]
    );
    let loaded = loader.env_vars([("APP_OUT_FILE", "c")]).load_traced().unwrap();
    assert!(matches!(&loaded.sink, Sink::File { path } if path == "c"));
}

#[test]
fn sections_and_modules_are_told_too() {
    let loader = Database::loader().text(Format::Toml, "a.toml", "[service.db]\nserver = 'a'");
    let loaded = loader.section("service.db").load_traced().unwrap();
    assert_eq!(loaded.host, "a");
    assert_eq!(loaded.warnings()[0].message(), "`service.db.server` is now `service.db.host`");

    let layers = confkit::Stack::new()
        .warnings(Warnings::Deny)
        .text(Format::Toml, "a.toml", "[db]\nserver = 'a'")
        .env_prefix("APP")
        .env_vars([("APP_DB_PASS", "p")])
        .read()
        .unwrap();
    insta::assert_snapshot!(layers.load::<Database>("db").unwrap_err());
}

#[test]
fn rules_point_at_the_old_key() {
    #[derive(Debug, Config)]
    #[config(check(self.least <= self.most, "{least} is above {most}"))]
    struct Ruled {
        #[config(renamed_from = "min")]
        least: u16,
        #[config(renamed_from = "max")]
        most: u16,
    }
    let report = Ruled::loader().text(Format::Toml, "a.toml", "min = 9\nmax = 3\n").load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn the_declaration_tells_it_and_is_sound() {
    let fields = Settings::metadata().fields();
    assert_eq!(fields[0].renamed_from(), ["pool", "pool-size"]);
    assert_eq!((fields[2].deprecated(), fields[3].deprecated()), (Some("use `listen`"), Some("")));
    assert_eq!((fields[0].deprecated(), fields[2].renamed_from().len()), (None, 0));
    testing::check_declaration::<Settings>().unwrap();
}

#[test]
fn arguments_of_two_settings_may_not_share_an_old_name() {
    #[derive(Debug, Config)]
    #[config(args)]
    struct Clashing {
        #[config(nested)]
        #[allow(dead_code, reason = "only the declaration counts")]
        a: Inner,
        #[config(default)]
        #[allow(dead_code, reason = "only the declaration counts")]
        a_old: String,
    }
    #[derive(Debug, Config)]
    struct Inner {
        #[config(renamed_from = "old", default)]
        #[allow(dead_code, reason = "only the declaration counts")]
        new: String,
    }
    let report = Clashing::loader().args([""; 0]).load().unwrap_err();
    assert_eq!(report.problems()[0].code(), Code::Declaration);
    assert_eq!(report.problems()[0].message(), "the argument --a-old would set `a.old` and `a_old`");
}

#[test]
fn a_reload_knows_the_value_under_its_present_name() {
    let first = toml("pool = 2").load_traced().unwrap();
    let second = toml("max_connections = 2").reload(&first).unwrap();
    assert!(second.warnings().is_empty());
    assert_eq!(second.max_connections, 2);
}
