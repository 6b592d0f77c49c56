//! Command-line arguments, sentence by sentence of the contract.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::time::Duration;

use confkit::{
    Code, Config, Format, OriginKind, Problem, Report, Secret, System, Unknown, Warnings, testing,
};

#[derive(Debug, Config)]
#[config(args, env_prefix = "ORDERS", optional_file = "orders.toml")]
struct Settings {
    #[config(default = 8080, arg(short = 'p'))]
    port: u16,
    #[config(default = false, arg(short))]
    verbose: bool,
    #[config(default = false, arg(short = 'q'))]
    quiet: bool,
    #[config(default = "orders")]
    name: String,
    offset: Option<i64>,
    timeout: Option<Duration>,
    #[config(default, arg(long = "host"))]
    hosts: Vec<String>,
    #[config(default)]
    ports: Vec<u16>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default = 1, arg(skip))]
    generation: u32,
    #[config(nested)]
    database: Database,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    regions: BTreeMap<String, Server>,
    session_key: Option<Secret<String>>,
    #[config(arg(secret_on_command_line))]
    pin: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    #[config(default = 10, alias = "limit")]
    max_conn: u16,
    #[config(default = true)]
    tls: bool,
    password: Option<Secret<String>>,
}

#[derive(Debug, Config)]
struct Server {
    #[config(default = "none")]
    host: String,
    #[config(default = 1)]
    weight: u8,
}

fn load<T: Config>(words: &[&str]) -> Result<T, Report> {
    let system = System::memory().args(words.iter().copied());
    T::loader().system(system).warnings(Warnings::Ignore).declared().load()
}

fn settings(words: &[&str]) -> Settings {
    load(words).unwrap_or_else(|report| panic!("{words:?}\n{report}"))
}

/// The only problem of a load that fails.
fn problem(words: &[&str]) -> Problem {
    let report = load::<Settings>(words).expect_err(&format!("{words:?}"));
    assert_eq!(report.problems().len(), 1, "{words:?}\n{report}");
    report.problems()[0].clone()
}

#[test]
fn a_value_follows_as_the_next_word_behind_an_equals_sign_or_a_letter() {
    for words in [
        &["--port", "80"][..],
        &["--port=80"],
        &["-p", "80"],
        &["-p80"],
        &["-p=80"],
        &["-vp80"],
        &["-v", "-p", "80"],
        &["--port= 80 "],
    ] {
        assert_eq!(settings(words).port, 80, "{words:?}");
    }
}

#[test]
fn names_follow_the_path_in_lower_case_or_as_it_is() {
    for words in [
        &["--database-max-conn", "7"][..],
        &["--database-max-conn=7"],
        &["--database.max_conn", "7"],
        &["--database.max_conn=7"],
        &["--database.limit=7"],
    ] {
        assert_eq!(settings(words).database.max_conn, 7, "{words:?}");
    }
    for words in [
        &["--database_max_conn", "7"][..],
        &["--database-max_conn", "7"],
        &["--database.max-conn", "7"],
        &["--DATABASE-MAX-CONN", "7"],
        &["--max-conn", "7"],
        &["--database-limit", "7"],
    ] {
        assert_eq!(problem(words).code(), Code::UnknownKey, "names are not guessed: {words:?}");
    }
}

