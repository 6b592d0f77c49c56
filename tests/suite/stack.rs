//! A stack without a type: modules and libraries own their sections.

use confkit::{Code, Config, Format, Report, Stack, System, Unknown, Warnings, testing};

#[derive(Debug, Config)]
struct Database {
    host: String,
    #[config(default = 5432, validate(range(min = 1)))]
    port: u16,
}

#[derive(Debug, Config)]
#[config(env_prefix = "IGNORED", file = "ignored.toml")]
struct Http {
    #[config(default = 8080)]
    port: u16,
}

const TEXT: &str = "[database]\nhost = 'db'\n[http]\nport = 80\n";

fn stack(text: &str) -> Stack {
    Stack::new().text(Format::Toml, "app.toml", text).env_prefix("APP").warnings(Warnings::Ignore)
}

#[test]
fn modules_claim_their_sections() {
    let layers = stack(TEXT).env_vars([("APP_DATABASE_HOST", "replica")]).read().unwrap();
    let database: Database = layers.load("database").unwrap();
    let http: Http = layers.load("http").unwrap();
    layers.finish().unwrap();
    assert_eq!((database.host.as_str(), database.port, http.port), ("replica", 5432, 80));
}

#[test]
fn a_section_that_is_wrong_is_told_with_full_paths() {
    let layers = stack("[database]\nport = 0\n[http]\nport = 'x'\n").read().unwrap();
    let mut report = layers.load::<Database>("database").unwrap_err();
    let paths: Vec<_> = report.problems().iter().map(confkit::Problem::path).collect();
    assert_eq!(paths, ["database.port", "database.host"], "{report}");
    report.merge(layers.load::<Http>("http").unwrap_err());
    assert_eq!(report.problems().len(), 3);
    assert!(
        report.to_string().starts_with("settings `Database`, `Http` cannot be loaded: 3 problems"),
        "{report}"
    );
    insta::assert_snapshot!(report);
    layers.finish().unwrap();
}

#[test]
fn finish_tells_what_nobody_claimed() {
    let text = "stray = 1\n[database]\nhost = 'db'\nhots = 2\n[htpp]\nport = 80\n";
    let layers = stack(text).read().unwrap();
    let inside = layers.load::<Database>("database").map(|_| ());
    let report = layers.finish().unwrap_err();
    let all: Vec<String> = inside
        .err()
        .iter()
        .flat_map(Report::problems)
        .chain(report.problems())
        .map(|problem| problem.path().to_owned())
        .collect();
    let mut sorted = all.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["database.hots", "htpp", "stray"], "each once: {all:?}");
    assert!(report.problems().iter().all(|problem| problem.code() == Code::UnknownKey));
    insta::assert_snapshot!(report);
}

#[test]
fn variables_that_nobody_claimed_are_told_once() {
    use std::sync::{Arc, Mutex};
    let seen = Arc::new(Mutex::new(Vec::new()));
    let sink = Arc::clone(&seen);
    let call = Warnings::call(move |warnings| {
        sink.lock().unwrap().extend(warnings.iter().map(|w| w.message().to_owned()));
    });
    let vars = [
        ("APP_DATABASE_HOST", "a"),
        ("APP_HTTP_PORT", "1"),
        ("APP_STRAY", "hunter2"),
        ("APP_DATABASE_HOTS", "b"),
        ("OTHER", "c"),
    ];
    let layers = Stack::new().env_vars(vars).env_prefix("APP").warnings(call).read().unwrap();
    let database: Database = layers.load("database").unwrap();
    let http: Http = layers.load("http").unwrap();
    layers.finish().unwrap();
    assert_eq!((database.host.as_str(), http.port), ("a", 1));
    let seen = seen.lock().unwrap();
    let about = |name: &str| seen.iter().filter(|message| message.contains(name)).count();
    assert_eq!((about("APP_STRAY"), about("APP_DATABASE_HOTS"), seen.len()), (1, 1, 2), "{seen:?}");
}

