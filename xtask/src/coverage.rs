//! `coverage`: which lines of the three crates the tests run.

use serde_json::Value;

use crate::error::{Context as _, Error, Result};
use crate::options::Options;
use crate::tool::{self, Tool};

/// Fewer lines in a hundred are a failure.
const LEAST: f64 = 95.0;
/// Files below this are listed.
const LISTED: f64 = 90.0;
/// The crates that are counted.
const CRATES: [&str; 3] = ["/confkit/src/", "/confkit-derive/src/", "/confkit-sources/src/"];

/// Runs all tests with coverage and prints the share of lines of each crate.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut options = Options::new(arguments);
    let lines = options.flag("--lines");
    options.finish()?;
    if !Tool::cargo("llvm-cov --version").outcome()?.status.success() {
        return Err(Error::new("cargo-llvm-cov is missing: cargo install --locked cargo-llvm-cov"));
    }
    let (cov, profdata) = llvm()?;
    // A folder of its own: examples that were built without counting would be run from the usual one.
    let folder = tool::scratch("coverage")?;
    let command = |line: &str| {
        let tool = Tool::cargo(line).env("LLVM_COV", &cov).env("LLVM_PROFDATA", &profdata);
        // trybuild looks for its own folder there, and the derive is run from it.
        tool.env("CARGO_LLVM_COV_TARGET_DIR", &folder).env("CARGO_TARGET_DIR", &folder)
    };
    command("llvm-cov clean --workspace").run()?;
    command("llvm-cov --no-report --quiet --workspace --all-features").run()?;
    // Programs that a test kills leave a part of what they counted.
    let json = command("llvm-cov report --json --failure-mode all").output()?;
    let report: Value = serde_json::from_str(&json).context(|| "the report of llvm-cov".to_owned())?;
    let files = files(&report);
    if files.is_empty() {
        return Err(Error::new("the report names no file of the crates"));
    }
    tell(&files, lines)
}

/// The tools of the LLVM that the compiler was built with, or of a newer one.
fn llvm() -> Result<(String, String)> {
    let version = Tool::new("rustc").arg("-vV").output()?;
    let major = version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: ")?.split('.').next()?.parse::<u32>().ok())
        .ok_or_else(|| Error::new("rustc does not tell its LLVM"))?;
    let pair = |suffix: &str| (format!("llvm-cov{suffix}"), format!("llvm-profdata{suffix}"));
    let candidates = [pair(&format!("-{major}")), pair(&format!("-{}", major + 1))];
    candidates.into_iter().find(|(cov, _)| tool::exists(cov)).ok_or_else(|| {
        Error::new(format!("llvm-cov-{major} is missing: apt-get install llvm-{major}, or the like"))
    })
}

/// A file, with the lines that count, those that ran, and the numbers of those that did not.
struct File {
    name: String,
    all: u64,
    run: u64,
    missed: Vec<u64>,
}

fn files(report: &Value) -> Vec<File> {
    let list = report.pointer("/data/0/files").and_then(Value::as_array);
    let file = |file: &Value| {
        let name = file.get("filename")?.as_str()?.replace('\\', "/");
        let start = CRATES.iter().find_map(|part| name.find(part))?;
        let count = |key: &str| file.pointer(&format!("/summary/lines/{key}"))?.as_u64();
        let name = name[start + 1..].to_owned();
        Some(File { name, all: count("count")?, run: count("covered")?, missed: missed(file) })
    };
    list.into_iter().flatten().filter_map(file).collect()
}

/// The lines at which a piece that never ran begins.
fn missed(file: &Value) -> Vec<u64> {
    let segments = file.get("segments").and_then(Value::as_array);
    let begins = segments.into_iter().flatten().filter_map(|segment| {
        // [line, column, count, has a count, is an entry, is a gap]
        let is = |at: usize| segment.get(at).and_then(Value::as_bool).unwrap_or_default();
        let unrun = segment.get(2)?.as_u64()? == 0 && is(3) && is(4) && !is(5);
        unrun.then(|| segment.get(0)?.as_u64()).flatten()
    });
    let mut lines: Vec<u64> = begins.collect();
    lines.dedup();
    lines
}

#[expect(clippy::cast_precision_loss, reason = "a share for people")]
fn share(run: u64, all: u64) -> f64 {
    if all == 0 { 100.0 } else { run as f64 * 100.0 / all as f64 }
}

fn tell(files: &[File], lines: bool) -> Result<()> {
    for file in files.iter().filter(|file| lines || share(file.run, file.all) < LISTED) {
        println!("{:>6.1} % of {:>4} lines  {}", share(file.run, file.all), file.all, file.name);
        if lines && !file.missed.is_empty() {
            let missed: Vec<String> = file.missed.iter().map(u64::to_string).collect();
            println!("         not run: {}", missed.join(" "));
        }
    }
    let total = |start: &str| {
        let of = files.iter().filter(|file| file.name.starts_with(start));
        of.fold((0, 0), |(run, all), file| (run + file.run, all + file.all))
    };
    for name in ["confkit/", "confkit-derive/", "confkit-sources/", ""] {
        let (run, all) = total(name);
        let name = if name.is_empty() { "all" } else { name.trim_end_matches('/') };
        println!("{:>6.2} % of {all:>5} lines  {name}", share(run, all));
    }
    let (run, all) = total("");
    if share(run, all) < LEAST {
        return Err(Error::new(format!("{:.2} % of lines are run, {LEAST} % are wanted", share(run, all))));
    }
    Ok(())
}