#[test]
fn names_follow_rename_and_split_words() {
    #[derive(Debug, Config)]
    #[config(args, rename_all = "camelCase")]
    struct Names {
        #[config(default)]
        max_conn: String,
        #[config(rename = "dotted.key", default)]
        dotted: String,
        #[config(default)]
        utf8: String,
        #[config(default)]
        r#type: String,
        #[config(rename = "straße", default)]
        street: String,
    }
    let read: [(&str, fn(&Names) -> &str); 8] = [
        ("--max-conn", |names| &names.max_conn),
        ("--maxConn", |names| &names.max_conn),
        ("--dotted-key", |names| &names.dotted),
        ("--\"dotted.key\"", |names| &names.dotted),
        ("--utf8", |names| &names.utf8),
        ("--type", |names| &names.r#type),
        ("--straße", |names| &names.street),
        ("--\"straße\"", |names| &names.street),
    ];
    for (name, read) in read {
        let names: Names = load(&[name, "x"]).unwrap_or_else(|report| panic!("{name}\n{report}"));
        assert_eq!(read(&names), "x", "{name}");
    }
}

#[test]
fn text_is_read_as_the_type_of_its_field() {
    let read = settings(&["--name", " 0123 ", "--timeout", "1m 30s", "--offset", "-5"]);
    assert_eq!(
        (read.name.as_str(), read.timeout, read.offset),
        (" 0123 ", Some(Duration::from_secs(90)), Some(-5))
    );
    assert_eq!(settings(&["--port="]).port, 8080, "empty text is not set");
    assert_eq!(settings(&["--name="]).name, "", "except where text is kept");
    assert_eq!(settings(&["--name", "-"]).name, "-");
    assert_eq!(settings(&["--offset=-7"]).offset, Some(-7));
    assert_eq!(settings(&["--name=--port"]).name, "--port");
    assert_eq!(settings(&["--name", "a=b"]).name, "a=b");
    assert_eq!(settings(&["--name=a=b"]).name, "a=b");
}

#[test]
fn booleans_need_no_value() {
    for (words, verbose, tls) in [
        (&["--verbose"][..], true, true),
        (&["-v"], true, true),
        (&["-v=true"], true, true),
        (&["-v=no"], false, true),
        (&["--verbose=off"], false, true),
        (&["--verbose=1"], true, true),
        (&["--verbose="], false, true),
        (&["--no-verbose"], false, true),
        (&["--no-database-tls"], false, false),
        (&["--no-database.tls", "-v"], true, false),
        (&["--database-tls=false"], false, false),
        (&["-vq"], true, true),
        (&["-qv=yes"], true, true),
    ] {
        let read = settings(words);
        assert_eq!((read.verbose, read.database.tls), (verbose, tls), "{words:?}");
    }
    let wrong = problem(&["--verbose=maybe"]);
    assert_eq!((wrong.code(), wrong.path()), (Code::Type, "verbose"));
    let stray = problem(&["--verbose", "false"]);
    assert_eq!(stray.code(), Code::Syntax);
    assert_eq!(stray.help(), Some("write a value of --verbose behind `=`, as in `--verbose=false`"));
    let needless = problem(&["--no-verbose=true"]);
    assert_eq!((needless.code(), needless.message()), (Code::Syntax, "--no-verbose takes no value"));
    assert_eq!(problem(&["--no-port"]).code(), Code::UnknownKey, "only booleans have a `no-` form");
}

#[test]
fn repeats_append() {
    for (words, hosts) in [
        (&["--host", "a"][..], &["a"][..]),
        (&["--host", "a,b"], &["a", "b"]),
        (&["--host", "a", "--host=b"], &["a", "b"]),
        (&["--host", "a", "--hosts=b"], &["a", "b"]),
        (&["--host", "a,b", "--host", "c"], &["a", "b", "c"]),
        (&["--host", "[\"a\",\"b,c\"]", "--host", "d"], &["a", "b,c", "d"]),
        (&["--host=", "--host", "a"], &["a"]),
        (&["--host=[]", "--host", "a"], &["a"]),
        (&["--host=[]", "--host=[]"], &[]),
    ] {
        assert_eq!(settings(words).hosts, hosts, "{words:?}");
    }
    assert_eq!(settings(&["--ports", "1", "--ports", "[2, 3]"]).ports, [1, 2, 3]);
    let labels = settings(&["--labels", "a=1,b=2", "--labels", "{\"c\": \"3\"}", "--labels.d=4"]).labels;
    let expected = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")];
    assert_eq!(labels, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
}

#[test]
fn each_bad_element_of_repeats_is_a_problem() {
    let report = load::<Settings>(&["--ports", "a", "--ports", "1", "--ports", "70000"]).unwrap_err();
    let paths: Vec<&str> = report.problems().iter().map(Problem::path).collect();
    assert_eq!(paths, ["ports[0]", "ports[2]"]);
}

#[test]
fn one_value_twice_is_a_conflict_unless_it_is_the_same() {
    for (words, first, message) in [
        (&["--port=1", "--port=2"][..], "--port", "port is set twice by --port, with different values"),
        (&["-p1", "--port=2"], "-p", "port is set by -p and by --port, with different values"),
        (
            &["--verbose", "--no-verbose"],
            "--verbose",
            "verbose is set by --verbose and by --no-verbose, with different values",
        ),
        (
            &["--database-host=a", "--database.host=b"],
            "--database-host",
            "database.host is set by --database-host and by --database.host, with different values",
        ),
        (
            &["--labels=a=1", "--labels=a=2"],
            "--labels",
            "labels.a is set twice by --labels, with different values",
        ),
        (
            &["--labels", r#"{"a": "1", "a": "2"}"#, "--labels=b=1"],
            "--labels",
            "labels.a is set twice by --labels, with different values",
        ),
    ] {
        let problem = problem(words);
        assert_eq!((problem.code(), problem.message()), (Code::Conflict, message), "{words:?}");
        assert_eq!(problem.origin().unwrap().to_string(), first);
    }
    assert_eq!(settings(&["--port=1", "-p1"]).port, 1);
    assert!(settings(&["-vv", "--verbose"]).verbose);
}

#[test]
fn elements_and_entries_have_their_paths() {
    let system = System::memory()
        .file(
            "orders.toml",
            "ports = [1, 2]\nservers = [{ host = 'a' }, { host = 'b' }]\n[regions.Eu-West]\nhost = 'c'\n",
        )
        .args([
            "--servers[1].host=x",
            "--servers[1].weight",
            "9",
            "--regions.Eu-West.weight=3",
            "--regions.us.host=d",
            "--labels.\"a.b=c\"=d=e",
            "--ports[0]=7",
        ]);
    let read = Settings::loader().system(system).declared().load().unwrap();
    let hosts: Vec<(&str, u8)> =
        read.servers.iter().map(|server| (server.host.as_str(), server.weight)).collect();
    assert_eq!(hosts, [("a", 1), ("x", 9)]);
    assert_eq!((read.regions["Eu-West"].host.as_str(), read.regions["Eu-West"].weight), ("c", 3));
    assert_eq!(read.regions["us"].host, "d");
    assert_eq!(read.labels["a.b=c"], "d=e");
    assert_eq!(read.ports, [7, 2]);
    // A whole and a part of it, in either order.
    for words in [&["--ports=1,2", "--ports[1]=3"][..], &["--ports[1]=3", "--ports=1", "--ports=2"]] {
        assert_eq!(settings(words).ports, [1, 3], "{words:?}");
    }
}

#[test]
fn arguments_win_over_variables_and_files() {
    let system = System::memory()
        .file(
            "orders.toml",
            "port = 1\nname = 'file'\nhosts = ['file']\n[database]\nhost = 'file'\nmax_conn = 1",
        )
        .var("ORDERS_PORT", "2")
        .var("ORDERS_DATABASE_HOST", "variable")
        .args(["--port=3", "--host=argument"]);
    let loader = Settings::loader().system(system).declared();
    let read = loader.load_traced().unwrap();
    assert_eq!((read.port, read.name.as_str(), read.database.max_conn), (3, "file", 1));
    assert_eq!(
        (read.database.host.as_str(), read.hosts.as_slice()),
        ("variable", &["argument".to_owned()][..])
    );
    let why = read.explain("port").unwrap();
    assert_eq!(why.origin().kind(), OriginKind::Argument);
    insta::assert_snapshot!(why);
    assert_eq!(loader.clone().set("port", 4).load().unwrap().port, 4, "what is added later wins");
    let over = loader.args(["--port=5"]).load_traced().unwrap();
    assert_eq!((over.port, over.explain("port").unwrap().shadowed().len()), (5, 4));
}

#[test]
fn explanations_name_arguments() {
    let words = ["-p1", "--no-database-tls", "--host=a", "--host=b", "--labels.x=1", "--pin=hunter2"];
    let read = Settings::loader().system(System::memory().args(words)).declared().load_traced().unwrap();
    let shown = ["port", "database.tls", "hosts", "labels", "labels.x", "pin"];
    let shown: Vec<String> = shown.iter().map(|path| read.explain(path).unwrap().to_string()).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn what_is_wrong_is_told_in_one_report() {
    let system = System::memory().args([
        "first",
        "--prot",
        "hunter2",
        "--port=many",
        "--database-max-con=1",
        "-xhunter2",
        "--name",
        "--offset",
        "--session-key",
        "hunter2",
        "--database.password=hunter2",
        "--database",
        "hunter2",
        "--verbos",
        "--passwd:hunter2",
        "--no-ports",
        "--",
        "--port=1",
    ]);
    let report = Settings::loader().system(system).declared().load().unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    insta::assert_snapshot!(report);
    insta::assert_snapshot!("what_is_wrong_in_json", report.to_json());
}

#[test]
fn a_stray_word_is_a_problem_and_so_is_what_follows_two_dashes() {
    for words in [
        &["word"][..],
        &["--port=1", "word"],
        &["-p", "1", "word"],
        &["--", "word"],
        &["-"],
        &[""],
        &["--", "--port"],
        &["--", "--"],
    ] {
        let stray = problem(words);
        let place = format!("word {} of the arguments", words.len());
        assert_eq!((stray.code(), stray.origin().unwrap().to_string()), (Code::Syntax, place), "{words:?}");
    }
    assert_eq!(settings(&["--port=1", "--"]).port, 1, "alone they end the arguments");
}

#[test]
fn unknown_arguments_are_denied_with_the_nearest_name() {
    for (word, near) in [
        ("--prot", Some("--port")),
        ("--database-max-con", Some("--database-max-conn")),
        ("--database.max_con", Some("--database.max_conn")),
        ("--no-verbos", Some("--no-verbose")),
        ("--hlep", Some("--help")),
        ("--generation", None),
        ("--hosts[x]", None),
        ("--servers[0]", None),
        ("--servers.0.host", Some("--servers[0].host")),
        ("--servers.0.hots", None),
        ("--port.x", Some("--port")),
        ("--port[0]", None),
        ("--database", None),
        ("-x", None),
        ("--=x", None),
        ("---port", Some("--port")),
    ] {
        let unknown = problem(&[word]);
        assert_eq!(unknown.code(), Code::UnknownKey, "{word}");
        assert_eq!(unknown.suggestion(), near, "{word}");
    }
}

#[test]
fn an_argument_for_a_whole_section_is_told_the_longer_names() {
    let helped = |word: &str| problem(&[word]).help().map(str::to_owned);
    let such_as = |names: &str| Some(format!("longer names are declared, such as {names}"));
    assert_eq!(helped("--database=x"), such_as("--database-host and --database-max-conn"));
    assert_eq!(helped("--servers={}"), such_as("--servers[0].host and --servers[0].weight"));
    assert_eq!(helped("--servers[0]"), such_as("--servers[0].host and --servers[0].weight"));
    assert_eq!(helped("--regions={}"), such_as("--regions.NAME.host and --regions.NAME.weight"));
    assert_eq!(helped("--nothing"), None);
}

#[test]
fn the_policy_for_unknown_keys_holds_for_arguments_too() {
    #[derive(Debug, Config)]
    struct Lenient {
        #[config(default = 1)]
        port: u16,
        #[config(nested)]
        open: Open,
    }
    #[derive(Debug, Config)]
    #[config(unknown_keys = "allow")]
    struct Open {
        #[config(default = 1)]
        port: u16,
    }
    let load = |word: &str| Lenient::loader().args([word]).warnings(Warnings::Ignore);
    testing::assert_codes(&load("--prot=1").load(), &[Code::UnknownKey]);
    assert!(load("--open-prot=1").load().is_ok(), "the nearest section wins");
    assert!(load("--open.prot=1").load().is_ok());
    let warned = load("--prot=1").unknown_keys(Unknown::Warn).load_traced().unwrap();
    assert_eq!(warned.warnings()[0].message(), "no setting has the argument --prot");
    assert!(load("--prot=1").unknown_keys(Unknown::Allow).load_traced().unwrap().warnings().is_empty());
}

#[test]
fn a_missing_value_is_a_problem() {
    for words in [
        &["--port"][..],
        &["-p"],
        &["--port", "--verbose"],
        &["--port", "--"],
        &["--port", "-v"],
        &["--hosts[0]"],
    ] {
        let missing = load::<Settings>(words).unwrap_err();
        let missing = &missing.problems()[0];
        assert_eq!(missing.code(), Code::Syntax, "{words:?}");
        assert_eq!(missing.message(), format!("{} has no value", words[0]), "{words:?}");
    }
}

#[test]
fn a_secret_has_no_argument_unless_it_says_so() {
    assert_eq!(settings(&["--pin", "1234"]).pin.unwrap().expose(), "1234");
    for (words, name) in [
        (&["--session-key", "hunter2"][..], "--session-key"),
        (&["--session_key=hunter2"], "--session_key"),
        (&["--database-password", "hunter2"], "--database-password"),
        (&["--database.password=hunter2"], "--database.password"),
        (&["--session-key"], "--session-key"),
    ] {
        let report = load::<Settings>(words).unwrap_err();
        testing::assert_hidden(&report, "hunter2");
        assert_eq!(report.problems().len(), 1, "{report}");
        let refused = &report.problems()[0];
        assert_eq!(refused.origin().unwrap().to_string(), name);
        assert!(refused.message().contains("is a secret and has no argument"), "{refused}");
        assert!(refused.help().unwrap().starts_with("set ORDERS_"), "{report}");
    }
}

#[derive(Debug, Config)]
struct Whole {
    #[config(nested)]
    login: Secret<Login>,
    #[config(default)]
    keys: Vec<Secret<String>>,
}

#[derive(Debug, Config)]
struct Login {
    #[config(default)]
    user: String,
    #[config(default, arg(secret_on_command_line))]
    agent: String,
}

#[test]
fn a_secret_that_was_not_taken_is_masked_elsewhere() {
    let words = ["--session-key=hunter2", "--port", "hunter2", "--ports=[hunter2"];
    let report = load::<Settings>(&words).unwrap_err();
    testing::assert_hidden(&report, "hunter2");
    assert!(testing::problem_at(&report, "port").message().contains("[redacted]"), "{report}");
}

#[test]
fn what_holds_a_secret_has_no_argument_either() {
    for words in [&["--login-user", "x"][..], &["--login.user=x"], &["--keys", "x"], &["--keys[0]=x"]] {
        let report = Whole::loader().args(words.iter().copied()).load().unwrap_err();
        let help = report.problems()[0].help().unwrap();
        assert!(help.ends_with("in a file"), "{report}");
    }
    assert_eq!(Whole::loader().args(["--login-agent=x"]).load().unwrap().login.expose().agent, "x");
}

#[test]
fn a_missing_setting_names_its_argument() {
    #[derive(Debug, Config)]
    #[config(args, file = "app.toml", env_prefix = "APP")]
    struct Needs {
        #[config(nested)]
        database: NeedsHost,
        token: Secret<String>,
        #[config(arg(skip))]
        name: String,
    }
    #[derive(Debug, Config)]
    struct NeedsHost {
        host: String,
    }
    let system = System::memory().file("app.toml", "");
    let report = Needs::loader().system(system).declared().load().unwrap_err();
    insta::assert_snapshot!(report);
    let report = NeedsHost::loader().section("database").args([""; 0]).load().unwrap_err();
    assert_eq!(report.problems()[0].help(), Some("set --database-host"));
}

#[test]
fn names_of_a_section_are_full() {
    let load = |words: &[&str]| Database::loader().section("main.database").args(words.to_vec()).load();
    assert_eq!(load(&["--main-database-host", "x"]).unwrap().host, "x");
    assert_eq!(load(&["--main.database.host=x"]).unwrap().host, "x");
    testing::assert_codes(&load(&["--host=x"]), &[Code::UnknownKey]);
}

#[test]
fn flattened_settings_have_arguments_of_their_own() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(flatten)]
        database: Database,
        #[config(flatten)]
        rest: BTreeMap<String, String>,
    }
    let read = Outer::loader().args(["--max-conn=3", "--no-tls"]).load().unwrap();
    assert_eq!((read.database.max_conn, read.database.tls), (3, false));
    testing::assert_codes(&Outer::loader().args(["--other=1"]).load(), &[Code::UnknownKey]);
}

#[test]
fn optional_sections_are_there_with_one_argument() {
    #[derive(Debug, Config)]
    struct Outer {
        #[config(nested)]
        server: Option<Server>,
    }
    assert!(Outer::loader().args([""; 0]).load().unwrap().server.is_none());
    assert!(Outer::loader().args(["--server-weight="]).load().unwrap().server.is_none());
    assert_eq!(Outer::loader().args(["--server-weight=2"]).load().unwrap().server.unwrap().weight, 2);
}

#[test]
fn recursive_types_have_arguments_down_to_any_depth_by_their_path() {
    #[derive(Debug, Config)]
    struct Tree {
        #[config(default = 0)]
        leaf: u8,
        #[config(nested)]
        left: Option<Box<Tree>>,
    }
    let read = Tree::loader().args(["--leaf=1", "--left.left.leaf=2"]).load().unwrap();
    assert_eq!((read.leaf, read.left.unwrap().left.unwrap().leaf), (1, 2));
    let deep = format!("--{}leaf=1", "left.".repeat(200));
    testing::assert_codes(&Tree::loader().args([deep]).load(), &[Code::UnknownKey]);
}

#[test]
fn values_of_any_shape_are_reached_by_paths() {
    #[derive(Debug, serde::Deserialize)]
    struct Plain {
        user: String,
        port: u16,
    }
    #[derive(Debug, Config)]
    struct Outer {
        plain: Plain,
        any: Option<serde_json::Value>,
        maps: Option<BTreeMap<String, BTreeMap<String, u8>>>,
    }
    let words = ["--plain.user=x", "--plain.port=80", "--any.a.b=1", "--maps.a.b=1"];
    let read = Outer::loader().args(words).load().unwrap();
    assert_eq!((read.plain.user.as_str(), read.plain.port), ("x", 80));
    assert_eq!(read.any.unwrap()["a"]["b"], 1);
    assert_eq!(read.maps.unwrap()["a"]["b"], 1);
    let read = Outer::loader().args(["--plain=user=x", "--plain=port=80"]).load().unwrap();
    assert_eq!((read.plain.user.as_str(), read.plain.port), ("x", 80));
    let words = ["--plain=user=x,port=80", "--plain.prot=1"];
    testing::assert_codes(&Outer::loader().args(words).load(), &[Code::UnknownKey]);
}

#[test]
fn two_settings_with_one_argument_are_a_mistake_of_the_declaration() {
    #[derive(Debug, Config)]
    #[config(args)]
    struct Twice {
        #[config(nested)]
        one: Short,
        #[config(nested)]
        other: Short,
        #[config(nested)]
        database: Database,
        #[config(default)]
        database_host: String,
        #[config(nested)]
        no: No,
        #[config(default)]
        x: bool,
    }
    #[derive(Debug, Config)]
    struct Short {
        #[config(default, arg(short = 'x'))]
        port: u16,
    }
    #[derive(Debug, Config)]
    struct No {
        #[config(default)]
        x: u8,
    }
    #[derive(Debug, Config)]
    struct Help {
        #[config(default)]
        help: bool,
        #[config(default, arg(secret_on_command_line))]
        port: u16,
    }
    let report = load::<Twice>(&[]).unwrap_err();
    insta::assert_snapshot!(report);
    assert_eq!(testing::check_declaration::<Twice>().unwrap_err().to_string(), report.to_string());
    let report = Help::loader().args([""; 0]).load().unwrap_err();
    insta::assert_snapshot!(report);
    assert!(Help::loader().load().is_ok(), "without arguments nothing is wrong with it");
    testing::check_declaration::<Settings>().unwrap();
}

#[test]
fn a_name_is_not_another_settings_path() {
    #[derive(Debug, Config)]
    struct Swapped {
        #[config(default, arg(long = "other"))]
        one: u8,
        #[config(default, arg(long = "another"))]
        other: u8,
        #[config(default, arg(long = "assist"))]
        help: bool,
    }
    let report = Swapped::loader().args([""; 0]).load().unwrap_err();
    let messages: Vec<&str> = report.problems().iter().map(Problem::message).collect();
    assert_eq!(messages, ["the argument --other would set `one` and `other`"]);
    let report = Swapped::loader().args(["--help"]).load_traced().unwrap_err();
    assert!(report.help().unwrap().contains("--[no-]assist"), "`--help` is never a setting");
}

#[test]
fn a_stack_gives_each_module_its_arguments() {
    let stack = |words: &[&str]| confkit::Stack::new().args(words.to_vec()).read().unwrap();
    let layers = stack(&["--http-host=a", "--database-max-conn", "5", "--no-database-tls"]);
    assert_eq!(layers.load::<Server>("http").unwrap().host, "a");
    let database = layers.load::<Database>("database").unwrap();
    assert_eq!((database.max_conn, database.tls), (5, false));
    layers.finish().unwrap();

    let layers = stack(&["--htpp-host=a", "--database-tls", "word", "--http-weight=many"]);
    testing::assert_codes(&layers.load::<Server>("http"), &[Code::Type]);
    layers.load::<Database>("database").unwrap();
    let report = layers.finish().unwrap_err();
    insta::assert_snapshot!(report);
}

#[test]
fn two_modules_with_one_argument_are_told_at_the_end() {
    #[derive(Debug, Config)]
    struct Http {
        #[config(default = 80, arg(short = 'p'))]
        port: u16,
    }
    let layers = confkit::Stack::new().args(["-p1"]).read().unwrap();
    layers.load::<Http>("http").unwrap();
    layers.load::<Http>("admin").unwrap();
    let report = layers.finish().unwrap_err();
    assert_eq!(report.problems()[0].message(), "the argument -p would set `http.port` and `admin.port`");
}

#[test]
fn figment_gets_arguments_with_their_types() {
    let words = [
        "--port=1",
        "-v",
        "--host=a",
        "--host=b",
        "--ports=1",
        "--ports=2",
        "--database-max-conn=3",
        "--labels=a=1",
        "--labels=b=2",
    ];
    let loader = Settings::loader().system(System::memory().args(words)).declared();
    let figment = loader.figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("port").unwrap(), 1);
    assert!(figment.extract_inner::<bool>("verbose").unwrap());
    assert_eq!(figment.extract_inner::<Vec<String>>("hosts").unwrap(), ["a", "b"]);
    assert_eq!(figment.extract_inner::<Vec<u16>>("ports").unwrap(), [1, 2]);
    assert_eq!(figment.extract_inner::<u16>("database.max_conn").unwrap(), 3);
    assert_eq!(figment.extract_inner::<BTreeMap<String, String>>("labels").unwrap()["b"], "2");
    let wrong = Settings::loader().args(["--prot=1", "--port"]).figment().unwrap_err();
    assert_eq!(wrong.problems().len(), 2);
}