#[test]
fn variables_are_denied_where_the_stack_says_so() {
    let layers = Stack::new()
        .env_vars([("APP_STRAY", "1")])
        .env_prefix("APP")
        .unknown_keys(Unknown::Deny)
        .read()
        .unwrap();
    let _: Http = layers.load("http").unwrap();
    testing::assert_codes(&layers.finish(), &[Code::UnknownKey]);
}

#[test]
fn a_section_may_be_claimed_twice_and_deep() {
    let layers = stack("[a.b]\nport = 1\n[a.c]\nport = 2\n").read().unwrap();
    let one: Http = layers.load("a.b").unwrap();
    let again: Http = layers.load("a.b").unwrap();
    let two: Http = layers.load("a.c").unwrap();
    assert_eq!((one.port, again.port, two.port), (1, 1, 2));
    layers.finish().unwrap();
    let partly = stack("[a.b]\nport = 1\n[a.c]\nport = 2\n").read().unwrap();
    let _: Http = partly.load("a.b").unwrap();
    let report = partly.finish().unwrap_err();
    assert_eq!(report.problems()[0].path(), "a.c", "{report}");
}

#[test]
fn the_whole_may_be_claimed() {
    let layers = stack("port = 1").read().unwrap();
    assert_eq!(layers.load::<Http>("").unwrap().port, 1);
    layers.finish().unwrap();
}

#[test]
fn an_absent_section_uses_its_defaults() {
    let layers = stack("").read().unwrap();
    assert_eq!(layers.load::<Http>("http").unwrap().port, 8080);
    let report = layers.load::<Database>("database").unwrap_err();
    assert_eq!(report.problems()[0].path(), "database.host");
    let help = report.problems()[0].help().unwrap();
    assert!(help.contains("[database]") && help.contains("app.toml"), "{help}");
}

#[test]
fn a_section_path_that_is_none_is_a_problem() {
    let layers = stack("").read().unwrap();
    assert_eq!(layers.load::<Http>("a..b").unwrap_err().problems().len(), 1);
    assert_eq!(layers.load::<Http>("a[").unwrap_err().problems().len(), 1);
}

#[test]
fn every_layer_that_cannot_be_read_is_told_by_read() {
    let system = System::memory().root("/srv").file("bad.toml", "x = \n");
    let result = Stack::new()
        .system(system)
        .file("bad.toml")
        .file("absent.toml")
        .optional_file("optional.toml")
        .read();
    let report = result.map(|_| ()).unwrap_err();
    let codes: Vec<_> = report.problems().iter().map(confkit::Problem::code).collect();
    assert_eq!(codes, [Code::Syntax, Code::NotFound], "{report}");
    insta::assert_snapshot!(report);
    assert!(Stack::new().profile("no profile").read().is_err());
}

#[test]
fn it_is_built_as_a_loader_is() {
    let system = System::memory()
        .root("/srv")
        .file("base.toml", "http.port = 1")
        .file("etc/dev.toml", "http.port = 2")
        .var("P", "dev")
        .var("APP_HTTP_PORT", "3");
    let stack = Stack::new()
        .system(system)
        .profile_env("P")
        .default_profile("other")
        .file("base.toml")
        .optional_file("etc/{profile}.toml");
    let port = |stack: &Stack| stack.read().unwrap().load::<Http>("http").unwrap().port;
    assert_eq!(port(&stack), 2);
    assert_eq!(port(&stack.clone().env_prefix("APP_").env()), 3);
    assert_eq!(port(&stack.clone().set("http.port", 4)), 4);
    assert_eq!(
        port(&stack.clone().root("/etc").system(System::memory().file("/etc/base.toml", "http.port = 5"))),
        5
    );
    assert_eq!(port(&stack.provider(figment::providers::Serialized::default("http.port", 6))), 6);
}

#[test]
fn its_debug_names_layers_and_shows_no_values() {
    let stack = Stack::new()
        .text(Format::Toml, "app.toml", "password = 'hunter2'")
        .env_vars([("P", "hunter2")])
        .set("password", "hunter2");
    let layers = stack.read().unwrap();
    let text = format!("{stack:?} {layers:?} {:?}", Database::loader().set("host", "hunter2"));
    assert!(text.contains("app.toml") && !text.contains("hunter2"), "{text}");
}
