//! `docs/guide/troubleshooting.md` has every code, with a report as it is really written.

use std::path::Path;

use confkit::migrate::Migrations;
use confkit::{Config, Format, Loader, Report, Secret, System, Warnings, write};
use serde::Serialize;

/// Codes that are reserved for later versions.
const RESERVED: [&str; 2] = ["cycle", "interpolation"];

#[derive(Debug, Config)]
#[config(
    env_prefix = "ORDERS",
    profile_env = "ORDERS_PROFILE",
    profiles("development", "production"),
    file = "orders.toml",
    optional_file = "{profile}.toml",
    secrets_dir = "/run/secrets"
)]
struct Settings {
    #[config(default = 4, renamed_from = "threads", validate(range(min = 1, max = 64)))]
    workers: u16,
    #[config(default = "info")]
    level: Level,
    #[config(nested)]
    database: Database,
}

#[derive(Debug, Config)]
#[config(rename_all = "lowercase")]
enum Level {
    Info,
    Warn,
}

#[derive(Debug, Config)]
struct Database {
    #[config(default = "localhost")]
    host: String,
    password: Secret<String>,
}

fn system(text: impl AsRef<[u8]>) -> System {
    System::memory().file("orders.toml", text).file("/run/secrets/database.password", "hunter2")
}

fn loader(system: System) -> Loader<Settings> {
    Settings::loader().system(system).declared().warnings(Warnings::Ignore)
}

fn report<T: Config>(loader: Loader<T>) -> Report {
    match loader.load() {
        Ok(_) => panic!("there is nothing wrong"),
        Err(report) => report,
    }
}

/// What is wrong with the settings in a system.
fn found(system: System) -> Report {
    report(loader(system))
}

/// What is wrong with a text.
fn read(text: impl AsRef<[u8]>) -> Report {
    found(system(text))
}

/// A default that is none.
fn undeclared() -> Report {
    #[derive(Debug, Config)]
    struct Settings {
        #[config(default = "wran")]
        level: Level,
    }

    let text = |text| Settings::loader().text(Format::Toml, "orders.toml", text);
    assert!(text("level = 'warn'").load().is_ok_and(|read| matches!(read.level, Level::Warn)));
    report(text(""))
}

/// A file of a newer version.
fn newer() -> Report {
    #[derive(Debug, Config)]
    #[config(file = "orders.toml", version = 2, migrations = migrations)]
    struct Settings {
        #[config(default = 4)]
        workers: u16,
    }

    fn migrations() -> Migrations {
        Migrations::new().step(2, |step| step.rename("threads", "workers"))
    }

    let loader =
        |text: &str| Settings::loader().system(System::memory().file("orders.toml", text)).declared();
    assert_eq!(loader("version = 2").load().unwrap().workers, 4);
    report(loader("version = 3\nworkers = 8\n"))
}

/// Settings in a format that cannot hold them.
fn unwritable() -> Report {
    #[derive(Debug, Config, Serialize)]
    struct Settings {
        #[config(nested)]
        servers: Vec<Server>,
    }

    #[derive(Debug, Config, Serialize)]
    struct Server {
        host: String,
    }

    let settings = Settings { servers: vec![Server { host: "a".to_owned() }] };
    write::to_string(&settings, Format::Ini, write::Secrets::Omit).expect_err("INI has no lists of sections")
}

/// The code of each report, and the report.
fn examples() -> Vec<(&'static str, Report)> {
    let secret = "/run/secrets/database.password";
    vec![
        ("syntax", read("workers = \n")),
        ("encoding", read(b"level = 'inf\xf8'\n")),
        ("type", read("workers = \"many\"\n")),
        (
            "missing",
            found(System::memory().file("orders.toml", "workers = 8\n").file("/run/secrets/level", "warn")),
        ),
        ("unknown_key", read("worker = 8\n")),
        ("unknown_variant", read("level = \"wran\"\n")),
        ("invalid", read("workers = 65\n")),
        ("conflict", read("threads = 2\nworkers = 8\n")),
        ("duplicate", read("workers = 2\nworkers = 8\n")),
        ("profile", found(system("").var("ORDERS_PROFILE", "prodution"))),
        ("not_found", found(System::memory().file(secret, "hunter2"))),
        ("permission", report(loader(system("").mode(secret, 0o644)).private_secrets(true))),
        ("source", report(loader(system("").file("orders.conf", "")).file("orders.conf"))),
        ("limit", found(system("").file(secret, vec![b'x'; (1 << 20) + 1]))),
        ("version", newer()),
        ("deprecated", report(loader(system("threads = 8\n")).warnings(Warnings::Deny))),
        ("declaration", undeclared()),
        ("unwritable", unwritable()),
    ]
}

/// The names of all codes, as their declaration has them.
fn codes() -> Vec<&'static str> {
    let source = include_str!("../../confkit/src/report/problem.rs");
    let (_, table) = source.split_once("pub fn as_str(self)").expect("codes have names");
    let (table, _) = table.split_once("\n    }\n").expect("the function ends");
    table.lines().filter_map(|line| line.split_once("=> \"")?.1.strip_suffix("\",")).collect()
}

/// The page with other reports: one block of text for each code.
fn with_reports(page: &str, examples: &[(&str, Report)]) -> String {
    let mut page = page.to_owned();
    for (code, report) in examples {
        let heading = format!("\n## `{code}`\n");
        let section = page.find(&heading).unwrap_or_else(|| panic!("the page has no `{code}`"));
        let begin =
            section + page[section..].find("```text\n").expect("each code has a report") + "```text\n".len();
        let end = begin + page[begin..].find("\n```").expect("a block ends");
        let text = report.to_string();
        page.replace_range(begin..end, text.trim_end());
    }
    page
}

#[test]
fn the_page_has_every_code_with_a_real_report() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/guide/troubleshooting.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let headings = page.lines().filter_map(|line| line.strip_prefix("## `")?.strip_suffix('`'));
    assert_eq!(headings.collect::<Vec<_>>(), codes(), "an entry for each code, in their order");

    let examples = examples();
    let (shown, mut expected): (Vec<_>, _) = (examples.iter().map(|(code, _)| *code).collect(), codes());
    expected.retain(|code| !RESERVED.contains(code));
    assert_eq!(shown, expected, "a report for each code that is given");
    for (code, report) in &examples {
        assert!(report.problems().iter().any(|one| one.code().as_str() == *code), "`{code}` shows {report}");
    }

    let current = with_reports(&page, &examples);
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        return std::fs::write(&path, current).expect("the page can be written");
    }
    assert_eq!(current, page, "`cargo xtask bless` writes docs/guide/troubleshooting.md");
    assert!(!page.contains("hunter2"), "a secret is shown");
}