#[test]
fn the_arguments_of_a_system_in_memory_are_its_own() {
    let system = System::memory().args(["--port", "80"]);
    assert_eq!(system.arguments(), ["--port", "80"]);
    assert_eq!(system.program(), "program");
    assert!(!format!("{:?} {:?}", system, Settings::loader().args(["hunter2"])).contains("hunter2"));
    assert_eq!(
        Settings::loader().system(system.clone()).load().unwrap().port,
        8080,
        "only where they are declared"
    );
    assert_eq!(Settings::loader().system(system).declared().declared().load().unwrap().port, 80);
    assert!(!System::real().program().is_empty());
    assert!(!System::real().arguments().iter().any(|word| word == "--port"));
}

#[test]
fn text_over_a_table_is_no_argument() {
    let report =
        Settings::loader().text(Format::Toml, "a.toml", "database = 3").args(["--database-host=x"]).load();
    insta::assert_snapshot!(report.unwrap_err());
}

#[cfg(unix)]
fn not_utf8(start: &str) -> OsString {
    use std::os::unix::ffi::OsStringExt as _;
    OsString::from_vec([start.as_bytes(), &[0xFF]].concat())
}

#[cfg(windows)]
fn not_utf8(start: &str) -> OsString {
    use std::os::windows::ffi::OsStringExt as _;
    let wide: Vec<u16> = start.encode_utf16().chain([0xD800]).collect();
    OsString::from_wide(&wide)
}

