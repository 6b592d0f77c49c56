//! What is read back from matches.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command};
use confkit::clap::{Typed, args, args_at, augment};
use confkit::{Code, Config, OriginKind, Report, Stack, System, Warnings, testing};

use super::{Database, Level, Server, Settings, command, matches};

fn load(words: &[&str]) -> Result<Settings, Report> {
    Settings::loader().matches(&matches(words)).load()
}

fn settings(words: &[&str]) -> Settings {
    load(words).unwrap_or_else(|report| panic!("{words:?}\n{report}"))
}

#[test]
fn every_form_that_clap_knows_is_read() {
    for words in [&["--workers", "8"][..], &["--workers=8"], &["-w8"], &["-w", "8"], &["-w=8"], &["-vw8"]] {
        assert_eq!(settings(words).workers, 8, "{words:?}");
    }
    for words in [&["--database-max-conn", "7"][..], &["--database.max_conn=7"], &["--database.limit", "7"]] {
        assert_eq!(settings(words).database.max_conn, 7, "{words:?}");
    }
    let read =
        settings(&["--name=--listen", "--offset", "-5", "--timeout=1m 30s", "--level", "very-verbose"]);
    assert_eq!(
        (read.name.as_deref(), read.offset, read.level),
        (Some("--listen"), Some(-5), Level::VeryVerbose)
    );
    assert_eq!(read.timeout.unwrap().as_secs(), 90);
    assert_eq!(settings(&["--max-requests=3"]).limits.max_requests, 3);
    assert_eq!(settings(&["--experimental=3", "--pin", "1234"]).experimental, 3);
}

#[test]
fn booleans_need_no_value() {
    for (words, verbose, tls) in [
        (&["--verbose"][..], true, true),
        (&["-v"], true, true),
        (&["-vq"], true, true),
        (&["-v=true"], true, true),
        (&["-v=no"], false, true),
        (&["--verbose=off"], false, true),
        (&["--verbose="], false, true),
        (&["--no-verbose", "--no-verbose"], false, true),
        (&["--no-database-tls"], false, false),
        (&["--no-database.tls", "-vv"], true, false),
    ] {
        let read = settings(words);
        assert_eq!((read.verbose, read.database.tls), (verbose, tls), "{words:?}");
    }
    let report = load(&["--verbose=maybe", "--no-quiet", "-q"]).unwrap_err();
    let told: Vec<_> = report.problems().iter().map(|problem| (problem.code(), problem.path())).collect();
    assert_eq!(told, [(Code::Conflict, "quiet"), (Code::Type, "verbose")]);
    assert!(report.problems()[0].message().contains("by --no-quiet and by --quiet"), "{report}");
}

#[test]
fn lists_keep_the_order_in_which_they_were_typed() {
    let read = settings(&["--host", "a", "-v", "--hosts=b,c", "--ports=1", "--host", "d", "--ports=[2,3]"]);
    assert_eq!(
        (read.hosts.as_slice(), read.ports.as_slice()),
        (&["a", "b", "c", "d"].map(str::to_owned)[..], &[1, 2, 3][..])
    );
    let read = settings(&["--labels=a=1", "--labels", "b=2", "--levels=off,info"]);
    assert_eq!((read.labels["b"].as_str(), read.levels.as_slice()), ("2", &[Level::Off, Level::Info][..]));
}

#[test]
fn a_default_of_clap_never_stands_over_a_file() {
    let system = System::memory().file("orders.toml", "workers = 2\nname = 'file'\nverbose = true");
    let found = command()
        .mut_arg("confkit:workers", |arg| arg.default_value("99"))
        .mut_arg("confkit:name", |arg| arg.default_value("clap"))
        .try_get_matches_from(["orders", "--name=typed"])
        .unwrap();
    let loader = Settings::loader().system(system).declared().matches(&found);
    let read = loader.load().unwrap();
    assert_eq!((read.workers, read.name.as_deref(), read.verbose), (2, Some("typed"), true));
    assert!(Typed::from(&matches(&[])).is_empty());

    // Nor does a variable that clap reads: this one is there wherever cargo runs tests.
    let found = command().mut_arg("confkit:name", |arg| arg.env("CARGO_MANIFEST_DIR"));
    let found = found.try_get_matches_from(["orders"]).unwrap();
    assert!(found.contains_id("confkit:name") && Typed::from(&found).is_empty());
}

