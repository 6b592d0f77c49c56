//! The transcript of an example is what it prints.

use std::path::Path;
use std::process::Command;

/// Runs an example and compares its output with `examples/<folder>/transcript.md`; with `BLESS=1` the
/// file is written.
fn transcript(folder: &str, example: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let output = Command::new(env!("CARGO"))
        .args(["run", "-q", "--example", example])
        .current_dir(&root)
        .output()
        .expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the example {example} failed:\n{errors}");
    let printed = String::from_utf8(output.stdout).expect("the example prints UTF-8");
    let current = format!("```console\n$ cargo run --example {example}\n{}\n```\n", printed.trim_end());

    let path = root.join("examples").join(folder).join("transcript.md");
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        std::fs::write(&path, &current).expect("the transcript can be written");
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
fn modules() {
    transcript("03_modules", "modules");
}

#[test]
fn manifest() {
    transcript("02_manifest", "manifest");
}