#[test]
fn what_is_not_utf8_is_an_encoding_problem() {
    for (words, name) in [
        (vec![not_utf8("--name=")], "--name"),
        (vec!["--name".into(), not_utf8("")], "--name"),
        (vec![not_utf8("-p")], "-p"),
        (vec![not_utf8("-v=")], "-v"),
        (vec![not_utf8("--verbose=")], "--verbose"),
    ] {
        let report = Settings::loader().args(words).load().unwrap_err();
        assert_eq!(report.problems()[0].code(), Code::Encoding, "{report}");
        assert_eq!(report.problems()[0].message(), format!("the value of {name} is not UTF-8"));
    }
    for word in [not_utf8("--na"), not_utf8("word")] {
        assert_eq!(Settings::loader().args([word]).load().unwrap_err().problems().len(), 1);
    }
}

#[test]
fn what_is_bound_shows_no_secret_that_was_given() {
    use confkit_sources::args::{Names, bind};

    #[derive(Config)]
    #[config(args)]
    struct Keys {
        port: u16,
        token: Secret<String>,
    }
    let words = ["--port=80", "--token=hunter2"].map(Into::into);
    let bound = bind(&words, &[Names { section: &[], metadata: Keys::metadata() }]);
    assert_eq!((bound.withheld.as_slice(), bound.help), (&["hunter2".to_owned()][..], false));
    let shown = format!("{bound:?}");
    assert!(!shown.contains("hunter2") && shown.contains("withheld: 1"), "{shown}");
}
