//! What `--help` prints.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use confkit::{ByteSize, Config, Report, Secret, Stack, System};

/// Takes orders and gives them to those who pack.
///
/// This paragraph is for those who read the code.
#[derive(Debug, Config)]
#[config(args, env_prefix = "ORDERS")]
struct Settings {
    /// Address the HTTP server listens on.
    #[config(default = "127.0.0.1:8080", arg(short))]
    listen: SocketAddr,
    /// Number of worker threads, of which each one takes a connection from the pool and keeps it
    /// until its order is done.
    #[config(default = 4, arg(short = 'w'))]
    workers: u16,
    /// Says more.
    #[config(default = false, arg(short))]
    verbose: bool,
    /// How much is written to the log.
    #[config(default = "info")]
    level: Level,
    name: String,
    ratio: Option<f64>,
    #[config(default = 250, unit = "ms")]
    pause: u32,
    #[config(default = "30s")]
    timeout: Duration,
    #[config(default = "10MiB")]
    cache: ByteSize,
    #[config(default = ["a", "b"])]
    hosts: Vec<String>,
    #[config(default)]
    labels: BTreeMap<String, String>,
    #[config(default = "")]
    suffix: String,
    #[config(hidden, default = 1)]
    experimental: u8,
    #[config(arg(skip), default = 1)]
    generation: u8,
    #[config(required(profile = "production"))]
    region: Option<String>,
    /// Signs session cookies.
    #[config(required(profile = "production"))]
    session_key: Option<Secret<String>>,
    #[config(default_fn = pin, arg(secret_on_command_line))]
    pin: Secret<String>,
    /// The database server.
    #[config(nested)]
    database: Database,
    #[config(nested)]
    cache_server: Option<Server>,
    #[config(nested, default)]
    servers: Vec<Server>,
    #[config(nested, default)]
    regions: BTreeMap<String, Server>,
    #[config(nested, hidden, default)]
    inner: Vec<Server>,
}

fn pin() -> Secret<String> {
    Secret::from("hunter2".to_owned())
}

#[derive(Debug, Config)]
#[config(rename_all = "kebab-case")]
enum Level {
    Info,
    VeryVerbose,
}

#[derive(Debug, Config)]
struct Database {
    /// Where it is.
    host: String,
    #[config(default = true)]
    tls: bool,
    password: Secret<String>,
    a_setting_with_a_name_that_is_too_long_for_a_column: Option<String>,
}

/// A server.
#[derive(Debug, Config)]
struct Server {
    host: String,
    #[config(default = false)]
    backup: bool,
}

fn asked(words: &[&str]) -> Report {
    let system = System::memory().args(words.iter().copied());
    Settings::loader().system(system).declared().load().unwrap_err()
}

#[test]
fn help_is_made_from_the_declaration() {
    let help = Settings::loader().system(System::memory()).declared().help();
    assert!(help.lines().all(|line| line.chars().count() <= 80), "{help}");
    assert!(!help.contains("hunter2") && !help.contains("experimental") && !help.contains("generation"));
    insta::assert_snapshot!(help);
}

#[test]
fn variables_are_named_where_they_are_read() {
    #[derive(Debug, Config)]
    #[config(env_prefix = "APP")]
    struct Small {
        /// Where to [listen].
        port: u16,
        key: Secret<String>,
    }
    let without = Small::loader().system(System::memory()).args([""; 0]).help();
    insta::assert_snapshot!(without);
    let with = Small::loader().system(System::memory()).env().args([""; 0]).section("http").help();
    insta::assert_snapshot!(with);
}

#[test]
fn asking_for_help_is_answered_by_a_report_without_problems() {
    let help = Settings::loader().system(System::memory()).declared().help();
    for words in [
        &["--help"][..],
        &["-h"],
        &["-vh"],
        &["--prot", "--help"],
        &["--port=x", "-h", "word"],
        &["--help=x"],
    ] {
        let report = asked(words);
        assert_eq!(report.help().as_ref(), Some(&help), "{words:?}");
        assert!(report.problems().is_empty());
        assert_eq!((report.to_string(), format!("{report:?}")), (help.clone(), help.clone()));
        assert_eq!(report.exit_code(), ExitCode::SUCCESS);
        let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
        assert_eq!(json["notes"][0], "the arguments ask for help");
    }
    assert!(asked(&["--", "--help"]).help().is_none(), "behind two dashes it is a word");
    assert!(asked(&["--name", "--help"]).help().is_some(), "an argument is no value");
    assert!(asked(&["--name=--help"]).help().is_none());
    assert!(asked(&["--no-help"]).help().is_none());
    assert_eq!(asked(&[]).exit_code(), ExitCode::from(78));
}

#[test]
fn nothing_that_is_wrong_stands_in_the_way_of_help() {
    let loader = Settings::loader().system(System::memory()).file("absent.toml").args(["--help"]);
    assert!(loader.load().unwrap_err().help().is_some());
    assert!(loader.load_traced().unwrap_err().help().is_some());
    assert!(loader.figment().unwrap_err().help().is_some());
}

#[test]
fn a_traced_load_does_not_end_the_process() {
    // On the real system: `load` would print the options and exit.
    let loader = Http::loader().args(["--help"]);
    assert!(loader.load_traced().unwrap_err().help().is_some());
    assert!(loader.figment().unwrap_err().help().is_some());
}

#[test]
fn merged_reports_keep_the_answer() {
    let mut report = asked(&[]);
    assert!(report.help().is_none());
    report.merge(asked(&["--help"]));
    assert!(report.help().is_some());
}

#[derive(Debug, Config)]
struct Http {
    /// Where to listen.
    #[config(default = 80)]
    port: u16,
}

#[test]
fn a_stack_answers_when_all_modules_are_known() {
    let layers = Stack::new().system(System::memory()).args(["--help"]).read().unwrap();
    let report = layers.load::<Database>("database").unwrap_err();
    assert!(report.help().unwrap().contains("--database-host"), "what cannot be loaded answers itself");
    layers.load::<Http>("http").unwrap();
    let report = layers.finish().unwrap_err();
    insta::assert_snapshot!(report.help().unwrap());
}

#[test]
fn the_default_of_a_list_is_shown_as_it_is_written() {
    #[derive(Debug, Config)]
    #[config(args)]
    struct Lists {
        #[config(default = [])]
        none: Vec<String>,
        #[config(default = ["a", "b"])]
        plain: Vec<String>,
        #[config(default = ["a,b", ""])]
        odd: Vec<String>,
        #[config(default = ["a,b", "c"], env_delimiter = ';')]
        other: Vec<String>,
    }
    let load = |words: &[&str]| Lists::loader().system(System::memory()).args(words.iter().copied()).load();
    let lists = load(&[]).unwrap();
    let help = load(&["--help"]).unwrap_err().to_string();
    for (list, name) in
        [(lists.none, "none"), (lists.plain, "plain"), (lists.odd, "odd"), (lists.other, "other")]
    {
        let line = help.lines().find(|line| line.contains(&format!("--{name} "))).expect(name);
        let shown = line.split_once("[default: ").expect(line).1;
        let shown = shown.strip_suffix(']').expect(line);
        let again = load(&[&format!("--{name}={shown}")]).unwrap();
        let again =
            [("none", again.none), ("plain", again.plain), ("odd", again.odd), ("other", again.other)];
        assert_eq!(again.into_iter().find(|(one, _)| *one == name).unwrap().1, list, "{line}");
    }
    insta::assert_snapshot!(help);
}
