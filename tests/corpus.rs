//! The manifest of `examples/02_manifest` over every `Cargo.toml` in the local registry cache: what it
//! refuses cargo has to refuse, or call a key that it does not know.
//!
//! `cargo xtask conformance corpus` runs it. It does not belong to `cargo test`, since what is cached
//! differs from machine to machine.

#![allow(clippy::print_stdout, reason = "`cargo xtask conformance corpus` shows the counts")]
#![allow(dead_code, unreachable_pub, reason = "the whole manifest is declared, and none of it used")]

#[path = "../examples/02_manifest/manifest.rs"]
mod manifest;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use confkit::{Config as _, Format, Report, Unknown, Warnings};

use manifest::Manifest;

/// Fewer documents would show nothing.
const LEAST: usize = 150;

#[test]
#[ignore = "run by `cargo xtask conformance corpus`, over what the machine has in its cache"]
fn every_manifest_in_the_registry_cache() {
    let files = manifests();
    assert!(files.len() >= LEAST, "only {} manifests in the cache, {LEAST} are needed", files.len());
    let (mut accepted, mut refused, mut faults) = (0, 0, Vec::new());
    for path in &files {
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("{}: not UTF-8, left out", path.display());
            continue;
        };
        let reference = cargo_toml::Manifest::from_str(&text).map_err(|error| error.to_string());
        match (load(&text), reference) {
            (Ok(_), Ok(_)) => accepted += 1,
            (Err(report), reference) => {
                refused += 1;
                let verdict = verdict(&text);
                let codes: Vec<_> = report.problems().iter().map(|problem| problem.code().as_str()).collect();
                println!("{}: {}; cargo: {verdict}", path.display(), codes.join(", "));
                if verdict == Verdict::Accepted {
                    faults.push(format!("{}\n{report}\nreference: {:?}", path.display(), reference.err()));
                }
            }
            (Ok(_), Err(error)) => match verdict(&text) {
                Verdict::Accepted => accepted += 1,
                verdict => faults.push(format!("{}: accepted, cargo: {verdict} ({error})", path.display())),
            },
        }
    }
    println!("{} manifests: {accepted} accepted, {refused} refused as cargo does", files.len());
    assert!(faults.is_empty(), "{} disagreements:\n{}", faults.len(), faults.join("\n\n"));
}

fn load(text: &str) -> Result<Manifest, Report> {
    let loader = Manifest::loader().unknown_keys(Unknown::Deny).warnings(Warnings::Deny);
    loader.text(Format::Toml, "Cargo.toml", text).load()
}

/// What cargo says of a manifest.
#[derive(Debug, PartialEq)]
enum Verdict {
    Accepted,
    /// It reads the manifest and tells keys that it does not know.
    UnknownKeys(String),
    Refused(String),
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::UnknownKeys(line) | Self::Refused(line) => f.write_str(line),
        }
    }
}

/// Asks cargo, in a folder of its own that has what manifests expect around them.
fn verdict(text: &str) -> Verdict {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has a parent")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    };
    write("Cargo.toml", text);
    write("src/lib.rs", "");
    write("src/main.rs", "");
    let manifest = folder.path().join("Cargo.toml");
    let metadata = cargo(&["metadata", "--no-deps", "--format-version", "1"], &manifest);
    if let Err(said) = metadata {
        let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).take(6).collect();
        return Verdict::Refused(lines.join(" "));
    }
    // Keys that it does not know are told before dependencies are looked for, which need not be there.
    let (Ok(said) | Err(said)) = cargo(&["fetch"], &manifest);
    let unknown = said.lines().find(|line| line.contains("unused manifest key"));
    unknown.map_or(Verdict::Accepted, |line| Verdict::UnknownKeys(line.to_owned()))
}

/// What cargo says on its error output, as it succeeds or fails.
fn cargo(words: &[&str], manifest: &Path) -> Result<String, String> {
    let command = Command::new(env!("CARGO"))
        .args(words)
        .arg("--offline")
        .arg("--manifest-path")
        .arg(manifest)
        .output();
    let output = command.expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(said) } else { Err(said) }
}

/// What is wrong in each, and cargo finds too.
const BROKEN: [&str; 18] = [
    "",
    "[package]\nversion = '1.0.0'",
    "[package]\nname = 'a'\nversion = 1",
    "[package]\nname = 'a'\nversion = ['1.0.0']",
    "[package]\nname = 'a'\nversion = '1.0.0'\nedtion = '2024'",
    "[package]\nname = 'a'\nversion = '1.0.0'\nauthors = 'me'",
    "[package]\nname = 'a'\nversion.workspace = false",
    "[package]\nname = 'a'\nversion = '1.0.0'\npublish = 'no'",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[dependencies]\nb = 1",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[dependencies]\nb = { version = '1', features = 'x' }",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[dependencies]\nb = { version = '1', optional = 'yes' }",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[dependencies]\nb = { verison = '1', version = '1' }",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[target.'cfg(unix)'.dependencies]\nb = []",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[profile.dev]\ncodegen-units = 'x'",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[profile.dev]\npanic = 'abrt'",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[lints.rust]\nunsafe_code = 'forbit'",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[features]\nx = 'y'",
    "[package]\nname = 'a'\nversion = '1.0.0'\n[[bin]]\nname = 3",
];

#[test]
fn broken_manifests_are_refused_as_cargo_refuses_them() {
    for text in BROKEN {
        let report = load(text).map(|_| ()).expect_err(text);
        let verdict = verdict(text);
        assert_ne!(verdict, Verdict::Accepted, "{text}\n{report}");
    }
}

/// All manifests in the registry's sources, as published and as written.
fn manifests() -> Vec<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| {
        let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"))?;
        Some(Path::new(&home).join(".cargo"))
    });
    let mut found = Vec::new();
    collect(&home.expect("there is a home").join("registry/src"), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, found);
        } else if matches!(name, "Cargo.toml" | "Cargo.toml.orig") {
            found.push(path);
        }
    }
}