#[test]
fn origins_are_the_arguments() {
    let words = ["-w1", "--no-database-tls", "--host=a", "--host=b", "--pin=hunter2", "--database.limit=3"];
    let read = Settings::loader().matches(&matches(&words)).load_traced().unwrap();
    assert_eq!(read.explain("workers").unwrap().origin().kind(), OriginKind::Argument);
    let shown = ["workers", "database.tls", "hosts", "pin", "database.max_conn", "level"];
    let shown: Vec<String> = shown.iter().map(|path| read.explain(path).unwrap().to_string()).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn what_is_wrong_is_told_with_everything_else() {
    let system = System::memory()
        .file("orders.toml", "workers = 'many'\n[database]\nhsot = 'db'\n")
        .var("ORDERS_OFFSET", "much");
    let words =
        ["--listen=here", "--level=loud", "--ports=1,x", "--ports", "70000", "-w1", "-w2", "--cache=x"];
    let report = Settings::loader().system(system).declared().matches(&matches(&words)).load().unwrap_err();
    insta::assert_snapshot!(report);
}

#[cfg(unix)]
#[test]
fn what_is_not_utf8_is_an_encoding_problem() {
    use std::os::unix::ffi::OsStringExt as _;
    let words: [&[u8]; 3] = [b"orders", b"--name=\xff", b"-v=\xff"];
    let words = words.map(|word| OsString::from_vec(word.to_vec()));
    let found = command().try_get_matches_from(words).unwrap();
    let result = Settings::loader().matches(&found).load();
    testing::assert_codes(&result, &[Code::Encoding, Code::Encoding]);
    assert_eq!(result.unwrap_err().problems()[0].message(), "the value of --name is not UTF-8");
}

#[test]
fn arguments_of_the_process_are_read_by_clap_alone() {
    #[derive(Debug, Config)]
    #[config(args)]
    struct Own {
        #[config(default = 1)]
        port: u16,
    }
    let words = ["run", "--port=2"];
    let command = Command::new("orders").subcommand(augment::<Own>(Command::new("run")));
    let found = command.try_get_matches_from(["orders"].iter().chain(&words)).unwrap();
    let loader = Own::loader().system(System::memory().args(words));
    assert!(loader.clone().declared().load().is_err(), "`run` is no setting");
    assert_eq!(loader.clone().declared().matches(&found).load().unwrap().port, 2);
    assert_eq!(loader.matches(&found).declared().load().unwrap().port, 2);
}

fn with_subcommands(global: bool) -> Command {
    let args = || args::<Settings>().into_iter().map(move |arg| arg.global(global));
    let run = Command::new("run").subcommand(Command::new("once"));
    let run = if global { run } else { run.args(args()) };
    Command::new("orders").args(args()).subcommand(run)
}

fn from(command: Command, words: &str) -> ArgMatches {
    command.try_get_matches_from(words.split(' ')).unwrap()
}

#[test]
fn subcommands_have_settings_too() {
    let read = |words| Settings::loader().matches(&from(with_subcommands(false), words)).load();
    assert_eq!(read("orders -w3 run --host=a").unwrap().workers, 3);
    assert_eq!(read("orders --host=b run -w3 --host=a").unwrap().hosts, ["b", "a"]);
    testing::assert_codes(&read("orders -w3 run -w4"), &[Code::Conflict]);
}

#[test]
fn global_arguments_are_taken_once() {
    let read = |words| Settings::loader().matches(&from(with_subcommands(true), words)).load().unwrap();
    for words in ["orders --host=a run once", "orders run --host=a once", "orders run once --host=a"] {
        assert_eq!(read(words).hosts, ["a"], "{words}");
    }
    // clap itself takes the innermost.
    assert_eq!(read("orders -w3 run -w4").workers, 4);
    assert!(!read("orders run --no-verbose once").verbose);
}

#[test]
fn sections_have_full_names() {
    #[derive(Debug, Config)]
    struct Whole {
        #[config(nested)]
        database: Database,
    }
    let command = Command::new("orders").args(args_at::<Database>("main.database"));
    let found = from(command, "orders --main-database-host=x --main.database.limit=3");
    let read = Database::loader().section("main.database").matches(&found).load().unwrap();
    assert_eq!((read.host.as_str(), read.max_conn), ("x", 3));
    // What was typed is never dropped in silence.
    testing::assert_codes(&Database::loader().matches(&found).load(), &[Code::UnknownKey, Code::UnknownKey]);
    assert!(args_at::<Database>("main.").is_empty());
    // A part of the settings may be all that has arguments.
    let found =
        from(Command::new("orders").args(args_at::<Database>("database")), "orders --database-host=x");
    assert_eq!(Whole::loader().matches(&found).load().unwrap().database.host, "x");
}

#[test]
fn a_stack_gives_each_module_its_arguments() {
    let command =
        || Command::new("orders").args(args_at::<Server>("http")).args(args_at::<Database>("database"));
    let found = from(command(), "orders --http-host=a --no-database-tls");
    let stack = Stack::new().matches(&found).warnings(Warnings::Ignore);
    let layers = stack.read().unwrap();
    assert_eq!(layers.load::<Server>("http").unwrap().host, "a");
    assert!(!layers.load::<Database>("database").unwrap().tls);
    layers.finish().unwrap();
    let layers = stack.read().unwrap();
    layers.load::<Server>("http").unwrap();
    let report = layers.finish().unwrap_err();
    assert_eq!(report.problems()[0].message(), "no setting has the argument --no-database-tls");
}

#[test]
fn a_missing_setting_names_its_argument_where_it_has_one() {
    #[derive(Debug, Config)]
    struct Needs {
        #[config(nested)]
        database: Host,
        #[config(nested)]
        servers: Vec<Host>,
    }
    #[derive(Debug, Config)]
    struct Host {
        host: String,
    }
    let found = from(augment::<Needs>(Command::new("orders")), "orders");
    let loader =
        Needs::loader().set("servers[0].port", None::<u16>).set("servers", [(); 1].map(|()| Empty {}));
    let loader = loader.matches(&found);
    let report = loader.load().unwrap_err();
    insta::assert_snapshot!(report);
    // Words that confkit itself reads may be paths.
    let report = loader.args([""; 0]).load().unwrap_err();
    assert!(testing::problem_at(&report, "servers[0].host").help().unwrap().contains("--servers[0].host"));
}

#[derive(serde::Serialize)]
struct Empty {}

#[test]
fn types_with_a_context_or_parameters_have_arguments() {
    #[derive(Debug, Config)]
    #[config(context = u16)]
    struct Bounded<T: Config> {
        #[config(default = 4, validate(|workers, most: &u16| workers <= most, "must be fewer"))]
        workers: u16,
        #[config(nested)]
        inner: T,
    }
    let found = from(augment::<Bounded<Server>>(Command::new("orders")), "orders --workers=9 --inner-host=x");
    let loader = Bounded::<Server>::loader().matches(&found);
    assert_eq!(loader.clone().context(9).load().unwrap().inner.host, "x");
    testing::assert_codes(&loader.context(8).load(), &[Code::Invalid]);
}

#[test]
fn figment_gets_them_with_their_types() {
    let figment = Settings::loader().matches(&matches(&["-w3", "--ports=1", "--ports=2"])).figment().unwrap();
    assert_eq!(figment.extract_inner::<u16>("workers").unwrap(), 3);
    assert_eq!(figment.extract_inner::<Vec<u16>>("ports").unwrap(), [1, 2]);
}

#[test]
fn the_rest_of_the_program_is_not_looked_at() {
    let command = command()
        .arg(Arg::new("input"))
        .arg(Arg::new("dry").long("dry").action(ArgAction::SetTrue))
        .allow_external_subcommands(true);
    let found = from(command, "orders file --dry -w3 other --words");
    assert_eq!(Settings::loader().matches(&found).load().unwrap().workers, 3);
    assert_eq!(found.get_one::<String>("input").unwrap(), "file");
}

#[test]
fn words_behind_two_dashes_may_be_paths() {
    let command =
        command().arg(Arg::new("rest").last(true).num_args(0..).value_parser(clap::value_parser!(OsString)));
    let found = from(command, "orders -w3 -- --servers[0].host=x");
    let rest = found.get_many::<OsString>("rest").into_iter().flatten();
    let read = Settings::loader().matches(&found).args(rest).load().unwrap();
    assert_eq!((read.workers, read.servers[0].host.as_str()), (3, "x"));
}
