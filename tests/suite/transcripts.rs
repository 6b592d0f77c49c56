//! The transcript of an example is what it prints.

use std::path::Path;
use std::process::Command;

/// Runs an example and compares its output with `examples/<folder>/transcript.md`; with `BLESS=1` the
/// file is written.
fn transcript(folder: &str, example: &str) {
    let (printed, _, status) = run(example, &[]);
    assert_eq!(status, 0, "the example {example} failed");
    is_current(folder, &format!("```console\n$ cargo run --example {example}\n{printed}\n```\n"));
}

/// Runs an example once for each list of words, and compares what it prints to both streams, and its
/// status where that is not 0.
fn session(folder: &str, example: &str, runs: &[&[&str]]) {
    let mut current = "```console\n".to_owned();
    for words in runs {
        let (printed, told, status) = run(example, words);
        let line = format!("$ cargo run --example {example} -- {}", words.join(" "));
        current.push_str(line.trim_end_matches([' ', '-']));
        for text in [printed, told].iter().filter(|text| !text.is_empty()) {
            current.push('\n');
            current.push_str(text);
        }
        if status != 0 {
            current.push_str(&format!("\n$ echo $?\n{status}"));
        }
        current.push_str("\n\n");
    }
    is_current(folder, &format!("{}\n```\n", current.trim_end()));
}

/// Runs an example; returns what it printed to both streams, and its status.
fn run(example: &str, words: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO"))
        .args(["run", "-q", "--example", example, "--"])
        .args(words)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .output()
        .expect("cargo runs");
    let text = |bytes| String::from_utf8(bytes).expect("the example prints UTF-8").trim_end().to_owned();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
}

pub(super) fn is_current(folder: &str, current: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let path = root.join("examples").join(folder).join("transcript.md");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, current).expect("the transcript can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(current, written, "`cargo xtask bless` writes {}", path.display());
}

/// The settings that the README declares.
mod readme {
    use confkit::{Config, Secret};

    #[derive(Debug, Config)]
    #[config(
        env_prefix = "ORDERS",
        profile_env = "ORDERS_PROFILE",
        file = "config/base.toml",
        optional_file = "config/{profile}.toml"
    )]
    pub(super) struct Settings {
        #[config(default = 4, validate(range(min = 1, max = 64)))]
        workers: u16,
        #[config(required(profile = "production"))]
        session_key: Option<Secret<String>>,
        #[config(nested)]
        database: Database,
    }

    #[derive(Debug, Config)]
    struct Database {
        host: String,
        #[config(default = 5432)]
        port: u16,
    }
}

#[test]
fn the_report_of_the_readme() {
    let system = confkit::System::memory()
        .file("config/base.toml", "[databse]\nhost = 'db.internal'\n")
        .var("ORDERS_PROFILE", "production");
    let loader = <readme::Settings as confkit::Config>::loader().system(system).declared();
    let report = loader.load().unwrap_err().to_string();
    let page = include_str!("../../README.md");
    assert!(
        page.contains(&format!("```text\n{report}\n```")),
        "the README shows another report than\n{report}"
    );
}

#[test]
fn quickstart() {
    transcript("01_quickstart", "quickstart");
}

#[test]
fn manifest() {
    transcript("02_manifest", "manifest");
}

#[test]
fn rules() {
    transcript("03_rules", "rules");
}

#[test]
fn help_goes_to_standard_output_and_a_report_to_standard_error() {
    let (printed, told, status) = run("command_line", &["--shop", "flowers", "-h"]);
    assert!(printed.starts_with("Copies orders"), "{printed}");
    assert_eq!((told.as_str(), status), ("", 0));
    let (printed, told, status) = run("command_line", &[]);
    assert!(told.contains("--shop"), "{told}");
    assert_eq!((printed.as_str(), status), ("", 78));
}

#[test]
fn command_line() {
    session(
        "04_command_line",
        "command_line",
        &[
            &["--shop", "flowers", "-n", "-x", "sent", "--skip=sent-back", "--warehouse-timeout", "1m"],
            &["--shpo", "flowers", "--skip=lost", "--warehouse-timeout", "0s", "--token", "hunter2", "now"],
            &["--help"],
        ],
    );
}

#[test]
fn artefacts() {
    session(
        "05_artefacts",
        "orders",
        &[
            &["serve"],
            &["config", "show", "--defaults"],
            &["config", "explain", "workers", "--profile=production"],
            &["config", "get", "database.port"],
            &["config", "get", "session_key"],
            &["config", "check", "--profile=draft"],
            &["config", "check", "--profile=draft", "--output=github"],
            &["config", "diff", "default", "production"],
            &["config", "set", "config/base.toml", "workers", "16", "--dry-run"],
            &["config", "set", "config/production.toml", "workers", "128"],
            &["config", "env"],
            &["config", "sample", "env"],
            &["config", "--help"],
        ],
    );
}

#[test]
fn modules() {
    transcript("05_modules", "modules");
}

#[test]
fn migrate() {
    transcript("06_migrate", "migrate");
}

#[test]
fn metrics() {
    transcript("08_metrics", "metrics");
}

#[test]
fn layers() {
    session(
        "04_layers",
        "layers",
        &[
            &["-l", "127.0.0.1:9000", "--plugins", "limit"],
            &[
                "--plugins=limit",
                "-e",
                "plugins",
                "-e",
                "plugins[1]",
                "-e",
                "database.password",
                "-e",
                "cache.url",
            ],
            &["--workers", "0", "--database-port", "many"],
            &["--help"],
        ],
    );
}
