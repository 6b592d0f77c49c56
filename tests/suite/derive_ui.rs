//! Compile errors of the derive, and what compiles instead.
//!
//! Each file of `ui/<reason>/` is one mistake, with the exact text of its message beside it; its
//! first line says the rule. The file of the same name in `ui_pass/` is the corrected twin. The page
//! `confkit/docs/diagnostics.md` is made from both.

#[path = "../ui_pass/mod.rs"]
mod ui_pass;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the cases under a folder as `reason/name`, in order.
fn cases(folder: &str) -> Vec<String> {
    let mut cases = Vec::new();
    for reason in entries(&package().join(folder)) {
        for file in entries(&reason) {
            if file.extension().is_some_and(|extension| extension == "rs") {
                let name = |path: &Path| path.file_stem().map(|name| name.to_string_lossy().into_owned());
                let (reason, name) = (name(&reason).unwrap_or_default(), name(&file).unwrap_or_default());
                cases.push(format!("{reason}/{name}"));
            }
        }
    }
    cases.sort();
    cases
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    entries.filter_map(|entry| Some(entry.ok()?.path())).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Compares a generated file with the one in the tree, or writes it when told to.
fn is_current(path: &Path, content: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, content).expect("the file can be written");
    }
    assert!(read(path) == content, "{} is out of date; run `cargo xtask bless`", path.display());
}

/// The texts are those of the compiler that `rust-toolchain.toml` names; another one may word its own
/// part of them differently.
fn is_pinned_compiler() -> bool {
    let pinned = read(&package().join("../rust-toolchain.toml"));
    let channel = pinned.lines().find_map(|line| line.strip_prefix("channel = ")).unwrap_or_default();
    let channel = channel.trim_matches('"');
    assert!(!channel.is_empty(), "rust-toolchain.toml names a channel");
    let version = Command::new("rustc").arg("--version").output().expect("there is a compiler");
    String::from_utf8_lossy(&version.stdout).contains(&format!("rustc {channel}"))
}

/// Compiles every case, once for all tests of this file.
fn compile() {
    static DONE: Once = Once::new();
    DONE.call_once(|| {
        if is_pinned_compiler() {
            trybuild::TestCases::new().compile_fail("ui/*/*.rs");
        }
    });
}

/// Waits for the messages where they are written in the same run.
pub(super) fn messages_are_written() {
    if std::env::var_os("BLESS").is_some() {
        compile();
    }
}

#[test]
fn mistakes_do_not_compile() {
    compile();
}

#[test]
fn many_mistakes_are_told_at_once() {
    messages_are_written();
    let told = read(&package().join("ui/duplicate/many_mistakes.stderr"));
    let errors = told.lines().filter(|line| line.starts_with("error: ")).count();
    assert!(errors >= 10, "{errors} mistakes are told at once");
}

#[test]
fn every_mistake_has_a_corrected_twin() {
    let corrected = cases("ui_pass");
    let missing: Vec<String> = cases("ui").into_iter().filter(|case| !corrected.contains(case)).collect();
    assert!(missing.is_empty(), "no corrected twin: {missing:?}");
}

#[test]
fn every_corrected_twin_is_compiled() {
    let mut list = "//! What compiles: the corrected twins of `ui/`, and shapes that a type may have.\n//! `cargo xtask bless` updates this list.\n\n\
        #![allow(dead_code, unreachable_pub, reason = \"compiling is the test\")]\n\n"
        .to_owned();
    for case in cases("ui_pass") {
        let module = case.replace(['/', '-'], "_");
        let _ = writeln!(list, "#[path = \"{case}.rs\"]\nmod {module};");
    }
    is_current(&package().join("ui_pass/mod.rs"), &list);
}

#[test]
fn page_of_diagnostics_is_current() {
    messages_are_written();
    let mut page = "<!-- Made from tests/ui and tests/ui_pass; `cargo xtask bless` updates it. -->\n\n\
        What the derive refuses, each with the rule, the message and the way out.\n"
        .to_owned();
    let mut reason = String::new();
    for case in cases("ui") {
        let folder = case.split('/').next().unwrap_or_default();
        if folder != reason {
            folder.clone_into(&mut reason);
            let _ = write!(page, "\n## {}\n", title(folder));
        }
        section(&case, &mut page);
    }
    is_current(&package().join("../confkit/docs/diagnostics.md"), &page);
}

/// Says what the mistakes of a folder have in common.
fn title(folder: &str) -> &'static str {
    match folder {
        "conflict" => "Keys that exclude each other",
        "duplicate" => "Things said twice",
        "limits" => "Defaults and limits that cannot hold",
        "malformed" => "Keys written in another form",
        "misplaced" => "Keys in the wrong place",
        "reference" => "Fields that do not exist",
        "unimplemented" => "Types that lack a trait",
        "unknown-key" => "Keys and rules that do not exist",
        "unsupported" => "Types that cannot be declared",
        _ => "Other mistakes",
    }
}

fn section(case: &str, page: &mut String) {
    let failing = read(&package().join(format!("ui/{case}.rs")));
    let corrected = read(&package().join(format!("ui_pass/{case}.rs")));
    let message = read(&package().join(format!("ui/{case}.stderr")));
    let (rule, failing) = split(&failing);
    let (_, corrected) = split(&corrected);
    let _ = write!(
        page,
        "\n### {rule}\n\n```rust,compile_fail\n{failing}\n```\n\n```text\n{}\n```\n\nInstead:\n\n```rust\n{corrected}\n```\n",
        message.trim_end()
    );
}

/// Splits a case into its rule and its code, without the empty `main`.
fn split(case: &str) -> (&str, &str) {
    let (rule, code) = case.split_once('\n').unwrap_or_default();
    let rule = rule.trim_start_matches("// ");
    (rule.trim_end_matches('.'), code.trim().trim_end_matches("fn main() {}").trim_end())
}
